"""Extraction in worker processes: each builds its NLP object once, takes articles and leaves rows as Parquet; Docs never cross a process border."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dateline.model import Article, Rejection

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one task handles: some hundred articles in the order they were read, and the folder that its rows go to."""

    number: int
    folder: Path
    run_id: str
    model: str | None
    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...] = ()


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


def extract_batch(batch: Batch) -> Extracted:
    """Read the facts out of a batch and write its rows to its folder, one Parquet file a table. Runs in this process."""
    from dateline.nlp.version import extractor_version
    from dateline.pipeline import extract
    from dateline.warehouse.rows import combine, quarantine_row, rows_of
    from dateline.warehouse.stage import write_batch

    began = time.perf_counter()
    version = extractor_version(batch.model)
    tables = combine(rows_of(a, f, run_id=batch.run_id, extractor_version=version) for a, f in extract(_nlp(batch.model), batch.articles))
    tables["ops.quarantine"].extend(quarantine_row(refused, run_id=batch.run_id) for refused in batch.rejections)
    write_batch(batch.folder, tables)
    return Extracted(
        number=batch.number,
        folder=batch.folder,
        rows={table: len(rows) for table, rows in tables.items()},
        words=sum(row["words"] for row in tables["documents"]),
        seconds=time.perf_counter() - began,
    )


class Workers:
    """A pool of extracting processes; with one worker, this process itself.

    A process that dies (out of memory, a crash in native code) costs its batch one more try; if the batch kills again, its articles are tried one by
    one and those that kill are refused, so that one hostile text never stops a run.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None
        self._guard = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def extract(self, batch: Batch) -> Extracted:
        """Return what a batch gave; blocks until it is done."""
        if self._count == 1:
            return extract_batch(batch)
        try:
            return self._submit(batch).result()
        except BrokenProcessPool:
            self._renew()
        try:
            return self._submit(batch).result()
        except BrokenProcessPool:
            self._renew()
        return self._submit(self._without_killers(batch)).result()

    def _submit(self, batch: Batch) -> Future[Extracted]:
        with self._guard:
            if self._pool is None:
                # spawn: a forked child would share Prefect's threads' locks and DuckDB's file handle.
                self._pool = ProcessPoolExecutor(self._count, mp_context=get_context("spawn"), initializer=_begin_worker, initargs=(os.getpid(),))
            return self._pool.submit(extract_batch, batch)

    def _renew(self) -> None:
        with self._guard:
            broken, self._pool = self._pool, None
        if broken is not None:
            broken.shutdown(wait=False)

    def _without_killers(self, batch: Batch) -> Batch:
        kept, refused = [], list(batch.rejections)
        for article in batch.articles:
            alone = replace(batch, articles=(article,), folder=batch.folder.with_name(f"{batch.folder.name}.alone.tmp"), rejections=())
            try:
                self._submit(alone).result()
                kept.append(article)
            except BrokenProcessPool:
                self._renew()
                refused.append(_killer(article))
        return replace(batch, articles=tuple(kept), rejections=tuple(refused))


def _killer(article: Article) -> Rejection:
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
    """End this process when the run that started it is gone: after a kill -9 nobody else would."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
