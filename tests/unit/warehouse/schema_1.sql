-- A warehouse as the first release left it (schema 1): its tables, and two runs' rows. Made once from that release; never changed after.
CREATE SCHEMA ops;
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
    run_id           VARCHAR NOT NULL
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
CREATE TABLE dates (
    date_id     VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    sentence    INTEGER NOT NULL,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    text        VARCHAR NOT NULL,
    score       DOUBLE NOT NULL,
    type        VARCHAR NOT NULL,
    value       VARCHAR NOT NULL,
    mod         VARCHAR,
    date_from   TIMESTAMP,
    date_to     TIMESTAMP,
    granularity VARCHAR,
    anchor      VARCHAR,
    unresolved  VARCHAR,
    rule        VARCHAR NOT NULL,
    run_id      VARCHAR NOT NULL
);

COMMENT ON TABLE dates IS 'Time expressions by TIMEX3, one row an occurrence.';
COMMENT ON COLUMN dates.date_id IS 'Deterministic id of this row.';
COMMENT ON COLUMN dates.document_id IS 'Report it was read from; joins documents with revision.';
COMMENT ON COLUMN dates.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN dates.sentence IS 'Index of the sentence in the report, from 0; joins sentences.';
COMMENT ON COLUMN dates.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN dates.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN dates.text IS 'The words as written: exactly documents.text[start_char:end_char].';
COMMENT ON COLUMN dates.score IS '0..1, how sure the rule is. Comparable within this table only; it is not the probability that the statement is true.';
COMMENT ON COLUMN dates.type IS 'DATE, TIME, DURATION or SET.';
COMMENT ON COLUMN dates.value IS 'TIMEX3 value (2025-04-26, P3Y, PAST_REF), or UNRESOLVED with the reason in unresolved.';
COMMENT ON COLUMN dates.mod IS 'TIMEX3 modifier (START, MID, END, APPROX, MORE_THAN, ...).';
COMMENT ON COLUMN dates.date_from IS 'Begin of the interval, half-open, local time of the report, without zone. NULL where the value is no interval.';
COMMENT ON COLUMN dates.date_to IS 'End of the interval.';
COMMENT ON COLUMN dates.granularity IS 'century, decade, year, half, quarter, season, month, week, day, part_of_day, hour, minute or second.';
COMMENT ON COLUMN dates.anchor IS 'What a relative expression was resolved against: published, dateline, url or context. NULL for explicit dates.';
COMMENT ON COLUMN dates.unresolved IS 'Why there is no value. Such rows must not be read as the publication day.';
COMMENT ON COLUMN dates.rule IS 'Name of the rule that made the row, as found in the source code.';
COMMENT ON COLUMN dates.run_id IS 'Run that wrote the row; joins ops.runs. A reprocessed report carries the run that last read it.';
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
CREATE TABLE entities (
    entity_id   VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    type        VARCHAR NOT NULL,
    country     VARCHAR,
    wikidata_id VARCHAR,
    aliases     VARCHAR[]
);

COMMENT ON TABLE entities IS 'Canonical people, bodies, places as actors, peoples, events and weapons across reports: one row an entity_id, computed from all its mentions, so the same whatever the order of loading. Merged by rules: two people of one name may share a row.';
COMMENT ON COLUMN entities.entity_id IS 'Deterministic id.';
COMMENT ON COLUMN entities.name IS 'Canonical name; where no table knows it, the commonest full name of its mentions.';
COMMENT ON COLUMN entities.type IS 'PERSON, ORG, GPE, LOC, FAC, NORP, EVENT or WEAPON; the commonest among its mentions.';
COMMENT ON COLUMN entities.country IS 'ISO 3166 alpha-2 of a people or body ("Russian" is RU). For people not their citizenship. NULL when unknown.';
COMMENT ON COLUMN entities.wikidata_id IS 'Wikidata item (Q...), from the alias table only, never guessed.';
COMMENT ON COLUMN entities.aliases IS 'All spellings met, sorted. Ambiguous ones ("the ministry") may stand under several entities.';
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
    run_id      VARCHAR NOT NULL
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
CREATE TABLE figures (
    figure_id        VARCHAR NOT NULL,
    document_id      VARCHAR NOT NULL,
    revision         INTEGER NOT NULL,
    sentence         INTEGER NOT NULL,
    start_char       INTEGER NOT NULL,
    end_char         INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    score            DOUBLE NOT NULL,
    value_min        DOUBLE,
    value_max        DOUBLE,
    approx           VARCHAR NOT NULL,
    modifier         VARCHAR,
    trend            VARCHAR,
    unit             VARCHAR NOT NULL,
    value_base       DOUBLE,
    unit_base        VARCHAR,
    item             VARCHAR,
    concept          VARCHAR,
    kind             VARCHAR NOT NULL,
    per              VARCHAR,
    place_text       VARCHAR,
    place_id         VARCHAR,
    date_value       VARCHAR,
    date_from        TIMESTAMP,
    date_to          TIMESTAMP,
    source_entity_id VARCHAR,
    source_text      VARCHAR,
    source_name      VARCHAR,
    claim_id         VARCHAR,
    negated          BOOLEAN NOT NULL,
    rule             VARCHAR NOT NULL,
    run_id           VARCHAR NOT NULL
);

