"""A warehouse of the first release comes to the present schema with everything in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dateline.validate.checks import failed_checks, run_checks
from dateline.warehouse import schema
from dateline.warehouse.copies import fold_copies
from dateline.warehouse.load import load_batch
from dateline.warehouse.lock import open_work
from dateline.warehouse.stories import group_stories

FIRST = Path(__file__).with_name("schema_1.sql")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A work database as the first release left it."""
    path = tmp_path / "work.duckdb"
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS old (STORAGE_VERSION '{schema.STORAGE_VERSION}')")
        con.execute("USE old")
        con.execute(FIRST.read_text(encoding="utf-8"))
    return path


def shape(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Return every table's columns with type, nullability and comment, and the views."""
    columns = con.execute(
        "SELECT schema_name, table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    tables = con.execute("SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE NOT temporary ORDER BY ALL").fetchall()
    return columns + tables + con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()


def test_the_first_release_is_migrated_to_the_very_schema_of_a_new_warehouse(old: Path, tmp_path: Path) -> None:
    with open_work(old) as migrated, open_work(tmp_path / "new.duckdb") as fresh:
        assert schema.stored_version(migrated) == schema.schema_version() > 1
        assert shape(migrated) == shape(fresh)
        assert [row[0] for row in migrated.execute("SELECT version FROM ops.schema_version ORDER BY 1").fetchall()] == list(
            range(1, schema.schema_version() + 1)
        )


def test_every_row_of_the_first_release_is_kept(old: Path) -> None:
    """Nothing is dropped but the two tables that no release wrote to."""

    def rows(con: duckdb.DuckDBPyConnection, columns: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
        return {table: con.execute(f"SELECT {names} FROM {table} ORDER BY ALL").fetchall() for table, names in columns.items()}

    with duckdb.connect(str(old)) as con:
        found = con.execute(
            "SELECT schema_name || '.' || table_name, string_agg(column_name, ', ' ORDER BY column_index) FROM duckdb_columns() "
            "WHERE NOT internal AND table_name NOT IN ('fetches', 'sources', 'schema_version') GROUP BY 1"
        ).fetchall()
        columns = dict(found)
        before = rows(con, columns)
    assert len(before["main.documents"]) == 3 and all(before[f"main.{table}"] for table in schema.TABLES)
    with open_work(old) as con:
        assert rows(con, columns) == before


def test_a_migrated_warehouse_is_written_to_like_any_other(old: Path, kit, stage: Callable[..., Path]) -> None:
    with open_work(old) as con:
        loaded = load_batch(con, stage(kit.article("a", "71"), kit.article("c", "12"), run_id="run_3"))
        assert (loaded.documents, loaded.new) == (2, 1), "the old texts are known under their numbers"
        fold_copies(con)
        group_stories(con)
        assert failed_checks(run_checks(con, run_id="run_3")) == []
        assert con.execute("SELECT count(*), max(revision) FROM documents").fetchall() == [(4, 2)]
