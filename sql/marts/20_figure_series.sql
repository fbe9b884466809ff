CREATE OR REPLACE VIEW figure_series AS
SELECT
    kind, item, unit, per, place, place_id,
    coalesce(speaker, publisher)                             AS voice,
    speaker, publisher, day, day_basis, words, value_min, value_max, approx,
    lag(value_min) OVER thing                                AS previous_value,
    value_min - lag(value_min) OVER thing                    AS change,
    lag(day) OVER thing                                      AS previous_day,
    quote, link, document_id, figure_id
FROM figure_facts
WHERE NOT negated AND day IS NOT NULL AND says_of_what(kind, item)
WINDOW thing AS (
    PARTITION BY kind, item, unit, per, coalesce(place_id, place), coalesce(speaker_id, speaker, publisher)
    ORDER BY day, published_utc NULLS FIRST, document_id, start_char);

COMMENT ON VIEW figure_series IS 'How a figure moved, per voice: the figures of one thing at one place by one speaker (else outlet), in order of day, with the one before. A change may be another way of counting: read both quotes.';
COMMENT ON COLUMN figure_series.voice IS 'Speaker, or the outlet where it speaks itself.';
COMMENT ON COLUMN figure_series.change IS 'value_min less that of the row before, in the figure''s unit.';