COMMENT ON TABLE figures IS 'Quantities as reports state them: a value or range with unit, what is counted, who says so, where and when. Claims, not measurements. Do not add rows: repeated, cumulative and rival figures stand side by side.';
COMMENT ON COLUMN figures.figure_id IS 'Deterministic id of this row.';
COMMENT ON COLUMN figures.document_id IS 'Report it was read from; joins documents with revision.';
COMMENT ON COLUMN figures.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN figures.sentence IS 'Index of the sentence in the report, from 0; joins sentences.';
COMMENT ON COLUMN figures.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN figures.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN figures.text IS 'The words as written: exactly documents.text[start_char:end_char].';
COMMENT ON COLUMN figures.score IS '0..1, how sure the rule is. Comparable within this table only; it is not the probability that the statement is true.';
COMMENT ON COLUMN figures.value_min IS 'The value as said; of a range its lower end. NULL where only the other end is known. Bounds keep the value as said: "more than 700" is 700, 700, above.';
COMMENT ON COLUMN figures.value_max IS 'The value as said; of a range its upper end. NULL where open ("dozens").';
COMMENT ON COLUMN figures.approx IS 'exact, about, below, above, at_least or at_most. Exact means stated without hedge, not counted exactly.';
COMMENT ON COLUMN figures.modifier IS 'The words that made approx ("almost"), as written.';
COMMENT ON COLUMN figures.trend IS 'up or down where the text says that it moved, else NULL.';
COMMENT ON COLUMN figures.unit IS 'percent, person, km, km2, m, kg, t, l, year, degree, magnitude, count, ratio, other or a finer one; currencies as ISO 4217 in lower case. Compare values of one unit only, or value_base.';
COMMENT ON COLUMN figures.value_base IS 'value_min in unit_base; NULL where the unit has no conversion. Currencies are not converted.';
COMMENT ON COLUMN figures.unit_base IS 'Base unit of the dimension (metre, kilogram, ...).';
COMMENT ON COLUMN figures.item IS 'Lemma of the head noun counted or measured ("attempt"). NULL where kind says it ("34 dead").';
COMMENT ON COLUMN figures.concept IS 'Full phrase measured ("attempts to attack Ukrainian positions"), as written.';
COMMENT ON COLUMN figures.kind IS 'What happened to the thing counted: killed, injured, missing, captured, displaced, evacuated, attack, launched, intercepted, destroyed, damaged, territory, troops, affected, money, population, distance, age, rate_or_share, size, other or a finer one.';
COMMENT ON COLUMN figures.per IS 'day in "70 a day": then value is a rate, not a total. Else NULL.';
COMMENT ON COLUMN figures.place_text IS 'Words of the place that the figure applies to, as written.';
COMMENT ON COLUMN figures.place_id IS 'Joins places: where the figure holds. NULL when not stated or not resolved.';
COMMENT ON COLUMN figures.date_value IS 'TIMEX3 value that the figure holds for; NULL when the text gives none. The publication day is not filled in here.';
COMMENT ON COLUMN figures.date_from IS 'Begin of the interval it holds for, half-open, local time. NULL when unknown.';
COMMENT ON COLUMN figures.date_to IS 'End of that interval.';
COMMENT ON COLUMN figures.source_entity_id IS 'Who gave the figure; joins entities. NULL when the report speaks in its own voice, or the speaker is no named entity.';
COMMENT ON COLUMN figures.source_text IS 'Words naming who gave it ("officials"), as written.';
COMMENT ON COLUMN figures.source_name IS 'Fullest name in the report of who gave it; NULL is the outlet''s own voice.';
COMMENT ON COLUMN figures.claim_id IS 'Claim that holds it; joins claims.';
COMMENT ON COLUMN figures.negated IS 'True where the text denies the figure ("not 70"): never count it as asserted.';
COMMENT ON COLUMN figures.rule IS 'Name of the rule that made the row, as found in the source code.';
COMMENT ON COLUMN figures.run_id IS 'Run that wrote the row; joins ops.runs. A reprocessed report carries the run that last read it.';
CREATE TABLE ops.copies (
    document_id       VARCHAR NOT NULL,
    other_document_id VARCHAR NOT NULL,
    similarity        DOUBLE NOT NULL
);

COMMENT ON TABLE ops.copies IS 'Pairs of reports that are nearly the same text. documents.copy_of says which one is taken for the original.';
COMMENT ON COLUMN ops.copies.document_id IS 'The report whose id comes first in the alphabet.';
COMMENT ON COLUMN ops.copies.other_document_id IS 'The other one.';
COMMENT ON COLUMN ops.copies.similarity IS 'Estimated Jaccard similarity of their four-word shingles, 0.6..1; the estimate is good to about 0.04.';
CREATE TABLE ops.fetches (
    fetch_id      VARCHAR NOT NULL,
    source_id     VARCHAR,
    document_id   VARCHAR,
    address       VARCHAR NOT NULL,
    final_address VARCHAR,
    fetched_at    TIMESTAMP NOT NULL,
    status        INTEGER,
    content_type  VARCHAR,
    bytes         BIGINT,
    content_hash  VARCHAR,
    raw_path      VARCHAR,
    run_id        VARCHAR NOT NULL
);

