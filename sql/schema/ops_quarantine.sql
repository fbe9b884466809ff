CREATE TABLE ops.quarantine (
    quarantine_id VARCHAR NOT NULL,
    stage         VARCHAR NOT NULL,
    table_name    VARCHAR NOT NULL,
    rule          VARCHAR NOT NULL,
    reason        VARCHAR NOT NULL,
    document_id   VARCHAR,
    revision      INTEGER,
    row_id        VARCHAR,
    location      VARCHAR,
    raw           VARCHAR,
    run_id        VARCHAR NOT NULL,
    created_at    TIMESTAMP NOT NULL
);

COMMENT ON TABLE ops.quarantine IS 'What was refused, with the reason: nothing disappears. Do not load raw rows back by hand: mend the cause and run again.';
COMMENT ON COLUMN ops.quarantine.quarantine_id IS 'Deterministic id: the same refusal in a later run replaces this row.';
COMMENT ON COLUMN ops.quarantine.stage IS 'read, extract, normalize or validate.';
COMMENT ON COLUMN ops.quarantine.table_name IS 'Table or kind of fact it would have been.';
COMMENT ON COLUMN ops.quarantine.rule IS 'Expectation or rule that refused it.';
COMMENT ON COLUMN ops.quarantine.reason IS 'What is wrong and what to do.';
COMMENT ON COLUMN ops.quarantine.document_id IS 'Report it belongs to; NULL when it was not read as far.';
COMMENT ON COLUMN ops.quarantine.revision IS 'Revision of the report; NULL likewise.';
COMMENT ON COLUMN ops.quarantine.row_id IS 'Id of the row that was refused; NULL where it got none.';
COMMENT ON COLUMN ops.quarantine.location IS 'File and line, or offsets.';
COMMENT ON COLUMN ops.quarantine.raw IS 'The refused row as JSON, or the words, cut to a sane length. Untrusted text.';
COMMENT ON COLUMN ops.quarantine.run_id IS 'Run that refused it last.';
COMMENT ON COLUMN ops.quarantine.created_at IS 'UTC.';
