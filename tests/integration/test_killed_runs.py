"""Killed at any moment, the next run ends with the rows of a run that was never killed; running twice adds nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from killed_run import MOMENTS
from warehouse_contents import Rows, published

from dateline.warehouse.schema import TABLES

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "seeds" / "articles"
DRIVER = Path(__file__).with_name("killed_run.py")

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


Runner = Callable[..., int]


@pytest.fixture(scope="module")
def run() -> Iterator[Runner]:
    """Return a function that runs into a warehouse, killed at a moment or not, and gives the exit status."""
    with subprocess.Popen([sys.executable, DRIVER, ARTICLES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdin is not None and driver.stdout is not None
        ask, answers = driver.stdin, driver.stdout

        def ask_for(warehouse: Path, moment: str = "never") -> int:
            print(f"{moment}\t{warehouse}", file=ask, flush=True)
            return int(answers.readline())

        yield ask_for
        ask.close()


@pytest.fixture(scope="module")
def undisturbed(run: Runner, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    warehouse = tmp_path_factory.mktemp("undisturbed")
    assert run(warehouse) == 0
    return warehouse, published(warehouse)


def signed(database: Path) -> int:
    """Return how many texts have a signature, by which copies are found."""
    with duckdb.connect(str(database)) as con:  # For writing: the log that a killed run left is played in.
        return int(con.execute("SELECT count(*) FROM ops.signatures").fetchall()[0][0])


def documents(rows: Rows) -> int:
    return len(rows["documents"])


def test_the_undisturbed_run_has_facts_of_every_kind(undisturbed: tuple[Path, Rows]) -> None:
    assert not [table for table in TABLES if not undisturbed[1][table]]


def test_running_twice_adds_nothing(run: Runner, undisturbed: tuple[Path, Rows]) -> None:
    warehouse, rows = undisturbed
    assert run(warehouse) == 0
    assert published(warehouse) == rows


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_run_is_made_good_by_the_next(moment: str, run: Runner, undisturbed: tuple[Path, Rows], tmp_path: Path) -> None:
    assert run(tmp_path, moment) == -9
    if "stories" in moment:
        assert signed(tmp_path / "work.duckdb") == documents(undisturbed[1]), "what was committed before stays"
    assert run(tmp_path) == 0
    assert published(tmp_path) == undisturbed[1]
    assert signed(tmp_path / "dateline.duckdb") == documents(undisturbed[1])
    with duckdb.connect(str(tmp_path / "dateline.duckdb"), read_only=True) as con:
        statuses = [row[0] for row in con.execute("SELECT status FROM ops.runs ORDER BY started_at").fetchall()]
    assert statuses[-1] == "done"
    # What was killed before its own last entry is known as killed; after the swap it had said "done" already.
    assert statuses[0] == ("done" if moment.startswith(("before the snapshot", "after the snapshot")) else "killed")
    assert not list((tmp_path / "staging").glob("*"))
