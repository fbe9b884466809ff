CREATE TABLE ops.sources (
    source_id       VARCHAR NOT NULL,
    kind            VARCHAR NOT NULL,
    address         VARCHAR NOT NULL,
    etag            VARCHAR,
    last_modified   VARCHAR,
    last_attempt_at TIMESTAMP,
    last_success_at TIMESTAMP,
    failures        INTEGER NOT NULL,
    last_error      VARCHAR,
    next_due_at     TIMESTAMP
);

COMMENT ON TABLE ops.sources IS 'What is known of each source that is read again and again. Maintained by runs.';
COMMENT ON COLUMN ops.sources.source_id IS 'Deterministic hash of kind and address.';
COMMENT ON COLUMN ops.sources.kind IS 'feed, sitemap, page, folder, jsonl or warc.';
COMMENT ON COLUMN ops.sources.address IS 'URL or path.';
COMMENT ON COLUMN ops.sources.etag IS 'ETag of the last answer, for conditional requests.';
COMMENT ON COLUMN ops.sources.last_modified IS 'Last-Modified of the last answer, as sent.';
COMMENT ON COLUMN ops.sources.last_attempt_at IS 'UTC.';
COMMENT ON COLUMN ops.sources.last_success_at IS 'UTC; NULL when it never answered.';
COMMENT ON COLUMN ops.sources.failures IS 'Failures in a row; 0 after a success.';
COMMENT ON COLUMN ops.sources.last_error IS 'Last failure in words.';
COMMENT ON COLUMN ops.sources.next_due_at IS 'Not to be asked before this time, UTC.';
