"""The docs: generated pages are fresh, links lead somewhere, and every example runs as it is shown."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

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
