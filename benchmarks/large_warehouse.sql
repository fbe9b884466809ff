-- Fills an empty warehouse with rows as a year of news would leave them, for timing queries: no text here was ever read by anybody.
-- Every value hangs on hash() of a row's number, so the same number of documents gives the same rows. Frequencies fall off as those of real names
-- do (the n-th commonest is met 1/n as often); a copy states what its original states; one report in twenty has an earlier revision.
-- Offsets point into the sentence a fact stands in, not at its very words.

-- A number in 0..1 from two keys, and an index below n with 1/n fall-off.
CREATE TEMP MACRO dice(a, b) AS (hash(a, b) % 1000003) / 1000003.0;
CREATE TEMP MACRO rank_of(n, a, b) AS least(n - 1, floor(pow(n + 0.0, dice(a, b))) - 1)::INTEGER;
CREATE TEMP MACRO id(prefix, a, b) AS prefix || printf('%016x', hash(prefix, a, b));
CREATE TEMP MACRO pick(list, n) AS list[(1 + n % len(list))::BIGINT];

CREATE TEMP TABLE words AS SELECT list(w ORDER BY n) AS list FROM (
    SELECT n, pick(['ba', 'ko', 'le', 'mi', 'ra', 'su', 'te', 'vo'], hash(n, 1) % 8) || pick(['nd', 'r', 'st', 'l', 'm', 'ck', 'n'], hash(n, 2) % 7)
        || pick(['er', 'a', 'ing', 'ed', 's', 'on', 'ly', 'o', 'ě'], hash(n, 3) % 9) AS w FROM range(3000) AS t(n));
CREATE TEMP TABLE pool AS
SELECT n, array_to_string(list_transform(range(12 + (hash(n) % 14)::INTEGER), lambda i: pick(list, hash(n, i) % 3000)), ' ')
    || CASE WHEN n % 9 = 0 THEN ' – “so”.' ELSE '.' END AS sentence
FROM range(20000) AS t(n), words;

