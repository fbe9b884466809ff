"""The shell of `dateline sql`: what is a whole input, what completes, and a session on a real terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.cli.shell import Shell, completions, is_complete

CATALOG = {"figures": ["figure_id", "kind", "value_min"], "figure_facts": ["figure_id", "words"], "ops.runs": ["run_id", "status"]}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("SELECT 1;", True),
        ("SELECT 1", False),
        ("SELECT ';", False),
        ("SELECT ';';", True),
        ("SELECT 1 -- a;", False),
        ("SELECT 1; -- done", True),
        ("SELECT /* ; */ 1", False),
        ('SELECT ";" AS "a;b"', False),
        (".tables", True),
        ("@attacks_daily", True),
    ],
)
def test_sql_ends_with_a_semicolon_outside_of_quotes_and_comments(text: str, whole: bool) -> None:
    assert is_complete(text) is whole


@pytest.mark.parametrize(
    ("word", "line", "some"),
    [
        ("fig", "SELECT * FROM fig", ["figure_facts", "figures"]),
        ("val", "SELECT val FROM figures", ["value_min"]),
        ("ops", "FROM ops", ["ops.runs"]),
        (".t", ".t", [".tables"]),
        ("fig", ".docs fig", ["figure_facts", "figures"]),
        ("@att", "@att", ["@attacks_daily"]),
        ("sel", "sel", ["select"]),
        ("SEL", "SEL", ["SELECT"]),
    ],
)
def test_words_complete_by_where_they_stand(word: str, line: str, some: list[str]) -> None:
    found = completions(word, line, CATALOG)
    assert found[: len(some)] == some or set(some) <= set(found)
    assert all(name.startswith(word) for name in found)


def test_columns_of_other_tables_are_not_offered() -> None:
    assert "words" not in completions("w", "SELECT w FROM figures", CATALOG)


def test_answers_and_errors_keep_the_shell_alive(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(sample, CATALOG)
    assert shell.answer("SELECT 41 + 1 AS answer;")
    assert "42" in capsys.readouterr().out
    assert shell.answer("SELEC 1;")
    assert "syntax error" in capsys.readouterr().err
    assert shell.answer(".docs figures")
    out = " ".join(capsys.readouterr().out.split())
    assert "value_min" in out
    assert shell.answer(".docs @claims_near")
    assert "radius in kilometres" in " ".join(capsys.readouterr().out.split())
    assert shell.answer("@claims_near town='Pokrovsk' km=20")
    assert "Pokrovsk" in capsys.readouterr().out
    assert shell.answer("@claims_near Pokrovsk")
    assert "NAME=VALUE" in capsys.readouterr().err
    assert shell.answer("@claims_near town='Pokrovsk")
    assert "quot" in capsys.readouterr().err
    assert shell.answer(".tables")
    assert "ops.runs" in capsys.readouterr().out
    assert shell.answer(".nonsense")
    assert ".help" in capsys.readouterr().err
    assert shell.answer(".format json")
    assert shell.format == "json"
    assert not shell.answer(".quit")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_session_over_several_lines_with_completion_and_history(sample: Path, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm", "COLUMNS": "120", "NO_COLOR": "1"}
    command = [sys.executable, "-c", "from dateline.cli import main; main()", "sql", "--warehouse", str(sample.parent)]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment, close_fds=True) as process:
        os.close(slave)
        try:
            _until(master, "dateline> ")
            os.write(master, b"SELECT count(*) AS n\n")
            _until(master, "...> ")
            os.write(master, b"FROM figure_fac\t;\n")
            assert "13" in _until(master, "1 row")
            os.write(master, b".quit\n")
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
            os.close(master)
    kept = (tmp_path / "dateline" / "sql_history").read_text()
    assert "figure_facts" in kept


def _until(handle: int, wanted: str, seconds: float = 60.0) -> str:
    """Read from a terminal until it has printed `wanted`."""
    seen = ""
    end = time.monotonic() + seconds
    while wanted not in seen:
        left = end - time.monotonic()
        if left <= 0 or not select.select([handle], [], [], left)[0]:
            raise AssertionError(f"{wanted!r} did not come; there was {seen!r}")
        seen += os.read(handle, 4096).decode(errors="replace")
    return seen
