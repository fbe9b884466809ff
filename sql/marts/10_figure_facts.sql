-- Figures with their report, speaker and place, without what is dear to look up for each of a million rows: sentence, quote, link and claim.
-- Named queries pick and order their rows by these, and look up the rest for the rows that are left.
CREATE OR REPLACE MACRO figure_rows() AS TABLE
SELECT
    f.figure_id,
    coalesce(single_day(f.date_from, f.date_to), d.published_at::DATE)  AS day,
    CASE
        WHEN single_day(f.date_from, f.date_to) IS NOT NULL THEN 'stated'
        WHEN d.published_at IS NOT NULL THEN 'published'
    END                                                                AS day_basis,
    coalesce(e.name, f.source_name, f.source_text)                     AS speaker,
    f.source_entity_id                                                 AS speaker_id,
    e.country                                                          AS speaker_country,
    approx_text(f.modifier, f.text, f.unit)                            AS words,
    f.value_min,
    f.value_max,
    f.approx,
    figure_low(f.value_min, f.value_max, f.approx)                     AS low,
    figure_high(f.value_min, f.value_max, f.approx)                    AS high,
    f.unit,
    f.kind,
    f.item,
    f.concept,
    f.per,
    f.trend,
    f.negated,
    coalesce(p.name, f.place_text)                                     AS place,
    f.place_id,
    p.admin1,
    p.country,
    p.lat,
    p.lon,
    f.date_value,
    f.date_from,
    f.date_to,
    d.title,
    d.publisher,
    d.published_at,
    d.published_utc,
    coalesce(d.copy_of, d.document_id)                                 AS original_id,
    d.story_id,
    f.document_id,
    f.revision,
    f.sentence,
    f.start_char,
    f.end_char,
    f.claim_id,
    f.score,
    f.rule
FROM figures AS f
JOIN documents AS d ON d.document_id = f.document_id AND d.revision = f.revision AND d.is_current
LEFT JOIN entities AS e ON e.entity_id = f.source_entity_id
LEFT JOIN places AS p ON p.place_id = f.place_id;
COMMENT ON MACRO TABLE figure_rows IS 'Rows of figure_facts without quote, link and what the claim says: for picking rows out of many.';

CREATE OR REPLACE VIEW figure_facts AS
SELECT
    f.figure_id, f.day, f.day_basis, f.speaker, f.speaker_id, f.speaker_country, f.words, f.value_min, f.value_max, f.approx, f.low, f.high, f.unit,
    f.kind, f.item, f.concept, f.per, f.trend, f.negated, c.act, c.mode, c.cue, f.place, f.place_id, f.admin1, f.country, f.lat, f.lon, f.date_value,
    f.date_from, f.date_to,
    sentence_text(d.text, s.start_char, s.end_char)                             AS quote,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    f.title, f.publisher, f.published_at, f.published_utc, f.original_id, f.story_id, f.document_id, f.revision, f.start_char, f.end_char, f.claim_id,
    f.score, f.rule
FROM figure_rows() AS f
JOIN documents AS d ON d.document_id = f.document_id AND d.revision = f.revision
LEFT JOIN sentences AS s ON s.document_id = f.document_id AND s.revision = f.revision AND s.sentence = f.sentence
LEFT JOIN claims AS c ON c.claim_id = f.claim_id;

COMMENT ON VIEW figure_facts IS 'One flat row a figure of the current revisions: value, words, speaker, place, date, quoted sentence, link. Rival and repeated figures are rows side by side: do not sum them.';
COMMENT ON COLUMN figure_facts.day IS 'Day the figure holds for where the text names one (day_basis stated), else the day of publication (published). NULL when neither is known.';
COMMENT ON COLUMN figure_facts.day_basis IS 'stated, published or NULL: how day is known.';
COMMENT ON COLUMN figure_facts.speaker IS 'Who gave the figure; NULL is the outlet''s own voice.';
COMMENT ON COLUMN figure_facts.speaker_country IS 'Country of the body that gave it, ISO 3166 alpha-2; NULL for people and where unknown.';
COMMENT ON COLUMN figure_facts.words IS 'The figure as written, with its hedge ("almost 70", "around 20%").';
COMMENT ON COLUMN figure_facts.low IS 'Lowest value that the statement allows, see macro figure_low.';
COMMENT ON COLUMN figure_facts.high IS 'Highest value that the statement allows, see macro figure_high; infinity where open.';
COMMENT ON COLUMN figure_facts.mode IS 'asserted, hedged or denied, of the claim that holds it; NULL without one.';
COMMENT ON COLUMN figure_facts.quote IS 'The sentence, as it stands in the report.';
COMMENT ON COLUMN figure_facts.link IS 'Address of the report, opening at the sentence; file and line where there is no address.';
COMMENT ON COLUMN figure_facts.original_id IS 'Report that this one copies, or itself: count these for independent reports.';
