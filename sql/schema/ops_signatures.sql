CREATE TABLE ops.signatures (
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    signature   UINTEGER[] NOT NULL,
    bands       UBIGINT[] NOT NULL,
    is_settled  BOOLEAN
);

COMMENT ON TABLE ops.signatures IS 'MinHash signatures of current texts, for finding copies. Means nothing outside the version of Dateline that made it.';
COMMENT ON COLUMN ops.signatures.document_id IS 'Report; joins documents with revision.';
COMMENT ON COLUMN ops.signatures.revision IS 'Revision whose text was signed.';
COMMENT ON COLUMN ops.signatures.signature IS '128 minima over its four-word shingles; the share of equal places estimates the Jaccard similarity of two texts. Empty for texts too short to compare.';
COMMENT ON COLUMN ops.signatures.bands IS 'Hashes of four minima each: texts that share one are compared.';
COMMENT ON COLUMN ops.signatures.is_settled IS 'Whether ops.copies says what this text is a copy of; not yet between its loading and the end of a run.';
