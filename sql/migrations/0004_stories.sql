-- Reports of one happening are grouped: documents.story_id is filled by the next run.
CREATE TABLE ops.story_links (
    document_id       VARCHAR NOT NULL,
    other_document_id VARCHAR NOT NULL,
    day               DATE NOT NULL,
    likeness          DOUBLE NOT NULL
);

COMMENT ON TABLE ops.story_links IS 'Pairs of original reports that may tell of one happening. documents.story_id says what was made of them.';
COMMENT ON COLUMN ops.story_links.document_id IS 'The report published later.';
COMMENT ON COLUMN ops.story_links.other_document_id IS 'The earlier one.';
COMMENT ON COLUMN ops.story_links.day IS 'Day (UTC) of the later one.';
COMMENT ON COLUMN ops.story_links.likeness IS 'How much they share of what they name and count, 0..1, rare things weighing more. Comparable among the reports of a few days only.';

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
