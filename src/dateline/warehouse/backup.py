"""Backups: a folder with a copy of the work database, the kept bytes, and a manifest that says what must be there.

The manifest is written last and names the copy by its checksum, so a folder is either a whole backup or no newer one than before, whenever the
process dies. Restoring checks all of it before anything is replaced.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb

from dateline.errors import EnvironmentProblem, UsageError
from dateline.warehouse.lock import open_work, writer_lock
from dateline.warehouse.publish import publish, sync_folder
from dateline.warehouse.raw import RawStore
from dateline.warehouse.schema import dateline_version, stored_version

MANIFEST = "manifest.json"
_RAW = "raw"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: UTC, ISO 8601.
        dateline: Version of Dateline that made it.
        schema: Schema version of the database.
        database: Name of the copy in the folder.
        sha256: Its checksum.
        rows: Table to number of rows.
        raw: Kept bytes: path in the raw folder to size.
        damaged: Kept bytes that were damaged where they lay, and so are not in the backup.
    """

    made_at: str
    dateline: str
    schema: int
    database: str
    sha256: str
    rows: dict[str, int]
    raw: dict[str, int]
    damaged: list[str] = field(default_factory=list)


def back_up(work: Path, raw: Path, target: Path) -> Manifest:
    """Copy a warehouse to a folder, new or a former backup, which is then brought up to date.

    Raises:
        WarehouseBusy: A run is writing.
        EnvironmentProblem: There is no warehouse, or the folder cannot be written; a former backup in it is still whole.
    """
    if not work.is_file():
        raise EnvironmentProblem("there is no warehouse to back up.", where=str(work), remedy="Make one with `dateline run PATH...`.")
    if target.exists() and not (target / MANIFEST).is_file() and any(target.iterdir()):
        raise UsageError("the folder is not empty and holds no backup.", where=str(target), remedy="Name a new folder.")
    try:
        target.mkdir(parents=True, exist_ok=True)
        partial = target / f"work.{os.getpid()}.tmp"
        for left in target.glob("work.*.tmp"):
            left.unlink()
        # Not migrated: a backup before an update is one of the version before.
        with open_work(work, migrate=False) as con:
            con.execute("CHECKPOINT")
            schema, rows = stored_version(con) or 0, count_rows(con)
            shutil.copyfile(work, partial)
            kept, damaged = _copy_raw(raw, target / _RAW)
        digest = checksum(partial)
        name = f"work-{digest[:16]}.duckdb"
        _sync(partial)
        partial.replace(target / name)
        _verify(target / name, rows)
        manifest = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), dateline_version(), schema, name, digest, rows, kept, damaged)
        _write_manifest(target, manifest)
        for old in target.glob("work-*.duckdb"):
            if old.name != name:
                old.unlink()
    except (OSError, duckdb.Error) as problem:
        raise EnvironmentProblem(
            f"the backup could not be made: {_words(problem)}.",
            where=str(target),
            remedy="Free disk space or name another folder; a former backup there is still whole.",
        ) from problem
    return manifest


def restore(source: Path, work: Path, raw: Path, published: Path, *, replace: bool = False) -> Manifest:
    """Put a backup in the place of a warehouse and publish it.

    Raises:
        UsageError: There is a warehouse already and `replace` is not set.
        WarehouseBusy: A run is writing to it.
        EnvironmentProblem: The backup is not whole, or the disk is full; the warehouse is as it was.
    """
    manifest = read_manifest(source)
    if work.exists() and not replace:
        raise UsageError("there is a warehouse already.", where=str(work), remedy="Name another one with --warehouse, or replace it with --replace.")
    partial = work.with_name(f".{work.name}.{os.getpid()}.tmp")
    try:
        with writer_lock(work):
            _check(source, manifest)
            for left in work.parent.glob(f".{work.name}.*.tmp"):
                left.unlink()
            shutil.copyfile(source / manifest.database, partial)
            _verify(partial, manifest.rows)
            _copy_raw(source / _RAW, raw, mend=True)
            _sync(partial)
            # The log of the database that goes must not be played into the one that comes.
            work.with_name(work.name + ".wal").unlink(missing_ok=True)
            partial.replace(work)
            sync_folder(work.parent)
        with open_work(work) as con:
            publish(con, published)
    except (OSError, duckdb.Error) as problem:
        partial.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"the backup could not be restored: {_words(problem)}.", where=str(source), remedy="Free disk space, then restore again."
        ) from problem
    return manifest


