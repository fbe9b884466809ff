CREATE TABLE figures (
    figure_id        VARCHAR NOT NULL,
    document_id      VARCHAR NOT NULL,
    revision         INTEGER NOT NULL,
    sentence         INTEGER NOT NULL,
    start_char       INTEGER NOT NULL,
    end_char         INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    score            DOUBLE NOT NULL,
    value_min        DOUBLE,
    value_max        DOUBLE,
    approx           VARCHAR NOT NULL,
    modifier         VARCHAR,
    trend            VARCHAR,
    unit             VARCHAR NOT NULL,
    value_base       DOUBLE,
    unit_base        VARCHAR,
    item             VARCHAR,
    concept          VARCHAR,
    kind             VARCHAR NOT NULL,
    per              VARCHAR,
    place_text       VARCHAR,
    place_id         VARCHAR,
    date_value       VARCHAR,
    date_from        TIMESTAMP,
    date_to          TIMESTAMP,
    source_entity_id VARCHAR,
    source_text      VARCHAR,
    source_name      VARCHAR,
    claim_id         VARCHAR,
    negated          BOOLEAN NOT NULL,
    rule             VARCHAR NOT NULL,
    run_id           VARCHAR NOT NULL,
    published_on     DATE
);

COMMENT ON TABLE figures IS 'Quantities as reports state them: a value or range with unit, what is counted, who says so, where and when. Claims, not measurements. Do not add rows: repeated, cumulative and rival figures stand side by side.';
COMMENT ON COLUMN figures.figure_id IS 'Deterministic id of this row.';
COMMENT ON COLUMN figures.document_id IS 'Report it was read from; joins documents with revision.';
COMMENT ON COLUMN figures.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN figures.sentence IS 'Index of the sentence in the report, from 0; joins sentences.';
COMMENT ON COLUMN figures.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN figures.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN figures.text IS 'The words as written: exactly documents.text[start_char:end_char].';
COMMENT ON COLUMN figures.score IS '0..1, how sure the rule is. Comparable within this table only; it is not the probability that the statement is true.';
COMMENT ON COLUMN figures.value_min IS 'The value as said; of a range its lower end. NULL where only the other end is known. Bounds keep the value as said: "more than 700" is 700, 700, above.';
COMMENT ON COLUMN figures.value_max IS 'The value as said; of a range its upper end. NULL where open ("dozens").';
COMMENT ON COLUMN figures.approx IS 'exact, about, below, above, at_least or at_most. Exact means stated without hedge, not counted exactly.';
COMMENT ON COLUMN figures.modifier IS 'The words that made approx ("almost"), as written.';
COMMENT ON COLUMN figures.trend IS 'up or down where the text says that it moved, else NULL.';
COMMENT ON COLUMN figures.unit IS 'percent, person, km, km2, m, kg, t, l, year, degree, magnitude, count, ratio, other or a finer one; currencies as ISO 4217 in lower case. Compare values of one unit only, or value_base.';
COMMENT ON COLUMN figures.value_base IS 'value_min in unit_base; NULL where the unit has no conversion. Currencies are not converted.';
COMMENT ON COLUMN figures.unit_base IS 'Base unit of the dimension (metre, kilogram, ...).';
COMMENT ON COLUMN figures.item IS 'Lemma of the head noun counted or measured ("attempt"). NULL where kind says it ("34 dead").';
COMMENT ON COLUMN figures.concept IS 'Full phrase measured ("attempts to attack Ukrainian positions"), as written.';
COMMENT ON COLUMN figures.kind IS 'What happened to the thing counted: killed, injured, missing, captured, displaced, evacuated, attack, launched, intercepted, destroyed, damaged, territory, troops, affected, money, population, distance, age, rate_or_share, size, other or a finer one.';
COMMENT ON COLUMN figures.per IS 'day in "70 a day": then value is a rate, not a total. Else NULL.';
COMMENT ON COLUMN figures.place_text IS 'Words of the place that the figure applies to, as written.';
COMMENT ON COLUMN figures.place_id IS 'Joins places: where the figure holds. NULL when not stated or not resolved.';
COMMENT ON COLUMN figures.date_value IS 'TIMEX3 value that the figure holds for; NULL when the text gives none. The publication day is not filled in here.';
COMMENT ON COLUMN figures.date_from IS 'Begin of the interval it holds for, half-open, local time. NULL when unknown.';
COMMENT ON COLUMN figures.date_to IS 'End of that interval.';
COMMENT ON COLUMN figures.source_entity_id IS 'Who gave the figure; joins entities. NULL when the report speaks in its own voice, or the speaker is no named entity.';
COMMENT ON COLUMN figures.source_text IS 'Words naming who gave it ("officials"), as written.';
COMMENT ON COLUMN figures.source_name IS 'Fullest name in the report of who gave it; NULL is the outlet''s own voice.';
COMMENT ON COLUMN figures.claim_id IS 'Claim that holds it; joins claims.';
COMMENT ON COLUMN figures.negated IS 'True where the text denies the figure ("not 70"): never count it as asserted.';
COMMENT ON COLUMN figures.rule IS 'Name of the rule that made the row, as found in the source code.';
COMMENT ON COLUMN figures.run_id IS 'Run that wrote the row; joins ops.runs. A reprocessed report carries the run that last read it.';
COMMENT ON COLUMN figures.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';
