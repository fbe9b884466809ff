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
    next_due_at     TIMESTAMP,
    moved_to        VARCHAR,
    moved_at        TIMESTAMP
);

COMMENT ON TABLE ops.sources IS 'What is known of each source that is read again and again. Maintained by runs.';
COMMENT ON COLUMN ops.sources.source_id IS 'Deterministic hash of the address.';
COMMENT ON COLUMN ops.sources.kind IS 'feed, sitemap, page, jsonl, folder or file; unknown until it answered once.';
COMMENT ON COLUMN ops.sources.address IS 'URL, path or pattern, as it stands in the configuration or was typed.';
COMMENT ON COLUMN ops.sources.etag IS 'ETag of the last answer, as sent with the next request.';
COMMENT ON COLUMN ops.sources.last_modified IS 'Last-Modified of the last answer, likewise.';
COMMENT ON COLUMN ops.sources.last_attempt_at IS 'UTC.';
COMMENT ON COLUMN ops.sources.last_success_at IS 'UTC; NULL when it never answered.';
COMMENT ON COLUMN ops.sources.failures IS 'Failures in a row; 0 after a success.';
COMMENT ON COLUMN ops.sources.last_error IS 'Last failure in words, or why it was cut short; NULL after a success that was whole.';
COMMENT ON COLUMN ops.sources.next_due_at IS 'A schedule leaves it alone before this time, UTC; NULL after a success.';
COMMENT ON COLUMN ops.sources.moved_to IS 'Where the server says that it has gone for good (301, 308), which is asked in its place; NULL where it has not moved. Change the configuration.';
COMMENT ON COLUMN ops.sources.moved_at IS 'When its own address was asked last, UTC: once a week, as the server may have thought better of it.';
