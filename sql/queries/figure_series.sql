-- title: How a figure moved
-- question: How did a figure move, per source?
-- param: kind = null | only figures of this kind
-- param: item = null | only this thing counted (lemma)
-- param: place = null | only this place (part of the name)
SELECT voice, kind, item, unit, place, day, words, value_min, value_max, previous_value, change, link, quote
FROM figure_series
WHERE ($kind::VARCHAR IS NULL OR kind = $kind::VARCHAR)
  AND ($item::VARCHAR IS NULL OR item = lower($item::VARCHAR))
  AND ($place::VARCHAR IS NULL OR contains(lower(place), lower($place::VARCHAR)))
ORDER BY kind, item, unit, place, voice, day, figure_id
