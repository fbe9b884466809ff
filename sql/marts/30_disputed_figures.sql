CREATE OR REPLACE VIEW disputed_figures AS
WITH stated AS (
    SELECT *, coalesce(speaker_id, speaker, publisher, document_id) AS voice_key, coalesce(speaker, publisher) AS voice
    FROM figure_facts
    WHERE NOT negated AND coalesce(mode, 'asserted') <> 'denied' AND day IS NOT NULL AND says_of_what(kind, item)
)
SELECT
    a.kind, a.item, a.unit, a.per,
    coalesce(a.place, b.place)   AS place,
    least(a.day, b.day)          AS day,
    a.voice AS lower_voice, a.words AS lower_words, a.low AS lower_low, a.high AS lower_high, a.quote AS lower_quote, a.link AS lower_link,
    b.voice AS higher_voice, b.words AS higher_words, b.low AS higher_low, b.high AS higher_high, b.quote AS higher_quote, b.link AS higher_link,
    b.low - a.high               AS gap,
    a.figure_id AS lower_figure_id, b.figure_id AS higher_figure_id
FROM stated AS a
-- Days as equal keys, not as a difference: 0.5 s instead of 25 s on 65,000 figures.
JOIN (SELECT *, unnest([day - 1, day, day + 1]) AS near_day FROM stated) AS b
    ON  a.day = b.near_day
    AND a.kind = b.kind
    AND a.unit = b.unit
    AND a.item IS NOT DISTINCT FROM b.item
    AND a.per IS NOT DISTINCT FROM b.per
    AND a.trend IS NOT DISTINCT FROM b.trend
    AND coalesce(a.place_id, a.place, '') = coalesce(b.place_id, b.place, '')
    AND a.voice_key <> b.voice_key
    AND a.high < b.low;

COMMENT ON VIEW disputed_figures IS 'Pairs of figures for one thing, place and day (or the next) by different voices whose ranges do not touch. Two statements that differ, not a finding about which is right; different definitions look like disputes.';
COMMENT ON COLUMN disputed_figures.gap IS 'From the highest value that the lower statement allows to the lowest that the higher one allows.';
