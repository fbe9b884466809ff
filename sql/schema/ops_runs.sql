CREATE TABLE ops.runs (
    run_id            VARCHAR NOT NULL,
    started_at        TIMESTAMP NOT NULL,
    finished_at       TIMESTAMP,
    status            VARCHAR NOT NULL,
    flow              VARCHAR NOT NULL,
    sources           VARCHAR[],
    documents_read    BIGINT,
    documents_known   BIGINT,
    documents_loaded  BIGINT,
    documents_refused BIGINT,
    words             BIGINT,
    facts             MAP(VARCHAR, BIGINT),
    quarantined       BIGINT,
    timings           MAP(VARCHAR, DOUBLE),
    versions          MAP(VARCHAR, VARCHAR),
    message           VARCHAR
);

COMMENT ON TABLE ops.runs IS 'Runs of the pipeline, one row each. Counts are of the run, not of the warehouse.';
COMMENT ON COLUMN ops.runs.run_id IS 'Id of the run.';
COMMENT ON COLUMN ops.runs.started_at IS 'UTC.';
COMMENT ON COLUMN ops.runs.finished_at IS 'UTC; NULL while under way.';
COMMENT ON COLUMN ops.runs.status IS 'running, done, failed, refused (the quality gate) or killed (found dead by a later run).';
COMMENT ON COLUMN ops.runs.flow IS 'ingest or reprocess.';
COMMENT ON COLUMN ops.runs.sources IS 'Files, folders and addresses it was given.';
COMMENT ON COLUMN ops.runs.documents_read IS 'Reports read from the sources.';
COMMENT ON COLUMN ops.runs.documents_known IS 'Of these, known already with this text and extractor version: skipped.';
COMMENT ON COLUMN ops.runs.documents_loaded IS 'Of these, written to the warehouse.';
COMMENT ON COLUMN ops.runs.documents_refused IS 'Of these, in ops.quarantine.';
COMMENT ON COLUMN ops.runs.words IS 'Words in the reports loaded.';
COMMENT ON COLUMN ops.runs.facts IS 'Rows loaded, by table.';
COMMENT ON COLUMN ops.runs.quarantined IS 'Rows in ops.quarantine from this run.';
COMMENT ON COLUMN ops.runs.timings IS 'Seconds, by step; steps in parallel add up to more than the run took.';
COMMENT ON COLUMN ops.runs.versions IS 'Versions of Dateline, its extractors, the language pipeline, Python and libraries.';
COMMENT ON COLUMN ops.runs.message IS 'Why it failed, in words; NULL otherwise.';
