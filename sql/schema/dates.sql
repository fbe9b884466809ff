CREATE TABLE dates (
    date_id     VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    sentence    INTEGER NOT NULL,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    text        VARCHAR NOT NULL,
    score       DOUBLE NOT NULL,
    type        VARCHAR NOT NULL,
    value       VARCHAR NOT NULL,
    mod         VARCHAR,
    date_from   TIMESTAMP,
    date_to     TIMESTAMP,
    granularity VARCHAR,
    anchor      VARCHAR,
    unresolved  VARCHAR,
    rule        VARCHAR NOT NULL,
    run_id      VARCHAR NOT NULL,
    utc_offset  SMALLINT,
    published_on DATE
);

COMMENT ON TABLE dates IS 'Time expressions by TIMEX3, one row an occurrence.';
COMMENT ON COLUMN dates.date_id IS 'Deterministic id of this row.';
COMMENT ON COLUMN dates.document_id IS 'Report it was read from; joins documents with revision.';
COMMENT ON COLUMN dates.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN dates.sentence IS 'Index of the sentence in the report, from 0; joins sentences.';
COMMENT ON COLUMN dates.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN dates.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN dates.text IS 'The words as written: exactly documents.text[start_char:end_char].';
COMMENT ON COLUMN dates.score IS '0..1, how sure the rule is. Comparable within this table only; it is not the probability that the statement is true.';
COMMENT ON COLUMN dates.type IS 'DATE, TIME, DURATION or SET.';
COMMENT ON COLUMN dates.value IS 'TIMEX3 value (2025-04-26, P3Y, PAST_REF), or UNRESOLVED with the reason in unresolved.';
COMMENT ON COLUMN dates.mod IS 'TIMEX3 modifier (START, MID, END, APPROX, MORE_THAN, ...).';
COMMENT ON COLUMN dates.date_from IS 'Begin of the interval, half-open, local time of the report, without zone. NULL where the value is no interval.';
COMMENT ON COLUMN dates.date_to IS 'End of the interval.';
COMMENT ON COLUMN dates.granularity IS 'century, decade, year, half, quarter, season, month, week, day, part_of_day, hour, minute or second.';
COMMENT ON COLUMN dates.anchor IS 'What a relative expression was resolved against: published, dateline, url or context. NULL for explicit dates.';
COMMENT ON COLUMN dates.unresolved IS 'Why there is no value. Such rows must not be read as the publication day.';
COMMENT ON COLUMN dates.rule IS 'Name of the rule that made the row, as found in the source code.';
COMMENT ON COLUMN dates.run_id IS 'Run that wrote the row; joins ops.runs. A reprocessed report carries the run that last read it.';
COMMENT ON COLUMN dates.utc_offset IS 'Minutes east of UTC of a clock time, where the report gives its zone: date_from less these minutes is UTC. NULL where it gives none.';
COMMENT ON COLUMN dates.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';
