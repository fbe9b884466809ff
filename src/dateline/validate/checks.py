"""Checks over the whole warehouse: sql/checks, each a query that returns bad rows.

Great Expectations looks at batches before they are loaded; what spans batches (ids unique, references joining, one current revision) is SQL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import duckdb

from dateline.ids import stable_id
from dateline.warehouse.rows import Row
from dateline.warehouse.schema import sql_files

_HEADER = re.compile(r"--\s*(severity|reason)\s*:\s*(.*)")
_EXAMPLES = 5  # Bad rows that are kept in the result, to see what is wrong without running the check again.


@dataclass(frozen=True, slots=True)
class Check:
    """A file of sql/checks."""

    name: str
    severity: str
    reason: str
    sql: str


@cache
def checks() -> tuple[Check, ...]:
    """Return the checks of sql/checks."""
    found = []
    for path in sql_files("checks"):
        text = path.read_text(encoding="utf-8")
        head = {match[1]: match[2] for line in text.splitlines() if (match := _HEADER.fullmatch(line.strip()))}
        found.append(Check(path.stem, head["severity"], head["reason"], text))
    return tuple(found)


def run_checks(con: duckdb.DuckDBPyConnection, *, run_id: str) -> list[Row]:
    """Run every check; return rows of ops.quality_results (batch "warehouse"). Nothing is written: see `write_quality`.

    `observed` holds the first bad rows as JSON, `unexpected_count` how many there are.
    """
    return [_result(con, check, run_id) for check in checks()]


def failed_checks(results: Sequence[Row]) -> list[Row]:
    """Return the results that were critical and not met: exit code 3 where there are any."""
    return [row for row in results if row["severity"] == "critical" and not row["success"]]


def _result(con: duckdb.DuckDBPyConnection, check: Check, run_id: str) -> Row:
    count: int = con.execute(f"SELECT count(*) FROM ({check.sql})").fetchall()[0][0]  # noqa: S608 - a file of ours.
    examples = None
    if count:
        cursor = con.execute(f"SELECT * FROM ({check.sql}) LIMIT {_EXAMPLES}")  # noqa: S608 - a file of ours.
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
        "bound": "no rows",
        "reason": check.reason,
        "checked_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    }
