CREATE TABLE sentences (
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    sentence    INTEGER NOT NULL,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    published_on DATE
);

COMMENT ON TABLE sentences IS 'Sentence borders of every report, so that a fact can be quoted in its sentence. White space around them is left out. Found by a model: a few are wrong. Do not use as a linguistic gold standard.';
COMMENT ON COLUMN sentences.document_id IS 'Report that the sentence stands in; joins documents with revision.';
COMMENT ON COLUMN sentences.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN sentences.sentence IS 'Index in the report, from 0.';
COMMENT ON COLUMN sentences.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN sentences.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN sentences.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';