COMMENT ON TABLE ops.fetches IS 'Raw bytes fetched and kept, so that reading can be redone. Points to files; the bytes are not in the warehouse.';
COMMENT ON COLUMN ops.fetches.fetch_id IS 'Deterministic hash of address and content.';
COMMENT ON COLUMN ops.fetches.source_id IS 'Source that led here; joins ops.sources.';
COMMENT ON COLUMN ops.fetches.document_id IS 'Report read out of it; NULL when none was.';
COMMENT ON COLUMN ops.fetches.address IS 'URL or path asked for.';
COMMENT ON COLUMN ops.fetches.final_address IS 'URL after redirects.';
COMMENT ON COLUMN ops.fetches.fetched_at IS 'UTC.';
COMMENT ON COLUMN ops.fetches.status IS 'HTTP status; NULL for files.';
COMMENT ON COLUMN ops.fetches.content_type IS 'As the server said; not verified.';
COMMENT ON COLUMN ops.fetches.bytes IS 'Size of the body as received.';
COMMENT ON COLUMN ops.fetches.content_hash IS '32 hex digits of the body.';
COMMENT ON COLUMN ops.fetches.raw_path IS 'Where the compressed body is kept, relative to the raw folder.';
COMMENT ON COLUMN ops.fetches.run_id IS 'Run that fetched it.';
CREATE TABLE ops.quality_results (
    result_id          VARCHAR NOT NULL,
    run_id             VARCHAR NOT NULL,
    batch              VARCHAR NOT NULL,
    suite              VARCHAR NOT NULL,
    expectation        VARCHAR NOT NULL,
    column_name        VARCHAR,
    severity           VARCHAR NOT NULL,
    success            BOOLEAN NOT NULL,
    element_count      BIGINT,
    unexpected_count   BIGINT,
    unexpected_percent DOUBLE,
    observed           VARCHAR,
    bound              VARCHAR,
    reason             VARCHAR,
    checked_at         TIMESTAMP NOT NULL
);

COMMENT ON TABLE ops.quality_results IS 'Every expectation''s result of every batch. Percentages are of one batch: weigh by element_count before averaging.';
COMMENT ON COLUMN ops.quality_results.result_id IS 'Deterministic id of run, batch and expectation.';
COMMENT ON COLUMN ops.quality_results.run_id IS 'Joins ops.runs.';
COMMENT ON COLUMN ops.quality_results.batch IS 'Batch of the run; "warehouse" for checks of the whole.';
COMMENT ON COLUMN ops.quality_results.suite IS 'Suite: the table that was checked, or the SQL check''s file.';
COMMENT ON COLUMN ops.quality_results.expectation IS 'Name of the expectation, as in expectations/*.json or sql/checks.';
COMMENT ON COLUMN ops.quality_results.column_name IS 'Column it looks at; NULL where it looks at rows or the whole table.';
COMMENT ON COLUMN ops.quality_results.severity IS 'critical rows go to quarantine (or stop the load), warning rows are kept.';
COMMENT ON COLUMN ops.quality_results.success IS 'Whether it was met.';
COMMENT ON COLUMN ops.quality_results.element_count IS 'Rows looked at.';
COMMENT ON COLUMN ops.quality_results.unexpected_count IS 'Rows that did not meet it.';
COMMENT ON COLUMN ops.quality_results.unexpected_percent IS '0..100, of the rows looked at.';
COMMENT ON COLUMN ops.quality_results.observed IS 'Observed value of expectations over the whole table.';
COMMENT ON COLUMN ops.quality_results.bound IS 'What was demanded, as JSON.';
COMMENT ON COLUMN ops.quality_results.reason IS 'Why the expectation is there.';
COMMENT ON COLUMN ops.quality_results.checked_at IS 'UTC.';
CREATE TABLE ops.quarantine (
    quarantine_id VARCHAR NOT NULL,
    stage         VARCHAR NOT NULL,
    table_name    VARCHAR NOT NULL,
    rule          VARCHAR NOT NULL,
    reason        VARCHAR NOT NULL,
    document_id   VARCHAR,
    revision      INTEGER,
    row_id        VARCHAR,
    location      VARCHAR,
    raw           VARCHAR,
    run_id        VARCHAR NOT NULL,
    created_at    TIMESTAMP NOT NULL
);

