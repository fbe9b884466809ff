-- severity: critical
-- reason: Revisions count 1, 2, 3, ...; a gap means that a text was lost, two rows of one number that a load was not atomic.
SELECT document_id, list(revision ORDER BY revision) AS revisions
FROM documents
GROUP BY document_id
HAVING list(revision ORDER BY revision) <> range(1, count(*) + 1)::INTEGER[]
