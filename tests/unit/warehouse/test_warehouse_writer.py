"""The writer of a run: what it writes to may be opened anew under it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dateline.config import Settings
from dateline.errors import WarehouseBusy
from dateline.warehouse.lock import open_work
from dateline.warehouse.writer import open_writer, set_memory

LIMITS = "SELECT current_setting('memory_limit'), current_setting('checkpoint_threshold')"


def test_a_renewed_writer_goes_on_where_it_was(tmp_path: Path) -> None:
    settings = Settings(warehouse=tmp_path / "warehouse")
    with open_writer(settings, run_id="r") as writer:
        first, before = writer.con, writer.con.execute(LIMITS).fetchall()
        first.execute("CREATE TABLE kept AS SELECT 42 AS n")
        writer.renew()
        assert writer.con is not first
        with pytest.raises(duckdb.ConnectionException):
            first.execute("FROM kept")
        assert writer.con.execute(LIMITS).fetchall() == before
        assert writer.con.execute("FROM kept").fetchall() == [(42,)]
        with pytest.raises(WarehouseBusy), open_work(settings.work):  # Nobody comes in between.
            pass
        writer.publish()
    with duckdb.connect(str(settings.published), read_only=True) as con:
        assert con.execute("FROM kept").fetchall() == [(42,)]
    with open_work(settings.work) as con:  # Closed and let go at the end. Who does other things than a run has all the memory there may be.
        assert con.execute(LIMITS).fetchall() != before


def test_a_step_that_needs_more_memory_gets_it(tmp_path: Path) -> None:
    def listed(con: duckdb.DuckDBPyConnection, count: int) -> int:  # Lists are not written to disk, so there must be room for them.
        return int(con.execute("SELECT len(list(range)) FROM range(?)", [count]).fetchall()[0][0])

    with open_writer(Settings(warehouse=tmp_path / "warehouse"), run_id="r") as writer:
        set_memory(writer.con, 20)
        assert writer.carry_out(listed, 1000) == 1000
        with pytest.raises(duckdb.OutOfMemoryException):
            listed(writer.con, 4_000_000)
        assert writer.carry_out(listed, 4_000_000) == 4_000_000


def test_a_small_warehouse_takes_less_memory_than_a_large_one(tmp_path: Path) -> None:
    held = "SELECT value FROM duckdb_settings() WHERE name = 'memory_limit'"
    with open_writer(Settings(warehouse=tmp_path / "warehouse"), run_id="r") as writer:
        small = writer.con.execute(held).fetchall()
        writer.con.execute("CREATE TABLE many AS FROM range(3_000_000)")
        writer.renew()
        assert writer.con.execute(held).fetchall() > small
