"""Drift: each source held against its own history, so that a redesigned site or a broken parser is noticed the same day.

The last 24 hours are compared with the four weeks before, day by day. Bounds are the median of those days and four times their spread (median
absolute deviation, at least what chance alone makes of small numbers) on either side; they are computed anew in every run and held by the suite
expectations/drift.json. Quiet sources have wide bounds: with three reports a day, a day without any says nothing. Numbers of reports may also be
what they were on the same day of other weeks: many outlets rest at weekends.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

import duckdb

from dateline.validate.suites import validate_frame
from dateline.warehouse.rows import Row

if TYPE_CHECKING:
    import pandas as pd

MEASURES = ("documents", "words_per_document", "figures_per_document", "unresolved_percent", "foreign_percent")
_DAYS = 28
_LEAST_DAYS = 7  # Of history, before there are bounds.
_LEAST_DOCUMENTS = 5  # Of a day, for what is counted per report.
_WIDTH = 4.0
_LEAST_SPREAD = {"words_per_document": 20.0, "figures_per_document": 0.5, "unresolved_percent": 4.0, "foreign_percent": 2.0}
_AGAIN = timedelta(hours=6)  # Where nothing was loaded, the silence itself is looked at as often as this.
_EXAMPLES = 5

# Days are counted back from now, so that the present one is a whole one. A report belongs to the day on which it was fetched, else published.
_HISTORY = """
WITH origin AS (
         SELECT f.document_id, any_value(s.address) AS address
         FROM ops.fetches AS f JOIN ops.sources AS s USING (source_id) WHERE f.document_id IS NOT NULL GROUP BY f.document_id
     ),
     recent AS (
         SELECT d.document_id, d.revision, d.words, coalesce(o.address, d.publisher, 'without a name') AS source, d.language,
                floor(date_diff('second', coalesce(d.fetched_at, d.published_utc), $now::TIMESTAMP) / 86400)::INTEGER AS day
         FROM documents AS d LEFT JOIN origin AS o USING (document_id)
         WHERE d.is_current AND coalesce(d.fetched_at, d.published_utc) <= $now::TIMESTAMP
           AND coalesce(d.fetched_at, d.published_utc) > $now::TIMESTAMP - to_days($days::INTEGER + 1)
     ),
     counted AS (SELECT document_id, revision, count(*) AS figures FROM figures SEMI JOIN recent USING (document_id, revision) GROUP BY ALL),
     open AS (
         SELECT document_id, revision, count(*) AS looked_at, count(*) FILTER (missing) AS unresolved
         FROM (SELECT document_id, revision, unresolved IS NOT NULL AS missing FROM dates
               UNION ALL SELECT document_id, revision, place_id IS NULL FROM place_mentions)
         SEMI JOIN recent USING (document_id, revision) GROUP BY ALL
     )
SELECT source, day, count(*) AS documents, avg(words) AS words_per_document, coalesce(sum(figures), 0) / count(*) AS figures_per_document,
       100 * sum(unresolved) / nullif(sum(looked_at), 0) AS unresolved_percent,
       100 * count(*) FILTER (coalesce(language, 'en') <> 'en') / count(*) AS foreign_percent
