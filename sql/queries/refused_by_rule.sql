-- title: What validation refused
-- question: What did validation refuse, by rule?
-- param: run = null | only this run_id
SELECT
    rule, stage, table_name, count(*) AS rows, count(DISTINCT document_id) AS documents, min(created_at) AS first_at, max(created_at) AS last_at,
    first(reason ORDER BY quarantine_id) AS reason, first(raw ORDER BY quarantine_id) AS example
FROM ops.quarantine
WHERE $run::VARCHAR IS NULL OR run_id = $run::VARCHAR
GROUP BY rule, stage, table_name
ORDER BY rows DESC, rule, table_name
