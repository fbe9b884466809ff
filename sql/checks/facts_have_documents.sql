-- severity: critical
-- reason: A fact whose report is gone cannot be checked by anybody.
SELECT f.table_name, f.document_id, f.revision, count(*) AS rows
FROM (
    SELECT 'sentences' AS table_name, document_id, revision FROM sentences
    UNION ALL SELECT 'entity_mentions', document_id, revision FROM entity_mentions
    UNION ALL SELECT 'place_mentions', document_id, revision FROM place_mentions
    UNION ALL SELECT 'figures', document_id, revision FROM figures
    UNION ALL SELECT 'dates', document_id, revision FROM dates
    UNION ALL SELECT 'claims', document_id, revision FROM claims
) AS f
ANTI JOIN documents AS d USING (document_id, revision)
GROUP BY ALL
