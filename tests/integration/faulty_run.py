"""A run for the fault tests: `python faulty_run.py WAREHOUSE INPUT...` takes a run through its steps as the command line does, with its exit codes.

FAULTY_MODEL names a language pipeline; FAULTY_DAMAGE a staged file that is cut after it was validated. Both are set from outside, so that the code
under test knows nothing of them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dateline.config import Settings
from dateline.errors import DatelineError
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.ingest.workers import Extracted


def cut_before_loading(name: str) -> None:
    """Let a staged file of every batch be cut before it is loaded."""
    load = Run.load

    def damaged(run: Run, batch: Extracted):
        file = batch.folder / name
        file.write_bytes(file.read_bytes()[:200])
        return load(run, batch)

    Run.load = damaged  # type: ignore[method-assign]  # The fault comes from outside.


def main() -> int:
    warehouse, *inputs = sys.argv[1:]
    settings = Settings(warehouse=Path(warehouse), model=os.environ.get("FAULTY_MODEL"))
    if "FAULTY_DAMAGE" in os.environ:
        cut_before_loading(os.environ["FAULTY_DAMAGE"])
    try:
        with Run(settings, inputs=inputs) as run:
            take_plainly(run, run.batches(run.read()))
    except DatelineError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
