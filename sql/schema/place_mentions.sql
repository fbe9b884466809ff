CREATE TABLE place_mentions (
    mention_id  VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    place_id    VARCHAR,
    sentence    INTEGER NOT NULL,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    text        VARCHAR NOT NULL,
    score       DOUBLE NOT NULL,
    method      VARCHAR NOT NULL,
    candidates  STRUCT(place_id VARCHAR, name VARCHAR, kind VARCHAR, country VARCHAR, admin1 VARCHAR, lat DOUBLE, lon DOUBLE, score DOUBLE)[],
    metonym     BOOLEAN NOT NULL,
    rule        VARCHAR NOT NULL,
    run_id      VARCHAR NOT NULL,
    published_on DATE
);

COMMENT ON TABLE place_mentions IS 'Every toponym, one row an occurrence: where the text names a place, not where something happened.';
COMMENT ON COLUMN place_mentions.mention_id IS 'Deterministic id of this row.';
COMMENT ON COLUMN place_mentions.document_id IS 'Report it was read from; joins documents with revision.';
COMMENT ON COLUMN place_mentions.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN place_mentions.place_id IS 'Joins places. NULL when no candidate was sure enough: see candidates.';
COMMENT ON COLUMN place_mentions.sentence IS 'Index of the sentence in the report, from 0; joins sentences.';
COMMENT ON COLUMN place_mentions.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN place_mentions.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN place_mentions.text IS 'The words as written: exactly documents.text[start_char:end_char].';
COMMENT ON COLUMN place_mentions.score IS '0..1, how sure the rule is. Comparable within this table only; it is not the probability that the statement is true.';
COMMENT ON COLUMN place_mentions.method IS 'How it was resolved, or why not.';
COMMENT ON COLUMN place_mentions.candidates IS 'Runners-up with their scores, best first; what to choose from where place_id is NULL.';
COMMENT ON COLUMN place_mentions.metonym IS 'True where the name stands for a government or body ("Moscow denied"): leave it out of maps of where things happen.';
COMMENT ON COLUMN place_mentions.rule IS 'Name of the rule that made the row, as found in the source code.';
COMMENT ON COLUMN place_mentions.run_id IS 'Run that wrote the row; joins ops.runs. A reprocessed report carries the run that last read it.';
COMMENT ON COLUMN place_mentions.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';
