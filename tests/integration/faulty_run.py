"""Runs that meet faults: each takes its steps as the command line does, in a process of its own, with its exit codes.

`python faulty_run.py` reads a JSON object a line and answers each with exit code and what was said: runs are forked from this process, so that the
imports (eight CPU seconds) are made once. `python faulty_run.py JSON` carries out one run, for faults that are there before the imports are: another
clock, another file system. The object holds `warehouse` and `inputs`; `model` names a language pipeline, `damage` a staged file that is cut after it
was validated. Both are set from outside, so that the code under test knows nothing of them.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from killed_run import imported

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


def carry_out(wanted: dict[str, Any]) -> int:
    """Take a run through its steps and return the exit code."""
    settings = Settings(warehouse=Path(wanted["warehouse"]), model=wanted.get("model"))
    if "damage" in wanted:
        cut_before_loading(wanted["damage"])
    try:
        with Run(settings, inputs=wanted["inputs"]) as run:
            take_plainly(run, run.batches(run.read()))
    except DatelineError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    return 0


def forked(wanted: dict[str, Any]) -> tuple[int, str]:
    """Carry out a run in a child of this process; return its exit code and what it wrote to stderr."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        child = os.fork()
        if child == 0:
            status = 70  # A traceback: no error of ours.
            try:
                os.dup2(said.fileno(), 2)
                status = carry_out(wanted)
            except BaseException as problem:
                sys.excepthook(type(problem), problem, problem.__traceback__)
            finally:
                sys.stderr.flush()
                os._exit(status)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        return code, said.read()


def main() -> int:
    if len(sys.argv) > 1:
        return carry_out(json.loads(sys.argv[1]))
    imported()
    for line in sys.stdin:
        print(json.dumps(forked(json.loads(line))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
