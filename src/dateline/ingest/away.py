"""Extraction on other machines: a batch goes out with its task, its rows come back as Parquet in a folder or object storage that both sides reach.

Every attempt at a batch writes to a place of its own, and only the place of the attempt that answered is read. So a machine that was given up, and
goes on writing all the same, changes nothing. Nothing here knows who carries the tasks out; see flows/cluster.py.
"""

from __future__ import annotations

import pickle
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from dateline.errors import EnvironmentProblem
from dateline.ingest.workers import Batch, Extracted, extract_batch, killer
from dateline.nlp.version import extractor_version

# One batch at a time in a process, however many threads its worker was started with: the language pipeline is one, and so is its memory.
_one = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A batch with what an extracting process elsewhere cannot see: the decisions about entities, and which extractors are meant."""

    batch: Batch
    exchange: str
    version: str
    decisions: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What an errand came to; `place` is where its rows lie."""

    place: str
    extracted: Extracted


class Answer(Protocol):
    """An errand under way."""

    def result(self, timeout: float | None = None) -> Delivered: ...


class Lost(Exception):  # noqa: N818 - It is the errand that is lost; no fault of this program, so no Error.
    """An errand took one worker after another with it."""


def parcel(batch: Batch, exchange: str) -> bytes:
    """Return what has to travel for a batch to be extracted elsewhere; in bytes, since schedulers look into everything else that they carry."""
    decisions = batch.decisions.read_bytes() if batch.decisions and batch.decisions.is_file() else None
    return pickle.dumps(Errand(batch=batch, exchange=exchange, version=extractor_version(batch.model), decisions=decisions))


def carry_out(parcel: bytes) -> Delivered:
    """Extract a batch and put its rows into the exchange. Runs in a worker process of a cluster, which keeps its language pipeline between batches.

    Raises:
        EnvironmentProblem: This machine has other extractors, or cannot write to the exchange.
    """
    errand: Errand = pickle.loads(parcel)
    here = extractor_version(errand.batch.model)
    if here != errand.version:
        raise EnvironmentProblem(
            f"a worker has other extractors ({here}) than the run ({errand.version}).",
            remedy="Give run and workers the same Dateline, language pipeline and gazetteer: the same image.",
        )
    with _one, tempfile.TemporaryDirectory(prefix="dateline-") as scratch:
        decided = Path(scratch) / "entity_decisions.csv"
        if errand.decisions is not None:
            decided.write_bytes(errand.decisions)
        extracted = extract_batch(replace(errand.batch, folder=Path(scratch) / "rows", decisions=decided))
        place = f"{_of_run(errand.exchange, errand.batch.run_id)}/{errand.batch.number:06d}-{secrets.token_hex(6)}"
        _put(extracted.folder, place)
    return Delivered(place=place, extracted=extracted)


def collect(delivered: Delivered, folder: Path) -> Extracted:
    """Bring the rows of a batch to a folder of this machine, whole or not at all, and clear their place.

    Raises:
        EnvironmentProblem: The exchange does not give them, or the disk is full.
    """
    partial = folder.with_name(f"{folder.name}.tmp")
    with _reached(delivered.place) as (files, path):
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for file in files.ls(path, detail=False):
            files.get_file(file, str(partial / file.rsplit("/", 1)[-1]))
        shutil.rmtree(folder, ignore_errors=True)
        partial.replace(folder)
        files.rm(path, recursive=True)
    return replace(delivered.extracted, folder=folder)


def clear(exchange: str, run_id: str) -> None:
    """Remove what a run has left in the exchange: rows of machines that were given up, or of a run that was killed."""
    with _reached(_of_run(exchange, run_id)) as (files, path):
        if files.exists(path):
            files.rm(path, recursive=True)


def without_killers(batch: Batch, ask: Callable[[Batch], Answer]) -> Batch:
    """Return a batch that took worker after worker with it, without the articles that did: each is tried alone, and refused if it kills again."""
    kept, refused = [], list(batch.rejections)
    for article in batch.articles:
        try:
            ask(replace(batch, articles=(article,), rejections=())).result()
        except Lost:
            refused.append(killer(article))
        else:
            kept.append(article)
    return replace(batch, articles=tuple(kept), rejections=tuple(refused))


def _of_run(exchange: str, run_id: str) -> str:
    return f"{exchange.rstrip('/')}/{run_id}"


def _put(folder: Path, place: str) -> None:
    with _reached(place) as (files, path):
        files.makedirs(path, exist_ok=True)
        for file in sorted(folder.iterdir()):
            files.put_file(str(file), f"{path}/{file.name}")


@contextmanager
def _reached(place: str) -> Iterator[tuple[Any, str]]:
    """Give the file system of a folder or URL, and the path in it; what goes wrong there says where it did."""
    from fsspec.core import url_to_fs

    try:
        files, path = url_to_fs(place, use_listings_cache=False) if "://" in place else url_to_fs(place)
        yield files, str(path).rstrip("/")
    except Exception as problem:  # Every storage has errors of its own.
        raise _unreachable(place, problem) from problem


def _unreachable(place: str, problem: BaseException) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"the exchange cannot be used: {type(problem).__name__}: {str(problem).splitlines()[0] if str(problem) else 'no reason given'}.",
        where=place,
        remedy="`exchange` names a folder or URL that the run and every worker can read and write; see docs/scale.md.",
    )
