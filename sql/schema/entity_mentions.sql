CREATE TABLE entity_mentions (
    mention_id  VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    entity_id   VARCHAR NOT NULL,
    sentence    INTEGER NOT NULL,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    text        VARCHAR NOT NULL,
    score       DOUBLE NOT NULL,
    type        VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    canonical   VARCHAR,
    role        VARCHAR,
    country     VARCHAR,
    wikidata_id VARCHAR,
    method      VARCHAR,
    rule        VARCHAR NOT NULL,
    run_id      VARCHAR NOT NULL,
    published_on DATE
);

COMMENT ON TABLE entity_mentions IS 'Every named mention, one row an occurrence. Pronouns and common nouns are not mentions.';
COMMENT ON COLUMN entity_mentions.mention_id IS 'Deterministic id of this row.';
COMMENT ON COLUMN entity_mentions.document_id IS 'Report it was read from; joins documents with revision.';
COMMENT ON COLUMN entity_mentions.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN entity_mentions.entity_id IS 'Joins entities.';
COMMENT ON COLUMN entity_mentions.sentence IS 'Index of the sentence in the report, from 0; joins sentences.';
COMMENT ON COLUMN entity_mentions.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN entity_mentions.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN entity_mentions.text IS 'The words as written: exactly documents.text[start_char:end_char].';
COMMENT ON COLUMN entity_mentions.score IS '0..1, how sure the rule is. Comparable within this table only; it is not the probability that the statement is true.';
COMMENT ON COLUMN entity_mentions.type IS 'PERSON, ORG, GPE, LOC, FAC, NORP, EVENT or WEAPON, as read here.';
COMMENT ON COLUMN entity_mentions.name IS 'Fullest name of this entity within the report.';
COMMENT ON COLUMN entity_mentions.canonical IS 'Name across reports; NULL where linking found none.';
COMMENT ON COLUMN entity_mentions.role IS 'Role as the text gives it ("Ukrainian military commander"). True at the time of the report only.';
COMMENT ON COLUMN entity_mentions.country IS 'ISO 3166 alpha-2 of a people or body; NULL when unknown.';
COMMENT ON COLUMN entity_mentions.wikidata_id IS 'Wikidata item, from the alias table only.';
COMMENT ON COLUMN entity_mentions.method IS 'How it was linked to its entity; NULL when by name alone.';
COMMENT ON COLUMN entity_mentions.rule IS 'Name of the rule that made the row, as found in the source code.';
COMMENT ON COLUMN entity_mentions.run_id IS 'Run that wrote the row; joins ops.runs. A reprocessed report carries the run that last read it.';
COMMENT ON COLUMN entity_mentions.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';
