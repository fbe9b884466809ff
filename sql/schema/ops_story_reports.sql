CREATE TABLE ops.story_reports (
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    run_id      VARCHAR NOT NULL,
    day         DATE NOT NULL
);

COMMENT ON TABLE ops.story_reports IS 'Original reports as they were when stories were last worked out, to see which days must be worked out anew.';
COMMENT ON COLUMN ops.story_reports.document_id IS 'Report; joins documents with revision.';
COMMENT ON COLUMN ops.story_reports.revision IS 'Revision that was looked at.';
COMMENT ON COLUMN ops.story_reports.run_id IS 'Run whose reading of it was looked at.';
COMMENT ON COLUMN ops.story_reports.day IS 'Day of publication, UTC.';
