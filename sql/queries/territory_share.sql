-- title: Share of territory
-- question: What share of territory is said to be held, over time?
-- param: place = null | only shares of this place (part of the name)
-- param: limit = 1000 | how many rows at most, the newest
WITH shown AS (
    SELECT day, speaker, words, value_min * CASE WHEN unit = 'ratio' THEN 100 ELSE 1 END AS percent_min,
        value_max * CASE WHEN unit = 'ratio' THEN 100 ELSE 1 END AS percent_max, approx, coalesce(concept, item) AS what, place, publisher, document_id, revision, sentence, figure_id
    FROM figure_rows()
    WHERE kind = 'territory' AND unit IN ('percent', 'ratio') AND NOT negated
      AND ($place::VARCHAR IS NULL OR contains(lower(place), lower($place::VARCHAR)))
    ORDER BY day DESC NULLS LAST, figure_id
    LIMIT $limit::BIGINT
)
SELECT
    day, speaker, f.words, percent_min, percent_max, approx, what, place, f.publisher,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    sentence_text(d.text, s.start_char, s.end_char) AS quote
FROM shown AS f JOIN documents AS d USING (document_id, revision) LEFT JOIN sentences AS s USING (document_id, revision, sentence)
ORDER BY day, speaker NULLS LAST, document_id, figure_id
