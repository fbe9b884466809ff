-- title: Disputed figures
-- question: Where do two sides' ranges for one thing not touch?
-- param: kind = null | only figures of this kind (killed, attack, territory, ...)
SELECT day, kind, item, unit, place, lower_voice, lower_words, higher_voice, higher_words, gap, lower_link, higher_link, lower_quote, higher_quote
FROM disputed_figures
WHERE $kind::VARCHAR IS NULL OR kind = $kind::VARCHAR
ORDER BY day DESC, gap DESC, lower_figure_id, higher_figure_id
