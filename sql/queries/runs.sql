-- title: Runs
-- question: What did the last runs do?
-- param: last = 20 | how many
SELECT run_id, started_at, round(epoch(finished_at - started_at), 1) AS seconds, status, flow, documents_read, documents_known, documents_loaded,
    documents_refused, quarantined, facts, message
FROM ops.runs
ORDER BY started_at DESC, run_id
LIMIT $last::BIGINT