COMMENT ON TABLE ops.quarantine IS 'What was refused, with the reason: nothing disappears. Do not load raw rows back by hand: mend the cause and run again.';
COMMENT ON COLUMN ops.quarantine.quarantine_id IS 'Deterministic id: the same refusal in a later run replaces this row.';
COMMENT ON COLUMN ops.quarantine.stage IS 'read, extract, normalize or validate.';
COMMENT ON COLUMN ops.quarantine.table_name IS 'Table or kind of fact it would have been.';
COMMENT ON COLUMN ops.quarantine.rule IS 'Expectation or rule that refused it.';
COMMENT ON COLUMN ops.quarantine.reason IS 'What is wrong and what to do.';
COMMENT ON COLUMN ops.quarantine.document_id IS 'Report it belongs to; NULL when it was not read as far.';
COMMENT ON COLUMN ops.quarantine.revision IS 'Revision of the report; NULL likewise.';
COMMENT ON COLUMN ops.quarantine.row_id IS 'Id of the row that was refused; NULL where it got none.';
COMMENT ON COLUMN ops.quarantine.location IS 'File and line, or offsets.';
COMMENT ON COLUMN ops.quarantine.raw IS 'The refused row as JSON, or the words, cut to a sane length. Untrusted text.';
COMMENT ON COLUMN ops.quarantine.run_id IS 'Run that refused it last.';
COMMENT ON COLUMN ops.quarantine.created_at IS 'UTC.';
CREATE TABLE ops.runs (
    run_id            VARCHAR NOT NULL,
    started_at        TIMESTAMP NOT NULL,
    finished_at       TIMESTAMP,
    status            VARCHAR NOT NULL,
    flow              VARCHAR NOT NULL,
    sources           VARCHAR[],
    documents_read    BIGINT,
    documents_known   BIGINT,
    documents_loaded  BIGINT,
    documents_refused BIGINT,
    words             BIGINT,
    facts             MAP(VARCHAR, BIGINT),
    quarantined       BIGINT,
    timings           MAP(VARCHAR, DOUBLE),
    versions          MAP(VARCHAR, VARCHAR),
    message           VARCHAR
);

COMMENT ON TABLE ops.runs IS 'Runs of the pipeline, one row each. Counts are of the run, not of the warehouse.';
COMMENT ON COLUMN ops.runs.run_id IS 'Id of the run.';
COMMENT ON COLUMN ops.runs.started_at IS 'UTC.';
COMMENT ON COLUMN ops.runs.finished_at IS 'UTC; NULL while under way.';
COMMENT ON COLUMN ops.runs.status IS 'running, done, failed, refused (the quality gate) or killed (found dead by a later run).';
COMMENT ON COLUMN ops.runs.flow IS 'ingest or reprocess.';
COMMENT ON COLUMN ops.runs.sources IS 'Files, folders and addresses it was given.';
COMMENT ON COLUMN ops.runs.documents_read IS 'Reports read from the sources.';
COMMENT ON COLUMN ops.runs.documents_known IS 'Of these, known already with this text and extractor version: skipped.';
COMMENT ON COLUMN ops.runs.documents_loaded IS 'Of these, written to the warehouse.';
COMMENT ON COLUMN ops.runs.documents_refused IS 'Of these, in ops.quarantine.';
COMMENT ON COLUMN ops.runs.words IS 'Words in the reports loaded.';
COMMENT ON COLUMN ops.runs.facts IS 'Rows loaded, by table.';
COMMENT ON COLUMN ops.runs.quarantined IS 'Rows in ops.quarantine from this run.';
COMMENT ON COLUMN ops.runs.timings IS 'Seconds, by step; steps in parallel add up to more than the run took.';
COMMENT ON COLUMN ops.runs.versions IS 'Versions of Dateline, its extractors, the language pipeline, Python and libraries.';
COMMENT ON COLUMN ops.runs.message IS 'Why it failed, in words; NULL otherwise.';
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
CREATE TABLE ops.signatures (
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    signature   UINTEGER[] NOT NULL,
    bands       UBIGINT[] NOT NULL
);

COMMENT ON TABLE ops.signatures IS 'MinHash signatures of current texts, for finding copies. Means nothing outside the version of Dateline that made it.';
COMMENT ON COLUMN ops.signatures.document_id IS 'Report; joins documents with revision.';
COMMENT ON COLUMN ops.signatures.revision IS 'Revision whose text was signed.';
COMMENT ON COLUMN ops.signatures.signature IS '128 minima over its four-word shingles; the share of equal places estimates the Jaccard similarity of two texts. Empty for texts too short to compare.';
COMMENT ON COLUMN ops.signatures.bands IS 'Hashes of four minima each: texts that share one are compared.';
CREATE TABLE ops.sources (
    source_id       VARCHAR NOT NULL,
    kind            VARCHAR NOT NULL,
    address         VARCHAR NOT NULL,
    etag            VARCHAR,
    last_modified   VARCHAR,
    last_attempt_at TIMESTAMP,
    last_success_at TIMESTAMP,
    failures        INTEGER NOT NULL,
    last_error      VARCHAR,
    next_due_at     TIMESTAMP
);

