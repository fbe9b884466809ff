CREATE OR REPLACE VIEW attacks_daily AS
SELECT
    day, speaker, words, coalesce(concept, item) AS what, place, value_min, value_max, approx, publisher, quote, link, day_basis, country, per, mode,
    original_id, document_id, figure_id
FROM figure_facts
WHERE kind = 'attack' AND NOT negated;

COMMENT ON VIEW attacks_daily IS 'Who says how many attacks, by day, with words and link. Counts of different speakers overlap: compare, do not add.';
COMMENT ON COLUMN attacks_daily.what IS 'What was counted, in the words of the report.';
