-- title: Independent voices
-- question: How many independent voices remain once wire copies are folded?
-- param: at_least = 2 | only things that at least so many reports give
-- param: limit = 1000 | how many rows at most, those of most reports
WITH stated AS (
    -- `thing`: one number to group by instead of five columns.
    SELECT hash(day, kind, item, unit, coalesce(place, '')) AS thing, day, kind, item, unit, coalesce(place, '') AS place, document_id, original_id,
        speaker_id, speaker, publisher, value_min, value_max
    FROM figure_rows()
    WHERE comparable(negated, document_id, kind, item)
),
told AS (SELECT DISTINCT thing, hash(document_id) AS report FROM stated),
things AS (
    SELECT thing, count(*) AS documents FROM told GROUP BY thing HAVING count(*) >= $at_least ORDER BY documents DESC, thing LIMIT $limit::BIGINT
)
SELECT
    day, kind, item, unit, place, count(DISTINCT document_id) AS documents, count(DISTINCT original_id) AS originals,
    count(DISTINCT coalesce(speaker_id, speaker, publisher, original_id)) AS voices, list_sort(list(DISTINCT coalesce(speaker, publisher))) AS who,
    min(value_min) AS lowest, max(coalesce(value_max, value_min)) AS highest
FROM stated
WHERE thing IN (SELECT thing FROM things)
GROUP BY day, kind, item, unit, place
ORDER BY documents DESC, day DESC, kind, item, unit, place
