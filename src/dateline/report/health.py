"""What the report page says about the data itself: what could not be resolved, what was refused, every expectation over time, the runs."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from dateline.report.selection import Row, Selection

RUNS = 20  # Runs in every history.


def unresolved(selection: Selection) -> list[Row]:
    """Return what lacks a value, by what it is and why, with examples of the words."""
    return selection.rows(
        """
        WITH current AS (SELECT document_id, revision, publisher FROM documents WHERE is_current),
        gaps AS (
            SELECT 'date' AS what, t.unresolved AS reason, t.text, c.publisher FROM dates t JOIN current c USING (document_id, revision)
            WHERE t.unresolved IS NOT NULL
            UNION ALL SELECT 'place', m.method, m.text, c.publisher FROM place_mentions m JOIN current c USING (document_id, revision)
            WHERE m.place_id IS NULL
            UNION ALL SELECT 'speaker of a statement', 'nobody named, or a pronoun nobody fits', m.source_text, c.publisher
            FROM claims m JOIN current c USING (document_id, revision) WHERE m.source_name IS NULL
            UNION ALL SELECT 'speaker of a figure', 'the outlet''s own voice', concat_ws(' ', s.text, s.item), s.publisher
            FROM shown s WHERE s.speaker IS NULL
            UNION ALL SELECT 'day of a figure', 'the text gives none', concat_ws(' ', s.text, s.item), s.publisher FROM shown s WHERE NOT s.dated
            UNION ALL SELECT 'day of a report', 'no publication date found', d.title, d.publisher FROM documents d
            WHERE d.is_current AND d.published_at IS NULL),
        words AS (SELECT what, reason, coalesce(text, '') AS text, count(*) AS n FROM gaps GROUP BY ALL),
        outlets AS (SELECT what, reason, coalesce(publisher, '') AS publisher, count(*) AS n FROM gaps GROUP BY ALL)
        SELECT what, reason, sum(n) AS n, list(text ORDER BY n DESC, text)[:6] AS examples,
               (SELECT list({'publisher': o.publisher, 'n': o.n} ORDER BY o.n DESC, o.publisher)[:3] FROM outlets o
                WHERE o.what = w.what AND o.reason IS NOT DISTINCT FROM w.reason) AS outlets
        FROM words w GROUP BY what, reason ORDER BY n DESC, what, reason LIMIT 30"""
    )


def ambiguous_places(selection: Selection, limit: int = 12) -> list[Row]:
    """Return the commonest toponyms without a place, with the runners-up."""
    return selection.rows(
        """SELECT m.text, count(*) AS n, first(list_transform(m.candidates[:3], lambda c: {'name': c.name, 'country': c.country, 'score': c.score})
                  ORDER BY m.mention_id) AS candidates
           FROM place_mentions m JOIN documents d ON d.document_id = m.document_id AND d.revision = m.revision AND d.is_current
           WHERE m.place_id IS NULL GROUP BY m.text ORDER BY n DESC, m.text LIMIT $n""",
        {"n": limit},
    )


def runs(selection: Selection) -> list[Row]:
    """Return the last runs, newest first."""
    return selection.rows(
        """SELECT run_id, started_at, finished_at, date_diff('millisecond', started_at, finished_at) / 1000.0 AS seconds, status, flow, sources,
                  documents_read, documents_known, documents_loaded, documents_refused, words, facts, quarantined, timings, versions, message
           FROM ops.runs ORDER BY started_at DESC, run_id DESC LIMIT $n""",
        {"n": RUNS},
    )


def expectations(selection: Selection) -> list[Row]:
    """Return every expectation with its results in the last runs (oldest first), those that were missed last first."""
    found = selection.rows(
        """
        WITH last AS (SELECT run_id, started_at FROM ops.runs ORDER BY started_at DESC, run_id DESC LIMIT $n)
        SELECT q.suite, q.expectation, coalesce(q.column_name, '') AS column_name, q.severity, l.run_id, l.started_at, bool_and(q.success) AS success,
               sum(q.element_count) AS elements, sum(q.unexpected_count) AS unexpected, max(q.reason) AS reason, max(q.bound) AS bound,
               max(q.observed) AS observed
        FROM ops.quality_results q JOIN last l USING (run_id)
        GROUP BY ALL ORDER BY l.started_at, l.run_id, q.suite, q.expectation, 3""",
        {"n": RUNS},
    )
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in found:
        groups[(row["suite"], row["expectation"], row["column_name"], row["severity"])].append(row)
    out = [{**results[-1], "history": results} for results in groups.values()]
    return sorted(out, key=lambda r: (r["success"], r["severity"] != "critical", r["suite"], r["expectation"], r["column_name"]))


def refused(selection: Selection, limit: int = 100) -> dict[str, Any]:
    """Return how many rows each rule refused, and the newest of them with their words."""
    return {
        "rules": selection.rows(
            "SELECT stage, table_name, rule, count(*) AS n FROM ops.quarantine GROUP BY ALL ORDER BY n DESC, rule, stage, 2 LIMIT 30"
        ),
        "rows": selection.rows(
            "SELECT * FROM ops.quarantine ORDER BY created_at DESC, quarantine_id LIMIT $n",
            {"n": limit},
        ),
        "all": selection.one("SELECT count(*) AS n FROM ops.quarantine")["n"],
    }


def drift(log: list[Row]) -> list[dict[str, Any]]:
    """Return what each run found per 1,000 words, by table, oldest run first; runs that loaded nothing are left out.

    A source that changes its layout, or an extractor that breaks, shows here before anybody misses the facts.
    """
    loaded = [run for run in reversed(log) if run["words"] and run["facts"]]
    series = []
    for table in ("figures", "place_mentions", "entity_mentions", "dates", "claims"):
        points = [(run["run_id"], run["started_at"], 1000 * run["facts"].get(table, 0) / run["words"]) for run in loaded]
        series.append({"table": table, "points": points})
    refusals = [(run["run_id"], run["started_at"], 1000 * (run["quarantined"] or 0) / run["words"]) for run in loaded]
    return [*series, {"table": "refused rows", "points": refusals}]
