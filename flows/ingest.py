"""The ingest flow: read, extract, validate, load, publish, report, as Prefect tasks.

    python flows/ingest.py PATH...        the same as: dateline run PATH...

Prefect gives schedule, retries, timeouts and artifacts; every step itself is a plain function of dateline.ingest. One task handles a batch of some
hundred articles: tasks and subflows cost time each, articles must not.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

# Read by Prefect when it is imported. A server of its own takes 12 CPU seconds to start, more the first time: its 20 s are few on a busy machine.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
# Read by numpy when it is imported, here and in the worker processes, which inherit it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import httpx
from prefect import flow, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Failed, State
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))  # Prefect loads this file by path; its neighbour must be found too.
from dateline.config import Settings, load_settings
from dateline.errors import QualityError, UsageError
from dateline.ingest.run import Run
from dateline.ingest.steps import Pending, Steps, take
from dateline.ingest.summary import Summary, alert, summary_of
from dateline.ingest.workers import Batch, Extracted

_log = logging.getLogger("dateline.flows")

# Tasks run in threads, where Prefect's own timeout cannot interrupt: extraction is timed by the worker pool, DuckDB and the report do not wait on
# anything outside, and the run as a whole has this bound.
RUN_TIMEOUT = 6 * 3600


@task(name="extract", retries=1, retry_delay_seconds=2, cache_policy=NO_CACHE, persist_result=False)
def extract(run: Run, batch: Batch) -> Extracted:
    """Read the facts of a batch into staging."""
    return run.extract(batch)


@task(name="validate", cache_policy=NO_CACHE, persist_result=False)
def validate(run: Run, extracted: Extracted) -> None:
    """Hold the rows of a batch against the expectation suites; what a critical one refuses goes to quarantine."""
    run.validate(extracted)


@task(name="load", retries=2, retry_delay_seconds=1, cache_policy=NO_CACHE, persist_result=False)
def load(run: Run, extracted: Extracted) -> None:
    """Load a batch in one transaction."""
    run.load(extracted)


@task(name="finish", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def finish(run: Run) -> None:
    """Check the warehouse as a whole, close the run, swap the snapshot that analysts read."""
    run.finish()


@task(name="report", retries=1, cache_policy=NO_CACHE, persist_result=False)
def report(settings: Settings) -> Path:
    """Build the report page and Data Docs from the published snapshot."""
    from dateline.report.page import build_report

    return build_report(settings.snapshot, settings.report, datadocs=settings.datadocs)


STEPS = Steps(
    extract=lambda run, batch: extract.submit(run, quote(batch)),
    validate=lambda run, extracted: validate(run, quote(extracted)),
    load=lambda run, extracted: load(run, quote(extracted)),
    finish=lambda run: finish(run),
)


@flow(
    name="ingest",
    description="Read articles, extract and validate facts, load them into DuckDB, publish.",
    timeout_seconds=RUN_TIMEOUT,
    task_runner=ThreadPoolTaskRunner(max_workers=8),
    persist_result=False,
)
def ingest(
    inputs: list[str] | None = None,
    config: Path | None = None,
    warehouse: str | Path | None = None,
    workers: int | None = None,
    model: str | None = None,
    dask: str | None = None,
) -> Summary | State[Any]:
    """Read `inputs` (default: the configured sources) into the warehouse and return what came of it.

    A source that fails is in the summary and in ops.sources, and is asked again later; the run fails only when none of them gave an answer. A refusal
    by the quality gate ends in a state of its own, "QualityGate", so that automations can tell it from a failed run.
    """
    settings = load_settings(config, warehouse=warehouse, workers=workers, model=model, dask=dask)
    chosen = list(inputs or settings.sources)
    if not chosen:
        raise UsageError("nothing to read.", remedy="Give files, folders or URLs, or name `sources` in dateline.toml (dateline init writes one).")
    # Who names a source wants it now; the configured ones are asked as often as they bear.
    return carry_out(Run(settings, inputs=chosen), lambda run: run.batches(run.read(due_only=not inputs)))


def carry_out(run: Run, batches: Callable[[Run], Iterator[Batch]]) -> Summary | State[Any]:
    """Take a run through its steps, alert where it fails, and leave report and artifacts where it does not."""
    try:
        with run, extraction(run) as extract_step:
            take(run, batches(run), replace(STEPS, extract=extract_step))
    except QualityError as refusal:
        alert(run.settings, run, refusal)
        return Failed(name="QualityGate", message=str(refusal), data=refusal)
    except Exception as problem:  # Whatever it was: somebody must hear of it, and the flow still fails with it.
        alert(run.settings, run, problem)
        raise
    report(run.settings)
    summary = summary_of(run)
    try:
        leave_artifacts(summary)
    except httpx.TransportError as gone:  # Everything is loaded and published; a server that went away meanwhile takes none of it back.
        _log.warning("the run is done, but Prefect's server could not be told of it: %s", gone)
    return summary


@contextmanager
def extraction(run: Run) -> Iterator[Callable[[Run, Batch], Pending]]:
    """Yield the step that extracts: in worker processes of this machine, or on the cluster that the settings name."""
    if run.settings.dask is None:
        yield STEPS.extract
        return
    from cluster import cluster

    with cluster(run) as step:
        yield step


def leave_artifacts(summary: Summary) -> None:
    """Leave what people look at in Prefect's own pages: run summary, quality table, link to the report."""
    create_table_artifact(key="dateline-run", table=summary.table(), description=f"Run {summary.run_id}")
    create_table_artifact(key="dateline-sources", table=summary.failed_sources, description="Sources that gave no answer in this run")
    create_table_artifact(key="dateline-source-notes", table=summary.noted_sources, description="Sources that were cut short or have moved for good")
    create_table_artifact(key="dateline-quality", table=summary.quality, description="Expectations that did not hold in this run")
    create_link_artifact(key="dateline-report", link=summary.report.absolute().as_uri(), link_text="Report page")
    create_markdown_artifact(key="dateline-warehouse", markdown=f"Published snapshot: `{summary.published}`\n\nSQL: `dateline sql`")


if __name__ == "__main__":
    ingest(inputs=sys.argv[1:] or None)
