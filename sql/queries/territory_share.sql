-- title: Share of territory
-- question: What share of territory is said to be held, over time?
-- param: place = null | only shares of this place (part of the name)
SELECT day, speaker, words, percent_min, percent_max, approx, what, place, publisher, link, quote
FROM territory_share
WHERE $place::VARCHAR IS NULL OR contains(lower(place), lower($place::VARCHAR))
ORDER BY day, speaker NULLS LAST, document_id, figure_id
