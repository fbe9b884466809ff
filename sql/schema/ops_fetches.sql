CREATE TABLE ops.fetches (
    fetch_id      VARCHAR NOT NULL,
    source_id     VARCHAR,
    document_id   VARCHAR,
    address       VARCHAR NOT NULL,
    final_address VARCHAR,
    fetched_at    TIMESTAMP NOT NULL,
    status        INTEGER,
    content_type  VARCHAR,
    bytes         BIGINT,
    content_hash  VARCHAR,
    raw_path      VARCHAR,
    run_id        VARCHAR NOT NULL
);

COMMENT ON TABLE ops.fetches IS 'Raw bytes fetched and kept, so that reading can be redone. Points to files; the bytes are not in the warehouse.';
COMMENT ON COLUMN ops.fetches.fetch_id IS 'Deterministic hash of address and content.';
COMMENT ON COLUMN ops.fetches.source_id IS 'Source that led here; joins ops.sources.';
COMMENT ON COLUMN ops.fetches.document_id IS 'Report read out of it; NULL when none was.';
COMMENT ON COLUMN ops.fetches.address IS 'URL or path asked for.';
COMMENT ON COLUMN ops.fetches.final_address IS 'URL after redirects.';
COMMENT ON COLUMN ops.fetches.fetched_at IS 'UTC.';
COMMENT ON COLUMN ops.fetches.status IS 'HTTP status; NULL for files.';
COMMENT ON COLUMN ops.fetches.content_type IS 'As the server said; not verified.';
COMMENT ON COLUMN ops.fetches.bytes IS 'Size of the body as received.';
COMMENT ON COLUMN ops.fetches.content_hash IS '32 hex digits of the body.';
COMMENT ON COLUMN ops.fetches.raw_path IS 'Where the compressed body is kept, relative to the raw folder.';
COMMENT ON COLUMN ops.fetches.run_id IS 'Run that fetched it.';
