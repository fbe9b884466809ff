-- title: What is in the warehouse
-- question: How many rows of each kind are there?
SELECT 'documents' AS what, count(*) AS rows FROM documents WHERE is_current
UNION ALL SELECT 'older revisions', count(*) FROM documents WHERE NOT is_current
UNION ALL SELECT 'entities', count(*) FROM entities
UNION ALL SELECT 'entity mentions', count(*) FROM entity_mentions
UNION ALL SELECT 'places', count(*) FROM places
UNION ALL SELECT 'place mentions', count(*) FROM place_mentions
UNION ALL SELECT 'figures', count(*) FROM figures
UNION ALL SELECT 'dates', count(*) FROM dates
UNION ALL SELECT 'claims', count(*) FROM claims
UNION ALL SELECT 'quarantined', count(*) FROM ops.quarantine
