CREATE OR REPLACE VIEW quality_trend AS
WITH by_run AS (
    SELECT
        q.run_id, r.started_at, r.status, q.suite, q.expectation, any_value(q.severity) AS severity, any_value(q.reason) AS reason,
        count(*) AS batches, count(*) FILTER (WHERE NOT q.success) AS failed_batches,
        sum(q.element_count)::BIGINT AS element_count, sum(q.unexpected_count)::BIGINT AS unexpected_count,
        100.0 * sum(q.unexpected_count) / nullif(sum(q.element_count), 0) AS unexpected_percent
    FROM ops.quality_results AS q LEFT JOIN ops.runs AS r USING (run_id)
    GROUP BY q.run_id, r.started_at, r.status, q.suite, q.expectation
)
SELECT
    *,
    lag(unexpected_percent) OVER history                       AS previous_percent,
    unexpected_percent - lag(unexpected_percent) OVER history  AS change
FROM by_run
WINDOW history AS (PARTITION BY suite, expectation ORDER BY started_at, run_id);

COMMENT ON VIEW quality_trend IS 'Every expectation, run by run, with the run before. Small runs swing: look at element_count before worrying.';
COMMENT ON COLUMN quality_trend.unexpected_percent IS '0..100, rows that did not meet it, all batches of the run together.';
COMMENT ON COLUMN quality_trend.change IS 'Percentage points since the run before.';
