"""SQL on the published snapshot: read-only, with no way out to files, network or extensions.

A named query (`@attacks_daily`) is a file of sql/queries: its header says title, question and parameters with defaults, its body is one SELECT.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dateline.errors import EnvironmentProblem, UsageError
from dateline.warehouse.lake import open_reader, refuse_beyond
from dateline.warehouse.schema import REVISION_TABLES, sql_files
from dateline.warehouse.target import Lake, Snapshot

# Locked last: nothing in a query can open these again. Replacement scans would let SQL read Python variables of the caller.
_SEALED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}
_HEADER = re.compile(r"--\s*(title|question|param)\s*:\s*(.*)")
_PARAMETER = re.compile(r"(\w+)\s*=\s*(.*?)\s*\|\s*(.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A `$name` of a named query, with its default and what it means."""

    name: str
    default: Any
    about: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A file of sql/queries."""

    name: str
    title: str
    question: str
    sql: str
    parameters: tuple[Parameter, ...] = field(default=())


def parse_query(name: str, text: str) -> NamedQuery:
    """Return a named query from its file's text; lines `-- param: name = <JSON default> | meaning` declare its parameters."""
    head: dict[str, str] = {}
    parameters = []
    for line in text.splitlines():
        match = _HEADER.fullmatch(line.strip())
        if not match:
            continue
        if match[1] != "param":
            head[match[1]] = f"{head[match[1]]} {match[2]}" if match[1] in head else match[2]
            continue
        parts = _PARAMETER.fullmatch(match[2])
        if not parts:
            raise ValueError(f"query {name}: a parameter is declared as `-- param: name = default | meaning`, not {line!r}")
        parameters.append(Parameter(parts[1], json.loads(parts[2]), parts[3]))
    return NamedQuery(name, head.get("title", name), head.get("question", ""), text, tuple(parameters))


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return the queries of sql/queries by name."""
    return {path.stem: parse_query(path.stem, path.read_text(encoding="utf-8")) for path in sql_files("queries")}


def named_query(name: str) -> NamedQuery:
    """Return a query by name, with or without "@"; a mart's name selects the whole mart.

    Raises:
        UsageError: No such query; the message names the nearest ones.
    """
    name = name.removeprefix("@")
    queries = named_queries()
    if name in queries:
        return queries[name]
    marts = mart_names()
    if name in marts:
        return NamedQuery(name, name, marts[name], f"SELECT * FROM {name}")  # noqa: S608 - one of our own views.
    known = sorted({*queries, *marts})
    near = difflib.get_close_matches(name, known, n=3)
    raise UsageError(f"there is no named query @{name}.", remedy=f"Did you mean @{', @'.join(near)}?" if near else f"There are @{', @'.join(known)}.")


@cache
def mart_names() -> dict[str, str]:
    """Return the views of sql/marts with their comments."""
    from dateline.warehouse.schema import create_tables, create_views

    with duckdb.connect() as con:
        create_tables(con)
        create_views(con)
        rows = con.execute("SELECT view_name, coalesce(comment, '') FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall()
    return dict(rows)


@contextmanager
def open_snapshot(path: str | Snapshot) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published snapshot, or a lake, sealed: reading only, no files, no network, no settings.

    Raises:
        EnvironmentProblem: No snapshot there yet, or it cannot be read.
    """
    if isinstance(path, Lake):
        with open_reader(path) as con:
            yield con
        return
    path = Path(path)
    if not path.is_file():
        raise EnvironmentProblem("there is no warehouse yet.", where=str(path), remedy="Make one with `dateline run PATH...`, or name another file.")
    try:
        con = duckdb.connect(str(path), read_only=True, config=_SEALED)
    except duckdb.Error as problem:
        raise EnvironmentProblem(
            f"the warehouse cannot be opened: {str(problem).splitlines()[0]}",
            where=str(path),
            remedy="If it is damaged, run `dateline run` again: it is published anew from the work database.",
        ) from problem
    try:
        yield con
    finally:
        con.close()


def keep_days(con: duckdb.DuckDBPyConnection, since: date | None = None, until: date | None = None) -> None:
    """Let everything asked on this connection see only what was published from `since` to `until`, both included (UTC).

    Views of the same names in the connection's own catalog stand before the tables, for marts and macros too. Tables are kept in the order of
    these days, so DuckDB leaves the rest of them unread.
    """
    bounds = [(">=", since), ("<", until + timedelta(1) if until is not None else None)]
    home = con.execute("SELECT current_database()").fetchall()[0][0]
    for table in REVISION_TABLES:
        column = "published_utc" if table == "documents" else "published_on"
        wanted = " AND ".join(f"{column} {sign} DATE '{day}'" for sign, day in bounds if day is not None)
        if wanted:
            con.execute(f'CREATE OR REPLACE TEMP VIEW {table} AS SELECT * FROM "{home}".main.{table} WHERE {wanted}')  # noqa: S608 - own names, dates.


def run_sql(
    path: str | Snapshot, sql: str, parameters: Mapping[str, Any] | None = None, *, since: date | None = None, until: date | None = None
) -> pa.Table:
    """Run one statement, or a named query (`@name`), on a snapshot; return its rows as an Arrow table.

    Args:
        path: The published snapshot, or the lake.
        sql: SQL text, or "@" and the name of a query or mart.
        parameters: Values of `$name` parameters; strings are read as the type of the default where the query declares one.
        since: First day of publication that is looked at (UTC).
        until: Last one.

    Raises:
        UsageError: Unknown query or parameter, more than one statement, or SQL that DuckDB refuses; its message is passed on.
        EnvironmentProblem: No readable snapshot.
    """
    given = dict(parameters or {})
    if sql.lstrip().startswith("@"):
        query = named_query(sql.strip())
        sql, given = query.sql, _values(query, given)
    with open_snapshot(path) as con:
        keep_days(con, since, until)
        return execute(con, sql, given)


def execute(con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
    """Run one statement on an open connection; see run_sql."""
    try:
        statements = duckdb.extract_statements(sql)
        if len(statements) != 1:
            raise UsageError(f"one statement at a time, please: this holds {len(statements)}.")
        refuse_beyond(con, statements[0])
        wanted = statements[0].named_parameters
        given = dict(parameters or {})
        missing = sorted(wanted - set(given))
        if missing:
            raise UsageError(f"the query needs a value for ${', $'.join(missing)}.", remedy="Give it as name=value.")
        # A relation, not a cursor: it hands over Arrow without a copy. Statements without rows (SET) give none.
        relation = con.sql(statements[0], params={name: given[name] for name in wanted})
        return relation.to_arrow_table() if relation is not None else pa.table({})
    except duckdb.Error as problem:
        raise UsageError(str(problem), remedy=None) from problem


def _values(query: NamedQuery, given: Mapping[str, Any]) -> dict[str, Any]:
    declared = {parameter.name: parameter for parameter in query.parameters}
    unknown = sorted(set(given) - set(declared))
    if unknown:
        has = f"It has {', '.join(declared)}." if declared else "It has none."
        raise UsageError(f"@{query.name} has no parameter {', '.join(unknown)}.", remedy=has)
    return {name: _typed(query, parameter, given[name]) if name in given else parameter.default for name, parameter in declared.items()}


def _typed(query: NamedQuery, parameter: Parameter, value: Any) -> Any:
    if not isinstance(value, str) or not isinstance(parameter.default, int | float):
        return value
    try:
        return float(value)
    except ValueError:
        raise UsageError(f"@{query.name}: {parameter.name} is a number ({parameter.about}), not {value!r}.") from None
