"""The reprocess flow: read the kept texts again after the extractors have changed. Nothing is fetched; revisions keep their numbers.

python flows/reprocess.py             the same as: dateline reprocess
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.states import State
from prefect.task_runners import ThreadPoolTaskRunner

sys.path.insert(0, str(Path(__file__).resolve().parent))  # Prefect loads this file by path; its neighbour must be found too.
from dateline.config import load_settings
from dateline.ingest.run import Run
from dateline.ingest.summary import Summary
from dateline.nlp.version import extractor_version
from dateline.warehouse.kept import kept_articles
from ingest import RUN_TIMEOUT, carry_out


@flow(
    name="reprocess",
    description="Extract anew from the kept texts whatever other extractors read last.",
    timeout_seconds=RUN_TIMEOUT,
    task_runner=ThreadPoolTaskRunner(max_workers=8),
    persist_result=False,
)
def reprocess(
    config: Path | None = None, warehouse: Path | None = None, workers: int | None = None, model: str | None = None, everything: bool = False
) -> Summary | State[Any]:
    """Read kept texts again; `everything` also those that the present extractors read last."""
    settings = load_settings(config, warehouse=warehouse, workers=workers, model=model)
    version = None if everything else extractor_version(settings.model)
    run = Run(settings, flow="reprocess")
    return carry_out(run, lambda run: run.batches(kept_articles(run.con, version), skip_known=not everything))


if __name__ == "__main__":
    reprocess()
