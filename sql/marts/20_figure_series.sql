-- The window goes over the rows that are wanted only: over all of a million figures it takes seconds.
CREATE OR REPLACE MACRO series(longest) AS TABLE
WITH stated AS NOT MATERIALIZED (
    SELECT
        *, coalesce(place_id, place) AS spot, coalesce(speaker_id, speaker, publisher) AS voice_key,
        -- One number a series: cheaper to sort and join by than seven columns. The columns themselves part the rows again below.
        hash(kind, item, unit, per, coalesce(place_id, place), coalesce(speaker_id, speaker, publisher)) AS thing
    FROM figure_rows()
    WHERE comparable(negated, day, kind, item)
),
sizes AS (SELECT thing, count(*) AS figures FROM stated WHERE longest IS NOT NULL GROUP BY thing ORDER BY figures DESC, thing LIMIT longest),
chosen AS (SELECT thing FROM (SELECT thing, sum(figures) OVER (ORDER BY figures DESC, thing) - figures AS before FROM sizes) WHERE before < longest),
kept AS (SELECT * FROM stated WHERE longest IS NULL OR thing IN (FROM chosen))
SELECT
    kind, item, unit, per, place, place_id, coalesce(speaker, publisher) AS voice, speaker, publisher, day, day_basis, words, value_min, value_max, approx,
    lag(value_min) OVER thing              AS previous_value,
    value_min - lag(value_min) OVER thing  AS change,
    lag(day) OVER thing                    AS previous_day,
    document_id, revision, sentence, figure_id
FROM kept
WINDOW thing AS (PARTITION BY kind, item, unit, per, spot, voice_key ORDER BY day, published_utc NULLS FIRST, document_id, start_char);
COMMENT ON MACRO TABLE series IS 'Rows of figure_series without their quotes: series(1000) has whole series, the longest, until there are a thousand rows; series(NULL) has all.';

CREATE OR REPLACE VIEW figure_series AS
SELECT
    kind, item, unit, per, place, place_id, voice, speaker, s.publisher, day, day_basis, s.words, value_min, value_max, approx, previous_value, change,
    previous_day, sentence_text(d.text, t.start_char, t.end_char) AS quote,
    deep_link(d.url, d.source, sentence_text(d.text, t.start_char, t.end_char)) AS link, document_id, figure_id
FROM series(NULL) AS s
JOIN documents AS d USING (document_id, revision)
LEFT JOIN sentences AS t USING (document_id, revision, sentence);

COMMENT ON VIEW figure_series IS 'How a figure moved, per voice: the figures of one thing at one place by one speaker (else outlet), in order of day, with the one before. A change may be another way of counting: read both quotes.';
COMMENT ON COLUMN figure_series.voice IS 'Speaker, or the outlet where it speaks itself.';
COMMENT ON COLUMN figure_series.change IS 'value_min less that of the row before, in the figure''s unit.';
