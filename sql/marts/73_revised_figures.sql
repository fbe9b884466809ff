CREATE OR REPLACE VIEW revised_figures AS
WITH pairs AS (
    SELECT n.document_id, o.revision AS from_revision, n.revision AS to_revision, n.url, n.source, n.publisher, coalesce(n.title, o.title) AS title
    FROM documents AS n JOIN documents AS o ON o.document_id = n.document_id AND o.revision = n.revision - 1
),
stated AS (
    SELECT *, approx_text(modifier, text, unit) AS words, coalesce(source_name, source_text) AS speaker,
        row_number() OVER (PARTITION BY document_id, revision, kind, item, unit, value_min, value_max, approx ORDER BY start_char) AS nth
    FROM figures WHERE document_id IN (SELECT document_id FROM pairs)
),
gone AS (
    SELECT p.document_id, p.to_revision, f.kind, f.item, f.unit, f.words, f.speaker, f.start_char, f.figure_id,
        row_number() OVER (PARTITION BY p.document_id, p.to_revision, f.kind, f.item, f.unit ORDER BY f.start_char) AS place_in_line
    FROM pairs AS p JOIN stated AS f ON f.document_id = p.document_id AND f.revision = p.from_revision
    WHERE NOT EXISTS (
        SELECT 1 FROM stated AS x WHERE x.document_id = p.document_id AND x.revision = p.to_revision AND x.kind = f.kind
            AND x.item IS NOT DISTINCT FROM f.item AND x.unit = f.unit AND x.value_min IS NOT DISTINCT FROM f.value_min
            AND x.value_max IS NOT DISTINCT FROM f.value_max AND x.approx = f.approx AND x.nth = f.nth)
),
come AS (
    SELECT p.document_id, p.to_revision, f.kind, f.item, f.unit, f.words, f.speaker, f.start_char, f.figure_id,
        row_number() OVER (PARTITION BY p.document_id, p.to_revision, f.kind, f.item, f.unit ORDER BY f.start_char) AS place_in_line
    FROM pairs AS p JOIN stated AS f ON f.document_id = p.document_id AND f.revision = p.to_revision
    WHERE NOT EXISTS (
        SELECT 1 FROM stated AS x WHERE x.document_id = p.document_id AND x.revision = p.from_revision AND x.kind = f.kind
            AND x.item IS NOT DISTINCT FROM f.item AND x.unit = f.unit AND x.value_min IS NOT DISTINCT FROM f.value_min
            AND x.value_max IS NOT DISTINCT FROM f.value_max AND x.approx = f.approx AND x.nth = f.nth)
)
SELECT
    p.document_id, p.from_revision, p.to_revision,
    CASE WHEN g.figure_id IS NULL THEN 'added' WHEN c.figure_id IS NULL THEN 'removed' ELSE 'changed' END AS change,
    coalesce(c.kind, g.kind) AS kind, coalesce(c.item, g.item) AS item, coalesce(c.unit, g.unit) AS unit,
    g.words AS words_before, c.words AS words_after, coalesce(c.speaker, g.speaker) AS speaker,
    p.publisher, p.title, deep_link(p.url, p.source, NULL) AS link, g.figure_id AS figure_id_before, c.figure_id AS figure_id_after
FROM gone AS g
FULL JOIN come AS c
    ON c.document_id = g.document_id AND c.to_revision = g.to_revision AND c.kind = g.kind AND c.unit = g.unit
    AND coalesce(c.item, '') = coalesce(g.item, '') AND c.place_in_line = g.place_in_line
JOIN pairs AS p ON p.document_id = coalesce(c.document_id, g.document_id) AND p.to_revision = coalesce(c.to_revision, g.to_revision);

COMMENT ON VIEW revised_figures IS 'Figures that came, went or changed between one revision of a report and the next. Changed pairs figures of one thing in order of the text: a guess where several changed at once.';
COMMENT ON COLUMN revised_figures.change IS 'added, removed or changed.';
