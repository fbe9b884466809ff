CREATE OR REPLACE VIEW entity_pairs AS
WITH met AS (
    SELECT DISTINCT m.entity_id, m.document_id, m.revision, m.sentence, coalesce(d.copy_of, d.document_id) AS original_id
    FROM entity_mentions AS m
    JOIN documents AS d ON d.document_id = m.document_id AND d.revision = m.revision AND d.is_current
)
SELECT
    a.entity_id AS entity_id_a, ea.name AS entity_a, ea.type AS type_a,
    b.entity_id AS entity_id_b, eb.name AS entity_b, eb.type AS type_b,
    count(*)                       AS sentences,
    count(DISTINCT a.document_id)  AS documents,
    count(DISTINCT a.original_id)  AS originals
FROM met AS a
JOIN met AS b ON b.document_id = a.document_id AND b.revision = a.revision AND b.sentence = a.sentence AND a.entity_id < b.entity_id
JOIN entities AS ea ON ea.entity_id = a.entity_id
JOIN entities AS eb ON eb.entity_id = b.entity_id
GROUP BY ALL;

COMMENT ON VIEW entity_pairs IS 'Entities named in one sentence, each pair once. Standing together says nothing about how they are related.';
COMMENT ON COLUMN entity_pairs.originals IS 'Reports with copies folded.';
