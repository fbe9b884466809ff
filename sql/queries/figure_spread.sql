-- title: Low, median, high
-- question: What are the low, the median and the high per thing, and who gave each?
-- param: kind = null | only figures of this kind
-- param: at_least = 2 | only things with at least so many figures
-- param: limit = 1000 | how many rows at most, the newest
WITH stated AS (
    -- `thing`: one number to group by instead of six columns.
    SELECT hash(day, kind, item, unit, per, coalesce(place, '')) AS thing, day, kind, item, unit, per, coalesce(place, '') AS place, value_min,
        coalesce(speaker, publisher) AS voice, document_id, revision, sentence, (published_utc, figure_id) AS moment
    FROM figure_rows()
    WHERE comparable(negated, value_min, kind, item) AND ($kind::VARCHAR IS NULL OR kind = $kind::VARCHAR)
),
things AS (
    SELECT thing, any_value(day) AS day, count(*) AS figures FROM stated GROUP BY thing HAVING count(*) >= $at_least
    ORDER BY day DESC, figures DESC, thing LIMIT $limit::BIGINT
),
spread AS (
    SELECT day, kind, item, unit, place, per, count(*) AS figures, median(value_min) AS median,
        first(stated ORDER BY value_min, moment) AS lowest, first(stated ORDER BY value_min DESC, moment) AS highest
    FROM stated WHERE thing IN (SELECT thing FROM things)
    GROUP BY day, kind, item, unit, place, per
)
SELECT
    day, kind, item, unit, place, figures, lowest.value_min AS low, lowest.voice AS low_by, median, highest.value_min AS high, highest.voice AS high_by,
    deep_link(a.url, a.source, sentence_text(a.text, sa.start_char, sa.end_char)) AS low_link,
    deep_link(b.url, b.source, sentence_text(b.text, sb.start_char, sb.end_char)) AS high_link
FROM spread
JOIN documents AS a ON a.document_id = lowest.document_id AND a.revision = lowest.revision
JOIN documents AS b ON b.document_id = highest.document_id AND b.revision = highest.revision
LEFT JOIN sentences AS sa ON sa.document_id = a.document_id AND sa.revision = a.revision AND sa.sentence = lowest.sentence
LEFT JOIN sentences AS sb ON sb.document_id = b.document_id AND sb.revision = b.revision AND sb.sentence = highest.sentence
ORDER BY day DESC, figures DESC, kind, item, unit, place, per
