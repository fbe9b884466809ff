-- title: What is claimed near a town
-- question: What is claimed within 50 km of a town?
-- param: town = "Pokrovsk" | name of the place, as in places.name
-- param: country = null | its country (ISO 3166 alpha-2), where several places have the name
-- param: km = 50 | radius in kilometres
WITH centre AS (
    SELECT lat, lon FROM places
    WHERE lower(name) = lower($town::VARCHAR) AND ($country::VARCHAR IS NULL OR country = upper($country::VARCHAR)) AND lat IS NOT NULL
    ORDER BY (SELECT count(*) FROM place_mentions AS m WHERE m.place_id = places.place_id) DESC, population DESC NULLS LAST, place_id
    LIMIT 1
),
near AS (
    SELECT p.place_id, p.name, distance_km(c.lat, c.lon, p.lat, p.lon) AS km
    FROM places AS p, centre AS c
    WHERE p.kind NOT IN ('country', 'admin1') AND distance_km(c.lat, c.lon, p.lat, p.lon) <= $km
)
SELECT
    round(min(n.km), 1) AS km, first(n.name ORDER BY n.km, n.place_id) AS place, c.day, c.speaker, c.act, c.mode, c.content, c.publisher, c.link
FROM claims_by_speaker AS c
JOIN place_mentions AS m ON m.document_id = c.document_id AND m.revision = c.revision AND m.sentence = c.sentence AND NOT m.metonym
JOIN near AS n ON n.place_id = m.place_id
GROUP BY c.claim_id, c.day, c.speaker, c.act, c.mode, c.content, c.publisher, c.link
ORDER BY c.day DESC, km, c.speaker NULLS LAST, c.claim_id
