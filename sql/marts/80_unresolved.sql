CREATE OR REPLACE VIEW unresolved AS
WITH lacking AS (
    SELECT 'place' AS lacks, document_id, revision, sentence, start_char, text, method AS reason,
        array_to_string(list_transform(candidates, lambda c: concat_ws(', ', c.name, c.admin1, c.country)), '; ') AS candidates, mention_id AS id
    FROM place_mentions WHERE place_id IS NULL
    UNION ALL
    SELECT 'date', document_id, revision, sentence, start_char, text, unresolved, NULL, date_id FROM dates WHERE value = 'UNRESOLVED'
    UNION ALL
    SELECT 'figure date', document_id, revision, sentence, start_char, text, 'no date stated or resolved', NULL, figure_id
    FROM figures WHERE date_value IS NULL OR date_value = 'UNRESOLVED'
    UNION ALL
    SELECT 'figure place', document_id, revision, sentence, start_char, text,
        CASE WHEN place_text IS NULL THEN 'no place stated' ELSE 'place not resolved' END, place_text, figure_id
    FROM figures WHERE place_id IS NULL
    UNION ALL
    SELECT 'speaker', document_id, revision, sentence, start_char, text,
        CASE WHEN source_text IS NULL THEN 'nobody named' ELSE 'source not resolved' END, source_text, claim_id
    FROM claims WHERE source_name IS NULL
)
SELECT
    l.lacks, d.publisher, d.published_at, l.text, l.reason, l.candidates, sentence_text(d.text, s.start_char, s.end_char) AS quote,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link, d.title, l.document_id, l.id
FROM lacking AS l
JOIN documents AS d ON d.document_id = l.document_id AND d.revision = l.revision AND d.is_current
LEFT JOIN sentences AS s ON s.document_id = l.document_id AND s.revision = l.revision AND s.sentence = l.sentence;

COMMENT ON VIEW unresolved IS 'What is not known, with the reason: places and dates not resolved, figures without date or place, claims without speaker. Many figures truly have none: a report need not say where.';
COMMENT ON COLUMN unresolved.lacks IS 'place, date, figure date, figure place or speaker.';
COMMENT ON COLUMN unresolved.candidates IS 'What it could be, best first; the words of the report for figures and speakers.';
