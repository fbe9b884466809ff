-- Claims with their report, speaker and place, without sentence, quote, link and number of figures: named queries look these up for the rows that are left.
CREATE OR REPLACE MACRO claim_rows() AS TABLE
SELECT
    -- A pronoun that nobody fits names nobody, and not the same in two reports.
    coalesce(e.name, c.source_name, CASE WHEN lower(c.source_text) NOT IN ('he', 'she', 'it', 'they', 'we', 'i', 'you', 'who') THEN c.source_text END)
                                                     AS speaker,
    c.source_entity_id                               AS speaker_id,
    e.type                                           AS speaker_type,
    e.country                                        AS speaker_country,
    coalesce(v.name, c.via_text)                     AS via,
    d.published_at::DATE                             AS day,
    c.said_from, c.said_to, c.date_from, c.date_to,
    c.place_id, p.name                               AS place,
    c.act, c.mode, c.cue,
    c.text                                           AS content,
    c.is_quote, d.title, d.publisher, d.published_at, d.published_utc,
    coalesce(d.copy_of, d.document_id)               AS original_id,
    d.story_id, c.document_id, c.revision, c.sentence, c.start_char, c.claim_id
FROM claims AS c
JOIN documents AS d ON d.document_id = c.document_id AND d.revision = c.revision AND d.is_current
LEFT JOIN places AS p ON p.place_id = c.place_id
LEFT JOIN entities AS e ON e.entity_id = c.source_entity_id
LEFT JOIN entities AS v ON v.entity_id = c.via_entity_id;
COMMENT ON MACRO TABLE claim_rows IS 'Rows of claims_by_speaker without quote, link and number of figures: for picking rows out of many.';

CREATE OR REPLACE VIEW claims_by_speaker AS
WITH held AS (SELECT claim_id, count(*) AS figures FROM figures WHERE claim_id IS NOT NULL GROUP BY claim_id)
SELECT
    c.speaker, c.speaker_id, c.speaker_type, c.speaker_country, c.via, c.day, c.said_from, c.said_to, c.date_from, c.date_to, c.place_id, c.place, c.act,
    c.mode, c.cue, c.content, c.is_quote, coalesce(h.figures, 0) AS figures,
    sentence_text(d.text, s.start_char, s.end_char)                             AS quote,
    deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    c.title, c.publisher, c.published_at, c.published_utc, c.original_id, c.story_id, c.document_id, c.revision, c.sentence, c.start_char, c.claim_id
FROM claim_rows() AS c
JOIN documents AS d ON d.document_id = c.document_id AND d.revision = c.revision
LEFT JOIN sentences AS s ON s.document_id = c.document_id AND s.revision = c.revision AND s.sentence = c.sentence
LEFT JOIN held AS h ON h.claim_id = c.claim_id;

COMMENT ON VIEW claims_by_speaker IS 'One row a claim of the current revisions: who says what, how, where to read it. Copies of wire reports repeat claims: fold with original_id.';
COMMENT ON COLUMN claims_by_speaker.speaker IS 'Canonical name, else the fullest name in the report, else the words naming the source; NULL when nobody is named, or by a pronoun that nobody fits.';
COMMENT ON COLUMN claims_by_speaker.day IS 'Day of publication; said_from has the day it was said, where the report gives it.';
COMMENT ON COLUMN claims_by_speaker.date_from IS 'Begin of the interval that the claim speaks of; said_from of the saying.';
COMMENT ON COLUMN claims_by_speaker.place IS 'Place that the claim speaks of, where it is one.';
COMMENT ON COLUMN claims_by_speaker.figures IS 'How many figures the claim holds.';
