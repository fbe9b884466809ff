-- title: What somebody said this week
-- question: What did X say this week?
-- param: speaker = "" | the speaker (part of the name); empty is everybody
-- param: days = 7 | how many days back from the last day
-- param: until = null | last day (YYYY-MM-DD); by default the latest day in the warehouse
SELECT day, speaker, via, act, mode, content, is_quote, publisher, title, link
FROM claims_by_speaker
WHERE contains(lower(coalesce(speaker, '')), lower($speaker::VARCHAR))
  AND day <= coalesce($until::DATE, (SELECT max(day) FROM claims_by_speaker))
  AND day > coalesce($until::DATE, (SELECT max(day) FROM claims_by_speaker)) - $days::INTEGER
ORDER BY day DESC, speaker NULLS LAST, published_utc, document_id, start_char
