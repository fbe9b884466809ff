-- Sources go on where a run stopped, and remember where they have moved.
CREATE TABLE ops.waiting (
    waiting_id VARCHAR NOT NULL,
    source_id  VARCHAR NOT NULL,
    address    VARCHAR,
    entry      VARCHAR,
    since      TIMESTAMP NOT NULL
);

COMMENT ON TABLE ops.waiting IS 'What sources have listed and no run has read yet, for want of time or of an answer: the next run goes on with it, whether or not it is still listed. Maintained by runs.';
COMMENT ON COLUMN ops.waiting.waiting_id IS 'Deterministic hash of the source and what waits.';
COMMENT ON COLUMN ops.waiting.source_id IS 'Source that listed it; joins ops.sources.';
COMMENT ON COLUMN ops.waiting.address IS 'Page of a feed''s entry, or a sitemap in which pages were left.';
COMMENT ON COLUMN ops.waiting.entry IS 'What the feed says of the entry, as JSON: it stands in for a page that does not come within a week. NULL for a sitemap.';
COMMENT ON COLUMN ops.waiting.since IS 'When it was left first, UTC.';

ALTER TABLE ops.sources ADD COLUMN moved_to VARCHAR;
ALTER TABLE ops.sources ADD COLUMN moved_at TIMESTAMP;
COMMENT ON COLUMN ops.sources.last_error IS 'Last failure in words, or why it was cut short; NULL after a success that was whole.';
COMMENT ON COLUMN ops.sources.moved_to IS 'Where the server says that it has gone for good (301, 308), which is asked in its place; NULL where it has not moved. Change the configuration.';
COMMENT ON COLUMN ops.sources.moved_at IS 'When its own address was asked last, UTC: once a week, as the server may have thought better of it.';
