"""The README as a new user follows it: its commands, in its order, in a folder that holds what a fresh clone does.

Shown but not run here: `make test` (these are the tests), commands that run until stopped or talk to a server of the user's (`_NOT_RUN`). `make run`
is the recipe of the Makefile without the installation; addresses outside are left out of a command.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_NOT_RUN = ("make test", "dateline schedule", "prefect ")
_HTML = "<html><head><title>Floods</title></head><body><article><p>{}</p></article></body></html>"
_TEXT = "The mayor of Sumy said on Monday that about 40 houses had been flooded and 3 people were missing after the storm. " * 3

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]


def shown() -> list[str]:
    """Return the commands of the README in order: lines indented by four that begin with a program, and lines after a prompt."""
    found = re.findall(r"^(?:    |\$ )((?:make|cd|dateline|prefect|\.venv/bin/dateline)\b[^#\n]*)", README, re.MULTILINE)
    return [command.strip() for command in found]


def test_the_readme_shows_commands_in_the_order_of_a_first_day() -> None:
    commands = shown()
    assert commands[0] == "make run"
    assert len(commands) >= 15
    assert any(command.startswith("cd news &&") for command in commands)


def test_make_run_reads_the_samples() -> None:
    assert re.search(r"^run: .*\n\t@\$\(BIN\)/dateline run seeds/articles$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the README's commands look at."""
    clone = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "seeds" / "articles", clone / "seeds" / "articles")
    (clone / ".venv").mkdir()
    (clone / ".venv" / "bin").symlink_to(BIN)
    return clone


def _run(command: str, folder: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env={**env, "PATH": f"{BIN}:{env['PATH']}"}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=600, check=False,
    )  # fmt: skip


def test_every_command_works_as_shown(clone: Path, prefect_env: dict[str, str]) -> None:
    folder = clone
    for command in shown():
        if command.startswith(_NOT_RUN):
            continue
        if command == "make run":
            command = ".venv/bin/dateline run seeds/articles"
        if command == ".venv/bin/dateline sql":
            _converse(folder, prefect_env)
            continue
        command = re.sub(r" https?://\S+", "", command)
        if "article.html" in command or "news.jsonl" in command:
            (folder / "article.html").write_text(_HTML.format(_TEXT), encoding="utf-8")
            (folder / "news.jsonl").write_text('{"id": "a", "text": "' + _TEXT.strip() + '", "published": "2025-05-06"}\n', encoding="utf-8")
        done = _run(command, folder, prefect_env)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip() or "--output" in command or " init " in command, command
        if command.startswith("cd "):
            folder = folder / command.split()[1]
    assert (clone / "warehouse" / "report.html").is_file()
    assert (clone / "news" / "warehouse" / "report.html").is_file()
    assert (folder / "facts.jsonl").is_file()


def _converse(folder: Path, env: Mapping[str, str]) -> None:
    """Type what the README says the shell knows, on a terminal."""
    ours, theirs = pty.openpty()
    shell = subprocess.Popen([".venv/bin/dateline", "sql"], cwd=folder, env={**env, "TERM": "dumb"}, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, b".tables\n.docs figures\n.quit\n")
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # What Linux says at the end of a terminal.
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    assert shell.wait(60) == 0
    assert b"figure_facts" in said
    assert b"value_min" in said


def test_the_python_of_the_readme_prints_what_it_says() -> None:
    code, printed = re.search(r"```python\n(.*?)```\n\n    (.*?)\n", README, re.DOTALL).groups()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == printed


def test_pictures_and_pages_that_the_readme_names_are_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (ROOT / target).is_file(), target
    assert (ROOT / "docs" / "report.png").stat().st_size < 300_000
