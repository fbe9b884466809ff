"""Runs that die: `python killed_run.py INPUT...` reads "MOMENT<tab>WAREHOUSE" lines and answers each with the exit status of a run.

Each run is a process of its own, forked from this one so that the imports (ten CPU seconds) are made once; it kills itself at its moment. At the
moment "stop MOMENT" it stops instead and hangs there, with all that it holds; the answer is its process id then. The moments are set from outside, by
wrapping functions of the run, so that the code under test knows nothing of them. MOMENT "never" is an undisturbed run.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dateline.ingest.run as run_module
import dateline.warehouse.copies as copies_module
import dateline.warehouse.load as load_module
import dateline.warehouse.publish as publish_module
import dateline.warehouse.stories as stories_module
from dateline.config import Settings
from dateline.ingest.steps import take_plainly
from dateline.read.settings import ReadSettings
from dateline.validate import suites

# For sites on this machine, which hang and trickle in tests.
_LOCAL = ReadSettings(
    allow_private=True, per_host_delay=0.0, backoff=0.01, max_backoff=0.02, read_timeout=5.0, total_timeout=8.0, retries=1, revisit=0.0
)  # fmt: skip

# What a run imports when it comes to it, some of it beside other work; here it would be imported by each (two CPU seconds).
_LATER = ("multiprocessing.shared_memory", "dateline.read.html", "dateline.read.fetch", "dateline.validate.docs")

# Moment: (module or class, name of the function, which call of it, whether it is done or not when the kill comes).
MOMENTS: dict[str, tuple[Any, str, int, str]] = {
    "before extraction": (run_module.Run, "extract", 1, "before"),
    "between staged batches": (run_module.Run, "extract", 2, "after"),
    "in validation": (run_module.Run, "validate", 2, "before"),
    "in a load transaction": (load_module, "_replace_revisions", 12, "after"),
    "between loads": (run_module.Run, "load", 2, "after"),
    "after the loads": (run_module, "fold_copies", 1, "before"),
    "in the folding of copies": (copies_module, "_settle", 1, "after"),
    "between copies and stories": (run_module, "group_stories", 1, "before"),
    "in the grouping of stories": (stories_module, "_write", 1, "after"),
    "before the snapshot is swapped": (publish_module, "_verify", 1, "after"),
    "after the snapshot is swapped": (publish_module, "sync_folder", 1, "before"),
}


def imported() -> None:
    """Import and make ready what each run would."""
    suites.warm_up().join()
    for name in _LATER:
        importlib.import_module(name)


def arm(owner: Any, name: str, call: int, side: str, sent: signal.Signals = signal.SIGKILL) -> None:
    """Let the given call of a function kill or stop this process."""
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and side == "before":
            os.kill(os.getpid(), sent)
        result = original(*args, **kwargs)
        if calls == call:
            os.kill(os.getpid(), sent)
        return result

    setattr(owner, name, wrapped)


def run(moment: str, warehouse: str, inputs: list[str]) -> None:
    if moment.startswith("stop "):
        arm(*MOMENTS[moment.removeprefix("stop ")], signal.SIGSTOP)
    elif moment != "never":
        arm(*MOMENTS[moment])
    settings = Settings(warehouse=Path(warehouse), batch=3, read=_LOCAL if any("://" in name for name in inputs) else ReadSettings())
    with run_module.Run(settings, inputs=inputs) as run:
        take_plainly(run, run.batches(run.read()))


def main() -> None:
    run_module._RENEWED = 1  # The database is opened anew after every batch, as in a run of thousands of articles.
    imported()
    for line in sys.stdin:
        moment, _, warehouse = line.rstrip("\n").partition("\t")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                run(moment, warehouse, sys.argv[1:])
                status = 0
            finally:
                os._exit(status)
        status = os.waitpid(child, os.WUNTRACED)[1]
        print(child if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
