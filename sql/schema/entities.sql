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
