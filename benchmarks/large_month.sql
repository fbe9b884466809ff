-- One month of a large warehouse, as facts without their texts: $month is its first day, $documents how many reports it has, $first the number of the
-- first. Seventeen figures a report, a claim for every eighth, as news has them. Every value hangs on hash() of a row's number. Loaded by large.py.

CREATE OR REPLACE TEMP TABLE reports AS
SELECT n, printf('doc_%016x', hash(n)) AS document_id, $month::TIMESTAMP + to_seconds((n - $first) * 2592000 // $documents) AS published,
    least(59, floor(pow(60.0, (hash(n, 1) % 1000003) / 1000003.0)) - 1)::INTEGER AS desk,
    least(3999, floor(pow(4000.0, (hash(n, 2) % 1000003) / 1000003.0)) - 1)::INTEGER AS spot, (hash(n, 3) % 12)::INTEGER AS topic
FROM range($first, $first + $documents) AS t(n);

CREATE OR REPLACE TEMP TABLE new_documents AS
SELECT document_id, 1 AS revision, true AS is_current, 'https://desk' || desk || '.example/' || n AS url, 'Desk ' || desk AS publisher,
    'Report ' || n AS title, 'en' AS language, published AS published_at, published AS published_utc, 'second' AS published_precision,
    'news.jsonl' AS source, 'Officials gave figures on the day.' AS text, document_id AS text_hash, 6 AS words, '1' AS extractor_version,
    'run-' || n // 150 AS run_id
FROM reports ORDER BY published;
CREATE OR REPLACE TEMP TABLE new_sentences AS
SELECT document_id, 1 AS revision, 0 AS sentence, 0 AS start_char, 34 AS end_char, published::DATE AS published_on FROM reports ORDER BY published;

CREATE OR REPLACE TEMP TABLE new_figures AS
SELECT printf('fig_%016x', hash(n, k, 4)) AS figure_id, document_id, 1 AS revision, 0 AS sentence, k AS start_char, k + 2 AS end_char,
    low::VARCHAR AS text, 0.9 AS score, low AS value_min, CASE roll % 9 WHEN 8 THEN NULL WHEN 7 THEN low + 20 ELSE low END AS value_max,
    ['exact', 'exact', 'exact', 'exact', 'below', 'about', 'about', 'range', 'above'][1 + roll % 9] AS approx,
    ['person', 'person', 'count', 'count', 'percent', 'km2'][1 + roll % 6] AS unit, 'item ' || (pow(1500.0, (roll % 1000003) / 1000003.0))::INTEGER AS item,
    ['killed', 'injured', 'attack', 'launched', 'territory', 'other', 'destroyed', 'troops', 'captured', 'missing', 'evacuated', 'money'][
        1 + CASE WHEN k % 3 = 0 THEN roll % 12 ELSE topic END] AS kind,
    CASE WHEN roll % 10 < 7 THEN 'town_' || spot END AS place_id, CASE WHEN roll % 10 < 6 THEN date_trunc('day', published) END AS date_from,
    CASE WHEN roll % 10 < 6 THEN date_trunc('day', published) + INTERVAL 1 DAY END AS date_to,
    CASE WHEN roll % 5 < 2 THEN 'ent_' || (pow(25000.0, (hash(n, k, 6) % 1000003) / 1000003.0))::INTEGER END AS source_entity_id,
    CASE WHEN roll % 5 < 3 THEN printf('clm_%016x', hash(n, k // 8)) END AS claim_id, roll % 60 = 0 AS negated, 'figures.number' AS rule,
    'run-' || n // 150 AS run_id, published::DATE AS published_on
FROM (SELECT *, (hash(n, k, 5) % 1000000007)::BIGINT AS roll, round(pow(10, 3.5 * (hash(n, k, 7) % 1009) / 1009.0)) AS low
      FROM reports, range(17) AS u(k)) ORDER BY published, n, k;
CREATE OR REPLACE TEMP TABLE new_claims AS
SELECT printf('clm_%016x', hash(n, k)) AS claim_id, document_id, 1 AS revision, 0 AS sentence, 0 AS start_char, 34 AS end_char, 'words of a claim' AS text,
    0.8 AS score, CASE WHEN roll % 10 < 7 THEN 'ent_' || (pow(25000.0, (roll % 1000003) / 1000003.0))::INTEGER END AS source_entity_id,
    ['say', 'say', 'claim', 'report', 'estimate', 'confirm', 'deny', 'accuse'][1 + roll % 8] AS act,
    CASE WHEN roll % 8 = 6 THEN 'denied' WHEN roll % 7 = 0 THEN 'hedged' ELSE 'asserted' END AS mode, 0 AS content_start, 34 AS content_end,
    false AS is_quote, 'claims.subject' AS rule, 'run-' || n // 150 AS run_id, CASE WHEN roll % 5 = 0 THEN 'town_' || spot END AS place_id,
    published::DATE AS published_on
FROM (SELECT *, (hash(n, k, 8) % 1000000007)::BIGINT AS roll FROM reports, range(3) AS u(k)) ORDER BY published, n, k;
CREATE OR REPLACE TEMP TABLE new_place_mentions AS
SELECT printf('plm_%016x', hash(n, 9)) AS mention_id, document_id, 1 AS revision, 'town_' || spot AS place_id, 0 AS sentence, 0 AS start_char, 9 AS end_char,
    'Officials' AS text, 0.8 AS score, 'gazetteer' AS method, false AS metonym, 'places.gazetteer' AS rule, 'run-' || n // 150 AS run_id,
    published::DATE AS published_on
FROM reports ORDER BY published;
