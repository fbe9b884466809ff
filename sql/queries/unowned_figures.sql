-- title: Figures nobody owns
-- question: Which figures does nobody own: stated in the outlet's own voice?
-- param: publisher = null | only this outlet (part of the name)
-- param: limit = 1000 | how many rows at most, the newest
WITH shown AS (
    SELECT publisher, day, words, coalesce(concept, item, kind) AS what, place, document_id, revision, sentence, start_char, figure_id
    FROM figure_rows()
    WHERE speaker IS NULL AND ($publisher::VARCHAR IS NULL OR contains(lower(publisher), lower($publisher::VARCHAR)))
    ORDER BY day DESC NULLS LAST, figure_id
    LIMIT $limit::BIGINT
)
SELECT
    f.publisher, day, f.words, what, place, d.title, deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    sentence_text(d.text, s.start_char, s.end_char) AS quote
FROM shown AS f JOIN documents AS d USING (document_id, revision) LEFT JOIN sentences AS s USING (document_id, revision, sentence)
ORDER BY f.publisher, day, document_id, f.start_char
