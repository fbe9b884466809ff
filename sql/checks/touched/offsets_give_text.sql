-- Facts of the documents that one run has written, or has written facts of, whichever run those are of.
WITH touched AS (
    SELECT document_id FROM documents WHERE run_id = $run_id
    UNION SELECT document_id FROM entity_mentions WHERE run_id = $run_id
    UNION SELECT document_id FROM place_mentions WHERE run_id = $run_id
    UNION SELECT document_id FROM figures WHERE run_id = $run_id
    UNION SELECT document_id FROM dates WHERE run_id = $run_id
    UNION SELECT document_id FROM claims WHERE run_id = $run_id
)
SELECT f.table_name, f.id, f.document_id, f.revision, f.text, substr(d.text, f.start_char + 1, f.end_char - f.start_char) AS written
FROM (
    SELECT 'entity_mentions' AS table_name, mention_id AS id, document_id, revision, start_char, end_char, text FROM entity_mentions
    UNION ALL SELECT 'place_mentions', mention_id, document_id, revision, start_char, end_char, text FROM place_mentions
    UNION ALL SELECT 'figures', figure_id, document_id, revision, start_char, end_char, text FROM figures
    UNION ALL SELECT 'dates', date_id, document_id, revision, start_char, end_char, text FROM dates
    UNION ALL SELECT 'claims', claim_id, document_id, revision, start_char, end_char, text FROM claims
) AS f
SEMI JOIN touched USING (document_id)
JOIN (FROM documents SEMI JOIN touched USING (document_id)) AS d USING (document_id, revision)
WHERE f.text IS DISTINCT FROM substr(d.text, f.start_char + 1, f.end_char - f.start_char)