COMMENT ON TABLE ops.sources IS 'What is known of each source that is read again and again. Maintained by runs.';
COMMENT ON COLUMN ops.sources.source_id IS 'Deterministic hash of kind and address.';
COMMENT ON COLUMN ops.sources.kind IS 'feed, sitemap, page, folder, jsonl or warc.';
COMMENT ON COLUMN ops.sources.address IS 'URL or path.';
COMMENT ON COLUMN ops.sources.etag IS 'ETag of the last answer, for conditional requests.';
COMMENT ON COLUMN ops.sources.last_modified IS 'Last-Modified of the last answer, as sent.';
COMMENT ON COLUMN ops.sources.last_attempt_at IS 'UTC.';
COMMENT ON COLUMN ops.sources.last_success_at IS 'UTC; NULL when it never answered.';
COMMENT ON COLUMN ops.sources.failures IS 'Failures in a row; 0 after a success.';
COMMENT ON COLUMN ops.sources.last_error IS 'Last failure in words.';
COMMENT ON COLUMN ops.sources.next_due_at IS 'Not to be asked before this time, UTC.';
CREATE TABLE place_mentions (
    mention_id  VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    place_id    VARCHAR,
    sentence    INTEGER NOT NULL,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    text        VARCHAR NOT NULL,
    score       DOUBLE NOT NULL,
    method      VARCHAR NOT NULL,
    candidates  STRUCT(place_id VARCHAR, name VARCHAR, kind VARCHAR, country VARCHAR, admin1 VARCHAR, lat DOUBLE, lon DOUBLE, score DOUBLE)[],
    metonym     BOOLEAN NOT NULL,
    rule        VARCHAR NOT NULL,
    run_id      VARCHAR NOT NULL
);

COMMENT ON TABLE place_mentions IS 'Every toponym, one row an occurrence: where the text names a place, not where something happened.';
COMMENT ON COLUMN place_mentions.mention_id IS 'Deterministic id of this row.';
COMMENT ON COLUMN place_mentions.document_id IS 'Report it was read from; joins documents with revision.';
COMMENT ON COLUMN place_mentions.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN place_mentions.place_id IS 'Joins places. NULL when no candidate was sure enough: see candidates.';
COMMENT ON COLUMN place_mentions.sentence IS 'Index of the sentence in the report, from 0; joins sentences.';
COMMENT ON COLUMN place_mentions.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN place_mentions.end_char IS 'End of the span, half-open.';
COMMENT ON COLUMN place_mentions.text IS 'The words as written: exactly documents.text[start_char:end_char].';
COMMENT ON COLUMN place_mentions.score IS '0..1, how sure the rule is. Comparable within this table only; it is not the probability that the statement is true.';
COMMENT ON COLUMN place_mentions.method IS 'How it was resolved, or why not.';
COMMENT ON COLUMN place_mentions.candidates IS 'Runners-up with their scores, best first; what to choose from where place_id is NULL.';
COMMENT ON COLUMN place_mentions.metonym IS 'True where the name stands for a government or body ("Moscow denied"): leave it out of maps of where things happen.';
COMMENT ON COLUMN place_mentions.rule IS 'Name of the rule that made the row, as found in the source code.';
COMMENT ON COLUMN place_mentions.run_id IS 'Run that wrote the row; joins ops.runs. A reprocessed report carries the run that last read it.';
CREATE TABLE places (
    place_id    VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    kind        VARCHAR NOT NULL,
    country     VARCHAR,
    admin1      VARCHAR,
    lat         DOUBLE,
    lon         DOUBLE,
    population  BIGINT,
    geonames_id BIGINT
);

COMMENT ON TABLE places IS 'Gazetteer entries that reports mention, or that were weighed as candidates. Not a full gazetteer. GeoNames, CC BY 4.0, and Dateline''s own table of villages.';
COMMENT ON COLUMN places.place_id IS 'Deterministic id.';
COMMENT ON COLUMN places.name IS 'Usual English name.';
COMMENT ON COLUMN places.kind IS 'country, admin1, admin2, city, village, district, facility, natural or region.';
COMMENT ON COLUMN places.country IS 'ISO 3166 alpha-2 it lies in, by the view of the United Nations. Says nothing about who holds it. NULL for seas and regions across borders.';
COMMENT ON COLUMN places.admin1 IS 'First-level region, name.';
COMMENT ON COLUMN places.lat IS 'Degrees north, WGS84. For areas a central point: do not measure a region''s border with it.';
COMMENT ON COLUMN places.lon IS 'Degrees east, WGS84.';
COMMENT ON COLUMN places.population IS 'Inhabitants as the gazetteer has it, of various years; often from before a war. NULL when unknown, not 0.';
COMMENT ON COLUMN places.geonames_id IS 'GeoNames id; NULL for Dateline''s own entries.';
CREATE TABLE sentences (
    document_id VARCHAR NOT NULL,
    revision    INTEGER NOT NULL,
    sentence    INTEGER NOT NULL,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL
);

