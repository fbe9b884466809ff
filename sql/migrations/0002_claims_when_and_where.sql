-- Claims get the time and the place of what they say and of the saying; clock times their zone. Kept texts fill them when they are read again.
ALTER TABLE claims ADD COLUMN date_from TIMESTAMP;
ALTER TABLE claims ADD COLUMN date_to TIMESTAMP;
ALTER TABLE claims ADD COLUMN said_from TIMESTAMP;
ALTER TABLE claims ADD COLUMN said_to TIMESTAMP;
ALTER TABLE claims ADD COLUMN place_id VARCHAR;
ALTER TABLE dates ADD COLUMN utc_offset SMALLINT;
COMMENT ON COLUMN claims.date_from IS 'Begin of the interval that the content speaks of, half-open, local time of the report. NULL where it names no date, or several.';
COMMENT ON COLUMN claims.date_to IS 'End of the interval that the content speaks of.';
COMMENT ON COLUMN claims.said_from IS 'Begin of the interval in which the report puts the saying ("said on Sunday"). NULL where it does not: then only the day of publication is known.';
COMMENT ON COLUMN claims.said_to IS 'End of the interval in which it was said.';
COMMENT ON COLUMN claims.place_id IS 'Place that the content speaks of; joins places. NULL where it names none, or several apart from each other.';
COMMENT ON COLUMN dates.utc_offset IS 'Minutes east of UTC of a clock time, where the report gives its zone: date_from less these minutes is UTC. NULL where it gives none.';
