CREATE TABLE claims (
    claim_id         VARCHAR NOT NULL,
    document_id      VARCHAR NOT NULL,
    revision         INTEGER NOT NULL,
    sentence         INTEGER NOT NULL,
    start_char       INTEGER NOT NULL,
    end_char         INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    score            DOUBLE NOT NULL,
    source_text      VARCHAR,
    source_start     INTEGER,
    source_end       INTEGER,
    source_name      VARCHAR,
    source_entity_id VARCHAR,
    via_text         VARCHAR,
    via_entity_id    VARCHAR,
    cue              VARCHAR,
    cue_start        INTEGER,
    cue_end          INTEGER,
    act              VARCHAR NOT NULL,
    mode             VARCHAR NOT NULL,
    content_start    INTEGER NOT NULL,
    content_end      INTEGER NOT NULL,
    is_quote         BOOLEAN NOT NULL,
    rule             VARCHAR NOT NULL,
    run_id           VARCHAR NOT NULL,
    date_from        TIMESTAMP,
    date_to          TIMESTAMP,
    said_from        TIMESTAMP,
    said_to          TIMESTAMP,
    place_id         VARCHAR,
    published_on     DATE
);

COMMENT ON TABLE claims IS 'Who asserts what: source, cue and content. That somebody says it does not make it so.';
COMMENT ON COLUMN claims.claim_id IS 'Deterministic id of this row; figures.claim_id joins it.';
COMMENT ON COLUMN claims.document_id IS 'Report it was read from; joins documents with revision.';
COMMENT ON COLUMN claims.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN claims.sentence IS 'Index of the sentence in the report, from 0; joins sentences.';
COMMENT ON COLUMN claims.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN claims.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN claims.text IS 'The words as written: exactly documents.text[start_char:end_char].';
COMMENT ON COLUMN claims.score IS '0..1, how sure the rule is. Comparable within this table only; it is not the probability that the statement is true.';
COMMENT ON COLUMN claims.source_text IS 'Words naming the source, as written ("he", "the ministry"). NULL when nobody is named.';
COMMENT ON COLUMN claims.source_start IS 'Begin of source_text in documents.text.';
COMMENT ON COLUMN claims.source_end IS 'End of source_text, half-open.';
COMMENT ON COLUMN claims.source_name IS 'Fullest name in the report of who speaks, pronouns resolved; NULL when unresolved.';
COMMENT ON COLUMN claims.source_entity_id IS 'Joins entities; NULL when the source is no named entity or unresolved.';
COMMENT ON COLUMN claims.via_text IS 'Who passed it on, where the source is quoted by another, as written.';
COMMENT ON COLUMN claims.via_entity_id IS 'Who passed it on; joins entities.';
COMMENT ON COLUMN claims.cue IS 'Word or phrase that marks the attribution ("said", "according to"), as written.';
COMMENT ON COLUMN claims.cue_start IS 'Begin of the cue in documents.text.';
COMMENT ON COLUMN claims.cue_end IS 'End of the cue, half-open.';
COMMENT ON COLUMN claims.act IS 'say, claim, deny, confirm, estimate, predict, order, accuse or report: what the cue does. Not a judgement of truth.';
COMMENT ON COLUMN claims.mode IS 'asserted, hedged or denied.';
COMMENT ON COLUMN claims.content_start IS 'Begin of what is asserted; equals start_char.';
COMMENT ON COLUMN claims.content_end IS 'End of what is asserted; equals end_char.';
COMMENT ON COLUMN claims.is_quote IS 'True where the content stands in quotation marks. Quotations may be translations.';
COMMENT ON COLUMN claims.rule IS 'Name of the rule that made the row, as found in the source code.';
COMMENT ON COLUMN claims.run_id IS 'Run that wrote the row; joins ops.runs. A reprocessed report carries the run that last read it.';
COMMENT ON COLUMN claims.date_from IS 'Begin of the interval that the content speaks of, half-open, local time of the report. NULL where it names no date, or several.';
COMMENT ON COLUMN claims.date_to IS 'End of the interval that the content speaks of.';
COMMENT ON COLUMN claims.said_from IS 'Begin of the interval in which the report puts the saying ("said on Sunday"). NULL where it does not: then only the day of publication is known.';
COMMENT ON COLUMN claims.said_to IS 'End of the interval in which it was said.';
COMMENT ON COLUMN claims.place_id IS 'Place that the content speaks of; joins places. NULL where it names none, or several apart from each other.';
COMMENT ON COLUMN claims.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';