COMMENT ON TABLE sentences IS 'Sentence borders of every report, so that a fact can be quoted in its sentence. White space around them is left out. Found by a model: a few are wrong. Do not use as a linguistic gold standard.';
COMMENT ON COLUMN sentences.document_id IS 'Report that the sentence stands in; joins documents with revision.';
COMMENT ON COLUMN sentences.revision IS 'Revision of the report, from 1. Join on document_id AND revision, or facts of old texts mix with those of the current one.';
COMMENT ON COLUMN sentences.sentence IS 'Index in the report, from 0.';
COMMENT ON COLUMN sentences.start_char IS 'Begin of the span: characters (Unicode code points, not bytes) into documents.text, from 0.';
COMMENT ON COLUMN sentences.end_char IS 'End of the span, half-open.';
INSERT INTO main.claims (claim_id, document_id, revision, sentence, start_char, end_char, text, score, source_text, source_start, source_end, source_name, source_entity_id, via_text, via_entity_id, cue, cue_start, cue_end, act, mode, content_start, content_end, is_quote, rule, run_id) VALUES ('clm_28615412686994d8', 'doc_40f89e395b66422f', '1', '0', '28', '58', 'almost 70 attacks struck Lyman', '0.9', 'Syrskyi', '0', '7', NULL, NULL, NULL, NULL, 'said', '8', '12', 'say', 'asserted', '28', '58', 'false', 'test', 'run_1');
INSERT INTO main.claims (claim_id, document_id, revision, sentence, start_char, end_char, text, score, source_text, source_start, source_end, source_name, source_entity_id, via_text, via_entity_id, cue, cue_start, cue_end, act, mode, content_start, content_end, is_quote, rule, run_id) VALUES ('clm_4767200bf7df14cf', 'doc_40f89e395b66422f', '2', '0', '28', '58', 'almost 71 attacks struck Lyman', '0.9', 'Syrskyi', '0', '7', NULL, NULL, NULL, NULL, 'said', '8', '12', 'say', 'asserted', '28', '58', 'false', 'test', 'run_2');
INSERT INTO main.claims (claim_id, document_id, revision, sentence, start_char, end_char, text, score, source_text, source_start, source_end, source_name, source_entity_id, via_text, via_entity_id, cue, cue_start, cue_end, act, mode, content_start, content_end, is_quote, rule, run_id) VALUES ('clm_e16d637c68c58bd0', 'doc_8472c2e34d854f75', '1', '0', '28', '58', 'almost 10 attacks struck Lyman', '0.9', 'Syrskyi', '0', '7', NULL, NULL, NULL, NULL, 'said', '8', '12', 'say', 'asserted', '28', '58', 'false', 'test', 'run_1');
INSERT INTO main.dates (date_id, document_id, revision, sentence, start_char, end_char, text, score, type, value, mod, date_from, date_to, granularity, anchor, unresolved, rule, run_id) VALUES ('dat_84e61649e5007f66', 'doc_8472c2e34d854f75', '1', '0', '16', '22', 'Sunday', '0.9', 'DATE', '2025-04-27', NULL, '2025-04-27 00:00:00', '2025-04-28 00:00:00', NULL, NULL, NULL, 'test', 'run_1');
INSERT INTO main.dates (date_id, document_id, revision, sentence, start_char, end_char, text, score, type, value, mod, date_from, date_to, granularity, anchor, unresolved, rule, run_id) VALUES ('dat_ebbc41c3c53d7258', 'doc_40f89e395b66422f', '2', '0', '16', '22', 'Sunday', '0.9', 'DATE', '2025-04-27', NULL, '2025-04-27 00:00:00', '2025-04-28 00:00:00', NULL, NULL, NULL, 'test', 'run_2');
INSERT INTO main.dates (date_id, document_id, revision, sentence, start_char, end_char, text, score, type, value, mod, date_from, date_to, granularity, anchor, unresolved, rule, run_id) VALUES ('dat_ffd4fe9afd87f809', 'doc_40f89e395b66422f', '1', '0', '16', '22', 'Sunday', '0.9', 'DATE', '2025-04-27', NULL, '2025-04-27 00:00:00', '2025-04-28 00:00:00', NULL, NULL, NULL, 'test', 'run_1');
INSERT INTO main.documents (document_id, revision, is_current, url, publisher, title, byline, language, published_at, published_offset, published_utc, published_precision, dateline_place, dateline_date, fetched_at, source, origin_id, text, text_hash, words, copy_of, story_id, extractor_version, run_id) VALUES ('doc_40f89e395b66422f', '1', 'false', NULL, NULL, 'a', NULL, NULL, '2025-04-27 00:00:00', NULL, '2025-04-27 00:00:00', 'day', NULL, NULL, NULL, 'a.txt', NULL, 'Syrskyi said on Sunday that almost 70 attacks struck Lyman, by the count of a.', 'c8d6a0a2e0c655dcdd3b0f9f10fa0fd0', '15', NULL, NULL, '1', 'run_1');
INSERT INTO main.documents (document_id, revision, is_current, url, publisher, title, byline, language, published_at, published_offset, published_utc, published_precision, dateline_place, dateline_date, fetched_at, source, origin_id, text, text_hash, words, copy_of, story_id, extractor_version, run_id) VALUES ('doc_40f89e395b66422f', '2', 'true', NULL, NULL, 'a', NULL, NULL, '2025-04-27 00:00:00', NULL, '2025-04-27 00:00:00', 'day', NULL, NULL, NULL, 'a.txt', NULL, 'Syrskyi said on Sunday that almost 71 attacks struck Lyman, by the count of a.', '3ececb548cb313bfc17aa881d3cb9bd0', '15', NULL, NULL, '1', 'run_2');
INSERT INTO main.documents (document_id, revision, is_current, url, publisher, title, byline, language, published_at, published_offset, published_utc, published_precision, dateline_place, dateline_date, fetched_at, source, origin_id, text, text_hash, words, copy_of, story_id, extractor_version, run_id) VALUES ('doc_8472c2e34d854f75', '1', 'true', NULL, NULL, 'b', NULL, NULL, '2025-04-27 00:00:00', NULL, '2025-04-27 00:00:00', 'day', NULL, NULL, NULL, 'b.txt', NULL, 'Syrskyi said on Sunday that almost 10 attacks struck Lyman, by the count of b.', '1ef3a9a917ac2617377c3b451b25c103', '15', NULL, NULL, '1', 'run_1');
INSERT INTO main.entities (entity_id, name, type, country, wikidata_id, aliases) VALUES ('ent_1', 'Oleksandr Syrskyi', 'PERSON', NULL, NULL, '[Oleksandr Syrskyi, Syrskyi]');
INSERT INTO main.entity_mentions (mention_id, document_id, revision, entity_id, sentence, start_char, end_char, text, score, type, name, canonical, role, country, wikidata_id, method, rule, run_id) VALUES ('men_2947b61a3dfedbac', 'doc_40f89e395b66422f', '2', 'ent_1', '0', '0', '7', 'Syrskyi', '0.9', 'PERSON', 'Syrskyi', 'Oleksandr Syrskyi', NULL, NULL, NULL, NULL, 'test', 'run_2');
INSERT INTO main.entity_mentions (mention_id, document_id, revision, entity_id, sentence, start_char, end_char, text, score, type, name, canonical, role, country, wikidata_id, method, rule, run_id) VALUES ('men_341bfbe2278c0e5e', 'doc_40f89e395b66422f', '1', 'ent_1', '0', '0', '7', 'Syrskyi', '0.9', 'PERSON', 'Syrskyi', 'Oleksandr Syrskyi', NULL, NULL, NULL, NULL, 'test', 'run_1');
INSERT INTO main.entity_mentions (mention_id, document_id, revision, entity_id, sentence, start_char, end_char, text, score, type, name, canonical, role, country, wikidata_id, method, rule, run_id) VALUES ('men_bed55fd33f1043aa', 'doc_8472c2e34d854f75', '1', 'ent_1', '0', '0', '7', 'Syrskyi', '0.9', 'PERSON', 'Syrskyi', 'Oleksandr Syrskyi', NULL, NULL, NULL, NULL, 'test', 'run_1');
INSERT INTO main.figures (figure_id, document_id, revision, sentence, start_char, end_char, text, score, value_min, value_max, approx, modifier, trend, unit, value_base, unit_base, item, concept, kind, per, place_text, place_id, date_value, date_from, date_to, source_entity_id, source_text, source_name, claim_id, negated, rule, run_id) VALUES ('fig_9fdff63f2a95ef51', 'doc_8472c2e34d854f75', '1', '0', '35', '37', '10', '0.9', '10.0', '10.0', 'below', NULL, NULL, 'count', NULL, NULL, 'attack', NULL, 'attack', NULL, NULL, 'geo_1', NULL, NULL, NULL, NULL, NULL, NULL, 'clm_e16d637c68c58bd0', 'false', 'test', 'run_1');
INSERT INTO main.figures (figure_id, document_id, revision, sentence, start_char, end_char, text, score, value_min, value_max, approx, modifier, trend, unit, value_base, unit_base, item, concept, kind, per, place_text, place_id, date_value, date_from, date_to, source_entity_id, source_text, source_name, claim_id, negated, rule, run_id) VALUES ('fig_c984b66adfdcc89d', 'doc_40f89e395b66422f', '2', '0', '35', '37', '71', '0.9', '71.0', '71.0', 'below', NULL, NULL, 'count', NULL, NULL, 'attack', NULL, 'attack', NULL, NULL, 'geo_1', NULL, NULL, NULL, NULL, NULL, NULL, 'clm_4767200bf7df14cf', 'false', 'test', 'run_2');
INSERT INTO main.figures (figure_id, document_id, revision, sentence, start_char, end_char, text, score, value_min, value_max, approx, modifier, trend, unit, value_base, unit_base, item, concept, kind, per, place_text, place_id, date_value, date_from, date_to, source_entity_id, source_text, source_name, claim_id, negated, rule, run_id) VALUES ('fig_fc5c2a36f697cf34', 'doc_40f89e395b66422f', '1', '0', '35', '37', '70', '0.9', '70.0', '70.0', 'below', NULL, NULL, 'count', NULL, NULL, 'attack', NULL, 'attack', NULL, NULL, 'geo_1', NULL, NULL, NULL, NULL, NULL, NULL, 'clm_28615412686994d8', 'false', 'test', 'run_1');
INSERT INTO main.place_mentions (mention_id, document_id, revision, place_id, sentence, start_char, end_char, text, score, method, candidates, metonym, rule, run_id) VALUES ('top_59a2dcce8141fd18', 'doc_40f89e395b66422f', '1', 'geo_1', '0', '53', '58', 'Lyman', '0.9', 'country vote', '[{''place_id'': geo_2, ''name'': Lyman, ''kind'': village, ''country'': UA, ''admin1'': NULL, ''lat'': 49.8, ''lon'': 36.6, ''score'': 0.2}]', 'false', 'test', 'run_1');
INSERT INTO main.place_mentions (mention_id, document_id, revision, place_id, sentence, start_char, end_char, text, score, method, candidates, metonym, rule, run_id) VALUES ('top_bfb108be142fc129', 'doc_8472c2e34d854f75', '1', 'geo_1', '0', '53', '58', 'Lyman', '0.9', 'country vote', '[{''place_id'': geo_2, ''name'': Lyman, ''kind'': village, ''country'': UA, ''admin1'': NULL, ''lat'': 49.8, ''lon'': 36.6, ''score'': 0.2}]', 'false', 'test', 'run_1');
INSERT INTO main.place_mentions (mention_id, document_id, revision, place_id, sentence, start_char, end_char, text, score, method, candidates, metonym, rule, run_id) VALUES ('top_e3a302f0e956c0a2', 'doc_40f89e395b66422f', '2', 'geo_1', '0', '53', '58', 'Lyman', '0.9', 'country vote', '[{''place_id'': geo_2, ''name'': Lyman, ''kind'': village, ''country'': UA, ''admin1'': NULL, ''lat'': 49.8, ''lon'': 36.6, ''score'': 0.2}]', 'false', 'test', 'run_2');
INSERT INTO main.places (place_id, name, kind, country, admin1, lat, lon, population, geonames_id) VALUES ('geo_1', 'Lyman', 'city', 'UA', NULL, '48.99', '37.8', NULL, NULL);
INSERT INTO main.places (place_id, name, kind, country, admin1, lat, lon, population, geonames_id) VALUES ('geo_2', 'Lyman', 'village', 'UA', NULL, '49.8', '36.6', NULL, NULL);
INSERT INTO main.sentences (document_id, revision, sentence, start_char, end_char) VALUES ('doc_40f89e395b66422f', '1', '0', '0', '78');
INSERT INTO main.sentences (document_id, revision, sentence, start_char, end_char) VALUES ('doc_40f89e395b66422f', '2', '0', '0', '78');
INSERT INTO main.sentences (document_id, revision, sentence, start_char, end_char) VALUES ('doc_8472c2e34d854f75', '1', '0', '0', '78');
INSERT INTO ops.quarantine (quarantine_id, stage, table_name, rule, reason, document_id, revision, row_id, location, raw, run_id, created_at) VALUES ('qua_76c3444e381b2b96', 'normalize', 'dates', 'dates.impossible', '31 April does not exist.', 'doc_8472c2e34d854f75', '1', NULL, NULL, '31 April', 'run_1', '2026-11-23 05:17:18');
INSERT INTO ops.quarantine (quarantine_id, stage, table_name, rule, reason, document_id, revision, row_id, location, raw, run_id, created_at) VALUES ('qua_b683524f71e64971', 'normalize', 'dates', 'dates.impossible', '31 April does not exist.', 'doc_40f89e395b66422f', '2', NULL, NULL, '31 April', 'run_2', '2026-11-23 05:17:23');
INSERT INTO ops.runs (run_id, started_at, finished_at, status, flow, sources, documents_read, documents_known, documents_loaded, documents_refused, words, facts, quarantined, timings, versions, message) VALUES ('run_1', '2026-11-23 05:17:18.437009', '2026-11-23 05:17:23.328781', 'done', 'ingest', '[articles]', '2', NULL, '2', NULL, NULL, '{figures=2}', '2', '{read=0.5}', '{dateline=0.1.0}', NULL);
INSERT INTO ops.runs (run_id, started_at, finished_at, status, flow, sources, documents_read, documents_known, documents_loaded, documents_refused, words, facts, quarantined, timings, versions, message) VALUES ('run_2', '2026-11-23 05:17:23.333921', '2026-11-23 05:17:23.465173', 'done', 'ingest', '[articles]', '1', NULL, '1', NULL, NULL, NULL, '1', NULL, '{dateline=0.1.0}', NULL);
INSERT INTO ops.schema_version VALUES (1, 'created', '0.1.0', '2026-11-23 02:00:00');
