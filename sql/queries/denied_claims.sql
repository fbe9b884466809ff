-- title: Denied claims
-- question: Which claims did the other side deny?
-- param: speaker = null | only denials by this speaker (part of the name)
-- param: limit = 1000 | how many rows at most, the newest
WITH shown AS (
    FROM denial_pairs(CASE WHEN $speaker::VARCHAR IS NULL THEN $limit::BIGINT END)
    WHERE $speaker::VARCHAR IS NULL OR contains(lower(speaker), lower($speaker::VARCHAR))
    ORDER BY day DESC NULLS LAST, claim_id
    LIMIT $limit::BIGINT
)
SELECT
    day, denied_speaker, denied_content, speaker, cue, content, n.publisher,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link, sentence_text(d.text, s.start_char, s.end_char) AS quote,
    sentence_text(d.text, t.start_char, t.end_char) AS denied_quote
FROM shown AS n
JOIN documents AS d USING (document_id, revision)
LEFT JOIN sentences AS s USING (document_id, revision, sentence)
LEFT JOIN sentences AS t ON t.document_id = n.document_id AND t.revision = n.revision AND t.sentence = n.denied_sentence
ORDER BY day DESC, denied_speaker NULLS LAST, claim_id