CREATE TEMP TABLE told AS
SELECT n, n AS own, CASE WHEN n > 50 AND dice(n, 'copy') < 0.15 THEN n - 1 - (hash(n) % 40)::INTEGER END AS original FROM range(getvariable('documents')) AS t(n);
CREATE TEMP TABLE reports AS
SELECT n, coalesce(original, n) AS seed, original, id('doc_', n, 0) AS document_id,
    TIMESTAMP '2025-01-01' + to_minutes((n * 525600.0 / getvariable('documents'))::BIGINT) AS published,
    rank_of(60, n, 'publisher') AS publisher, CASE WHEN dice(n, 'revised') < 0.05 THEN 2 ELSE 1 END AS revisions,
    rank_of(4000, coalesce(original, n), 'main place') AS main_place, id('sto_', (coalesce(original, n) // 6), 0) AS story
FROM told;
CREATE TEMP TABLE editions AS SELECT *, revision = revisions AS is_current FROM reports, (VALUES (1), (2)) AS r(revision) WHERE revision <= revisions;

CREATE TEMP TABLE lines AS
SELECT e.n, e.document_id, e.revision, s::INTEGER AS sentence, p.sentence AS words
FROM editions AS e, range(20) AS t(s) JOIN pool AS p ON p.n = hash(e.seed, s) % 20000
WHERE s < 14 + hash(e.seed) % 7 + e.revision - 1;
INSERT INTO sentences (document_id, revision, sentence, start_char, end_char)
SELECT document_id, revision, sentence, ends - length(words), ends FROM (
    SELECT *, sum(length(words) + 1) OVER (PARTITION BY n, revision ORDER BY sentence)::INTEGER - 1 AS ends FROM lines) ORDER BY n, revision, sentence;

INSERT INTO documents BY NAME
SELECT e.document_id, e.revision, e.is_current, 'https://desk' || e.publisher || '.example/' || e.n AS url, 'Desk ' || e.publisher AS publisher,
    'Report ' || e.seed || ' of the day' AS title, 'en' AS language,
    CASE WHEN dice(e.n, 'undated') > 0.02 THEN e.published END AS published_at, CASE WHEN dice(e.n, 'undated') > 0.02 THEN e.published END AS published_utc,
    'second' AS published_precision, e.published AS fetched_at, 'news.jsonl:' || e.n AS source, t.text, md5(t.text) AS text_hash,
    length(t.text) // 6 AS words, id('doc_', e.original, 0) AS copy_of, e.story AS story_id, '1' AS extractor_version, 'run-' || (e.n // 150) AS run_id
FROM editions AS e JOIN (
    SELECT n, revision, string_agg(words, ' ' ORDER BY sentence) AS text FROM lines GROUP BY n, revision) AS t USING (n, revision)
ORDER BY e.n, e.revision;
UPDATE documents SET copy_of = NULL WHERE copy_of = id('doc_', NULL, 0);

INSERT INTO places BY NAME
SELECT 'geo_' || n AS place_id, CASE n WHEN 3 THEN 'Pokrovsk' ELSE 'Town ' || n END AS name,
    CASE WHEN n % 50 = 0 THEN 'country' WHEN n % 20 = 0 THEN 'admin1' ELSE pick(['city', 'village', 'village', 'natural'], n) END AS kind,
    pick(['UA', 'RU', 'SD', 'IL', 'PS', 'MM'], n) AS country, 'Region ' || n % 80 AS admin1,
    pick([48, 51, 13, 31, 31, 21], n) + 6 * dice(n, 'lat') - 3 AS lat, pick([37, 36, 25, 35, 34, 96], n) + 8 * dice(n, 'lon') - 4 AS lon,
    (100000 / (n + 1))::BIGINT AS population, n AS geonames_id
FROM range(4000) AS t(n);
INSERT INTO entities BY NAME
SELECT 'ent_' || n AS entity_id, 'Speaker ' || n AS name, pick(['PERSON', 'PERSON', 'ORG', 'GPE', 'NORP'], n) AS type,
    CASE WHEN n % 3 > 0 THEN pick(['UA', 'RU', 'SD', 'IL', 'US'], n) END AS country, ['Speaker ' || n] AS aliases FROM range(25000) AS t(n);

-- Facts: so many a report; k counts them. `seed` and `revision` decide what is stated, so that copies agree and revisions differ in a few.
CREATE TEMP MACRO facts_of(kind, lowest, spread) AS TABLE
SELECT e.*, k::INTEGER AS k, hash(e.seed, k, kind, CASE WHEN k % 11 = 0 THEN e.revision ELSE 1 END) AS roll, s.sentence, s.start_char AS s_start, s.end_char AS s_end
FROM (SELECT *, (lowest + hash(seed, kind) % spread)::INTEGER AS many FROM editions) AS e, range(lowest + spread) AS t(k)
JOIN sentences AS s ON s.document_id = e.document_id AND s.revision = e.revision AND s.sentence = (hash(e.seed, k // 2, 'line') % 14)::INTEGER
WHERE k < e.many;

INSERT INTO claims BY NAME
SELECT id('clm_', n, k * 4 + revision) AS claim_id, document_id, revision, sentence, s_start + 8 AS start_char, s_end - 1 AS end_char,
    'words of claim ' || roll % 1000000 AS text, 0.8 AS score, 'he' AS source_text,
    CASE WHEN roll % 10 < 9 THEN 'Speaker ' || rank_of(25000, roll, 'who') END AS source_name,
    CASE WHEN roll % 10 < 7 THEN 'ent_' || rank_of(25000, roll, 'who') END AS source_entity_id,
    CASE WHEN roll % 20 = 0 THEN 'ent_' || rank_of(25000, roll, 'via') END AS via_entity_id, 'said' AS cue,
    pick(['say', 'say', 'say', 'say', 'say', 'claim', 'report', 'estimate', 'confirm', 'predict', 'deny', 'accuse', 'order'], roll % 13) AS act,
    CASE WHEN roll % 13 = 10 THEN 'denied' WHEN roll % 7 = 0 THEN 'hedged' ELSE 'asserted' END AS mode, s_start + 8 AS content_start,
    s_end - 1 AS content_end, roll % 3 = 0 AS is_quote, 'claims.subject' AS rule, 'run-' || (n // 150) AS run_id,
    CASE WHEN roll % 4 = 0 THEN date_trunc('day', published) END AS date_from, CASE WHEN roll % 4 = 0 THEN date_trunc('day', published) + INTERVAL 1 DAY END AS date_to,
    CASE WHEN roll % 5 = 0 THEN date_trunc('day', published) END AS said_from, CASE WHEN roll % 5 = 0 THEN date_trunc('day', published) + INTERVAL 1 DAY END AS said_to,
    CASE WHEN roll % 5 < 2 THEN 'geo_' || CASE WHEN roll % 5 = 0 THEN main_place ELSE rank_of(4000, roll, 'at') END END AS place_id
FROM facts_of('claim', 4, 9) ORDER BY n, revision, k;

CREATE TEMP TABLE things AS SELECT * FROM (VALUES
    ('killed', 'civilian', 'person'), ('injured', 'civilian', 'person'), ('attack', 'attack', 'count'), ('launched', 'drone', 'count'),
    ('intercepted', 'drone', 'count'), ('killed', NULL, 'person'), ('attack', 'attempt', 'count'), ('money', NULL, 'USD'), ('other', NULL, 'count'),
    ('killed', 'soldier', 'person'), ('destroyed', 'tank', 'count'), ('territory', 'settlement', 'count'), ('territory', 'land', 'percent'),
    ('rate_or_share', NULL, 'percent'), ('evacuated', 'resident', 'person'), ('age', NULL, 'year'), ('distance', NULL, 'km'), ('troops', 'soldier', 'person'),
    ('missing', 'person', 'person'), ('captured', 'soldier', 'person'), ('damaged', 'building', 'count'), ('displaced', 'person', 'person'),
    ('launched', 'missile', 'count'), ('territory', 'kilometre', 'km2')) AS t(kind, item, unit);
CREATE TEMP TABLE thing_list AS SELECT list({'kind': kind, 'item': item, 'unit': unit}) AS list FROM things;
INSERT INTO figures BY NAME
SELECT id('fig_', n, k * 4 + revision) AS figure_id, document_id, revision, sentence, s_start + 8 AS start_char, s_start + 11 AS end_char,
    low::VARCHAR AS text, 0.9 AS score, low AS value_min, CASE roll % 9 WHEN 8 THEN NULL WHEN 7 THEN low + 20 ELSE low END AS value_max,
    pick(['exact', 'exact', 'exact', 'exact', 'below', 'about', 'about', 'range', 'above'], roll % 9) AS approx,
    pick([NULL, NULL, NULL, NULL, 'almost', 'about', 'some', NULL, 'more than'], roll % 9) AS modifier,
    CASE WHEN roll % 17 = 0 THEN 'up' END AS trend, thing.unit, low AS value_base,
    CASE WHEN roll % 23 < 12 THEN thing.item ELSE 'item ' || rank_of(1500, roll, 'item') END AS item, 'things counted in the words of ' || roll % 50000 AS concept, thing.kind, CASE WHEN roll % 19 = 0 THEN 'day' END AS per,
    CASE WHEN roll % 10 < 7 THEN 'geo_' || CASE WHEN roll % 10 < 5 THEN main_place ELSE rank_of(4000, roll, 'at') END END AS place_id,
    CASE WHEN roll % 10 < 6 THEN strftime(published, '%Y-%m-%d') END AS date_value,
    CASE WHEN roll % 10 < 6 THEN date_trunc('day', published) - to_days((roll % 2)::INTEGER) END AS date_from,
    CASE WHEN roll % 10 < 6 THEN date_trunc('day', published) - to_days((roll % 2)::INTEGER) + CASE WHEN roll % 10 = 5 THEN INTERVAL 30 DAY ELSE INTERVAL 1 DAY END END AS date_to,
    CASE WHEN roll % 5 < 2 THEN 'ent_' || rank_of(25000, roll, 'who') END AS source_entity_id,
    CASE WHEN roll % 5 < 3 THEN 'Speaker ' || rank_of(25000, roll, 'who') END AS source_name, CASE WHEN roll % 5 < 3 THEN 'he' END AS source_text,
    CASE WHEN roll % 5 < 3 THEN id('clm_', n, (k % 4) * 4 + revision) END AS claim_id, roll % 60 = 0 AS negated, 'figures.number' AS rule, 'run-' || (n // 150) AS run_id
FROM (SELECT *, pick(list, rank_of(24, seed, 'topic') * (k % 3 > 0)::INTEGER + rank_of(24, roll, 'thing') * (k % 3 = 0)::INTEGER) AS thing,
          round(pow(10, 3.5 * dice(roll, 'value')))::DOUBLE AS low
      FROM facts_of('figure', 9, 16), thing_list) ORDER BY n, revision, k;

INSERT INTO dates BY NAME
SELECT id('dat_', n, k * 4 + revision) AS date_id, document_id, revision, sentence, s_start + 2 AS start_char, s_start + 8 AS end_char, 'Sunday' AS text, 0.9 AS score,
    CASE WHEN roll % 8 = 0 THEN 'DURATION' ELSE 'DATE' END AS type, CASE WHEN roll % 12 = 1 THEN 'UNRESOLVED' ELSE strftime(published, '%Y-%m-%d') END AS value,
    CASE WHEN roll % 12 <> 1 AND roll % 8 > 0 THEN date_trunc('day', published) - to_days((roll % 5)::INTEGER) END AS date_from,
    CASE WHEN roll % 12 <> 1 AND roll % 8 > 0 THEN date_trunc('day', published) - to_days((roll % 5)::INTEGER) + INTERVAL 1 DAY END AS date_to, 'day' AS granularity,
    'published' AS anchor, CASE WHEN roll % 12 = 1 THEN 'no publication date' END AS unresolved, 'dates.weekday' AS rule, 'run-' || (n // 150) AS run_id
FROM facts_of('date', 4, 8) ORDER BY n, revision, k;
INSERT INTO place_mentions BY NAME
SELECT id('plm_', n, k * 4 + revision) AS mention_id, document_id, revision,
    CASE WHEN roll % 10 > 0 THEN 'geo_' || CASE WHEN roll % 10 < 4 THEN main_place ELSE rank_of(4000, roll, 'at') END END AS place_id, sentence,
    s_start + 12 AS start_char, s_start + 18 AS end_char, 'Lymanka' AS text, 0.8 AS score, CASE WHEN roll % 10 > 0 THEN 'gazetteer' ELSE 'ambiguous' END AS method,
    [{'place_id': 'geo_7', 'name': 'Town 7', 'kind': 'city', 'country': 'UA', 'admin1': 'Region 7', 'lat': 48.0, 'lon': 37.0, 'score': 0.3}] AS candidates,
    roll % 14 = 0 AS metonym, 'places.gazetteer' AS rule, 'run-' || (n // 150) AS run_id
FROM facts_of('place', 5, 13) ORDER BY n, revision, k;
INSERT INTO entity_mentions BY NAME
SELECT id('enm_', n, k * 4 + revision) AS mention_id, document_id, revision, 'ent_' || rank_of(25000, roll, 'who') AS entity_id, sentence,
    s_start AS start_char, s_start + 9 AS end_char, 'Speaker ' || rank_of(25000, roll, 'who') AS text, 0.8 AS score, 'PERSON' AS type,
    'Speaker ' || rank_of(25000, roll, 'who') AS name, 'entities.model' AS rule, 'run-' || (n // 150) AS run_id
FROM facts_of('entity', 12, 26) ORDER BY n, revision, k;

INSERT INTO ops.runs BY NAME
SELECT 'run-' || r AS run_id, TIMESTAMP '2025-01-01' + to_hours(r * 20) AS started_at, TIMESTAMP '2025-01-01' + to_hours(r * 20) + INTERVAL 90 SECOND AS finished_at,
    'done' AS status, 'ingest' AS flow, ['articles'] AS sources, 150 AS documents_read, 150 AS documents_loaded, 0 AS documents_known, 3 AS documents_refused, 20 AS quarantined
FROM range(1 + getvariable('documents') // 150) AS t(r);
INSERT INTO ops.quarantine BY NAME
SELECT id('qua_', n, 0) AS quarantine_id, 'validate' AS stage, pick(['figures', 'places', 'dates', 'documents'], hash(n) % 4) AS table_name,
    'rule_' || rank_of(40, n, 'rule') AS rule, 'The lower end is above the upper end.' AS reason, id('doc_', n % 5000, 0) AS document_id, '12-20' AS location,
    'between 90 and 30 shells' AS raw, 'run-' || n % 400 AS run_id, TIMESTAMP '2025-01-01' + to_minutes(n * 20) AS created_at
FROM range(getvariable('documents') // 3) AS t(n);
INSERT INTO ops.quality_results BY NAME
SELECT id('res_', r, e) AS result_id, 'run-' || r AS run_id, '0001' AS batch, 'suite ' || e % 8 AS suite, 'expectation ' || e AS expectation,
    CASE WHEN e % 4 = 0 THEN 'critical' ELSE 'warning' END AS severity, hash(r, e) % 50 > 0 AS success, 2500 AS element_count, (hash(r, e) % 50 = 0)::INTEGER AS unexpected_count,
    0.0 AS unexpected_percent, 'why' AS reason, TIMESTAMP '2025-01-01' + to_hours(r * 20) AS checked_at
FROM range(1 + getvariable('documents') // 150) AS t(r), range(80) AS u(e);
