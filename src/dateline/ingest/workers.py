"""Extraction in worker processes: each builds its NLP object once, takes articles and leaves rows as Parquet; Docs never cross a process border."""

from __future__ import annotations

import atexit
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dateline.errors import EnvironmentProblem
from dateline.model import Article, Rejection
from dateline.warehouse.no_pandas import settle_without_pandas
from dateline.warehouse.stage import discard, settle_memory

if TYPE_CHECKING:
    from spacy.language import Language

# A batch is 240,000 words at most: some minutes on a slow machine. Ten times that is a hang.
BATCH_TIMEOUT = 1800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one task handles: some hundred articles in the order they were read, and the folder that its rows go to."""

    number: int
    folder: Path
    run_id: str
    model: str | None
    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...] = ()
    decisions: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a task leaves: where the rows are, how many (by table), and what they cost in seconds."""

    number: int
    folder: Path
    rows: dict[str, int]
    words: int
    seconds: float


@lru_cache(maxsize=1)
def _nlp(model: str | None) -> Language:
    from dateline.nlp.load import load_nlp

    return load_nlp(model)


def _ready(model: str | None) -> bool:
    _nlp(model)
    return True


def extract_batch(batch: Batch) -> Extracted:
    """Read the facts out of a batch and write its rows to its folder, one Parquet file a table. Runs in a worker process."""
    from dateline.nlp.version import extractor_version
    from dateline.normalize import entity_decisions
    from dateline.pipeline import extract
    from dateline.warehouse.rows import combined, quarantine_row, rows_of
    from dateline.warehouse.signatures import signature_row
    from dateline.warehouse.stage import arrow_tables, concatenated, rewrite

    began = time.perf_counter()
    entity_decisions.use(batch.decisions)
    version = extractor_version(batch.model)
    rows = (rows_of(a, f, run_id=batch.run_id, extractor_version=version) for a, f in extract(_nlp(batch.model), batch.articles))
    refused = {"ops.quarantine": [quarantine_row(refused, run_id=batch.run_id) for refused in batch.rejections]}
    # The rows of five hundred articles are a hundred megabytes as dicts.
    parts = (part | {"ops.signatures": [signature_row(document) for document in part["documents"]]} for part in combined(rows))
    tables = concatenated([arrow_tables(part) for part in chain(parts, [refused])])
    # After a kill -9 of the run this process goes on for a moment, and must not bring back what the next run has swept away.
    rewrite(batch.folder, tables, parents=False)
    return Extracted(
        number=batch.number,
        folder=batch.folder,
        rows={table: held.num_rows for table, held in tables.items()},
        words=sum(tables["documents"]["words"].to_pylist()),
        seconds=time.perf_counter() - began,
    )


class Workers:
    """A pool of extracting processes, warmed up while the run still reads.

    A process that dies (out of memory, a crash in native code) or hangs costs its batch one more try; if the batch kills again, its articles are
    tried one by one and those that kill are refused, so that one hostile text never stops a run.
    """

    def __init__(self, count: int, model: str | None = None, *, timeout: float = BATCH_TIMEOUT) -> None:
        self._count = count
        self._model = model
        self._timeout = timeout
        self._pool: ProcessPoolExecutor | None = None
        self._guard = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def close(self) -> None:
        """Let the processes end, once there is nothing more to extract; returns at once."""
        if self._pool is not None:
            self._pool.shutdown(wait=False)

    def warm_up(self) -> None:
        """Start the processes and let them load the language pipeline; returns at once."""
        pool = self._current()
        for _ in range(self._count):
            pool.submit(_ready, self._model)

    def extract(self, batch: Batch) -> Extracted:
        """Return what a batch gave; blocks until it is done."""
        for _ in range(2):
            outcome = self._try(batch)
            if outcome is not None:
                return outcome
        try:
            outcome = self._try(self._without_killers(batch))
        except (BrokenProcessPool, TimeoutError):
            outcome = None
        if outcome is None:
            raise EnvironmentProblem(
                f"extraction of batch {batch.number} died again and again.",
                remedy="Most often memory is short: use fewer workers or smaller batches (dateline.toml), then run again; nothing is lost.",
            )
        return outcome

    def _try(self, batch: Batch) -> Extracted | None:
        """Return what a batch gave, None when the process died of it or hung."""
        pool = self._current()
        try:
            return pool.submit(extract_batch, batch).result(timeout=self._timeout)
        except (BrokenProcessPool, TimeoutError):
            self._replace(pool)
            return None

    def _current(self) -> ProcessPoolExecutor:
        with self._guard:
            if self._pool is None:
                # spawn: a forked child would share the locks of Prefect's threads and DuckDB's file handle.
                self._pool = ProcessPoolExecutor(self._count, mp_context=get_context("spawn"), initializer=_begin_worker, initargs=(os.getpid(),))
            return self._pool

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._guard:
            if self._pool is not broken:
                return  # Another thread's batch broke the same pool and has replaced it.
            self._pool = None
        for process in list((broken._processes or {}).values()):  # A hung worker does not end by itself; Python 3.14 has kill_workers for this.
            process.kill()
        broken.shutdown(wait=False, cancel_futures=True)

    def _without_killers(self, batch: Batch) -> Batch:
        # An article is blamed only when a fresh worker is well without it; otherwise the machine is, and every article would be refused for nothing.
        self._current().submit(_ready, self._model).result(timeout=self._timeout)
        kept, refused = [], list(batch.rejections)
        for article in batch.articles:
            alone = replace(batch, articles=(article,), folder=batch.folder.with_name(f"{batch.folder.name}.alone"), rejections=())
            if self._try(alone) is None:
                refused.append(killer(article))
            else:
                kept.append(article)
                discard(alone.folder)
        return replace(batch, articles=tuple(kept), rejections=tuple(refused))


def killer(article: Article) -> Rejection:
    """Return the refusal of an article that kills the process that reads it."""
    return Rejection(
        stage="extract",
        kind="documents",
        reason="The extracting process died of this article (out of memory, or a crash in native code); it was left out. Please report its text.",
        rule="extract.worker_died",
        document_id=article.document_id,
        location=article.source,
        raw=article.text[:500],
    )


def _begin_worker(parent: int) -> None:
    """Begin a process that extracts, and end it when the run that started it is gone: after a kill -9 nobody else would."""
    settle_without_pandas()
    settle_memory()
    # Whatever it has to say is said by then; taking its objects apart one by one takes it half a second, beside the loads.
    atexit.register(os._exit, 0)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
