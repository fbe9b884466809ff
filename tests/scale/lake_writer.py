"""A writer of a lake: `python lake_writer.py CATALOG DATA FOLDER FIRST LAST [CALL]` loads made-up articles FIRST to LAST in batches of ten.

It says "ready" and waits for a line, so that several can begin together. With CALL it kills itself within a load, after that many tables.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import dateline.warehouse.load as load_module
from dateline.config import Settings
from dateline.warehouse.copies import fold_copies
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.runs import finish_run, start_run
from dateline.warehouse.stage import write_batch
from dateline.warehouse.stories import group_stories
from dateline.warehouse.target import Lake
from dateline.warehouse.writer import open_writer
from load import made_up

BATCH = 10


def load_all(settings: Settings, first: int, last: int) -> None:
    """Take made-up articles through the steps of a run behind extraction."""
    run_id = f"run {settings.warehouse.name}"
    with open_writer(settings, run_id=run_id) as writer:
        with writer.turn():
            start_run(writer.con, run_id, dead=writer.dead)
        for begin in range(first, last, BATCH):
            made = [made_up(number) for number in range(begin, min(begin + BATCH, last))]
            tables = combine(rows_of(article, facts, run_id=run_id, extractor_version="1") for article, facts in made)
            folder = write_batch(settings.staging / f"{begin:06d}", tables)
            with writer.turn():
                load_module.load_batch(writer.con, folder)
        with writer.turn():
            fold_copies(writer.con)
            group_stories(writer.con)
            finish_run(writer.con, run_id)
        writer.publish()


def die_after(calls: int) -> None:
    """Let this process be killed within a load transaction."""
    original, made = load_module._replace_revisions, 0

    def wrapped(*args: Any, **kwargs: Any) -> int:
        nonlocal made
        rows = original(*args, **kwargs)
        made += 1
        if made == calls:
            os.kill(os.getpid(), signal.SIGKILL)
        return rows

    load_module._replace_revisions = wrapped


if __name__ == "__main__":
    catalog, data, folder, first, last, *call = sys.argv[1:]
    if call:
        die_after(int(call[0]))
    print("ready", flush=True)
    sys.stdin.readline()
    load_all(Settings(warehouse=Path(folder), lake=Lake(catalog, data)), int(first), int(last))
