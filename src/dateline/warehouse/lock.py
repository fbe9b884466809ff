"""One writer: opening work.duckdb for writing, and saying who has it when it is taken.

The lock is a POSIX record lock on `<database>.lock`. The system drops it when the process dies, however it dies, so a kill -9 never leaves a stale
lock; and children made by fork do not inherit it, so an orphaned worker cannot keep the warehouse shut. Record locks do not exclude threads of the
same process, hence the table of paths held here. The file itself stays and tells who wrote last.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import duckdb

from dateline.errors import EnvironmentProblem, WarehouseBusy
from dateline.warehouse.schema import STORAGE_VERSION, ensure_schema

try:
    import fcntl
except ImportError:  # Windows: DuckDB's own file lock still keeps a second process out, only the message knows less.
    fcntl = None  # type: ignore[assignment]  # The name must exist for the check below.

# What DuckDB may hold in memory, whatever the size of the warehouse: beyond it, it writes to a folder beside the database. Left alone it takes four
# fifths of the machine, and checks of ten million rows took 2.2 GB to be a tenth faster.
MEMORY_LIMIT = 1000  # Megabytes.

_held: set[Path] = set()
_held_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the warehouse open for writing: process id, host and since when (UTC, ISO 8601)."""

    pid: int
    host: str
    since: str
    run_id: str | None = None

    def __str__(self) -> str:
        run = f", run {self.run_id}" if self.run_id else ""
        return f"process {self.pid} on {self.host} since {self.since}{run}"


def lock_path(database: Path) -> Path:
    """Return where the lock of a database file lies."""
    return database.with_name(database.name + ".lock")


def last_holder(database: Path) -> Holder | None:
    """Return who took the lock last (they may be gone by now), None when nobody has or the file says nothing readable."""
    try:
        record = json.loads(lock_path(database).read_text(encoding="utf-8"))
        return Holder(int(record["pid"]), str(record["host"]), str(record["since"]), record.get("run_id"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _busy(database: Path, holder: Holder | None) -> WarehouseBusy:
    who = str(holder) if holder else "another process"
    return WarehouseBusy(
        f"another run is writing to the warehouse: {who}.",
        where=str(database),
        remedy="Wait until it ends, or stop that process, and run again; nothing was changed.",
    )


@contextmanager
def writer_lock(database: Path, run_id: str | None = None) -> Iterator[Holder]:
    """Hold the lock of a database file.

    Raises:
        WarehouseBusy: Somebody else has it; the message says who and since when.
    """
    database = database.resolve()
    with _held_guard:
        if database in _held:
            raise _busy(database, last_holder(database))
        _held.add(database)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with lock_path(database).open("a+", encoding="utf-8") as file:
            if fcntl is not None:
                try:
                    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError as taken:
                    raise _busy(database, last_holder(database)) from taken
            yield _sign(file, run_id)
    finally:
        with _held_guard:
            _held.discard(database)


def _sign(file: IO[str], run_id: str | None) -> Holder:
    holder = Holder(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds"), run_id)
    file.seek(0)
    file.truncate()
    json.dump({"pid": holder.pid, "host": holder.host, "since": holder.since, "run_id": holder.run_id}, file)
    file.flush()
    return holder


@contextmanager
def open_work(path: str | Path, *, run_id: str | None = None, migrate: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the work database for writing, made or (unless told not to) migrated to the present schema; closed and checkpointed at the end.

    Raises:
        WarehouseBusy: Another run has it (exit code 4).
        EnvironmentProblem: The file cannot be opened: damaged, not a DuckDB file, no permission, disk full.
    """
    database = Path(path)
    try:
        with writer_lock(database, run_id):
            con = connect(database)
            try:
                if migrate:
                    ensure_schema(con)
                yield con
            finally:
                con.close()
    except PermissionError as problem:
        raise EnvironmentProblem(f"cannot write here ({problem.strerror}).", where=str(database), remedy="Choose another folder.") from problem


def connect(database: Path) -> duckdb.DuckDBPyConnection:
    """Open the work database; whoever does holds its lock.

    Raises:
        WarehouseBusy: A program outside Dateline has it.
        EnvironmentProblem: It cannot be opened.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        # The file is copied as it is when published, and clients from DuckDB 1.4 on must be able to read it.
        "storage_compatibility_version": STORAGE_VERSION,
        "memory_limit": f"{MEMORY_LIMIT}MB",
        # What queries leave is given back at once: a tenth of a run's peak.
        "allocator_background_threads": "true",
        # A checkpoint rewrites what the batches before it have begun to fill; at DuckDB's 16 MB every second batch of a long run made one, which was
        # a quarter of loading.
        "checkpoint_threshold": "64MB",
        # Fail at once instead of waiting for a network that is not there.
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        return duckdb.connect(str(database), config=config)
    except duckdb.Error as problem:
        text = str(problem)
        if "lock" in text.lower():
            raise WarehouseBusy(
                f"a program outside Dateline has the work database open: {text.splitlines()[0]}",
                where=str(database),
                remedy="Close it (read the published snapshot instead: dateline sql) and run again.",
            ) from problem
        raise EnvironmentProblem(
            f"the work database cannot be opened: {text.splitlines()[0]}",
            where=str(database),
            remedy="Restore it from a backup, or move it away: the next run builds a new one from the sources.",
        ) from problem
