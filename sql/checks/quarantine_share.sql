-- severity: warning
-- reason: More rows refused than a twentieth of those loaded, over all runs, means that an extractor or a reader needs mending; single bad texts cost far less.
SELECT refused, loaded
FROM (SELECT count(*) AS refused FROM ops.quarantine WHERE stage = 'validate'),
     (SELECT (SELECT count(*) FROM figures) + (SELECT count(*) FROM claims) + (SELECT count(*) FROM dates)
           + (SELECT count(*) FROM entity_mentions) + (SELECT count(*) FROM place_mentions) AS loaded)
WHERE refused > 100 AND refused > 0.05 * loaded
