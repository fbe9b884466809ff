CREATE OR REPLACE VIEW stories AS
WITH told AS (
    SELECT *, coalesce(story_id, copy_of, document_id) AS story, coalesce(copy_of, document_id) AS original_id
    FROM documents WHERE is_current
),
spoken AS (
    SELECT t.story, count(DISTINCT coalesce(c.source_entity_id, c.source_name, c.source_text)) AS speakers
    FROM claims AS c JOIN told AS t ON t.document_id = c.document_id AND t.revision = c.revision
    GROUP BY t.story
),
counted AS (
    SELECT t.story, count(*) AS figures
    FROM figures AS f JOIN told AS t ON t.document_id = f.document_id AND t.revision = f.revision
    GROUP BY t.story
)
SELECT
    t.story                                                                      AS story_id,
    first(coalesce(t.title, left(t.text, 80)) ORDER BY t.published_utc NULLS LAST, t.document_id) AS title,
    min(t.published_utc)                                                         AS first_published,
    max(t.published_utc)                                                         AS last_published,
    count(*)                                                                     AS documents,
    count(DISTINCT t.original_id)                                                AS originals,
    count(*) - count(DISTINCT t.original_id)                                     AS copies,
    count(DISTINCT t.publisher)                                                  AS publishers,
    first(t.publisher ORDER BY t.published_utc NULLS LAST, t.document_id)             AS first_publisher,
    coalesce(any_value(s.speakers), 0)                                           AS speakers,
    coalesce(any_value(c.figures), 0)                                            AS figures
FROM told AS t
LEFT JOIN spoken AS s USING (story)
LEFT JOIN counted AS c USING (story)
GROUP BY t.story;

COMMENT ON VIEW stories IS 'Reports grouped by happening, copies counted apart. A report that is in no group is a story of its own.';
COMMENT ON COLUMN stories.originals IS 'Reports with copies folded: the number of independent reports.';
COMMENT ON COLUMN stories.speakers IS 'People and bodies quoted in them.';
