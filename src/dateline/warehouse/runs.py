"""The book of runs: one row of ops.runs each, opened at the start and closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import duckdb

from dateline.warehouse.stage import arrow_table

_UTC_NOW = "(now() AT TIME ZONE 'UTC')::TIMESTAMP"


def last_status(con: duckdb.DuckDBPyConnection) -> str | None:
    """Return how the last run ended, None where there was none. By the order of writing: clocks go back at times."""
    row = con.execute("SELECT status FROM ops.runs ORDER BY rowid DESC LIMIT 1").fetchall()
    return row[0][0] if row else None


def start_run(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    *,
    flow: str = "ingest",
    sources: Sequence[str] = (),
    versions: Mapping[str, str] | None = None,
    dead: Callable[[Iterable[str]], list[str]] = list,
) -> list[str]:
    """Write the row of a run that begins; return the ids of runs found dead.

    `dead` says which of the runs that still say "running" were killed: of a file all, since its lock is held here; of a lake see turns.py.
    """
    open_runs = con.execute("SELECT run_id FROM ops.runs WHERE status = 'running' AND run_id <> ? ORDER BY started_at", [run_id]).fetchall()
    gone = dead(row[0] for row in open_runs)
    con.execute("BEGIN")
    con.execute(
        "UPDATE ops.runs SET status = 'killed', message = 'The process ended without closing the run.' WHERE run_id IN (SELECT unnest(?::VARCHAR[]))",
        [gone],
    )
    con.execute("DELETE FROM ops.runs WHERE run_id = ?", [run_id])
    con.execute(
        f"INSERT INTO ops.runs BY NAME SELECT ? AS run_id, {_UTC_NOW} AS started_at, 'running' AS status, ? AS flow, "
        "?::VARCHAR[] AS sources, ?::MAP(VARCHAR, VARCHAR) AS versions",
        [run_id, flow, list(sources), _map(versions)],
    )
    con.execute("COMMIT")
    return gone


def finish_run(con: duckdb.DuckDBPyConnection, run_id: str, *, status: str = "done", message: str | None = None, **counts: Any) -> None:
    """Close a run: status "done", "failed" or "refused", and any of the columns of ops.runs.

    `facts` and `timings` are mappings; `quarantined` is counted from ops.quarantine unless given.
    """
    if "quarantined" not in counts:
        counts["quarantined"] = con.execute("SELECT count(*) FROM ops.quarantine WHERE run_id = ?", [run_id]).fetchall()[0][0]
    known = {row[0] for row in con.execute("SELECT column_name FROM duckdb_columns() WHERE schema_name = 'ops' AND table_name = 'runs'").fetchall()}
    unknown = set(counts) - known
    if unknown:
        raise TypeError(f"ops.runs has no column {', '.join(sorted(unknown))}")
    values = {**counts, "status": status, "message": message}
    assignments = ", ".join(f"{name} = ?" for name in values)
    con.execute(
        f"UPDATE ops.runs SET finished_at = {_UTC_NOW}, {assignments} WHERE run_id = ?",  # noqa: S608 - column names checked above.
        [*(_map(value) if isinstance(value, Mapping) else value for value in values.values()), run_id],
    )


def _map(values: Mapping[str, Any] | None) -> dict[str, list[Any]] | None:
    # DuckDB's Python client reads a MAP from parallel lists.
    return None if values is None else {"key": list(values), "value": list(values.values())}


def write_quarantine(con: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write refusals that belong to no batch (files that could not be read at all)."""
    _replace(con, "ops.quarantine", "quarantine_id", rows)


def write_quality(con: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write results that came with no loaded batch: checks of the whole warehouse, and those of a batch that was stopped."""
    _replace(con, "ops.quality_results", "result_id", rows)


def forget_results(con: duckdb.DuckDBPyConnection, days: int) -> int:
    """Let go quality results older than so many days (0: none) and return how many; each run adds some ten, one with news a hundred."""
    if not days:
        return 0
    return int(con.execute(f"DELETE FROM ops.quality_results WHERE checked_at < {_UTC_NOW} - to_days(?::INTEGER)", [days]).fetchall()[0][0])  # noqa: S608 - a constant.


def _replace(con: duckdb.DuckDBPyConnection, table: str, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    con.register("incoming_rows", arrow_table(table, rows))
    try:
        con.execute("BEGIN")
        con.execute(f"DELETE FROM {table} t USING incoming_rows r WHERE t.{key} = r.{key}")  # noqa: S608 - own names.
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming_rows QUALIFY row_number() OVER (PARTITION BY {key}) = 1")  # noqa: S608 - own names.
        con.execute("COMMIT")
    finally:
        con.unregister("incoming_rows")
