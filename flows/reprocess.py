"""The reprocess flow: read the kept texts again after the extractors have changed. Nothing is fetched; revisions keep their numbers.

python flows/reprocess.py             the same as: dateline reprocess
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.states import State
from prefect.task_runners import ThreadPoolTaskRunner

sys.path.insert(0, str(Path(__file__).resolve().parent))  # Prefect loads this file by path; its neighbour must be found too.
from dateline.config import load_settings
from dateline.ingest.reread import reread as reread_pages
from dateline.ingest.run import Run
from dateline.ingest.summary import Summary
from dateline.ingest.workers import Batch
from dateline.nlp.version import extractor_version
from dateline.warehouse.kept import kept_articles
from dateline.warehouse.raw import RawStore
from ingest import RUN_TIMEOUT, carry_out


@flow(
    name="reprocess",
    description="Extract anew from the kept texts whatever other extractors read last.",
    timeout_seconds=RUN_TIMEOUT,
    task_runner=ThreadPoolTaskRunner(max_workers=8),
    persist_result=False,
)
def reprocess(
    config: Path | None = None,
    warehouse: str | Path | None = None,
    workers: int | None = None,
    model: str | None = None,
    dask: str | None = None,
    everything: bool = False,
    reread: bool = False,
) -> Summary | State[Any]:
    """Read kept texts again; `everything` also those that the present extractors read last; `reread` also the kept bytes of pages."""
    settings = load_settings(config, warehouse=warehouse, workers=workers, model=model, dask=dask)
    version = None if everything else extractor_version(settings.model)
    run = Run(settings, flow="reprocess")

    def batches(run: Run) -> Iterator[Batch]:
        pages = reread_pages(run.con, RawStore(settings.raw), settings.read) if reread else ()
        return run.batches(chain(pages, kept_articles(run.con, version)), skip_known=not everything)

    return carry_out(run, batches)


if __name__ == "__main__":
    reprocess()
