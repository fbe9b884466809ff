"""Checks over the whole warehouse: sql/checks, each a query that returns bad rows.

Great Expectations looks at batches before they are loaded; what spans batches (ids unique, references joining, one current revision) is SQL.

The two that cost most have a second form in sql/checks/touched: the rows of one run, held against all ("-- whole" there stands for the check itself).
What a run has not written it cannot have broken, so that is enough where the whole was found sound before and every run since has looked after its
own; see `checked_whole`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import duckdb

from dateline.ids import stable_id
from dateline.warehouse.rows import Row
from dateline.warehouse.schema import sql_files, sql_folder

_HEADER = re.compile(r"--\s*(severity|reason)\s*:\s*(.*)")
_EXAMPLES = 5  # Bad rows that are kept in the result, to see what is wrong without running the check again.

_WHOLE = "no rows"
_OF_RUN = "no rows of this run"
_WHOLE_AGAIN = timedelta(days=7)  # So often the whole is looked at in any case: somebody may have written to it by hand, or a disk have failed.

# Checks by which the whole was sound, and none of them has found anything since; nothing was migrated since, and no run has ended without its checks.
_SOUND = """
WITH looked AS (
    SELECT expectation, max(checked_at) FILTER (WHERE success AND bound = $whole) AS sound_at, max(checked_at) FILTER (WHERE NOT success) AS failed_at
    FROM ops.quality_results WHERE batch = 'warehouse' AND suite = 'warehouse' GROUP BY expectation
)
SELECT expectation FROM looked
WHERE sound_at BETWEEN $oldest AND $now
  AND sound_at > coalesce(failed_at, '-infinity')
  AND sound_at >= (SELECT max(applied_at) FROM ops.schema_version)
  AND sound_at > coalesce((SELECT max(coalesce(finished_at, started_at)) FROM ops.runs WHERE status NOT IN ('done', 'running')), '-infinity')
"""


@dataclass(frozen=True, slots=True)
class Check:
    """A file of sql/checks; `touched` is its form for the rows of one run, where it has one."""

    name: str
    severity: str
    reason: str
    sql: str
    touched: str | None = None


@cache
def checks() -> tuple[Check, ...]:
    """Return the checks of sql/checks."""
    found = []
    for path in sql_files("checks"):
        text = path.read_text(encoding="utf-8")
        head = {match[1]: match[2] for line in text.splitlines() if (match := _HEADER.fullmatch(line.strip()))}
        of_run = sql_folder("checks") / "touched" / path.name
        touched = of_run.read_text(encoding="utf-8").replace("-- whole", text) if of_run.is_file() else None
        found.append(Check(path.stem, head["severity"], head["reason"], text, touched))
    return tuple(found)


def checked_whole(con: duckdb.DuckDBPyConnection, *, now: datetime) -> frozenset[str]:
    """Return the checks that have found the whole warehouse sound and nothing since: of these a run need look at its own rows only.

    None are left after a run that failed or was killed, a migration, or a week.
    """
    rows = con.execute(_SOUND, {"whole": _WHOLE, "oldest": now - _WHOLE_AGAIN, "now": now}).fetchall()
    return frozenset(row[0] for row in rows)


def run_checks(con: duckdb.DuckDBPyConnection, *, run_id: str, sound: Collection[str] = ()) -> list[Row]:
    """Run every check; return rows of ops.quality_results (batch "warehouse"). Nothing is written: see `write_quality`.

    `observed` holds the first bad rows as JSON, `unexpected_count` how many there are.

    Args:
        con: The warehouse.
        run_id: Run that asks.
        sound: Checks that need not look at the whole, but at the rows of this run only (see `checked_whole`), where they have a form for that.
    """
    return [_result(con, check, run_id, whole=check.touched is None or check.name not in sound) for check in checks()]


def failed_checks(results: Sequence[Row]) -> list[Row]:
    """Return the results that were critical and not met: exit code 3 where there are any."""
    return [row for row in results if row["severity"] == "critical" and not row["success"]]


def _result(con: duckdb.DuckDBPyConnection, check: Check, run_id: str, *, whole: bool) -> Row:
    sql, parameters = (check.sql, {}) if whole or check.touched is None else (check.touched, {"run_id": run_id})
    count: int = con.execute(f"SELECT count(*) FROM ({sql})", parameters).fetchall()[0][0]  # noqa: S608 - a file of ours.
    examples = None
    if count:
        cursor = con.execute(f"SELECT * FROM ({sql}) LIMIT {_EXAMPLES}", parameters)  # noqa: S608 - a file of ours.
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        examples = json.dumps(rows, ensure_ascii=False, default=str)[:2000]
    return {
        "result_id": stable_id("res", run_id, "warehouse", check.name, check.name),
        "run_id": run_id,
        "batch": "warehouse",
        "suite": "warehouse",
        "expectation": check.name,
        "column_name": None,
        "severity": check.severity,
        "success": count == 0,
        "element_count": None,
        "unexpected_count": count,
        "unexpected_percent": None,
        "observed": examples,
        "bound": _WHOLE if whole else _OF_RUN,
        "reason": check.reason,
        "checked_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    }
