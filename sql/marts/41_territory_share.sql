CREATE OR REPLACE VIEW territory_share AS
SELECT
    day, speaker, words,
    value_min * CASE WHEN unit = 'ratio' THEN 100 ELSE 1 END  AS percent_min,
    value_max * CASE WHEN unit = 'ratio' THEN 100 ELSE 1 END  AS percent_max,
    approx, coalesce(concept, item) AS what, place, publisher, quote, link, day_basis, country, mode, original_id, document_id, figure_id
FROM figure_facts
WHERE kind = 'territory' AND unit IN ('percent', 'ratio') AND NOT negated;

COMMENT ON VIEW territory_share IS 'What share of a territory is said to be held, over time, in percent. Who holds it and whose land it is of stand in the quote; shares of different wholes cannot be compared.';
COMMENT ON COLUMN territory_share.percent_min IS 'Percent, fractions turned into percent ("a fifth" is 20).';
