"""Killed at any moment, the next run ends with the rows of a run that was never killed; running twice adds nothing.

A run that hangs is the other half of it: what `dateline doctor` says of it, and what `dateline backup` does meanwhile.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from faked_time import clock
from killed_run import MOMENTS
from warehouse_contents import Rows, published

from dateline.warehouse.backup import MANIFEST, read_manifest
from dateline.warehouse.lock import open_work
from dateline.warehouse.schema import TABLES

ROOT = Path(__file__).parents[2]
DATELINE = Path(sys.executable).parent / "dateline"
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


def dateline(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [DATELINE, *map(str, arguments)]
    return subprocess.run(command, env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=200, check=False)


def doctor(warehouse: Path, env: dict[str, str] | None = None) -> tuple[int, dict[str, dict[str, str]]]:
    """Return the exit code of the doctor and its findings by what they are of."""
    done = dateline("doctor", "--warehouse", warehouse, "--json", env=env)
    return done.returncode, {found["what"]: found for found in json.loads(done.stdout)}


@contextmanager
def hanging(run: Runner, undisturbed: tuple[Path, Rows], folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield a warehouse whose texts are all being loaded anew by a run that has stopped in the middle of that, and the run's process."""
    warehouse = folder / "warehouse"
    shutil.copytree(undisturbed[0], warehouse)
    with open_work(warehouse / "work.duckdb") as con:
        con.execute("UPDATE documents SET extractor_version = 'of old'")
    done = dateline("backup", folder / "backup", "--warehouse", warehouse)
    assert done.returncode == 0, done.stderr
    process = run(warehouse, "stop in a load transaction")
    try:
        yield warehouse, process
    finally:
        os.kill(process, signal.SIGKILL)


def test_a_run_that_hangs_is_named_with_what_to_do_and_that_helps(run: Runner, undisturbed: tuple[Path, Rows], tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    with hanging(run, undisturbed, tmp_path) as (warehouse, process):
        code, found = doctor(warehouse)
        assert (code, found["writer"]["level"]) == (0, "warning"), "it may well be at work"
        assert f"process {process} " in found["writer"]["found"]
        code, found = doctor(warehouse, clock("+7h"))
        assert (code, found["writer"]["level"]) == (4, "problem")
        assert (
            "stuck" in found["writer"]["found"]
            and f"process {process} " in found["writer"]["found"]
            and "Stop that process" in found["writer"]["remedy"]
        )
        manifest = (backup / MANIFEST).read_bytes()
        for arguments in (("backup", backup), ("backup", tmp_path / "other"), ("restore", backup, "--replace")):
            done = dateline(*arguments, "--warehouse", warehouse)
            assert done.returncode == 4 and f"process {process} " in done.stderr, done.stderr
        assert (backup / MANIFEST).read_bytes() == manifest and not (tmp_path / "other" / MANIFEST).exists()
        assert published(warehouse) == undisturbed[1], "analysts wait for nobody"
    code, found = doctor(warehouse)
    assert code == 0 and found["writer"]["level"] == "ok"
    killed = found.get("runs", found["work database"])
    assert killed["level"] == "warning" and "killed" in killed["found"] and "next run" in killed["remedy"]
    assert run(warehouse) == 0
    assert published(warehouse) == undisturbed[1]


def test_a_backup_that_may_wait_is_one_of_the_whole_run(run: Runner, undisturbed: tuple[Path, Rows], tmp_path: Path) -> None:
    with hanging(run, undisturbed, tmp_path) as (warehouse, process):
        command = [DATELINE, "backup", tmp_path / "backup", "--warehouse", warehouse, "--wait", "5"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as backup:
            assert backup.stderr is not None
            assert f"process {process} " in backup.stderr.readline(), "it says for whom it waits"
            time.sleep(1.5)
            assert backup.poll() is None
            os.kill(process, signal.SIGCONT)
            said = backup.communicate(timeout=200)[1]
        assert backup.returncode == 0, said
    assert read_manifest(tmp_path / "backup").rows["main.documents"] == documents(undisturbed[1])
    done = dateline("restore", tmp_path / "backup", "--warehouse", tmp_path / "restored")
    assert done.returncode == 0, done.stderr
    assert published(tmp_path / "restored") == undisturbed[1]
