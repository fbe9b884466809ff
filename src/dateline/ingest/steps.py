"""The order of a run's steps, with or without a scheduler: flows/ passes Prefect tasks, tests and benchmarks the plain methods."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from dateline.ingest.account import nothing_read
from dateline.ingest.run import Run
from dateline.ingest.workers import Batch, Extracted


class Pending(Protocol):
    """A batch under way, as concurrent.futures and Prefect give it."""

    def result(self) -> Extracted: ...


@dataclass(frozen=True, slots=True)
class Steps:
    """How each step is called; `extract` must return at once, the others block."""

    extract: Callable[[Run, Batch], Pending]
    validate: Callable[[Run, Extracted], None]
    load: Callable[[Run, Extracted], object]
    finish: Callable[[Run], None]


def take(run: Run, batches: Iterable[Batch], steps: Steps) -> None:
    """Take a run through its steps: extraction of several batches at a time, validation in order behind it, then every load, then the rest.

    Raises:
        QualityError: The gate refused a batch; nothing was loaded.
        DatelineError: Nothing could be read.
    """
    under_way: deque[Pending] = deque()
    staged: list[Extracted] = []

    def validate_oldest() -> None:
        extracted = under_way.popleft().result()
        steps.validate(run, extracted)
        staged.append(extracted)

    for batch in batches:
        under_way.append(steps.extract(run, batch))
        # Back-pressure: no more texts in memory than the workers are busy with, and one batch each in waiting.
        while len(under_way) > 2 * run.abreast:
            validate_oldest()
    while under_way:
        validate_oldest()
    run.workers.close()
    if (problem := nothing_read(run)) is not None:
        raise problem
    run.judge()
    for extracted in staged:
        steps.load(run, extracted)
    steps.finish(run)


def take_plainly(run: Run, batches: Iterable[Batch]) -> None:
    """Take a run through its steps without a scheduler."""
    with ThreadPoolExecutor(2 * run.settings.workers) as threads:
        take(run, batches, Steps(lambda r, b: threads.submit(r.extract, b), Run.validate, Run.load, Run.finish))
