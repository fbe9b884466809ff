CREATE OR REPLACE VIEW who_said_first AS
SELECT
    kind, item, unit, coalesce(place, '') AS place, value_min, value_max, per,
    first(words ORDER BY moment)                                           AS words,
    min(published_utc)                                               AS first_published,
    first(coalesce(speaker, publisher) ORDER BY moment)                    AS first_voice,
    first(publisher ORDER BY moment)                                       AS first_publisher,
    first(quote ORDER BY moment)                                           AS quote,
    first(link ORDER BY moment)                                            AS link,
    count(DISTINCT original_id)                                      AS originals,
    count(DISTINCT document_id)                                      AS documents,
    list_sort(list(DISTINCT coalesce(speaker, publisher)))           AS repeated_by,
    max(published_utc)                                               AS last_published
FROM (SELECT *, (published_utc, document_id, start_char) AS moment FROM figure_facts WHERE published_utc IS NOT NULL)
WHERE NOT negated AND says_of_what(kind, item)
GROUP BY kind, item, unit, coalesce(place, ''), value_min, value_max, per
HAVING count(DISTINCT document_id) > 1;

COMMENT ON VIEW who_said_first IS 'Figures that several reports give alike, with who had it first by publication time. First in this warehouse: others may have had it earlier. Small round numbers meet by chance.';
COMMENT ON COLUMN who_said_first.first_voice IS 'Speaker in the first report, else its outlet.';
