"""Connections to a DuckLake: its extensions loaded from installed packages, the catalog attached, readers sealed.

DuckDB 1.5 is needed, since no package carries the extensions for 2.0 yet; everything else in the warehouse is the same on both. What differs in a
lake is here and in schema.py: comments on macros and on columns of views are not kept, and no row stays in the catalog instead of in Parquet (a table
with a column `row_id` cannot).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from dateline.errors import EnvironmentProblem, UsageError
from dateline.warehouse.schema import current_lake
from dateline.warehouse.target import Lake

NAME = "lake"  # What the attached lake is called in a connection.
_SCHEMA = "dateline"  # Of the catalog's tables in PostgreSQL: another program's lake may live beside them.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# Functions that go past the lake to its database or its upkeep; a reader's SQL may not.
_BEYOND = re.compile(r"(postgres|ducklake|pg|mysql|sqlite)_", re.IGNORECASE)


def connect(lake: Lake, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Return a connection that stands in the lake, which is made if it is not there and this is no reader.

    Raises:
        EnvironmentProblem: An extension is missing, the catalog does not answer, or the data cannot be reached.
    """
    con = duckdb.connect(config=_OFFLINE)
    try:
        for name in ("postgres_scanner", "ducklake"):
            _load(con, name)
        if lake.data is None or "://" in lake.data:
            _reach_objects(con, needed=lake.data is not None)
        con.execute(f"ATTACH {_quoted('ducklake:postgres:' + lake.connection)} AS {NAME} ({_options(lake, read_only)})")
        con.execute(f"USE {NAME}")
    except duckdb.Error as problem:
        con.close()
        raise EnvironmentProblem(
            f"the lake cannot be opened: {str(problem).splitlines()[0]}",
            where=str(lake),
            remedy="A new one needs `lake_data` (a folder or s3:// URL); for the rest see docs/scale.md.",
        ) from problem
    except BaseException:
        con.close()
        raise
    return con


def _options(lake: Lake, read_only: bool) -> str:
    options = [f"METADATA_SCHEMA '{_SCHEMA}'", "DATA_INLINING_ROW_LIMIT 0"]
    if read_only:
        options.append("READ_ONLY")
    elif lake.data is not None:
        options.append(f"DATA_PATH {_quoted(lake.data)}")
    return ", ".join(options)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _load(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its package, else one that DuckDB's own INSTALL has put down."""
    spec = find_spec(f"duckdb_extension_{name}")
    file = Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension" if spec and spec.origin else None
    try:
        con.execute(f"LOAD {_quoted(str(file))}" if file and file.is_file() else f"LOAD {name}")
    except duckdb.Error as problem:
        raise EnvironmentProblem(
            f"DuckDB {duckdb.__version__} has no extension {name}.",
            remedy="pip install 'dateline[lake]' brings a DuckDB and the extensions that go with it.",
        ) from problem


def _reach_objects(con: duckdb.DuckDBPyConnection, *, needed: bool) -> None:
    """Let DuckDB reach object storage as other programs do: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL."""
    try:
        _load(con, "httpfs")
    except EnvironmentProblem:
        if needed:
            raise
        return
    parts = {"KEY_ID": "AWS_ACCESS_KEY_ID", "SECRET": "AWS_SECRET_ACCESS_KEY", "SESSION_TOKEN": "AWS_SESSION_TOKEN", "REGION": "AWS_REGION"}
    options = [f"{option} {_quoted(os.environ[variable])}" for option, variable in parts.items() if os.environ.get(variable)]
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        url = urlsplit(endpoint)
        options += [f"ENDPOINT {_quoted(url.netloc)}", f"USE_SSL {str(url.scheme == 'https').lower()}", "URL_STYLE 'path'"]
    if options:
        con.execute(f"CREATE OR REPLACE SECRET objects (TYPE s3, {', '.join(options)})")


@contextmanager
def open_reader(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a lake for reading only, with no way out to other files, settings or databases; every statement sees what is committed then."""
    con = connect(lake, read_only=True)
    try:
        kept = f"__ducklake_metadata_{NAME}.{_SCHEMA}.ducklake_metadata"
        [(data,)] = con.execute(f"SELECT value FROM {kept} WHERE key = 'data_path'").fetchall()  # noqa: S608 - own names.
        con.execute(f"SET allowed_directories = [{_quoted(data)}]")
        for setting in ("enable_external_access = false", "python_enable_replacements = false", "lock_configuration = true"):
            con.execute(f"SET {setting}")
        yield con
    finally:
        con.close()


def refuse_beyond(con: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> None:
    """Refuse a reader's statement that is more than a SELECT of the lake's own tables.

    The folder of the lake has to be open to DuckDB, and its catalog connected; what a reader may do there is PostgreSQL's and the storage's to say
    first (give readers a role that can only select), this is the second bolt.

    Raises:
        UsageError: It writes a file, or calls functions that reach past the lake.
    """
    if current_lake(con) is None:
        return
    if statement.type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise UsageError("on a lake only SELECT is answered.", remedy="To write a result into a file use --output.")
    query = re.sub(r"^\s*explain(\s+analyze)?\s", "", statement.query, flags=re.IGNORECASE)
    [(tree,)] = con.execute("SELECT json_serialize_sql(?)", [query]).fetchall()
    read = json.loads(tree)
    # What DuckDB cannot give as a tree (PIVOT, SUMMARIZE) is looked at as text.
    names = re.findall(r"(\w+)\W*\(", query) if read.get("error") else _called(read)
    called = {name for name in names if _BEYOND.match(name)}
    if called:
        raise UsageError(f"{', '.join(sorted(called))} is not for readers of a lake.", remedy="Ask the tables and marts.")


def _called(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(tree.get("function_name"), str):
            yield tree["function_name"]
        for value in tree.values():
            yield from _called(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _called(value)
