-- title: Denied claims
-- question: Which claims did the other side deny?
-- param: speaker = null | only denials by this speaker (part of the name)
SELECT day, denied_speaker, denied_content, speaker, cue, content, publisher, link, quote, denied_quote
FROM denials
WHERE $speaker::VARCHAR IS NULL OR contains(lower(speaker), lower($speaker::VARCHAR))
ORDER BY day DESC, denied_speaker NULLS LAST, claim_id
