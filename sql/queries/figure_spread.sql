-- title: Low, median, high
-- question: What are the low, the median and the high per thing, and who gave each?
-- param: kind = null | only figures of this kind
-- param: at_least = 2 | only things with at least so many figures
SELECT
    day, kind, item, unit, coalesce(place, '') AS place, count(*) AS figures,
    min(value_min) AS low, first(coalesce(speaker, publisher) ORDER BY value_min, published_utc, figure_id) AS low_by,
    median(value_min) AS median,
    max(value_min) AS high, first(coalesce(speaker, publisher) ORDER BY value_min DESC, published_utc, figure_id) AS high_by,
    first(link ORDER BY value_min, published_utc, figure_id) AS low_link,
    first(link ORDER BY value_min DESC, published_utc, figure_id) AS high_link
FROM figure_facts
WHERE NOT negated AND value_min IS NOT NULL AND says_of_what(kind, item) AND ($kind::VARCHAR IS NULL OR kind = $kind::VARCHAR)
GROUP BY day, kind, item, unit, coalesce(place, ''), per
HAVING count(*) >= $at_least
ORDER BY day DESC, figures DESC, kind, item, unit, place
