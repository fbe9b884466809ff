-- Facts know the day of their report, so that a month of many years is read without the rest (`dateline sql --since --until`).

ALTER TABLE sentences ADD COLUMN published_on DATE;
UPDATE sentences SET published_on = d.published_utc::DATE FROM documents AS d WHERE sentences.document_id = d.document_id AND sentences.revision = d.revision;
COMMENT ON COLUMN sentences.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';

ALTER TABLE entity_mentions ADD COLUMN published_on DATE;
UPDATE entity_mentions SET published_on = d.published_utc::DATE FROM documents AS d WHERE entity_mentions.document_id = d.document_id AND entity_mentions.revision = d.revision;
COMMENT ON COLUMN entity_mentions.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';

ALTER TABLE place_mentions ADD COLUMN published_on DATE;
UPDATE place_mentions SET published_on = d.published_utc::DATE FROM documents AS d WHERE place_mentions.document_id = d.document_id AND place_mentions.revision = d.revision;
COMMENT ON COLUMN place_mentions.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';

ALTER TABLE figures ADD COLUMN published_on DATE;
UPDATE figures SET published_on = d.published_utc::DATE FROM documents AS d WHERE figures.document_id = d.document_id AND figures.revision = d.revision;
COMMENT ON COLUMN figures.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';

ALTER TABLE dates ADD COLUMN published_on DATE;
UPDATE dates SET published_on = d.published_utc::DATE FROM documents AS d WHERE dates.document_id = d.document_id AND dates.revision = d.revision;
COMMENT ON COLUMN dates.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';

ALTER TABLE claims ADD COLUMN published_on DATE;
UPDATE claims SET published_on = d.published_utc::DATE FROM documents AS d WHERE claims.document_id = d.document_id AND claims.revision = d.revision;
COMMENT ON COLUMN claims.published_on IS 'Day (UTC) on which the report was published; NULL where unknown. Rows lie in the order of these days, so that a few days are read without the rest. Not the day that the text speaks of.';
