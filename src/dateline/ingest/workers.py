"""Extraction in worker processes: each builds its NLP object once, takes articles and leaves rows as Parquet; Docs never cross a process border."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from dateline.model import Article, Facts, Rejection

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one task handles: some hundred articles, each with the revision number that it will have.

    Attributes:
        number: Position in the run, from 0; names the staging folder.
        articles: (article, revision) in the order they were read.
    """

    number: int
    articles: tuple[tuple[Article, int], ...]
    words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a task leaves: where the rows are and what they cost."""

    number: int
    folder: Path
    counts: dict[str, int]
    seconds: float
    rejections: tuple[Rejection, ...] = field(default=())


@lru_cache(maxsize=1)
def _nlp(model: str | None) -> Language:
    from dateline.nlp.load import load_nlp

    return load_nlp(model)


def extract_to_staging(batch: Batch, folder: Path, *, run_id: str, model: str | None) -> Extracted:
    """Read the facts out of a batch and write its rows to `folder`, one Parquet file a table. Runs in this process."""
    from dateline.pipeline import extract
    from dateline.warehouse.rows import rows_of
    from dateline.warehouse.stage import write_staging

    began = time.perf_counter()
    revisions = dict(batch.articles_by_id())
    rows: dict[str, list[dict[str, object]]] = {}
    rejections: list[Rejection] = []
    for article, facts in extract(_nlp(model), (article for article, _ in batch.articles)):
        for table, found in rows_of(article, facts, run_id=run_id, revision=revisions[article.document_id]).items():
            rows.setdefault(table, []).extend(found)
        rejections.extend(_located(article, facts))
    write_staging(rows, folder)
    counts = {table: len(found) for table, found in rows.items()}
    return Extracted(number=batch.number, folder=folder, counts=counts, seconds=time.perf_counter() - began, rejections=tuple(rejections))
