CREATE OR REPLACE MACRO first_sayings(most) AS TABLE
WITH stated AS NOT MATERIALIZED (
    -- `thing`: one number to group by instead of seven columns.
    SELECT
        hash(kind, item, unit, coalesce(place, ''), value_min, value_max, per) AS thing, kind, item, unit, coalesce(place, '') AS place, value_min,
        value_max, per, words, coalesce(speaker, publisher) AS voice, publisher, published_utc, document_id, revision, sentence, start_char, original_id
    FROM figure_rows() WHERE comparable(negated, published_utc, kind, item)
),
told AS (SELECT DISTINCT thing, hash(document_id) AS report FROM stated),
several AS (SELECT thing, count(*) AS documents FROM told GROUP BY thing HAVING count(*) > 1 ORDER BY documents DESC, thing LIMIT most)
SELECT
    kind, item, unit, place, value_min, value_max, per,
    arg_min({'words': words, 'voice': voice, 'publisher': publisher, 'document_id': document_id, 'revision': revision, 'sentence': sentence},
            (published_utc, document_id, start_char)) AS earliest,
    min(published_utc) AS first_published, count(DISTINCT original_id) AS originals, count(DISTINCT document_id) AS documents,
    list_sort(list(DISTINCT voice)) AS repeated_by, max(published_utc) AS last_published
FROM stated
WHERE thing IN (SELECT thing FROM several)
GROUP BY kind, item, unit, place, value_min, value_max, per;
COMMENT ON MACRO TABLE first_sayings IS 'Rows of who_said_first without their quotes: first_sayings(1000) has the thousand figures that most reports give, first_sayings(NULL) all.';

CREATE OR REPLACE VIEW who_said_first AS
SELECT
    kind, item, unit, place, value_min, value_max, per, f.earliest.words AS words, first_published, f.earliest.voice AS first_voice,
    f.earliest.publisher AS first_publisher, sentence_text(d.text, s.start_char, s.end_char) AS quote,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    originals, documents, repeated_by, last_published
FROM first_sayings(NULL) AS f
JOIN documents AS d ON d.document_id = f.earliest.document_id AND d.revision = f.earliest.revision
LEFT JOIN sentences AS s ON s.document_id = d.document_id AND s.revision = d.revision AND s.sentence = f.earliest.sentence;

COMMENT ON VIEW who_said_first IS 'Figures that several reports give alike, with who had it first by publication time. First in this warehouse: others may have had it earlier. Small round numbers meet by chance.';
COMMENT ON COLUMN who_said_first.first_voice IS 'Speaker in the first report, else its outlet.';
