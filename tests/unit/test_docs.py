"""The docs: generated pages are fresh, links lead somewhere, and every example runs as it is shown."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from dateline.cli.app import run_app
from dateline.warehouse.query import run_sql

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(DOCS.glob("*.md"))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _blocks(language: str) -> list[tuple[str, str]]:
    return [(page.name, text) for page in PAGES for kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


@pytest.fixture(scope="module")
def project(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project folder with a warehouse, as after a run."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "warehouse").mkdir()
    shutil.copyfile(sample, folder / "warehouse" / "dateline.duckdb")
    return folder


def test_there_are_pages_and_examples() -> None:
    assert len(PAGES) >= 11
    assert len(_blocks("sql")) >= 7
    assert len(_blocks("console")) >= 7
    assert len(_blocks("python")) >= 2


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run([sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (DOCS / target).is_file(), target


@pytest.mark.parametrize(("page", "text"), _blocks("sql"))
def test_sql_runs(sample: Path, page: str, text: str) -> None:
    for statement in filter(str.strip, text.split(";")):
        run_sql(sample, statement)


@pytest.mark.parametrize("line", [line[2:] for _, text in _blocks("console") for line in text.splitlines() if line.startswith("$ ")])
def test_commands_run_as_shown(project: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(project)
    program, *arguments = shlex.split(line)
    assert program == "dateline"
    # The sample holds made-up quality results, so the checks may have something to say; anything else is done or wrong.
    assert run_app(arguments) in ((0, 3) if arguments[0] == "check" else (0,))


@pytest.mark.parametrize(("page", "text"), _blocks("python"))
def test_python_runs(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: str, text: str) -> None:
    monkeypatch.chdir(project)
    exec(compile(text, page, "exec"), {"__name__": "docs"})
    assert capsys.readouterr().out.strip()


def test_the_notebook_runs(project: Path) -> None:
    pytest.importorskip("marimo", reason="the notebook extra is not installed")
    command = [sys.executable, str(DOCS / "notebook.py"), "--warehouse", str(project / "warehouse")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def exported(project: Path) -> Path:
    """Return the project with what `dateline export out`, also as CSV, leaves in it."""
    for more in ([], ["--format", "csv", "--table", "figure_facts"]):
        assert run_app(["export", str(project / "out"), *more, "--warehouse", str(project / "warehouse")]) == 0
    return project


@pytest.mark.parametrize("line", [line for _, text in _blocks("text") for line in text.splitlines() if line.startswith("duckdb ")])
def test_recipes_for_the_duckdb_command_line(exported: Path, line: str) -> None:
    program, *arguments = shlex.split(line)
    sql = arguments[-1]
    if shutil.which(program):
        done = subprocess.run([program, *arguments], cwd=exported, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    # With or without that program: the same SQL over the same file through the library.
    database = exported / arguments[1] if arguments[0] == "-readonly" else ":memory:"
    with duckdb.connect(str(database), read_only=arguments[0] == "-readonly") as con:
        assert con.execute(sql.replace("'out/", f"'{exported}/out/")).fetchall()


def test_the_recipe_for_datasette(exported: Path, tmp_path: Path) -> None:
    lines = [line for _, text in _blocks("text") for line in text.splitlines() if line.startswith(("sqlite-utils ", "datasette "))]
    assert lines == ["sqlite-utils insert news.db figures out/figure_facts.csv --csv", "datasette news.db"]
    if shutil.which("sqlite-utils"):
        subprocess.run(shlex.split(lines[0]), cwd=exported, check=True, capture_output=True)
        database = exported / "news.db"
    else:  # What sqlite-utils does with such a file, by the standard library: a table with a column a name.
        database = tmp_path / "news.db"
        with (exported / "out" / "figure_facts.csv").open(encoding="utf-8", newline="") as file, closing(sqlite3.connect(database)) as con:
            names, *rows = csv.reader(file)
            con.execute(f"CREATE TABLE figures ({', '.join(names)})")
            con.executemany(f"INSERT INTO figures VALUES ({', '.join('?' for _ in names)})", rows)
            con.commit()
    if shutil.which("datasette"):
        done = subprocess.run(
            ["datasette", database, "--get", "/news/figures.json?_shape=array&kind=killed"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert {row["kind"] for row in json.loads(done.stdout)} == {"killed"}
    with closing(sqlite3.connect(database)) as con:
        assert con.execute("SELECT DISTINCT speaker FROM figures WHERE kind = 'attack' ORDER BY 1").fetchall() == [
            ("Oleksandr Syrskyi",), ("the Russian Defence Ministry",),
        ]  # fmt: skip


def test_the_recipe_for_maps(exported: Path) -> None:
    assert run_app(["export", str(exported / "map"), "--format", "geojson", "--warehouse", str(exported / "warehouse")]) == 0
    for name in ("places", "figures"):
        layer = json.loads((exported / "map" / f"{name}.geojson").read_text(encoding="utf-8"))
        assert layer["type"] == "FeatureCollection"
        for feature in layer["features"]:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180 and -90 <= lat <= 90
    assert all("mentions" in f["properties"] for f in json.loads((exported / "map" / "places.geojson").read_text(encoding="utf-8"))["features"])
