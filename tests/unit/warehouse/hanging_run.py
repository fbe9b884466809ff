"""A run that stops at a stated point and waits to be killed: hanging_run.py FOLDER POINT. Not a test; test_warehouse_killed.py starts it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from dateline.warehouse import load, publish, stage
from dateline.warehouse.lock import open_work
from dateline.warehouse.runs import finish_run, start_run


def hang(*_: Any, **__: Any) -> None:
    print("hanging", flush=True)
    time.sleep(600)


def main(folder: Path, point: str) -> None:
    if point == "in the transaction":
        load._entities = hang  # type: ignore[assignment]
    elif point == "publishing":
        publish._verify = hang  # type: ignore[assignment]
    with open_work(folder / "work.duckdb", run_id="killed") as con:
        start_run(con, "killed")
        batches = stage.staged_batches(folder / "staging")
        for number, batch in enumerate(batches):
            if point == "between batches" and number == 1:
                hang()
            load.load_batch(con, batch)
        if point == "before publishing":
            hang()
        finish_run(con, "killed")
        publish.publish(con, folder / "dateline.duckdb")
        hang()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
