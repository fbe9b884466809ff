-- severity: critical
-- reason: An id that joins nothing loses a speaker, a place or a name without a word.
SELECT 'figures.claim_id' AS reference, figure_id AS id, claim_id AS points_to
FROM figures AS f ANTI JOIN claims AS c USING (claim_id) WHERE f.claim_id IS NOT NULL
UNION ALL
SELECT 'figures.place_id', figure_id, place_id FROM figures AS f ANTI JOIN places AS p USING (place_id) WHERE f.place_id IS NOT NULL
UNION ALL
SELECT 'claims.place_id', claim_id, place_id FROM claims AS c ANTI JOIN places AS p USING (place_id) WHERE c.place_id IS NOT NULL
UNION ALL
SELECT 'place_mentions.place_id', mention_id, place_id FROM place_mentions AS m ANTI JOIN places AS p USING (place_id) WHERE m.place_id IS NOT NULL
UNION ALL
SELECT 'entity_mentions.entity_id', mention_id, entity_id FROM entity_mentions AS m ANTI JOIN entities AS e USING (entity_id)
UNION ALL
SELECT 'entities.entity_id', entity_id, NULL FROM entities AS e ANTI JOIN entity_mentions AS m USING (entity_id)
