CREATE OR REPLACE VIEW places_daily AS
SELECT
    d.published_at::DATE                                           AS day,
    p.place_id, p.name AS place, p.kind, p.admin1, p.country, p.lat, p.lon,
    count(*)                                                       AS mentions,
    count(DISTINCT d.document_id)                                  AS documents,
    count(DISTINCT coalesce(d.copy_of, d.document_id))             AS originals,
    count(DISTINCT d.publisher)                                    AS publishers
FROM place_mentions AS m
JOIN documents AS d ON d.document_id = m.document_id AND d.revision = m.revision AND d.is_current
JOIN places AS p ON p.place_id = m.place_id
WHERE NOT m.metonym
GROUP BY ALL;

COMMENT ON VIEW places_daily IS 'How often each place is named, by day of publication; governments called by their capital left out. Being named is not being hit.';
COMMENT ON COLUMN places_daily.originals IS 'Reports with copies folded.';
