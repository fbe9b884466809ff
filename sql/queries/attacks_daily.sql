-- title: Attacks by day
-- question: Who says how many attacks, by day, with words and link?
-- param: speaker = null | only this speaker (part of the name)
-- param: since = null | only from this day on (YYYY-MM-DD)
-- param: limit = 1000 | how many rows at most, the newest
WITH shown AS (
    SELECT day, speaker, words, coalesce(concept, item) AS what, place, publisher, document_id, revision, sentence, figure_id
    FROM figure_rows()
    WHERE kind = 'attack' AND NOT negated
      AND ($speaker::VARCHAR IS NULL OR contains(lower(speaker), lower($speaker::VARCHAR)))
      AND ($since::DATE IS NULL OR day >= $since::DATE)
    ORDER BY day DESC NULLS LAST, figure_id
    LIMIT $limit::BIGINT
)
SELECT
    day, speaker, f.words, what, place, f.publisher, deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    sentence_text(d.text, s.start_char, s.end_char) AS quote
FROM shown AS f JOIN documents AS d USING (document_id, revision) LEFT JOIN sentences AS s USING (document_id, revision, sentence)
ORDER BY day, speaker NULLS LAST, document_id, figure_id
