"""Extraction on a Dask cluster: the tasks that are heavy go to its workers, everything else stays in the run's own process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prefect import Flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.task_runners import ThreadPoolTaskRunner

from dateline.errors import EnvironmentProblem
from dateline.ingest.away import Answer, Delivered, Lost, carry_out, clear, collect, parcel, without_killers
from dateline.ingest.run import Run
from dateline.ingest.workers import BATCH_TIMEOUT, Batch, Extracted

# Not persisted: the rows lie in the exchange, and what comes back is where.
extract = task(name="extract", retries=1, retry_delay_seconds=2, cache_policy=NO_CACHE, persist_result=False)(carry_out)

_WORKERS_WITHIN = 120  # Seconds; a cluster that grows by need has none at first.


@contextmanager
def cluster(run: Run) -> Iterator[Callable[[Run, Batch], Under]]:
    """Connect to the scheduler of the settings; yield the step that hands it a batch.

    A worker that is lost costs its batches one more try on another, by Dask's own doing; a batch that takes one worker after another with it is
    extracted without the articles that do.

    Raises:
        EnvironmentProblem: No scheduler answers, or it has no workers.
    """
    try:
        from distributed import TimeoutError as NoAnswer
        from prefect_dask import DaskTaskRunner
    except ImportError as absent:
        raise EnvironmentProblem("a Dask cluster needs more packages.", remedy="Install them: pip install 'dateline[cluster]'.") from absent
    exchange, address = run.settings.exchange_url, str(run.settings.dask)
    with DaskTaskRunner(address=address) as runner:
        try:
            runner.client.wait_for_workers(1, timeout=_WORKERS_WITHIN)
        except (OSError, NoAnswer) as problem:
            raise EnvironmentProblem(
                f"no Dask cluster with workers at {address}: {problem}",
                remedy="Start one: dask scheduler, then dask worker ADDRESS --nthreads 1 on every machine; see docs/scale.md.",
            ) from problem
        run.abreast = max(1, sum(worker["nthreads"] for worker in runner.client.scheduler_info(n_workers=-1)["workers"].values()))

        def ask(batch: Batch) -> Answer:
            with _flow_for_travel():
                return _Asked(runner.submit(extract, {"parcel": parcel(batch, exchange)}))

        try:
            yield lambda _, batch: Under(ask, batch)
        finally:
            clear(exchange, run.run_id)


@contextmanager
def _flow_for_travel() -> Iterator[None]:
    """Let tasks take along a flow of the same name and run that every machine can load.

    Prefect sends the flow itself with each task. That is a function of a file that only this machine has loaded, and its parameters may say how to
    reach a database.
    """
    context = FlowRunContext.get()
    if context is None or context.flow is None:
        yield
        return
    stand_in = Flow(carry_out, name=context.flow.name, task_runner=ThreadPoolTaskRunner(max_workers=1), persist_result=False)
    with context.model_copy(update={"flow": stand_in, "parameters": {}}):
        yield


class Under:
    """A batch under way on the cluster."""

    def __init__(self, ask: Callable[[Batch], Answer], batch: Batch) -> None:
        self._ask = ask
        self._batch = batch
        self._answer = ask(batch)

    def result(self) -> Extracted:
        """Wait for the batch and bring its rows here."""
        try:
            delivered = self._answer.result()
        except Lost:
            delivered = self._ask(without_killers(self._batch, self._ask)).result()
        return collect(delivered, self._batch.folder)


class _Asked:
    """Prefect's future of an errand, with Dask's own errors told apart."""

    def __init__(self, future: Any) -> None:
        self._future = future

    def result(self, timeout: float | None = 2 * BATCH_TIMEOUT) -> Delivered:
        from distributed import KilledWorker

        try:
            delivered: Delivered = self._future.result(timeout)
        except KilledWorker as lost:
            raise Lost from lost
        except TimeoutError as hung:
            raise EnvironmentProblem(
                f"a batch has not come back from the cluster in {2 * BATCH_TIMEOUT / 60:.0f} minutes.",
                remedy="Look at the scheduler's page: are there workers, and do they work? Then run again: nothing is lost.",
            ) from hung
        return delivered