def read_manifest(source: Path) -> Manifest:
    """Return what a backup says it holds.

    Raises:
        EnvironmentProblem: It is no backup.
    """
    try:
        record = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**record)
    except (OSError, ValueError, TypeError) as problem:
        raise EnvironmentProblem(
            "this is no backup of a warehouse.", where=str(source), remedy="Name the folder that `dateline backup` made."
        ) from problem
    if Path(manifest.database).name != manifest.database or any(".." in Path(name).parts or Path(name).is_absolute() for name in manifest.raw):
        raise EnvironmentProblem("the manifest names files outside the backup.", where=str(source), remedy="Do not trust it; take another backup.")
    return manifest


def count_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the number of rows of every table."""
    names = con.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT temporary AND NOT internal ORDER BY ALL").fetchall()
    return {f"{s}.{t}": con.execute(f'SELECT count(*) FROM "{s}"."{t}"').fetchall()[0][0] for s, t in names}  # noqa: S608 - names of the database.


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _check(source: Path, manifest: Manifest) -> None:
    problems = []
    copy = source / manifest.database
    if not copy.is_file() or checksum(copy) != manifest.sha256:
        problems.append(f"{manifest.database} is missing or is not what was saved")
    store = RawStore(source / _RAW)
    problems += [f"{_RAW}/{name} is missing or damaged" for name, size in manifest.raw.items() if not _whole(store, name, size)][:5]
    if problems:
        raise EnvironmentProblem(f"the backup is damaged: {'; '.join(problems)}.", where=str(source), remedy="Take another backup.")


def _verify(copy: Path, rows: dict[str, int]) -> None:
    """Open a copy and count.

    Raises:
        OSError: It does not hold what it should.
    """
    with duckdb.connect(str(copy), read_only=True) as con:
        found = count_rows(con)
    if found != rows:
        raise OSError(f"the copy does not read back ({copy.name})")


def _copy_raw(source: Path, target: Path, *, mend: bool = False) -> tuple[dict[str, int], list[str]]:
    """Copy kept bytes that are not there yet; names are hashes of the content, so what is there need not be copied again.

    A damaged file is never put in the place of a copy made when it was whole. With `mend` copies that have their size are looked into as well, else
    bringing a large backup up to date would take as long as making it.

    Returns:
        The size of every copy by its name, and the names of which there is no whole copy.
    """
    here, there = RawStore(source), RawStore(target)
    sizes, damaged = {}, []
    for name in sorted(here.paths()):
        path, copy = source / name, target / name
        size = path.stat().st_size
        if _size(copy) != size or (mend and there.damaged(name)):
            if here.damaged(name):
                if there.get(name) is None:
                    damaged.append(name)
                    continue
                size = copy.stat().st_size
            else:
                copy.parent.mkdir(parents=True, exist_ok=True)
                partial = copy.with_name(f"{copy.name}.tmp")
                shutil.copyfile(path, partial)
                partial.replace(copy)
        sizes[name] = size
    return sizes, damaged


def _whole(store: RawStore, name: str, size: int) -> bool:
    return _size(store.folder / name) == size and not store.damaged(name)


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _write_manifest(target: Path, manifest: Manifest) -> None:
    partial = target / f"{MANIFEST}.tmp"
    partial.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    _sync(partial)
    partial.replace(target / MANIFEST)
    sync_folder(target)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _words(problem: OSError | duckdb.Error) -> str:
    return getattr(problem, "strerror", None) or str(problem).splitlines()[0]
