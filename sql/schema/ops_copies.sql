CREATE TABLE ops.copies (
    document_id       VARCHAR NOT NULL,
    other_document_id VARCHAR NOT NULL,
    similarity        DOUBLE NOT NULL
);

COMMENT ON TABLE ops.copies IS 'Copies with the originals that they resemble, mostly one. documents.copy_of names the first of them. Copies of one original are not paired with each other.';
COMMENT ON COLUMN ops.copies.document_id IS 'The copy.';
COMMENT ON COLUMN ops.copies.other_document_id IS 'An original that it resembles.';
COMMENT ON COLUMN ops.copies.similarity IS 'Estimated Jaccard similarity of their four-word shingles, 0.6..1; the estimate is good to about 0.04.';
