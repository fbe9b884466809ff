-- title: What lacks a date or a place
-- question: What lacks a date or place, by outlet?
-- param: publisher = null | only this outlet (part of the name)
WITH lacking AS (SELECT publisher, lacks, count(*) AS n FROM unresolved GROUP BY ALL),
     outlets AS (
         SELECT d.publisher, count(*) AS documents, count(*) FILTER (WHERE d.published_at IS NULL) AS undated,
             sum((SELECT count(*) FROM figures AS f WHERE f.document_id = d.document_id AND f.revision = d.revision)) AS figures
         FROM documents AS d WHERE d.is_current GROUP BY d.publisher
     )
SELECT
    o.publisher, o.documents, o.undated AS documents_undated, o.figures::BIGINT AS figures,
    coalesce(sum(l.n) FILTER (WHERE l.lacks = 'figure date'), 0)::BIGINT  AS figures_without_date,
    coalesce(sum(l.n) FILTER (WHERE l.lacks = 'figure place'), 0)::BIGINT AS figures_without_place,
    coalesce(sum(l.n) FILTER (WHERE l.lacks = 'date'), 0)::BIGINT         AS dates_unresolved,
    coalesce(sum(l.n) FILTER (WHERE l.lacks = 'place'), 0)::BIGINT        AS places_unresolved,
    coalesce(sum(l.n) FILTER (WHERE l.lacks = 'speaker'), 0)::BIGINT      AS claims_without_speaker
FROM outlets AS o LEFT JOIN lacking AS l ON l.publisher IS NOT DISTINCT FROM o.publisher
WHERE $publisher::VARCHAR IS NULL OR contains(lower(o.publisher), lower($publisher::VARCHAR))
GROUP BY o.publisher, o.documents, o.undated, o.figures
ORDER BY o.documents DESC, o.publisher
