-- severity: critical
-- reason: Equal texts of one document are one revision; a second row means that a run did not see what an earlier one had loaded.
SELECT document_id, text_hash, list(revision ORDER BY revision) AS revisions
FROM documents
GROUP BY document_id, text_hash
HAVING count(*) > 1
