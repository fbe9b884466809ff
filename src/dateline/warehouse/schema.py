"""The tables as sql/schema states them: made, migrated, and turned into Arrow schemas for staging.

The SQL files are the only place where columns are named with their types; nothing here repeats them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb
import pyarrow as pa

from dateline.errors import EnvironmentProblem
from dateline.resources import root

STORAGE_VERSION = "v1.4.0"  # Read by every DuckDB client from 1.4 on; a file in 2.0's own format is refused by 1.5.

# Tables that carry facts of one revision of a document, deleted and inserted with it.
FACT_TABLES = ("entity_mentions", "place_mentions", "figures", "dates", "claims")
REVISION_TABLES = ("documents", "sentences", *FACT_TABLES)
# What a batch brings as parquet. `entities` is not among them: it is computed from its mentions.
STAGED_TABLES = (*REVISION_TABLES, "places", "ops.signatures", "ops.quarantine", "ops.quality_results")
TABLES = (*REVISION_TABLES, "entities", "places")
# What runs know of where reports come from.
SOURCE_TABLES = ("ops.sources", "ops.fetches", "ops.waiting")

# The column that names one row, for checks, quarantine and tests.
KEYS = {
    "documents": ("document_id", "revision"),
    "sentences": ("document_id", "revision", "sentence"),
    "entities": ("entity_id",),
    "entity_mentions": ("mention_id",),
    "places": ("place_id",),
    "place_mentions": ("mention_id",),
    "figures": ("figure_id",),
    "dates": ("date_id",),
    "claims": ("claim_id",),
    "ops.signatures": ("document_id", "revision"),
    "ops.quarantine": ("quarantine_id",),
    "ops.quality_results": ("result_id",),
}
# Columns that differ between two runs over the same input.
RUN_COLUMNS = frozenset({"run_id", "fetched_at", "created_at", "checked_at"})
# DuckLake keeps no comments on macros, nor on columns of views.
_NOT_IN_A_LAKE = re.compile(r"\s*COMMENT\s+ON\s+(?:MACRO|COLUMN)\b", re.IGNORECASE)


def sql_folder(name: str) -> Path:
    """Return sql/<name>: schema, migrations, marts, checks or queries."""
    return root() / "sql" / name


def sql_files(name: str) -> list[Path]:
    """Return the SQL files of sql/<name> by file name; their order is that of their dependencies."""
    return sorted(sql_folder(name).glob("*.sql"))


def migrations() -> dict[int, Path]:
    """Return the migration files by number."""
    found = {}
    for path in sql_files("migrations"):
        number = re.match(r"(\d{4})_", path.name)
        if number:
            found[int(number[1])] = path
    return found


def schema_version() -> int:
    """Return the version that sql/schema describes: that of the last migration, or 1."""
    return max(migrations(), default=1)


def dateline_version() -> str:
    """Return the installed version of Dateline."""
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "unknown"


# Throughout: fetchall, not fetchone, for single rows. A result not read to its end keeps DuckDB 2.0's connection busy.
def stored_version(con: duckdb.DuckDBPyConnection) -> int | None:
    """Return the schema version of a database, None for one without tables of ours."""
    there = con.execute("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'ops' AND table_name = 'schema_version'").fetchall()
    if not there[0][0]:
        return None
    stored: int | None = con.execute("SELECT max(version) FROM ops.schema_version").fetchall()[0][0]
    return stored


def ensure_schema(con: duckdb.DuckDBPyConnection) -> int:
    """Make the tables of a new database, migrate those of an old one, and renew the views; return the version.

    Raises:
        EnvironmentProblem: The database is of a newer Dateline, or a migration failed (and was rolled back).
    """
    stored, present = stored_version(con), schema_version()
    if stored is None:
        _in_transaction(con, partial(_create, con, present), "create the tables")
    elif stored > present:
        raise EnvironmentProblem(
            f"the warehouse has schema {stored}, this Dateline ({dateline_version()}) knows {present}.",
            remedy="Update Dateline, or use another warehouse file.",
        )
    else:
        for number in sorted(n for n in migrations() if n > stored):
            _in_transaction(con, partial(_migrate, con, number), f"migrate to schema {number}")
    if current_lake(con) is not None:
        _in_transaction(con, partial(_renew_views, con, present), "create the views")
        return present
    _in_transaction(con, partial(create_views, con), "create the views")
    # Schema changes must not lie in a write-ahead log that facts are then appended to (duckdb issues 25928 and 23788).
    con.execute("CHECKPOINT")
    return present


def _renew_views(con: duckdb.DuckDBPyConnection, present: int) -> None:
    """Make the views of a lake unless they are those of this Dateline: each change is a snapshot that all its readers have to take in."""
    digest = sha256(b"".join(path.read_bytes() for path in sql_files("marts"))).hexdigest()[:16]
    kept = con.execute("SELECT name FROM ops.schema_version WHERE starts_with(name, 'views ') ORDER BY applied_at DESC LIMIT 1").fetchall()
    if kept != [(f"views {digest}",)]:
        create_views(con)
        _record(con, present, f"views {digest}")


def _create(con: duckdb.DuckDBPyConnection, present: int) -> None:
    create_tables(con)
    _record(con, present, "created")


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make all tables in an empty database."""
    con.execute("CREATE SCHEMA IF NOT EXISTS ops")
    for path in sql_files("schema"):
        con.execute(path.read_text(encoding="utf-8"))


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make or renew the macros and views of sql/marts."""
    in_a_lake = current_lake(con) is not None
    for path in sql_files("marts"):
        text = path.read_text(encoding="utf-8")
        if not in_a_lake:
            con.execute(text)
            continue
        for statement in duckdb.extract_statements(text):
            if not _NOT_IN_A_LAKE.match(statement.query):
                con.execute(statement)


def current_lake(con: duckdb.DuckDBPyConnection) -> str | None:
    """Return the name of the DuckLake that a connection stands in, None where it stands in a DuckDB database."""
    found = con.execute("SELECT database_name FROM duckdb_databases() WHERE database_name = current_database() AND type = 'ducklake'").fetchall()
    return found[0][0] if found else None


def _migrate(con: duckdb.DuckDBPyConnection, number: int) -> None:
    path = migrations()[number]
    ours = "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal AND database_name = current_database()"
    for schema, view in con.execute(ours).fetchall():
        con.execute(f'DROP VIEW IF EXISTS "{schema}"."{view}"')
    con.execute(path.read_text(encoding="utf-8"))
    _record(con, number, path.stem)


def _record(con: duckdb.DuckDBPyConnection, number: int, name: str) -> None:
    con.execute(
        "INSERT INTO ops.schema_version VALUES (?, ?, ?, (now() AT TIME ZONE 'UTC')::TIMESTAMP)",
        [number, name, dateline_version()],
    )


def _in_transaction(con: duckdb.DuckDBPyConnection, change: Callable[[], None], what: str) -> None:
    con.execute("BEGIN")
    try:
        change()
    except duckdb.Error as problem:
        con.execute("ROLLBACK")
        raise EnvironmentProblem(f"could not {what}: {problem}", remedy="The warehouse is as it was; please report this.") from problem
    con.execute("COMMIT")


@cache
def arrow_schemas() -> dict[str, pa.Schema]:
    """Return the Arrow schema of every table that rows are written to from here, as DuckDB itself maps the types of sql/schema."""
    with duckdb.connect() as con:
        create_tables(con)
        return {table: con.table(table).limit(0).to_arrow_table().schema for table in (*STAGED_TABLES, *SOURCE_TABLES)}


def columns(table: str) -> tuple[str, ...]:
    """Return the column names of such a table in order."""
    return tuple(arrow_schemas()[table].names)
