-- title: What is claimed near a town
-- question: What is claimed within 50 km of a town?
-- param: town = "Pokrovsk" | name of the place, as in places.name
-- param: country = null | its country (ISO 3166 alpha-2), where several places have the name
-- param: km = 50 | radius in kilometres
-- param: limit = 1000 | how many rows at most, the newest
WITH named AS (
    SELECT place_id, lat, lon, population FROM places
    WHERE lower(name) = lower($town::VARCHAR) AND ($country::VARCHAR IS NULL OR country = upper($country::VARCHAR)) AND lat IS NOT NULL
),
centre AS (
    SELECT n.lat, n.lon FROM named AS n LEFT JOIN place_mentions AS m USING (place_id)
    GROUP BY n.place_id, n.lat, n.lon, n.population ORDER BY count(m.mention_id) DESC, n.population DESC NULLS LAST, n.place_id LIMIT 1
),
near AS (
    SELECT p.place_id, p.name, distance_km(c.lat, c.lon, p.lat, p.lon) AS km
    FROM places AS p, centre AS c
    WHERE p.kind NOT IN ('country', 'admin1') AND distance_km(c.lat, c.lon, p.lat, p.lon) <= $km
),
-- What a claim speaks of is the place it was read to have, or one that its sentence names.
met AS (
    SELECT c.claim_id, n.km, n.name, n.place_id FROM claims AS c JOIN near AS n USING (place_id)
    UNION ALL
    SELECT c.claim_id, n.km, n.name, n.place_id
    FROM place_mentions AS m JOIN near AS n USING (place_id)
    JOIN claims AS c ON c.document_id = m.document_id AND c.revision = m.revision AND c.sentence = m.sentence WHERE NOT m.metonym
),
found AS (SELECT claim_id, round(min(km), 1) AS km, first(name ORDER BY km, place_id) AS place FROM met GROUP BY claim_id),
shown AS (
    SELECT f.km, f.place, c.* EXCLUDE (place, place_id) FROM found AS f JOIN claim_rows() AS c USING (claim_id)
    ORDER BY c.day DESC NULLS LAST, f.km, claim_id LIMIT $limit::BIGINT
)
SELECT
    km, place, day, speaker, act, mode, content, c.publisher, deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link
FROM shown AS c JOIN documents AS d USING (document_id, revision) LEFT JOIN sentences AS s USING (document_id, revision, sentence)
ORDER BY day DESC, km, speaker NULLS LAST, claim_id
