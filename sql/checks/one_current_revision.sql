-- severity: critical
-- reason: Marts read current revisions only; a document with none is lost to them, one with two counts double.
SELECT document_id, count(*) AS revisions, count(*) FILTER (WHERE is_current) AS current_revisions
FROM documents
GROUP BY document_id
HAVING count(*) FILTER (WHERE is_current) <> 1
