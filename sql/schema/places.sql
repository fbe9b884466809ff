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
