"""`dateline sql`: formats, parameters, files, messages."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dateline.cli.app import run_app


@pytest.fixture
def ask(sample: Path, capsysbinary: pytest.CaptureFixture[bytes]):
    """Return a function that runs `dateline sql` on the sample and returns exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = run_app(["sql", *arguments, "--warehouse", str(sample.parent)])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def test_a_named_query_answers_in_csv_when_piped(ask) -> None:
    code, out, _ = ask("@attacks_daily")
    assert code == 0
    assert out.splitlines()[0].startswith("day,speaker,words")
    assert "2025-04-27,Oleksandr Syrskyi,almost 70" in out


def test_every_format_holds_the_same_rows(ask, tmp_path: Path) -> None:
    query = "SELECT speaker, count(*) AS n FROM figure_facts WHERE speaker IS NOT NULL GROUP BY 1 ORDER BY 1"
    rows = json.loads(ask(query, "--json")[1])
    assert [json.loads(line) for line in ask(query, "-f", "jsonl")[1].splitlines()] == rows
    assert len(ask(query, "-f", "csv")[1].splitlines()) == len(rows) + 1
    assert ask(query, "-f", "markdown")[1].splitlines()[1] == "| --- | --- |"
    assert ask(query, "-o", str(tmp_path / "out.parquet"))[0] == 0
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == rows
    shown = ask(query, "-f", "table")
    assert "Oleksandr Syrskyi" in shown[1]
    assert f"{len(rows)} rows" in shown[2]


def test_parameters_reach_the_query(ask) -> None:
    assert json.loads(ask("SELECT $town AS t", "-p", "town=Lyman", "--json")[1]) == [{"t": "Lyman"}]
    near = json.loads(ask("@claims_near", "--param", "town=Pokrovsk", "--param", "km=20", "--json")[1])
    assert near
    assert all("Pokrovsk" in json.dumps(row) for row in near)


def test_a_query_from_stdin(ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 1 AS one"))
    assert ask("-")[1] == "one\n1\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("  "))
    assert ask("-")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["@attaks_daily"], "@attacks_daily"),
        (["SELEC 1"], "syntax error"),
        (["SELECT 1; SELECT 2"], "one statement"),
        (["SELECT 1", "-p", "town"], "NAME=VALUE"),
        (["SELECT 1", "--json", "-f", "csv"], "differ"),
        (["SELECT 1", "-f", "table", "-o", "x.csv"], "terminal"),
        (["SELECT * FROM read_csv('/etc/passwd')"], "disabled"),
        (["DELETE FROM figures"], "read-only"),
        (["@claims_near", "-p", "nonsense=1"], "has no parameter"),
        ([".tables"], "in a terminal"),
    ],
)
def test_wrong_questions_get_a_message_and_code_two(ask, arguments: list[str], message: str) -> None:
    code, out, err = ask(*arguments)
    assert code == 2
    assert out == ""
    assert message in err


def test_without_a_warehouse_the_message_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["sql", "SELECT 1", "--warehouse", str(tmp_path)]) == 4
    assert "dateline run" in capsys.readouterr().err


def test_the_list_names_questions(ask) -> None:
    _, out, _ = ask("--list")
    assert "@attacks_daily" in out
    assert "@figure_facts" in out


def test_a_list_that_stops_at_its_limit_says_so(ask) -> None:
    cut = ask("@attacks_daily", "-p", "limit=1", "--json")
    assert len(json.loads(cut[1])) == 1
    assert "the limit is 1" in cut[2]
    assert "limit" not in ask("@attacks_daily", "--json")[2]
    assert "limit" not in ask("@runs", "-p", "last=1", "--json")[2]
