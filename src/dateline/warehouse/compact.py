"""What time brings: kept bytes and quality results grow old, and a database file keeps the room of what was replaced.

Reports and facts are never let go.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from dateline.config import Settings
from dateline.errors import EnvironmentProblem
from dateline.warehouse.backup import count_rows
from dateline.warehouse.lock import open_work
from dateline.warehouse.publish import publish, sync_folder
from dateline.warehouse.runs import forget_results
from dateline.warehouse.schema import STORAGE_VERSION


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was let go and won: kept bytes (files), quality results (rows), and the size of the database before and after."""

    raw_files: int
    quality_results: int
    size_before: int
    size_after: int


def compact(settings: Settings) -> Compacted:
    """Let go what is older than the settings keep, write the work database anew without gaps, and publish it.

    Raises:
        WarehouseBusy: A run is writing.
        EnvironmentProblem: There is no warehouse, or the disk is full; the warehouse is whole either way.
    """
    if not settings.work.is_file():
        raise EnvironmentProblem("there is no warehouse.", where=str(settings.work), remedy="Make one with `dateline run PATH...`.")
    before = settings.work.stat().st_size
    fresh = settings.work.with_name(f".{settings.work.name}.{os.getpid()}.tmp")
    try:
        with open_work(settings.work) as con:
            for left in settings.work.parent.glob(f".{settings.work.name}.*.tmp*"):
                left.unlink()
            files = _let_go_raw(con, settings)
            results = forget_results(con, settings.keep_log_days)
            con.execute("CHECKPOINT")
            _rewrite(con, fresh)
            # The old file stays open under its former name's inode until the connection closes; nothing is written to it any more.
            fresh.replace(settings.work)
            sync_folder(settings.work.parent)
        with open_work(settings.work) as con:
            publish(con, settings.published)
    except (OSError, duckdb.Error) as problem:
        fresh.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"the warehouse could not be compacted: {getattr(problem, 'strerror', None) or str(problem).splitlines()[0]}.",
            where=str(settings.work),
            remedy="Free disk space (it takes as much again as the database) and try again: nothing is lost.",
        ) from problem
    return Compacted(files, results, before, settings.work.stat().st_size)


def _rewrite(con: duckdb.DuckDBPyConnection, fresh: Path) -> None:
    name = con.execute("SELECT current_database()").fetchall()[0][0]
    con.execute(f"ATTACH '{str(fresh).replace(chr(39), chr(39) * 2)}' AS fresh (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        con.execute(f'COPY FROM DATABASE "{name}" TO fresh')
        con.execute("CHECKPOINT fresh")
    finally:
        con.execute("DETACH fresh")
    with duckdb.connect(str(fresh), read_only=True) as copy:
        if count_rows(copy) != count_rows(con):
            raise OSError("the new file does not read back")


def _before(days: int) -> datetime:
    return datetime.now(UTC).replace(tzinfo=None) - timedelta(days)


def _let_go_raw(con: duckdb.DuckDBPyConnection, settings: Settings) -> int:
    """Let go the bytes that no server has confirmed for so many days; first their names in the warehouse, then the files."""
    if not settings.keep_raw_days:
        return 0
    con.execute("UPDATE ops.fetches SET raw_path = NULL WHERE checked_at < ?", [_before(settings.keep_raw_days)])
    named = {row[0] for row in con.execute("SELECT DISTINCT raw_path FROM ops.fetches WHERE raw_path IS NOT NULL").fetchall()}
    removed = 0
    for path in settings.raw.glob("*/*.gz"):
        # Files that no row names are of runs that failed; they are let go by age as well.
        if path.relative_to(settings.raw).as_posix() not in named and _modified(path) < _before(settings.keep_raw_days):
            path.unlink()
            removed += 1
    return removed


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
