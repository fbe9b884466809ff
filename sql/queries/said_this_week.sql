-- title: What somebody said this week
-- question: What did X say this week?
-- param: speaker = "" | the speaker (part of the name); empty is everybody
-- param: days = 7 | how many days back from the last day
-- param: until = null | last day (YYYY-MM-DD); by default the latest day of publication in the warehouse
-- param: limit = 1000 | how many rows at most, the newest
WITH shown AS (
    -- The day it was said, where the report gives one, else that of publication.
    SELECT
        coalesce(single_day(said_from, said_to), day) AS day, speaker, via, act, mode, content, is_quote, publisher, document_id, revision, published_utc,
        sentence, start_char, claim_id
    FROM claim_rows()
    WHERE contains(lower(coalesce(speaker, '')), lower($speaker::VARCHAR))
      AND coalesce(single_day(said_from, said_to), day) <= coalesce($until::DATE, (SELECT max(published_at)::DATE FROM documents WHERE is_current))
      AND coalesce(single_day(said_from, said_to), day)
          > coalesce($until::DATE, (SELECT max(published_at)::DATE FROM documents WHERE is_current)) - $days::INTEGER
    ORDER BY day DESC, claim_id
    LIMIT $limit::BIGINT
)
SELECT
    day, speaker, via, act, mode, content, is_quote, c.publisher, d.title,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link
FROM shown AS c JOIN documents AS d USING (document_id, revision) LEFT JOIN sentences AS s USING (document_id, revision, sentence)
ORDER BY day DESC, speaker NULLS LAST, c.published_utc, document_id, c.start_char
