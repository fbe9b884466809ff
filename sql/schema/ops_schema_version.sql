CREATE TABLE ops.schema_version (
    version          INTEGER NOT NULL,
    name             VARCHAR NOT NULL,
    dateline_version VARCHAR NOT NULL,
    applied_at       TIMESTAMP NOT NULL
);

COMMENT ON TABLE ops.schema_version IS 'Versions of the schema this warehouse has gone through; the highest is the one it has.';
COMMENT ON COLUMN ops.schema_version.version IS 'Number of the schema, from 1.';
COMMENT ON COLUMN ops.schema_version.name IS 'Migration that made it.';
COMMENT ON COLUMN ops.schema_version.dateline_version IS 'Version of Dateline that applied it.';
COMMENT ON COLUMN ops.schema_version.applied_at IS 'UTC.';
