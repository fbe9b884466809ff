"""Batches on disk: one folder a batch, one parquet file a table, complete or not there.

A worker writes `<batch>.tmp/` and renames it to `<batch>/` when every file is down, so a folder without `.tmp` is always whole. What a killed run
leaves behind is thrown away by the next one: its documents are not in the warehouse, so they are read again.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import EnvironmentProblem
from dateline.warehouse.schema import STAGED_TABLES, arrow_schemas

_PARTIAL = ".tmp"


def settle_memory() -> None:
    """Let Arrow take memory as the process does: a pool of its own keeps sixty megabytes in a run that it does not use."""
    pa.set_memory_pool(pa.system_memory_pool())


def arrow_table(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return rows as an Arrow table with the columns and types of the table in sql/schema."""
    schema = arrow_schemas()[table]
    return pa.table([pa.array([row.get(field.name) for row in rows], type=field.type) for field in schema], schema=schema)


def arrow_tables(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, pa.Table]:
    """Return rows by table as Arrow tables, every staged one; those that are not given are empty."""
    return {table: arrow_table(table, tables.get(table, ())) for table in STAGED_TABLES}


def concatenated(parts: Sequence[Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    """Return the tables of several parts of a batch as one of each."""
    return {table: pa.concat_tables([part[table] for part in parts]) for table in STAGED_TABLES}


def write_batch(folder: str | Path, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Write the rows of a batch, by table, and return its folder; a batch written before under that name is replaced.

    Raises:
        EnvironmentProblem: The disk is full or the folder cannot be written.
    """
    return rewrite(folder, arrow_tables(tables))


def rewrite(folder: str | Path, tables: Mapping[str, pa.Table], *, parents: bool = True) -> Path:
    """Write Arrow tables as a batch; see write_batch.

    Args:
        folder: Where it goes.
        tables: Every staged table; of a batch that is there already, those that have changed.
        parents: Make the folder that it lies in where there is none. A worker does not: without the run's folder there is no run any more.
    """
    folder = Path(folder)
    partial = folder.with_name(folder.name + _PARTIAL)
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=parents)
        for table in STAGED_TABLES:
            file = f"{table}.parquet"
            if table in tables:
                pq.write_table(tables[table], partial / file, compression="zstd")
            else:
                _link(folder / file, partial / file)
        shutil.rmtree(folder, ignore_errors=True)
        partial.replace(folder)
    except OSError as problem:
        shutil.rmtree(partial, ignore_errors=True)
        raise EnvironmentProblem(
            f"could not stage a batch: {problem.strerror or problem}.",
            where=str(folder),
            remedy="Free disk space or choose another warehouse folder, and run again: nothing is lost.",
        ) from problem
    return folder


def _link(file: Path, name: Path) -> None:
    """Give a file that nobody writes to any more another name; a copy where the file system has no such links."""
    try:
        name.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, name)


def read_batch(folder: str | Path) -> dict[str, pa.Table]:
    """Return the tables of a staged batch.

    Raises:
        EnvironmentProblem: A file is missing or damaged.
    """
    folder = Path(folder)
    try:
        return {table: pq.read_table(folder / f"{table}.parquet", partitioning=None) for table in STAGED_TABLES}
    except (OSError, pa.ArrowException) as problem:
        raise EnvironmentProblem(
            f"a staged batch cannot be read: {problem}", where=str(folder), remedy="Remove the staging folder and run again: nothing is lost."
        ) from problem


def staged_batches(folder: str | Path) -> list[Path]:
    """Return the whole batches under a run's staging folder, by name; load them in this order."""
    return sorted(path for path in Path(folder).glob("*") if path.is_dir() and path.suffix != _PARTIAL)


def discard(folder: str | Path) -> None:
    """Remove a batch, or all that a run staged."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: str | Path, *, patience: float = 3.0) -> None:
    """Remove what a killed run staged; its workers live on for up to a second, and may put a file into a folder that is being emptied."""
    until = time.monotonic() + patience
    discard(folder)
    while Path(folder).exists() and time.monotonic() < until:
        time.sleep(0.05)
        discard(folder)
