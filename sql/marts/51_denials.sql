CREATE OR REPLACE VIEW denials AS
WITH denied AS (SELECT * FROM claims_by_speaker WHERE act = 'deny' OR mode = 'denied'),
     paired AS (
         SELECT
             n.*, a.speaker AS denied_speaker, a.content AS denied_content, a.quote AS denied_quote, a.claim_id AS denied_claim_id,
             row_number() OVER (PARTITION BY n.claim_id ORDER BY abs(a.sentence - n.sentence), a.start_char, a.claim_id) AS nearness
         FROM denied AS n
         LEFT JOIN claims_by_speaker AS a
             ON  a.document_id = n.document_id
             AND a.claim_id <> n.claim_id
             AND a.act <> 'deny' AND a.mode <> 'denied'
             AND abs(a.sentence - n.sentence) <= 3
             AND coalesce(a.speaker_id, a.speaker) <> coalesce(n.speaker_id, n.speaker)
     )
SELECT
    day, speaker, cue, content, denied_speaker, denied_content, denied_quote, quote, link, publisher, title, published_utc, original_id, document_id,
    claim_id, denied_claim_id
FROM paired
WHERE nearness = 1;

COMMENT ON VIEW denials IS 'Denials, each with the nearest claim by somebody else within three sentences. Nearness is a hint, not a reading: look at both quotes before saying who denied what.';
COMMENT ON COLUMN denials.denied_content IS 'What the other speaker asserts nearby; NULL where no other claim is near.';
