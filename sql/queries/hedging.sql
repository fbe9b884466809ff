-- title: How hedged the coverage is
-- question: How hedged is each side's coverage?
-- param: side = "publisher" | publisher or speaker: what a side is
-- param: at_least = 1 | only sides with at least so many figures and claims together
WITH figures_by AS (
    SELECT CASE WHEN $side::VARCHAR = 'speaker' THEN speaker ELSE publisher END AS side, count(*) AS figures,
        count(*) FILTER (WHERE approx <> 'exact') AS hedged_figures, count(*) FILTER (WHERE speaker IS NOT NULL) AS owned_figures
    FROM figure_rows() GROUP BY 1
),
claims_by AS (
    SELECT CASE WHEN $side::VARCHAR = 'speaker' THEN speaker ELSE publisher END AS side, count(*) AS claims,
        count(*) FILTER (WHERE mode = 'hedged' OR act IN ('estimate', 'predict')) AS hedged_claims, count(*) FILTER (WHERE mode = 'denied' OR act = 'deny') AS denials,
        count(*) FILTER (WHERE is_quote) AS quotes
    FROM claim_rows() GROUP BY 1
)
SELECT
    side, coalesce(figures, 0) AS figures, round(100.0 * hedged_figures / figures, 1) AS hedged_figures_percent,
    round(100.0 * owned_figures / figures, 1) AS owned_figures_percent, coalesce(claims, 0) AS claims,
    round(100.0 * hedged_claims / claims, 1) AS hedged_claims_percent, round(100.0 * denials / claims, 1) AS denials_percent,
    round(100.0 * quotes / claims, 1) AS quotes_percent
FROM figures_by AS f FULL JOIN claims_by AS c USING (side)
WHERE side IS NOT NULL AND coalesce(figures, 0) + coalesce(claims, 0) >= $at_least
ORDER BY hedged_figures_percent DESC NULLS LAST, side
