CREATE OR REPLACE VIEW dated_places AS
SELECT
    t.date_from, t.date_to, t.granularity, t.text                  AS date_text,
    p.place_id, p.name AS place, p.kind, p.admin1, p.country, p.lat, p.lon, m.text AS place_text,
    abs(t.start_char - m.start_char)                               AS characters_apart,
    sentence_text(d.text, s.start_char, s.end_char)                AS quote,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    d.publisher, d.published_at, coalesce(d.copy_of, d.document_id) AS original_id,
    t.document_id, t.revision, t.sentence, t.date_id, m.mention_id
FROM dates AS t
JOIN documents AS d ON d.document_id = t.document_id AND d.revision = t.revision AND d.is_current
JOIN place_mentions AS m ON m.document_id = t.document_id AND m.revision = t.revision AND m.sentence = t.sentence AND NOT m.metonym
JOIN places AS p ON p.place_id = m.place_id
LEFT JOIN sentences AS s ON s.document_id = t.document_id AND s.revision = t.revision AND s.sentence = t.sentence
WHERE t.type IN ('DATE', 'TIME') AND t.date_from IS NOT NULL;

COMMENT ON VIEW dated_places IS 'Dates beside the places named in the same sentence, for timelines and maps. Standing together is not happening together: read the quote.';
COMMENT ON COLUMN dated_places.characters_apart IS 'Characters between the two; the nearest pair of a sentence is the likeliest.';
