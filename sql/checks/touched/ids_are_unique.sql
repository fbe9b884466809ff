-- Rows of one run against all: a second row of one id has come with the run, or had been found before.
SELECT table_name, id, count(*) AS times
FROM (
    SELECT 'entities' AS table_name, entity_id AS id FROM entities
    UNION ALL SELECT 'places', place_id FROM places
    UNION ALL SELECT 'entity_mentions', mention_id FROM entity_mentions
        SEMI JOIN (SELECT mention_id FROM entity_mentions WHERE run_id = $run_id) USING (mention_id)
    UNION ALL SELECT 'place_mentions', mention_id FROM place_mentions
        SEMI JOIN (SELECT mention_id FROM place_mentions WHERE run_id = $run_id) USING (mention_id)
    UNION ALL SELECT 'figures', figure_id FROM figures
        SEMI JOIN (SELECT figure_id FROM figures WHERE run_id = $run_id) USING (figure_id)
    UNION ALL SELECT 'dates', date_id FROM dates
        SEMI JOIN (SELECT date_id FROM dates WHERE run_id = $run_id) USING (date_id)
    UNION ALL SELECT 'claims', claim_id FROM claims
        SEMI JOIN (SELECT claim_id FROM claims WHERE run_id = $run_id) USING (claim_id)
    UNION ALL SELECT 'ops.quarantine', quarantine_id FROM ops.quarantine
    UNION ALL SELECT 'ops.quality_results', result_id FROM ops.quality_results
    UNION ALL SELECT 'ops.runs', run_id FROM ops.runs
    UNION ALL SELECT 'sentences', concat_ws(' ', document_id, revision, sentence) FROM sentences
        SEMI JOIN (SELECT document_id FROM documents WHERE run_id = $run_id) USING (document_id)
)
GROUP BY table_name, id
HAVING count(*) > 1
