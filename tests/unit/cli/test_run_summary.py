"""What `dateline run` and `dateline reprocess` print of a summary."""

import json
from pathlib import Path

import pytest

from dateline.cli.run import show
from dateline.ingest.summary import Summary


def test_the_summary_is_one_json_object_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    summary = Summary(
        run_id="run-1", read=3, known=1, loaded=2, refused=0, words=90, quarantined=0, facts={"figures": 4}, published=Path("w/dateline.duckdb")
    )
    show(summary, Path("w/dateline.duckdb"), as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["facts"] == {"figures": 4}
    assert (told["run_id"], told["loaded"], told["published"]) == ("run-1", 2, "w/dateline.duckdb")
