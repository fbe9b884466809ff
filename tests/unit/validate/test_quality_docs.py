"""Data Docs: offline, inert, of the worst batch."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from dateline.errors import EnvironmentProblem
from dateline.validate.docs import keep_worst, write_docs
from dateline.validate.suites import Outcome, validate_frame

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def outcome(kinds: list[str], batch: str = "1") -> Outcome:
    count = len(kinds)
    numbers = {name: [1.0] * count for name in ("lat", "lon", "population")}
    frame = pd.DataFrame({
        "place_id": [f"p{n}" for n in range(count)], "kind": kinds, "country": ["UA"] * count, **numbers,
        "point_whole": [True] * count, "off_null_island": [True] * count,
    })  # fmt: skip
    return validate_frame("places", frame, run_id="r1", batch=batch)


def test_pages_load_nothing_and_run_nothing(tmp_path: Path) -> None:
    kept: dict[str, Outcome] = {}
    keep_worst(kept, {"places": outcome([HOSTILE, "city"])})
    index = write_docs(kept, tmp_path / "datadocs", run_id=f"run {HOSTILE}")
    pages = {path.name: path.read_text() for path in index.parent.iterdir()}
    assert set(pages) == {"index.html", "places.html"}
    for name, page in pages.items():
        assert not re.search(r"<script|<img|<link|\bsrc=[\"']?http", page, re.IGNORECASE), name
        assert "default-src 'none'" in page
    assert "&lt;script&gt;alert(1)" in pages["places.html"]
    assert "places.kind.known (critical, 1 of 2)" in pages["index.html"]


def test_the_worst_batch_is_kept_and_the_run_before_replaced(tmp_path: Path) -> None:
    kept: dict[str, Outcome] = {}
    for batch, kinds in (("1", ["city"]), ("2", ["hamlet", "farm"]), ("3", ["hamlet"])):
        keep_worst(kept, {"places": outcome(kinds, batch)})
    assert kept["places"].results[0]["batch"] == "2"
    write_docs(kept, tmp_path / "datadocs", run_id="r1")
    write_docs({}, tmp_path / "datadocs", run_id="r2")
    assert [path.name for path in (tmp_path / "datadocs").iterdir()] == ["index.html"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentProblem, match="Data Docs"):
        write_docs({}, tmp_path / "file" / "datadocs", run_id="r1")
