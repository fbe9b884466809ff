CREATE TABLE ops.copies (
    document_id       VARCHAR NOT NULL,
    other_document_id VARCHAR NOT NULL,
    similarity        DOUBLE NOT NULL
);

COMMENT ON TABLE ops.copies IS 'Pairs of reports that are nearly the same text. documents.copy_of says which one is taken for the original.';
COMMENT ON COLUMN ops.copies.document_id IS 'The report whose id comes first in the alphabet.';
COMMENT ON COLUMN ops.copies.other_document_id IS 'The other one.';
COMMENT ON COLUMN ops.copies.similarity IS 'Estimated Jaccard similarity of their four-word shingles, 0.6..1; the estimate is good to about 0.04.';
