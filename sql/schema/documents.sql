CREATE TABLE documents (
    document_id         VARCHAR NOT NULL,
    revision            INTEGER NOT NULL,
    is_current          BOOLEAN NOT NULL,
    url                 VARCHAR,
    publisher           VARCHAR,
    title               VARCHAR,
    byline              VARCHAR,
    language            VARCHAR,
    published_at        TIMESTAMP,
    published_offset    SMALLINT,
    published_utc       TIMESTAMP,
    published_precision VARCHAR,
    dateline_place      VARCHAR,
    dateline_date       DATE,
    fetched_at          TIMESTAMP,
    source              VARCHAR NOT NULL,
    origin_id           VARCHAR,
    text                VARCHAR NOT NULL,
    text_hash           VARCHAR NOT NULL,
    words               INTEGER NOT NULL,
    copy_of             VARCHAR,
    story_id            VARCHAR,
    extractor_version   VARCHAR NOT NULL,
    run_id              VARCHAR NOT NULL
);

COMMENT ON TABLE documents IS 'Reports, one row a revision: what was read and cleaned. A changed text under the same URL is a new revision; the old one stays. Do not count rows as reports: filter is_current, and fold wire copies with copy_of.';
COMMENT ON COLUMN documents.document_id IS 'Deterministic hash of the canonical URL, or of the source''s own id where there is no URL.';
COMMENT ON COLUMN documents.revision IS '1 for the text first read, then 2, 3, ... in the order read. Not the outlet''s own version number.';
COMMENT ON COLUMN documents.is_current IS 'True for the latest revision. Exactly one a document.';
COMMENT ON COLUMN documents.url IS 'Canonical address. Text of the outside world: do not open or render it unchecked.';
COMMENT ON COLUMN documents.publisher IS 'Outlet as named by the page or the file, not normalized across spellings.';
COMMENT ON COLUMN documents.title IS 'Headline as published. Offsets never point into it.';
COMMENT ON COLUMN documents.byline IS 'Author or desk as printed; not resolved to a person.';
COMMENT ON COLUMN documents.language IS 'ISO 639-1 code as stated or detected. Facts are read from English only.';
COMMENT ON COLUMN documents.published_at IS 'When the outlet says it published: wall-clock time as written, without zone. Do not compare between outlets to the hour: use published_utc. NULL when the report does not say.';
COMMENT ON COLUMN documents.published_offset IS 'Minutes east of UTC that the outlet stated for published_at. NULL when it stated none.';
COMMENT ON COLUMN documents.published_utc IS 'published_at in UTC where an offset was stated, else published_at as it is (then up to 14 hours off).';
COMMENT ON COLUMN documents.published_precision IS 'day, minute or second. For day the clock part of published_at is 00:00 and means nothing.';
COMMENT ON COLUMN documents.dateline_place IS 'Place of the dateline ("KYIV" of "KYIV, Aug 12 (Desk) -"), cut off the text. Where it was filed, not where things happened.';
COMMENT ON COLUMN documents.dateline_date IS 'Day written in the dateline. It anchors relative dates only where published_at is NULL.';
COMMENT ON COLUMN documents.fetched_at IS 'When Dateline read it, UTC. Differs between runs; not a publication time.';
COMMENT ON COLUMN documents.source IS 'File path or URL it was read from, with a line number where one file holds many.';
COMMENT ON COLUMN documents.origin_id IS 'Id that the source gave (JSONL id, feed guid), as it came; not unique across sources.';
COMMENT ON COLUMN documents.text IS 'Cleaned body. Every offset of every fact of this revision points into it. Copyright stays with the outlet: do not republish it whole.';
COMMENT ON COLUMN documents.text_hash IS '32 hex digits of the text; equal hashes are equal texts.';
COMMENT ON COLUMN documents.words IS 'Words in text, split at white space.';
COMMENT ON COLUMN documents.copy_of IS 'document_id of the earliest report this one copies nearly word for word; NULL for originals. Count coalesce(copy_of, document_id) for independent reports.';
COMMENT ON COLUMN documents.story_id IS 'Reports of one happening share it; NULL where not grouped. Same story does not mean that the facts agree.';
COMMENT ON COLUMN documents.extractor_version IS 'Version of the extractors that read this revision last.';
COMMENT ON COLUMN documents.run_id IS 'Run that last wrote the row; joins ops.runs.';
