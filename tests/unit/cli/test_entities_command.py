"""`dateline entities`: decisions are a file; listing reads the snapshot."""

import json
from pathlib import Path

import pytest

from dateline.cli.app import run_app
from dateline.normalize import entity_decisions


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(entity_decisions.VARIABLE, raising=False)
    monkeypatch.delenv("DATELINE_CONFIG", raising=False)
    return tmp_path


def test_merge_and_split_write_the_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["entities", "merge", "Alexander Syrsky", "Oleksandr Syrskyi", "--note", "one man"]) == 0
    assert run_app(["entities", "split", "Alexei Smirnov"]) == 0
    assert capsys.readouterr().out == ""
    rules = entity_decisions.decisions(here / entity_decisions.FILE)
    assert [row.action for row in rules.rows] == ["merge", "split"]
    assert rules.target("Alexander Syrsky", "PERSON") == "Oleksandr Syrskyi"
    assert run_app(["entities", "decisions"]) == 0
    assert "one man" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["merge", "A", "B", "--type", "ANIMAL"], ["merge", "A", "a"], ["split", "!"]])
def test_nonsense_is_usage(arguments: list[str], here: Path) -> None:
    assert run_app(["entities", *arguments]) == 2
    assert not (here / entity_decisions.FILE).exists()


def test_list_reads_the_snapshot(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["entities", "list", "Syrskyi", "--type", "person", "--warehouse", str(sample.parent)]) == 0
    shown = capsys.readouterr().out
    assert "Oleksandr Syrskyi" in shown
    assert "Smirnov" not in shown


def test_a_new_project_has_the_file_of_decisions(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_app(["init", "news"]) == 0
    assert f'entity_decisions = "{entity_decisions.FILE}"' in (here / "news" / "dateline.toml").read_text(encoding="utf-8")
    file = here / "news" / entity_decisions.FILE
    monkeypatch.chdir(here / "news")
    assert run_app(["entities", "merge", "Ana Petrowa", "Ana Petrova"]) == 0
    assert entity_decisions.decisions(file).target("Ana Petrowa", "PERSON") == "Ana Petrova"


def test_decisions_go_to_the_file_of_the_settings_from_any_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_app(["init", "news"]) == 0
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    assert run_app(["entities", "merge", "Ana Petrowa", "Ana Petrova", "--config", "../news/dateline.toml"]) == 0
    assert list((here / "elsewhere").iterdir()) == []
    assert entity_decisions.decisions(here / "news" / entity_decisions.FILE).target("Ana Petrowa", "PERSON") == "Ana Petrova"


def test_extraction_keeps_to_the_decisions_of_its_settings(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["init", "news"]) == 0
    (here / "text.txt").write_text("The commander Ana Petrowa spoke in Kyiv on Monday. Petrowa said that 12 houses burned.", encoding="utf-8")
    assert run_app(["entities", "merge", "Ana Petrowa", "Anna Petrenko", "--config", "news/dateline.toml"]) == 0
    monkeypatch.setattr(entity_decisions, "_chosen", [])
    capsys.readouterr()
    assert run_app(["extract", "text.txt", "--config", "news/dateline.toml"]) == 0
    people = [e for e in json.loads(capsys.readouterr().out)["entities"] if e["type"] == "PERSON"]
    assert {(e["canonical"], e["method"].split(", ")[-1]) for e in people} == {("Anna Petrenko", "decision")}


def test_help_names_file_and_variable(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["entities", "--help"]) == 0
    shown = capsys.readouterr().out
    assert entity_decisions.FILE in shown
    assert entity_decisions.VARIABLE in shown


def test_lists_are_json_on_request(here: Path, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["entities", "list", "Syrskyi", "--warehouse", str(sample.parent), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in found] == ["Oleksandr Syrskyi"]
    assert found[0]["mentions"] > 0
    assert run_app(["entities", "split", "Alexei Smirnov", "--note", "another man"]) == 0
    capsys.readouterr()
    assert run_app(["entities", "decisions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["note"] == "another man"
