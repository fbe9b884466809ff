"""The snapshot that analysts read: swapped in whole, never waited for.

A reader that has the old file open keeps it; the next connection sees the new one. The work file is already in the storage version that clients from
DuckDB 1.4 on read, so publishing is a checkpoint and a copy of bytes, or of none where the file system lets two files share their blocks.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from dateline.errors import EnvironmentProblem
from dateline.warehouse.schema import STORAGE_VERSION, stored_version

try:
    import fcntl
except ImportError:  # Windows.
    fcntl = None  # type: ignore[assignment]  # The name must exist for the check below.

_FICLONE = 0x40049409  # ioctl_ficlone(2)


def publish(con: duckdb.DuckDBPyConnection, target: str | Path) -> Path:
    """Write the present state of the work database to `target` and return its path.

    Raises:
        EnvironmentProblem: Disk full or folder not writable; the former snapshot stays as it was.
    """
    target = Path(target)
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob(f".{target.name}.*.tmp*"):  # Of publishers that were killed; there is one writer, so none is at work.
            left.unlink(missing_ok=True)
        con.execute("CHECKPOINT")
        _copy(con, partial)
        _verify(partial, stored_version(con))
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
        sync_folder(target.parent)
    except (OSError, duckdb.Error) as problem:
        partial.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"the snapshot could not be written: {getattr(problem, 'strerror', None) or str(problem).splitlines()[0]}.",
            where=str(target),
            remedy="Free disk space or choose another folder, then run again: the work database is complete and the former snapshot untouched.",
        ) from problem
    return target


def _copy(con: duckdb.DuckDBPyConnection, partial: Path) -> None:
    name, path, storage = con.execute(
        "SELECT database_name, path, tags['storage_version'] FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()[0]
    if path and str(storage).startswith(STORAGE_VERSION):
        if not _share(Path(path), partial):
            shutil.copyfile(path, partial)
        return
    # A database in memory, or a file made elsewhere in a newer format: written anew, about seven times slower. Views, macros and comments come along.
    con.execute(f"ATTACH '{str(partial).replace(chr(39), chr(39) * 2)}' AS snapshot (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        con.execute(f'COPY FROM DATABASE "{name}" TO snapshot')
    finally:
        con.execute("DETACH snapshot")


def _share(source: Path, target: Path) -> bool:
    """Make `target` a file of the same blocks, where the file system can (btrfs, xfs); what is written to either later is its own."""
    if fcntl is None:
        return False
    with source.open("rb") as old, target.open("wb") as new:
        try:
            fcntl.ioctl(new, _FICLONE, old.fileno())
        except OSError:
            return False
    return True


def _verify(partial: Path, expected: int | None) -> None:
    with duckdb.connect(str(partial), read_only=True) as copy:
        if stored_version(copy) != expected:
            raise OSError("the copy does not read back")


def sync_folder(folder: Path) -> None:
    """Make sure that a rename in a folder outlives a power cut."""
    if os.name != "posix":  # Folders cannot be opened elsewhere, nor need to be.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
