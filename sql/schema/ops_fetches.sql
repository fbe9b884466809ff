CREATE TABLE ops.fetches (
    fetch_id      VARCHAR NOT NULL,
    source_id     VARCHAR,
    document_id   VARCHAR,
    address       VARCHAR NOT NULL,
    final_address VARCHAR,
    fetched_at    TIMESTAMP NOT NULL,
    checked_at    TIMESTAMP NOT NULL,
    status        INTEGER,
    content_type  VARCHAR,
    charset       VARCHAR,
    etag          VARCHAR,
    last_modified VARCHAR,
    bytes         BIGINT,
    content_hash  VARCHAR,
    raw_path      VARCHAR,
    run_id        VARCHAR NOT NULL
);

COMMENT ON TABLE ops.fetches IS 'What was fetched, one row an address and content, so that reading can be redone and servers are asked for news only. The bytes are files, not in the warehouse.';
COMMENT ON COLUMN ops.fetches.fetch_id IS 'Deterministic hash of address and content.';
COMMENT ON COLUMN ops.fetches.source_id IS 'Source that led here; joins ops.sources.';
COMMENT ON COLUMN ops.fetches.document_id IS 'Report read out of it; NULL when none was, or several.';
COMMENT ON COLUMN ops.fetches.address IS 'URL asked for.';
COMMENT ON COLUMN ops.fetches.final_address IS 'URL after redirects.';
COMMENT ON COLUMN ops.fetches.fetched_at IS 'When this content was first met there, UTC; anew where it comes back after another one.';
COMMENT ON COLUMN ops.fetches.checked_at IS 'When the server last gave or confirmed it, UTC. The latest one of an address is what it holds.';
COMMENT ON COLUMN ops.fetches.status IS 'HTTP status.';
COMMENT ON COLUMN ops.fetches.content_type IS 'As the server said; not verified.';
COMMENT ON COLUMN ops.fetches.charset IS 'Encoding that the server named; not verified.';
COMMENT ON COLUMN ops.fetches.etag IS 'ETag to send with the next request; NULL when there is none, or when the answer must come whole again.';
COMMENT ON COLUMN ops.fetches.last_modified IS 'Last-Modified to send with the next request, as it came; NULL likewise.';
COMMENT ON COLUMN ops.fetches.bytes IS 'Size of the body, decompressed.';
COMMENT ON COLUMN ops.fetches.content_hash IS '32 hex digits of the body.';
COMMENT ON COLUMN ops.fetches.raw_path IS 'Where the compressed body is kept, relative to the raw folder; NULL once it was let go (keep_raw_days).';
COMMENT ON COLUMN ops.fetches.run_id IS 'Run that last met it.';
