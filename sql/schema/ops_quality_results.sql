CREATE TABLE ops.quality_results (
    result_id          VARCHAR NOT NULL,
    run_id             VARCHAR NOT NULL,
    batch              VARCHAR NOT NULL,
    suite              VARCHAR NOT NULL,
    expectation        VARCHAR NOT NULL,
    column_name        VARCHAR,
    severity           VARCHAR NOT NULL,
    success            BOOLEAN NOT NULL,
    element_count      BIGINT,
    unexpected_count   BIGINT,
    unexpected_percent DOUBLE,
    observed           VARCHAR,
    bound              VARCHAR,
    reason             VARCHAR,
    checked_at         TIMESTAMP NOT NULL
);

COMMENT ON TABLE ops.quality_results IS 'Every expectation''s result of every batch. Percentages are of one batch: weigh by element_count before averaging.';
COMMENT ON COLUMN ops.quality_results.result_id IS 'Deterministic id of run, batch and expectation.';
COMMENT ON COLUMN ops.quality_results.run_id IS 'Joins ops.runs.';
COMMENT ON COLUMN ops.quality_results.batch IS 'Batch of the run; "warehouse" for checks of the whole.';
COMMENT ON COLUMN ops.quality_results.suite IS 'Suite: the table that was checked, or the SQL check''s file.';
COMMENT ON COLUMN ops.quality_results.expectation IS 'Name of the expectation, as in expectations/*.json or sql/checks.';
COMMENT ON COLUMN ops.quality_results.column_name IS 'Column it looks at; NULL where it looks at rows or the whole table.';
COMMENT ON COLUMN ops.quality_results.severity IS 'critical rows go to quarantine (or stop the load), warning rows are kept.';
COMMENT ON COLUMN ops.quality_results.success IS 'Whether it was met.';
COMMENT ON COLUMN ops.quality_results.element_count IS 'Rows looked at.';
COMMENT ON COLUMN ops.quality_results.unexpected_count IS 'Rows that did not meet it.';
COMMENT ON COLUMN ops.quality_results.unexpected_percent IS '0..100, of the rows looked at.';
COMMENT ON COLUMN ops.quality_results.observed IS 'Observed value of expectations over the whole table.';
COMMENT ON COLUMN ops.quality_results.bound IS 'What was demanded, as JSON.';
COMMENT ON COLUMN ops.quality_results.reason IS 'Why the expectation is there.';
COMMENT ON COLUMN ops.quality_results.checked_at IS 'UTC.';