FROM recent LEFT JOIN counted USING (document_id, revision) LEFT JOIN open USING (document_id, revision)
GROUP BY source, day
"""

History = dict[str, dict[int, dict[str, float | None]]]


def look_for_drift(con: duckdb.DuckDBPyConnection, *, run_id: str, now: datetime, loaded: bool) -> list[Row]:
    """Return rows of ops.quality_results (batch "drift") for the sources as they stand; none where there is no history yet, or nothing to look at.

    `observed` names the sources out of bounds with what they brought and what was expected.
    """
    if not loaded and not _long_ago(con, now):
        return []
    frame = drift_frame(_history(con, now))
    if frame is None:
        return []
    results = validate_frame("drift", frame, run_id=run_id, batch="drift").results
    for row in results:
        measure = row["expectation"].split(".")[1]
        row["observed"] = _outside(frame, measure, low=row["expectation"].endswith(".low"))
        if row["observed"]:  # Where an expectation is all that is shown, a source must be named: the summary of a run, Prefect's artifact, doctor.
            row["reason"] = f"{_in_words(measure, json.loads(row['observed']))} {row['reason']}"
    return results


def _long_ago(con: duckdb.DuckDBPyConnection, now: datetime) -> bool:
    last = con.execute("SELECT max(checked_at) FROM ops.quality_results WHERE suite = 'drift'").fetchall()[0][0]
    return last is None or not timedelta() <= now - last < _AGAIN


def _history(con: duckdb.DuckDBPyConnection, now: datetime) -> History:
    out: History = defaultdict(dict)
    cursor = con.execute(_HISTORY, {"now": now, "days": _DAYS})
    for source, day, *values in cursor.fetchall():
        out[source][day] = dict(zip(MEASURES, values, strict=True))
    return out


def drift_frame(history: History) -> pd.DataFrame | None:
    """Return one row a source that has history: for each measure its value of the last day and its bounds, missing where there are none."""
    rows = []
    for source, days in sorted(history.items()):
        oldest = max(days)
        if oldest < _LEAST_DAYS:
            continue
        row: dict[str, Any] = {"source": source}
        for measure in MEASURES:
            if measure == "documents":  # A day without reports is a day with none.
                value: float | None = (days.get(0, {}).get(measure) or 0.0) + 0.0
                past = [(days.get(day, {}).get(measure) or 0.0) + 0.0 for day in range(1, oldest + 1)]
            else:
                value = _of_many(days.get(0, {}), measure)
                past = [found for day in range(1, oldest + 1) if (found := _of_many(days.get(day, {}), measure)) is not None]
            low, high = bounds(measure, past, past[6::7] if measure == "documents" else ())
            row |= {measure: _number(value), f"{measure}_low": low, f"{measure}_high": high}
        rows.append(row)
    if not rows:
        return None
    import pandas as pd  # A second to load, which runs that find nothing new do without.

    return pd.DataFrame(rows)


def _of_many(day: dict[str, float | None], measure: str) -> float | None:
    return day.get(measure) if (day.get("documents") or 0) >= _LEAST_DOCUMENTS else None


def bounds(measure: str, past: Sequence[float], same_weekday: Sequence[float] = ()) -> tuple[float, float]:
    """Return the least and the greatest value that a source's own days make likely; not-a-number where they are too few.

    Args:
        measure: One of MEASURES.
        past: Its value on each day.
        same_weekday: Its values one, two, three weeks ago, of which the middle is likely too.
    """
    if len(past) < _LEAST_DAYS:
        return math.nan, math.nan
    middle = median(past)
    spread = 1.4826 * median(abs(value - middle) for value in past)
    # Counts of independent things vary by the root of their mean.
    least = max(1.0, math.sqrt(middle)) if measure == "documents" else max(_LEAST_SPREAD[measure], 0.05 * middle)
    reach = _WIDTH * max(spread, least)
    usual = median(same_weekday) if same_weekday else middle
    return max(0.0, min(middle, usual) - reach), max(middle + reach, usual + _WIDTH * math.sqrt(usual))


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _in_words(measure: str, outside: Sequence[dict[str, Any]]) -> str:
    said = (f"{item['source']}: {item['value']:g}, expected {item['expected'][0]:g} to {item['expected'][1]:g}" for item in outside)
    return f"{measure.replace('_', ' ')} of {'; '.join(said)}."


def _outside(frame: pd.DataFrame, measure: str, *, low: bool) -> str | None:
    bad = frame[frame[measure] < frame[f"{measure}_low"]] if low else frame[frame[measure] > frame[f"{measure}_high"]]
    if bad.empty:
        return None
    shown = [
        {"source": row["source"], "value": round(row[measure], 2), "expected": [round(row[f"{measure}_low"], 2), round(row[f"{measure}_high"], 2)]}
        for row in bad.head(_EXAMPLES).to_dict("records")
    ]
    return json.dumps(shown, ensure_ascii=False)
