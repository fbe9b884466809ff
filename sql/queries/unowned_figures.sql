-- title: Figures nobody owns
-- question: Which figures does nobody own: stated in the outlet's own voice?
-- param: publisher = null | only this outlet (part of the name)
SELECT publisher, day, words, coalesce(concept, item, kind) AS what, place, title, link, quote
FROM figure_facts
WHERE speaker IS NULL AND ($publisher::VARCHAR IS NULL OR contains(lower(publisher), lower($publisher::VARCHAR)))
ORDER BY publisher, day, document_id, start_char
