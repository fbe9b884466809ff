-- severity: critical
-- reason: The tables carry no primary keys (DuckDB would refuse delete and insert in one transaction), so uniqueness is proved here.
-- Numbers first, which take a fourth of the memory of what they stand for; the few that are met again by their names.
WITH ids AS NOT MATERIALIZED (
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
),
met_again AS (SELECT hash(table_name, id) AS number FROM ids GROUP BY number HAVING count(*) > 1)
SELECT table_name, id, count(*) AS times
FROM ids
WHERE hash(table_name, id) IN (SELECT number FROM met_again)
GROUP BY table_name, id
HAVING count(*) > 1
