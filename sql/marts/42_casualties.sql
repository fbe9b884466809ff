CREATE OR REPLACE VIEW casualties AS
SELECT
    day, place, country, kind, item, words, value_min, value_max, approx, speaker, publisher, date_from, date_to, per, mode, quote, link, day_basis,
    lat, lon, original_id, story_id, document_id, figure_id
FROM figure_facts
WHERE kind IN ('killed', 'injured', 'missing', 'captured', 'troops') AND NOT negated;

COMMENT ON VIEW casualties IS 'People said to be killed, injured, missing or captured, and losses not told apart (troops), by day and place. Totals, partial counts and updates of one event stand side by side: never add them up.';
