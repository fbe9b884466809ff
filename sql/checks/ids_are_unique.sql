-- severity: critical
-- reason: The tables carry no primary keys (DuckDB would refuse delete and insert in one transaction), so uniqueness is proved here.
SELECT table_name, id, count(*) AS times
FROM (
    SELECT 'entities' AS table_name, entity_id AS id FROM entities
    UNION ALL SELECT 'places', place_id FROM places
    UNION ALL SELECT 'entity_mentions', mention_id FROM entity_mentions
    UNION ALL SELECT 'place_mentions', mention_id FROM place_mentions
    UNION ALL SELECT 'figures', figure_id FROM figures
    UNION ALL SELECT 'dates', date_id FROM dates
    UNION ALL SELECT 'claims', claim_id FROM claims
    UNION ALL SELECT 'ops.quarantine', quarantine_id FROM ops.quarantine
    UNION ALL SELECT 'ops.quality_results', result_id FROM ops.quality_results
    UNION ALL SELECT 'ops.runs', run_id FROM ops.runs
    UNION ALL SELECT 'sentences', concat_ws(' ', document_id, revision, sentence) FROM sentences
)
GROUP BY table_name, id
HAVING count(*) > 1
