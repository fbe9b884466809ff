"""What a year of runs makes of a warehouse: nothing grows without end, and what is current is what was read last."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dateline.config import Settings
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.resources import root
from dateline.warehouse.lock import open_work

pytestmark = pytest.mark.integration

FIRST = "The governor said on Monday that 14 houses were damaged in Sumy and that two people were injured there."
SECOND = "The governor said on Monday that 41 houses were damaged in Sumy and that two people were injured there."


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Run]:
    """Carry out a whole run over texts under one address, without a scheduler."""
    settings = Settings(warehouse=tmp_path / "warehouse")
    number = 0

    def carry_out(*texts: str, **changed: object) -> Run:
        nonlocal number
        number += 1
        names = []
        for text in texts:
            names.append(tmp_path / f"{number}-{len(names)}.md")
            names[-1].write_text(f"---\nurl: https://news.example/one\npublished: 2025-05-05\n---\n{text}\n", encoding="utf-8")
        with Run(replace(settings, **changed), inputs=[str(name) for name in names]) as made:  # type: ignore[arg-type]  # By name.
            take_plainly(made, made.batches(made.read()))
        return made

    return carry_out


def rows(run: Run, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(run.settings.published), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_quality_results_that_are_old_are_let_go_by_each_run(run: Callable[..., Run]) -> None:
    first = run(FIRST)
    with open_work(first.settings.work) as con:
        con.execute("UPDATE ops.quality_results SET checked_at = checked_at - INTERVAL 401 DAY")
    last = run(FIRST)
    assert rows(last, "SELECT DISTINCT run_id FROM ops.quality_results") == [(last.run_id,)]
    with open_work(first.settings.work) as con:
        con.execute("UPDATE ops.quality_results SET checked_at = checked_at - INTERVAL 4000 DAY")
    assert len(rows(run(FIRST, keep_log_days=0), "SELECT DISTINCT run_id FROM ops.quality_results")) == 2, "0 keeps them for good"


def test_the_book_of_a_server_of_ours_lets_old_runs_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefect's own settings are read back, so a name that it no longer knows would show."""
    monkeypatch.syspath_prepend(str(root() / "flows"))
    from prefect.settings.models.root import Settings as PrefectSettings

    import prefect_server

    before = PrefectSettings().server.services.db_vacuum
    for name, value in prefect_server.KEEPING.items():
        monkeypatch.setenv(name, value)
    after = PrefectSettings().server.services.db_vacuum
    assert "flow_runs" not in before.enabled and "flow_runs" in after.enabled
    assert after.retention_period.days == 30
    sys.modules.pop("prefect_server")
