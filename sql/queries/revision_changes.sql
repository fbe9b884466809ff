-- title: What changed between revisions
-- question: What changed between revisions of a report?
-- param: document = null | only this document_id
-- param: limit = 1000 | how many revised reports at most, those published last
WITH newest AS (
    SELECT document_id FROM documents
    WHERE revision = 2 AND ($document::VARCHAR IS NULL OR document_id = $document::VARCHAR)
    ORDER BY published_utc DESC NULLS LAST, document_id LIMIT $limit::BIGINT
)
SELECT document_id, from_revision, to_revision, change, kind, item, words_before, words_after, speaker, publisher, title, link
FROM revised_figures
WHERE document_id IN (FROM newest)
UNION ALL
SELECT n.document_id, o.revision, n.revision, CASE WHEN n.title IS DISTINCT FROM o.title THEN 'title' ELSE 'text' END, NULL, NULL,
    CASE WHEN n.title IS DISTINCT FROM o.title THEN o.title ELSE o.words || ' words' END,
    CASE WHEN n.title IS DISTINCT FROM o.title THEN n.title ELSE n.words || ' words' END, NULL, n.publisher, n.title, deep_link(n.url, n.source, NULL)
FROM documents AS n JOIN documents AS o ON o.document_id = n.document_id AND o.revision = n.revision - 1
WHERE n.document_id IN (FROM newest)
ORDER BY document_id, to_revision, change, kind, item, words_before, words_after
