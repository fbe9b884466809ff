-- severity: warning
-- reason: Speakers should join entities; one whose own mention was refused or never found keeps its name but cannot be counted across reports.
SELECT 'figures' AS table_name, figure_id AS id, source_entity_id, source_name
FROM figures AS f ANTI JOIN entities AS e ON e.entity_id = f.source_entity_id WHERE f.source_entity_id IS NOT NULL
UNION ALL
SELECT 'claims', claim_id, source_entity_id, source_name
FROM claims AS c ANTI JOIN entities AS e ON e.entity_id = c.source_entity_id WHERE c.source_entity_id IS NOT NULL
