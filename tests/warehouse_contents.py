"""What a warehouse holds, for comparing one run's with another's."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

import duckdb

from dateline.warehouse.schema import RUN_COLUMNS, TABLES

Rows = dict[str, list[tuple[object, ...]]]


def contents(con: duckdb.DuckDBPyConnection, *, refusals: bool = True, without: AbstractSet[str] = frozenset()) -> Rows:
    """Return every row of every table, without the columns that say which run and when, nor those of `without`; with or without the refused rows."""
    found = {}
    for table in (*TABLES, "ops.quarantine") if refusals else TABLES:
        cursor = con.execute(f"SELECT * FROM {table} LIMIT 0")
        names = [column[0] for column in cursor.description or () if column[0] not in RUN_COLUMNS | without]
        found[table] = con.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY ALL").fetchall()
    return found


def published(warehouse: Path, *, refusals: bool = True, without: AbstractSet[str] = frozenset()) -> Rows:
    """Return the contents of a folder's published snapshot."""
    with duckdb.connect(str(warehouse / "dateline.duckdb"), read_only=True) as con:
        return contents(con, refusals=refusals, without=without)
