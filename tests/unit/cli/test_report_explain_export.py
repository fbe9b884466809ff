"""`dateline report`, `dateline explain` and `dateline export` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.cli.app import run_app


def test_report_prints_the_path_on_stdout(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "r.html"
    assert run_app(["report", "--warehouse", str(sample.parent), "--output", str(target)]) == 0
    captured = capsys.readouterr()
    assert captured.out.strip() == str(target)
    assert "MB in" in captured.err
    assert run_app(["report", "--warehouse", str(sample.parent), "--output", str(target), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bytes"] == target.stat().st_size


def test_explain_prints_text_facts_and_refusals(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["explain", "hostile", "--warehouse", str(sample.parent)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "almost 70 attempts" in out
    assert "attack: 70, below" in out
    assert "value_min_below_value_max" in out


def test_explain_as_json_has_offsets_into_the_text(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["explain", "kursk", "--json", "--warehouse", str(sample.parent)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["facts"]) == 5
    assert all(found["document"]["text"][f["start"] : f["end"]] == f["text"] for f in found["facts"])


def test_explain_writes_a_page(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "x.html"
    assert run_app(["explain", "kursk", "--html", "-o", str(target), "--warehouse", str(sample.parent)]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    assert "<!doctype html>" in target.read_text(encoding="utf-8")[:20]


@pytest.mark.parametrize(("arguments", "code"), [(["nowhere"], 2), (["kursk", "--html", "--json"], 2), (["sample"], 2)])
def test_explain_says_what_is_wrong(sample: Path, arguments: list[str], code: int) -> None:
    assert run_app(["explain", *arguments, "--warehouse", str(sample.parent)]) == code


def test_explain_reads_a_file_without_a_warehouse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_text("---\ntitle: A test\npublished: 2025-04-27\n---\nOfficials said 12 drones were shot down near Kharkiv on Sunday.\n")
    assert run_app(["explain", str(article), "--json", "--warehouse", str(tmp_path / "none")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["document"]["title"] == "A test"
    assert "12" in {f["text"] for f in found["facts"] if f["kind"] == "figures"}


def test_export_lists_its_files(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_app(["export", str(tmp_path), "-t", "figures", "--json", "--warehouse", str(sample.parent)]) == 0
    assert json.loads(capsys.readouterr().out) == [{"file": str(tmp_path / "figures.parquet"), "rows": 15}]
    assert run_app(["export", str(tmp_path), "-f", "geojson", "-t", "figures", "--warehouse", str(sample.parent)]) == 2
