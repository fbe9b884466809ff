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
from dateline.warehouse.kept import kept_articles
from dateline.warehouse.lock import open_work

pytestmark = pytest.mark.integration

FIRST = "The governor said on Monday that 14 houses were damaged in Sumy and that two people were injured there."
SECOND = "The governor said on Monday that 41 houses were damaged in Sumy and that two people were injured there."


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Run]:
    """Carry out a whole run over texts under one address, without a scheduler."""
    settings = Settings(warehouse=tmp_path / "warehouse")

    def carry_out(*texts: str, **changed: object) -> Run:
        names = []
        for text in texts:
            names.append(tmp_path / f"{len(names)}.md")
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


def revisions(run: Run) -> list[tuple[object, ...]]:
    return rows(run, "SELECT revision, is_current, contains(text, '41') FROM documents ORDER BY revision")


def test_a_text_that_is_put_back_is_the_current_one_again(run: Callable[..., Run]) -> None:
    for text in (FIRST, SECOND):
        run(text)
    last = run(FIRST)
    assert revisions(last) == [(1, True, False), (2, False, True)], "put back, and not a third revision"
    assert rows(last, "SELECT DISTINCT value_min::INTEGER FROM figure_facts WHERE item = 'house'") == [(14,)]
    assert rows(last, "SELECT revision FROM ops.signatures") == [(1,)], "copies are told by what is current"
    assert rows(last, "SELECT count(*) FROM ops.quality_results WHERE NOT success AND severity = 'critical'") == [(0,)]
    assert revisions(run(SECOND)) == [(1, False, False), (2, True, True)]


def test_what_is_current_stays_so_when_texts_are_read_again(run: Callable[..., Run]) -> None:
    for text in (FIRST, SECOND, FIRST):
        last = run(text)
    with Run(last.settings, flow="reprocess") as again:
        take_plainly(again, again.batches(list(kept_articles(again.con)), skip_known=False))
    assert revisions(again) == [(1, True, False), (2, False, True)]


def test_an_older_copy_elsewhere_puts_nothing_back(run: Callable[..., Run]) -> None:
    """A folder is read whole in every run, a page only when it has changed: what lies there was not said last."""
    run(FIRST, SECOND)
    assert revisions(run(FIRST)) == [(1, False, False), (2, True, True)]
