CREATE OR REPLACE VIEW voices AS
SELECT
    day, kind, item, unit, coalesce(place, '') AS place,
    count(*)                                                              AS figures,
    count(DISTINCT document_id)                                           AS documents,
    count(DISTINCT original_id)                                           AS originals,
    count(DISTINCT publisher)                                             AS publishers,
    count(DISTINCT coalesce(speaker_id, speaker, publisher, original_id)) AS voices,
    list_sort(list(DISTINCT coalesce(speaker, publisher)))                AS who,
    min(value_min)                                                        AS lowest,
    max(coalesce(value_max, value_min))                                   AS highest
FROM figure_rows()
WHERE comparable(negated, document_id, kind, item)
GROUP BY ALL;

COMMENT ON VIEW voices IS 'How many independent voices stand behind a thing counted on a day: distinct speakers (else outlets), wire copies folded. One speaker quoted by ten outlets is one voice.';
COMMENT ON COLUMN voices.voices IS 'Distinct speakers, and outlets where they speak themselves.';
