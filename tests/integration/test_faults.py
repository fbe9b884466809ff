"""Real faults in whole runs: after each, the next run ends with the rows of a run that met none.

Each fault is a real one: a file system that is full, a file that is cut, a server that goes away, a clock that jumps. Kills are in
test_killed_runs.py, servers that hang, trickle and lie in test_read_http.py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from faked_time import clock
from markupsafe import escape
from warehouse_contents import Rows, published

from dateline.report.explain import from_snapshot
from dateline.report.exports import export_tables
from dateline.report.page import build_report
from dateline.warehouse.backup import back_up
from dateline.warehouse.query import open_snapshot, run_sql

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("faulty_run.py")
ARTICLES = sorted((ROOT / "seeds" / "articles").glob("2024-08-1*.md"))[:2]

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Done:
    """How a run ended and what it said."""

    code: int
    said: str


Runner = Callable[..., Done]


def alone(warehouse: Path, *inputs: object, wrap: tuple[str, ...] = (), env: dict[str, str] | None = None) -> Done:
    """Take a run through its steps in a process started for it, in which the fault is there from the begin."""
    wanted = json.dumps({"warehouse": str(warehouse), "inputs": [str(name) for name in inputs or ARTICLES]})
    command = [*wrap, sys.executable, str(DRIVER), wanted]
    done = subprocess.run(command, timeout=400, check=False, capture_output=True, text=True, env={**os.environ, **(env or {})})
    return Done(done.returncode, done.stderr)


@pytest.fixture(scope="module")
def run() -> Iterator[Runner]:
    """Return a function that takes a run through its steps in a process of its own; faults by name, see faulty_run.py."""
    with subprocess.Popen([sys.executable, str(DRIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdin is not None and driver.stdout is not None
        ask, answers = driver.stdin, driver.stdout

        def ask_for(warehouse: Path, *inputs: object, **faults: str) -> Done:
            wanted = {"warehouse": str(warehouse), "inputs": [str(name) for name in inputs or ARTICLES], **faults}
            print(json.dumps(wanted), file=ask, flush=True)
            return Done(*json.loads(answers.readline()))

        yield ask_for
        ask.close()


def contents(warehouse: Path) -> Rows:
    """Return the facts of a warehouse, also without the version of the extractors, which changes when somebody edits them while this runs."""
    return published(warehouse, refusals=False, without={"extractor_version"})


@pytest.fixture(scope="module")
def undisturbed(run: Runner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("undisturbed") / "warehouse"
    done = run(warehouse)
    assert done.code == 0, done.said
    return warehouse


def made_good(run: Runner, warehouse: Path, undisturbed: Path) -> None:
    done = run(warehouse)
    assert done.code == 0, done.said
    assert contents(warehouse) == contents(undisturbed)


def small_disk(folder: Path, kilobytes: int) -> tuple[Path, Path, tuple[str, ...]]:
    """Return a folder, another, and what a command is put behind to see a small file system in the first; what is there at its end is in the second.

    The file system is one in memory, in a mount namespace of its own, which ends with the command.
    """
    mounted = ("unshare", "--user", "--map-root-user", "--mount")
    if shutil.which("unshare") is None or subprocess.run([*mounted, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a file system: no unshare, or no user namespaces")
    small, kept = folder / "small", folder / "kept"
    small.mkdir()
    kept.mkdir()
    script = f'mount -t tmpfs -o size={kilobytes}k tmpfs {small} && "$@"; code=$?; df {small} >&2; cp -r {small}/. {kept}; exit $code'
    return small, kept, (*mounted, "sh", "-c", script, "sh")


def dateline(*arguments: object, wrap: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*wrap, str(Path(sys.executable).parent / "dateline"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)


def test_a_full_disk_stops_a_run_with_a_remedy_and_the_next_makes_it_good(run: Runner, undisturbed: Path, tmp_path: Path) -> None:
    """A warehouse of two articles takes more than 3 MB."""
    small, kept, wrap = small_disk(tmp_path, 3 * 1024)
    done = alone(small / "warehouse", wrap=wrap)
    assert done.code == 4, done.said
    assert "Free disk space" in done.said or "Check the disk" in done.said, done.said
    made_good(run, kept / "warehouse", undisturbed)


def test_a_disk_that_a_backup_fills_keeps_the_former_backup_whole(undisturbed: Path, tmp_path: Path) -> None:
    """Room for one and a half: the second copy of the database finds the disk full."""
    size = (undisturbed / "work.duckdb").stat().st_size
    small, kept, wrap = small_disk(tmp_path, 3 * size // 2 // 1024)
    saving = f"{Path(sys.executable).parent}/dateline backup {small}/backup --warehouse {undisturbed}"
    done = subprocess.run([*wrap, "sh", "-c", f"{saving} && {saving}"], capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 4, done.stderr
    assert "Saved 2 documents" in done.stderr, "the first one"
    assert "could not be made" in done.stderr and "former backup there is still whole" in done.stderr
    done = dateline("restore", kept / "backup", "--warehouse", tmp_path / "restored")
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "restored") == contents(undisturbed)


def test_the_doctor_sees_that_the_disk_is_too_small_for_a_run(tmp_path: Path) -> None:
    small, _, wrap = small_disk(tmp_path, 64 * 1024)
    done = dateline("doctor", "--warehouse", small / "warehouse", "--json", wrap=wrap)
    assert done.returncode == 4, done.stderr
    [found] = [found for found in json.loads(done.stdout) if found["what"] == "disk"]
    assert found["level"] == "problem" and str(small) in found["found"] and "Free space" in found["remedy"]


def test_a_warehouse_of_a_later_version_is_left_alone_by_all(run: Runner, undisturbed: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(undisturbed, warehouse)
    with duckdb.connect(str(warehouse / "work.duckdb")) as con:
        con.execute("UPDATE ops.schema_version SET version = 99")
    before = (warehouse / "work.duckdb").read_bytes()
    done = run(warehouse)
    assert done.code == 4 and "99" in done.said and "pdate" in done.said, done.said
    found = dateline("doctor", "--warehouse", warehouse, "--json")
    assert found.returncode == 4
    assert [one["remedy"] for one in json.loads(found.stdout) if one["level"] == "problem"] == ["Update Dateline, or use another warehouse."]
    assert (warehouse / "work.duckdb").read_bytes() == before
    assert contents(warehouse) == contents(undisturbed), "analysts still read the snapshot"


@pytest.mark.parametrize("pattern", ["work.duckdb", "dateline.duckdb"])
def test_a_damaged_database_is_named_and_the_other_one_stays(pattern: str, run: Runner, undisturbed: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(undisturbed, warehouse)
    path = warehouse / pattern
    path.write_bytes(b"\xff" * 4096 + path.read_bytes()[4096:])
    done = run(warehouse)
    if pattern == "dateline.duckdb":  # The snapshot is a copy: it is published anew.
        assert done.code == 0, done.said
        assert contents(warehouse) == contents(undisturbed)
        return
    assert done.code == 4 and "cannot be opened" in done.said and "backup" in done.said
    assert contents(warehouse) == contents(undisturbed), "analysts still read the snapshot"
    path.unlink()
    made_good(run, warehouse, undisturbed)


def test_a_damaged_staged_file_stops_the_load_and_changes_nothing(run: Runner, undisturbed: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    done = run(warehouse, damage="figures.parquet")
    assert done.code == 4, done.said
    assert "nothing is lost" in done.said or "as it was" in done.said
    with duckdb.connect(str(warehouse / "work.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM documents").fetchall() == [(0,)]
        assert con.execute("SELECT status FROM ops.runs").fetchall() == [("failed",)]
    made_good(run, warehouse, undisturbed)


def test_a_damaged_language_pipeline_stops_the_run_before_anything_is_loaded(run: Runner, undisturbed: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(ROOT / "src" / "dateline" / "nlp" / "model", model)
    weights = model / "tok2vec" / "model"
    weights.write_bytes(weights.read_bytes()[:1000])
    warehouse = tmp_path / "warehouse"
    done = run(warehouse, model=str(model))
    assert done.code == 4, done.said
    assert str(model) in done.said and "could not be loaded" in done.said
    with duckdb.connect(str(warehouse / "work.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM documents").fetchall() == [(0,)]
    made_good(run, warehouse, undisturbed)


@pytest.mark.parametrize("shift", ["+400d", "-400d", "@2024-01-01 00:00:00"])
def test_a_clock_that_jumps_between_runs_loses_and_doubles_nothing(shift: str, run: Runner, undisturbed: Path, tmp_path: Path) -> None:
    """The last one stands before the articles were published: their dates are of the future then, and come to them when the clock is right."""
    warehouse = tmp_path / "warehouse"
    jumped = alone(warehouse, ARTICLES[0], env=clock(shift))
    assert jumped.code == 0, jumped.said
    made_good(run, warehouse, undisturbed)


def test_sql_in_names_and_folders_stays_text(run: Runner, tmp_path: Path) -> None:
    """Whatever is written where a name belongs: of the warehouse, of files, of articles and outlets, of people."""
    drop = 'it\'s "x"; DROP TABLE documents; --'
    warehouse, article = tmp_path / drop / "warehouse", tmp_path / f"{drop}.jsonl"
    person = "Oleksandr O'Syrskyi'); DELETE FROM figures; --"
    head = {
        "title": f"'); {drop}",
        "publisher": f"Desk'); {drop}",
        "byline": drop,
        "published": "2024-08-12",
        "url": "https://news.example/'); DROP--",
    }
    text = (
        f"KYIV, Aug 12 - Troops took 12 villages on Monday, said {person} of the staff.\n\nThe “1'); DROP VIEW figure_facts; --” unit lost 7 tanks."
    )
    article.write_text(json.dumps({"id": drop, "text": text, **head}), encoding="utf-8")
    for _ in range(2):
        done = run(warehouse, article)
        assert done.code == 0, done.said
    snapshot = warehouse / "dateline.duckdb"
    asked = run_sql(snapshot, "SELECT title, publisher, text FROM documents WHERE title = $title", {"title": head["title"]}).to_pylist()
    assert [(row["title"], row["publisher"]) for row in asked] == [(head["title"], head["publisher"])]
    assert person in asked[0]["text"]
    assert run_sql(snapshot, "SELECT count(*) AS n FROM figure_facts WHERE value_min = 12").to_pylist() == [{"n": 1}]
    with open_snapshot(snapshot) as con:
        assert from_snapshot(con, head["title"]).document["title"] == head["title"]
    page = build_report(snapshot, tmp_path / drop / "report.html").read_text(encoding="utf-8")
    assert str(escape(head["title"])) in page and head["title"] not in page
    assert ("documents", 1) in {(path.stem, rows) for path, rows in export_tables(snapshot, tmp_path / drop, form="csv")}
    assert back_up(warehouse / "work.duckdb", warehouse / "raw", tmp_path / drop / "backup").rows["main.documents"] == 1
