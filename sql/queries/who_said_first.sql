-- title: Who had it first
-- question: Who had a repeated figure first?
-- param: kind = null | only figures of this kind
-- param: limit = 1000 | how many rows at most, the most repeated
WITH shown AS (
    FROM first_sayings(CASE WHEN $kind::VARCHAR IS NULL THEN $limit::BIGINT END)
    WHERE $kind::VARCHAR IS NULL OR kind = $kind::VARCHAR
    ORDER BY documents DESC, first_published, kind, item, unit, place, value_min
    LIMIT $limit::BIGINT
)
SELECT
    first_published, f.earliest.voice AS first_voice, f.earliest.publisher AS first_publisher, f.earliest.words AS words, kind, item, unit, place, documents,
    originals, repeated_by, deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    sentence_text(d.text, s.start_char, s.end_char) AS quote
FROM shown AS f JOIN documents AS d ON d.document_id = f.earliest.document_id AND d.revision = f.earliest.revision
LEFT JOIN sentences AS s ON s.document_id = d.document_id AND s.revision = d.revision AND s.sentence = f.earliest.sentence
ORDER BY documents DESC, first_published, kind, item, unit, place, value_min
