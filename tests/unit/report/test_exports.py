"""Exported files hold what the warehouse holds, and open elsewhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dateline.errors import EnvironmentProblem, UsageError
from dateline.report.exports import export_geojson, export_tables
from dateline.warehouse.query import run_sql


def test_parquet_of_every_table_has_its_rows(sample: Path, tmp_path: Path) -> None:
    written = export_tables(sample, tmp_path)
    assert {path.stem for path, _ in written} >= {"documents", "figures", "places", "ops.runs"}
    for path, rows in written:
        assert pq.read_table(path).num_rows == rows == run_sql(sample, f"SELECT count(*) AS n FROM {path.stem}")["n"][0].as_py()


def test_csv_has_lists_as_json(sample: Path, tmp_path: Path) -> None:
    ((path, rows),) = export_tables(sample, tmp_path, form="csv", only=["place_mentions"])
    with path.open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    assert len(found) == rows
    candidates = [json.loads(row["candidates"]) for row in found if row["candidates"] not in ("", "[]")]
    assert [c["name"] for c in candidates[0]] == ["Sumy", "Lyman"]


def test_marts_come_when_asked(sample: Path, tmp_path: Path) -> None:
    names = {path.stem for path, _ in export_tables(sample, tmp_path, marts=True)}
    assert {"figure_facts", "figures"} <= names


def test_geojson_has_points_lon_first_and_no_metonyms(sample: Path, tmp_path: Path) -> None:
    written = {path.name: path for path, _ in export_geojson(sample, tmp_path)}
    places = json.loads(written["places.geojson"].read_text(encoding="utf-8"))
    assert places["type"] == "FeatureCollection"
    pokrovsk = next(f for f in places["features"] if f["properties"]["name"] == "Pokrovsk")
    assert pokrovsk["geometry"] == {"type": "Point", "coordinates": [37.18, 48.28]}
    assert pokrovsk["properties"]["mentions"] == 3
    assert "Moscow" not in {f["properties"]["name"] for f in places["features"]}
    figures = json.loads(written["figures.geojson"].read_text(encoding="utf-8"))
    assert "almost 70" in {f["properties"]["words"] for f in figures["features"]}


def test_unknown_tables_and_unwritable_folders_are_told(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no table nothing"):
        export_tables(sample, tmp_path, only=["nothing"])
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentProblem):
        export_tables(sample, tmp_path / "file" / "below", only=["figures"])
    with pytest.raises(EnvironmentProblem, match="dateline run"):
        export_geojson(tmp_path / "none.duckdb", tmp_path)
