"""A run killed with -9 at any point and started again ends with the contents of one that was never killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dateline.errors import WarehouseBusy
from dateline.validate.checks import failed_checks, run_checks
from dateline.warehouse.load import load_batch
from dateline.warehouse.lock import open_work
from dateline.warehouse.publish import publish
from dateline.warehouse.runs import finish_run, start_run
from dateline.warehouse.stage import staged_batches, write_batch


def stage_all(kit, folder: Path) -> None:
    write_batch(folder / "staging" / "1", kit.rows(kit.article("a", "70"), kit.article("b", "10")))
    write_batch(folder / "staging" / "2", kit.rows(kit.article("a", "71"), kit.article("c", "12")))


def run(kit, folder: Path) -> tuple[dict, list[str]]:
    with open_work(folder / "work.duckdb", run_id="again") as con:
        dead = start_run(con, "again")
        for batch in staged_batches(folder / "staging"):
            load_batch(con, batch)
        finish_run(con, "again")
        publish(con, folder / "dateline.duckdb")
        assert failed_checks(run_checks(con, run_id="again")) == []
        return kit.contents(con), dead


@pytest.mark.parametrize("point", ["in the transaction", "between batches", "before publishing", "publishing"])
def test_killed_and_run_again_equals_undisturbed(kit, tmp_path: Path, point: str) -> None:
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    for folder in (calm, killed):
        stage_all(kit, folder)
    undisturbed, _ = run(kit, calm)

    script = Path(__file__).with_name("hanging_run.py")
    process = subprocess.Popen([sys.executable, str(script), str(killed), point], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and process.stdout.readline() == "hanging\n"
        with pytest.raises(WarehouseBusy, match=rf"process {process.pid} on \S+ since 2\d\d\d-.*, run killed"), open_work(killed / "work.duckdb"):
            pass
    finally:
        process.kill()
        process.wait()

    if point == "in the transaction":
        with duckdb.connect(str(killed / "work.duckdb"), read_only=True) as con:
            assert con.execute("SELECT count(*) FROM documents").fetchall() == [(0,)], "half a batch is there"
    contents, dead = run(kit, killed)
    assert contents == undisturbed
    assert dead == ([] if point == "publishing" else ["killed"])
    with duckdb.connect(str(killed / "dateline.duckdb"), read_only=True) as con:
        assert kit.contents(con) == undisturbed
    assert sorted(path.name for path in killed.iterdir() if path.suffix == ".tmp") == [], "a killed publisher's copy is left"
