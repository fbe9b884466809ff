-- title: Disputed figures
-- question: Where do two sides' ranges for one thing not touch?
-- param: kind = null | only figures of this kind (killed, attack, territory, ...)
-- param: limit = 1000 | how many rows at most, the newest
WITH shown AS (
    -- Of one kind there may be fewer on the newest days: then all days are looked through.
    FROM disputes(CASE WHEN $kind::VARCHAR IS NULL THEN $limit::BIGINT END)
    WHERE $kind::VARCHAR IS NULL OR kind = $kind::VARCHAR
    ORDER BY day DESC, gap DESC, lower_figure_id, higher_figure_id
    LIMIT $limit::BIGINT
)
SELECT
    day, kind, item, unit, place, lower_voice, lower_words, higher_voice, higher_words, gap,
    deep_link(a.url, a.source, sentence_text(a.text, sa.start_char, sa.end_char)) AS lower_link,
    deep_link(b.url, b.source, sentence_text(b.text, sb.start_char, sb.end_char)) AS higher_link,
    sentence_text(a.text, sa.start_char, sa.end_char) AS lower_quote, sentence_text(b.text, sb.start_char, sb.end_char) AS higher_quote
FROM shown
JOIN documents AS a ON a.document_id = lower_document_id AND a.revision = lower_revision
JOIN documents AS b ON b.document_id = higher_document_id AND b.revision = higher_revision
LEFT JOIN sentences AS sa ON sa.document_id = a.document_id AND sa.revision = a.revision AND sa.sentence = lower_sentence
LEFT JOIN sentences AS sb ON sb.document_id = b.document_id AND sb.revision = b.revision AND sb.sentence = higher_sentence
ORDER BY day DESC, gap DESC, lower_figure_id, higher_figure_id
