"""The writer of a run: what it writes to may be opened anew under it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dateline.config import Settings
from dateline.errors import WarehouseBusy
from dateline.warehouse.lock import open_work
from dateline.warehouse.writer import open_writer


def test_a_renewed_writer_goes_on_where_it_was(tmp_path: Path) -> None:
    settings = Settings(warehouse=tmp_path / "warehouse")
    with open_writer(settings, run_id="r") as writer:
        first = writer.con
        first.execute("CREATE TABLE kept AS SELECT 42 AS n")
        writer.renew()
        assert writer.con is not first
        with pytest.raises(duckdb.ConnectionException):
            first.execute("FROM kept")
        limits = "SELECT current_setting('memory_limit'), current_setting('checkpoint_threshold')"
        before = writer.con.execute(limits).fetchall()
        assert writer.con.execute("FROM kept").fetchall() == [(42,)]
        with pytest.raises(WarehouseBusy), open_work(settings.work):  # Nobody comes in between.
            pass
        writer.publish()
    with duckdb.connect(str(settings.published), read_only=True) as con:
        assert con.execute("FROM kept").fetchall() == [(42,)]
    with open_work(settings.work) as con:  # Closed and let go at the end.
        assert con.execute(limits).fetchall() == before
