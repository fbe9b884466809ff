-- title: Attacks by day
-- question: Who says how many attacks, by day, with words and link?
-- param: speaker = null | only this speaker (part of the name)
-- param: since = null | only from this day on (YYYY-MM-DD)
SELECT day, speaker, words, what, place, publisher, link, quote
FROM attacks_daily
WHERE ($speaker::VARCHAR IS NULL OR contains(lower(speaker), lower($speaker::VARCHAR)))
  AND ($since::DATE IS NULL OR day >= $since::DATE)
ORDER BY day, speaker NULLS LAST, document_id, figure_id
