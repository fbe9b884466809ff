-- title: Who had it first
-- question: Who had a repeated figure first?
-- param: kind = null | only figures of this kind
SELECT first_published, first_voice, first_publisher, words, kind, item, unit, place, documents, originals, repeated_by, link, quote
FROM who_said_first
WHERE $kind::VARCHAR IS NULL OR kind = $kind::VARCHAR
ORDER BY documents DESC, first_published, kind, item, unit, place, value_min
