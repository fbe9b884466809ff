CREATE OR REPLACE MACRO denial_pairs(newest) AS TABLE
WITH denied AS (SELECT * FROM claim_rows() WHERE act = 'deny' OR mode = 'denied' ORDER BY day DESC NULLS LAST, claim_id LIMIT newest),
     asserted AS (
         SELECT c.document_id, c.sentence, c.start_char, c.claim_id, c.text AS content, coalesce(e.name, c.source_name, c.source_text) AS speaker,
             coalesce(c.source_entity_id, e.name, c.source_name, c.source_text) AS speaker_key, c.revision
         FROM (SELECT * FROM claims WHERE document_id IN (SELECT document_id FROM denied)) AS c LEFT JOIN entities AS e ON e.entity_id = c.source_entity_id
         WHERE c.act <> 'deny' AND c.mode <> 'denied'
     )
SELECT
    n.*, a.speaker AS denied_speaker, a.content AS denied_content, a.sentence AS denied_sentence, a.claim_id AS denied_claim_id
FROM denied AS n
LEFT JOIN asserted AS a
    ON  a.document_id = n.document_id AND a.revision = n.revision
    AND abs(a.sentence - n.sentence) <= 3
    AND a.claim_id <> n.claim_id
    AND a.speaker_key <> coalesce(n.speaker_id, n.speaker)
QUALIFY row_number() OVER (PARTITION BY n.claim_id ORDER BY abs(a.sentence - n.sentence), a.start_char, a.claim_id) = 1;
COMMENT ON MACRO TABLE denial_pairs IS 'Rows of denials without their quotes: denial_pairs(1000) has the thousand newest, denial_pairs(NULL) all.';

CREATE OR REPLACE VIEW denials AS
SELECT
    day, speaker, cue, content, denied_speaker, denied_content, sentence_text(d.text, t.start_char, t.end_char) AS denied_quote,
    sentence_text(d.text, s.start_char, s.end_char) AS quote, deep_link(d.url, d.source, sentence_text(d.text, s.start_char, s.end_char)) AS link,
    n.publisher, n.title, n.published_utc, n.original_id, n.document_id, n.claim_id, n.denied_claim_id
FROM denial_pairs(NULL) AS n
JOIN documents AS d ON d.document_id = n.document_id AND d.revision = n.revision
LEFT JOIN sentences AS s ON s.document_id = n.document_id AND s.revision = n.revision AND s.sentence = n.sentence
LEFT JOIN sentences AS t ON t.document_id = n.document_id AND t.revision = n.revision AND t.sentence = n.denied_sentence;

COMMENT ON VIEW denials IS 'Denials, each with the nearest claim by somebody else within three sentences. Nearness is a hint, not a reading: look at both quotes before saying who denied what.';
COMMENT ON COLUMN denials.denied_content IS 'What the other speaker asserts nearby; NULL where no other claim is near.';
