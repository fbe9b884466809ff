"""The command line's contract: exit codes, stdout for data only, help with examples."""

import json
import os
from pathlib import Path

import pytest

from dateline.cli.app import GROUPS, VERBS, run_app

GOOD = {"id": "g1", "text": "At least 12 people were killed on Sunday, the ministry said.", "published": "2024-08-12"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DATELINE_") and name != "DATELINE_CACHE"]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app([verb, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"dateline {verb}" in shown.split("Usage:")[1]
    assert "Examples:" in shown or "Example:" in shown


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_lists_its_commands(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app([group, "--help"]) == 0
    assert "Commands" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["extract"], ["fly"], ["extract", "--colour", "x"], ["run", "--workers", "0", "x"]])
def test_wrong_usage_exits_with_2_and_says_so_on_stderr(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err
    assert not captured.out


def test_extract_prints_one_object_a_line_and_nothing_else(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps(GOOD), "{broken", json.dumps({**GOOD, "id": "g2", "published": None})]
    (here / "news.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run_app(["extract", "news.jsonl"]) == 0
    captured = capsys.readouterr()
    first, second = (json.loads(line) for line in captured.out.splitlines())
    assert (first["id"], second["id"]) == ("g1", "g2")
    for name in ("entities", "places", "figures", "dates", "claims"):
        assert isinstance(first[name], list)
    figure = first["figures"][0]
    assert GOOD["text"][figure["start"] : figure["end"]] == figure["text"] == "12"
    assert (figure["value_min"], figure["value_max"], figure["approx"], figure["unit"], figure["kind"]) == (12, 12, "at_least", "person", "killed")
    assert [d["value"] for d in first["dates"]] == ["2024-08-11"]
    assert [d["value"] for d in second["dates"]] == ["UNRESOLVED"]
    # The line that is no JSON is named, with what to do, and costs itself alone.
    assert "news.jsonl:2" in captured.err


def test_extract_of_nothing_readable_exits_with_1_and_names_the_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "noise.txt").write_bytes(bytes(range(256)) * 20)
    assert run_app(["extract", "noise.txt"]) == 1
    captured = capsys.readouterr()
    assert "noise.txt" in captured.err
    assert not captured.out


def test_a_text_file_comes_back_with_its_cleaned_text(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.txt").write_text("---\ntitle: T\npublished: 2024-08-12\n---\nAt least 12 people were killed on Sunday.\n", encoding="utf-8")
    assert run_app(["extract", "a.txt", "--output", "out.jsonl"]) == 0
    record = json.loads((here / "out.jsonl").read_text(encoding="utf-8"))
    assert record["title"] == "T"
    assert record["text"] == "At least 12 people were killed on Sunday."
    assert not capsys.readouterr().out


def test_a_pipeline_that_is_not_installed_is_an_environment_error(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.txt").write_text("Some words about nothing much at all.", encoding="utf-8")
    assert run_app(["extract", "a.txt", "--model", "en_absent_pipeline"]) == 4
    assert "en_absent_pipeline" in capsys.readouterr().err


def test_init_makes_a_project_that_the_configuration_reads(here: Path) -> None:
    from dateline.config import load_settings

    assert run_app(["init", "news"]) == 0
    settings = load_settings(here / "news" / "dateline.toml")
    assert settings.sources == (str(here / "news" / "articles"),)
    assert len(list((here / "news" / "articles").iterdir())) >= 8
    # A second init must not overwrite what somebody has edited.
    assert run_app(["init", "news"]) == 2


def test_asking_a_warehouse_that_is_not_there_says_how_to_make_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["sql", "SELECT 1", "--warehouse", "absent"]) == 4
    assert "dateline run" in capsys.readouterr().err
