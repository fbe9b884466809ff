-- title: How a figure moved
-- question: How did a figure move, per source?
-- param: kind = null | only figures of this kind
-- param: item = null | only this thing counted (lemma)
-- param: place = null | only this place (part of the name)
-- param: limit = 1000 | how many rows at most; without a kind, item or place the longest series
WITH shown AS (
    FROM series(CASE WHEN coalesce($kind::VARCHAR, $item::VARCHAR, $place::VARCHAR) IS NULL THEN $limit::BIGINT END)
    WHERE ($kind::VARCHAR IS NULL OR kind = $kind::VARCHAR)
      AND ($item::VARCHAR IS NULL OR item = lower($item::VARCHAR))
      AND ($place::VARCHAR IS NULL OR contains(lower(place), lower($place::VARCHAR)))
    ORDER BY kind, item, unit, place, voice, day, figure_id
    LIMIT $limit::BIGINT
)
SELECT
    voice, kind, item, unit, place, day, f.words, value_min, value_max, previous_value, change,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    sentence_text(d.text, s.start_char, s.end_char) AS quote
FROM shown AS f JOIN documents AS d USING (document_id, revision) LEFT JOIN sentences AS s USING (document_id, revision, sentence)
ORDER BY kind, item, unit, place, voice, day, figure_id
