"""The condition of the kept bytes, for `dateline doctor`: files that are damaged, and files that the warehouse names and nobody has.

Opening all of them takes minutes in an old warehouse, so only the newest and a sample of the others are opened, another one each time; whether a file
is there at all is looked up for every one. Nothing is changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import duckdb

from dateline.config import Settings
from dateline.errors import WarehouseBusy
from dateline.findings import Finding
from dateline.warehouse.lock import writer_lock
from dateline.warehouse.raw import RawStore

_NEWEST = 200  # Files: what the last runs wrote, into the blocks where a disk that goes bad shows.
_SAMPLED = 300  # Files, of all the others: a disk that has lost one in a hundred is found out with 95 % at one look.
_BYTES = 64 * 1024**2  # Of compressed files, at most, whatever their number: two seconds.
_SHOWN = 5
_REMEDY = (
    "No fact is lost. Copy them from a backup's raw folder, or let them be: what the server still has is fetched anew at the next visit, "
    "`dateline reprocess --reread` passes over the rest with a row in ops.quarantine."
)


def look_at_kept_bytes(settings: Settings, *, deep: bool = False) -> Iterator[Finding]:
    """Yield which kept files are damaged or gone; `deep` opens all of them. A folder without any has nothing to say."""
    store = RawStore(settings.raw)
    named, kept = _named(settings), store.paths()  # In this order: what is fetched meanwhile is not missed.
    gone = sorted(set(named) - set(kept))
    if not kept and not gone:
        return
    opened = kept if deep else _some(store, kept)
    damaged = sorted(path for path in opened if store.damaged(path))
    looked = f"{len(opened)} of {len(kept)} files opened" if len(opened) < len(kept) else f"all {len(kept)} files opened"
    deeper = " `dateline doctor --deep` opens all." if damaged and len(opened) < len(kept) else ""
    if damaged:
        yield Finding("kept bytes", "warning", f"{len(damaged)} damaged ({looked}): {_list(store, damaged, named)}.", _REMEDY + deeper)
    if gone:
        yield Finding("kept bytes", "warning", f"{len(gone)} are gone: {_list(store, gone, named)}.", _REMEDY)
    if not damaged and not gone:
        yield Finding("kept bytes", "ok", f"{looked}, none is damaged")


def _named(settings: Settings) -> dict[str, str]:
    """Return the files that the warehouse names, with the address that each came from; none while a run is writing, which may be letting some go."""
    if settings.lake is not None:  # Each machine that writes to a lake keeps what it has fetched itself.
        return {}
    try:
        with writer_lock(settings.work):
            if not settings.work.exists() or settings.work.with_name(settings.work.name + ".wal").exists():
                return {}  # Opening it, even for reading, would play the log of a killed run in.
            with duckdb.connect(str(settings.work), read_only=True) as con:
                return dict(con.execute("SELECT raw_path, min(address) FROM ops.fetches WHERE raw_path IS NOT NULL GROUP BY raw_path").fetchall())
    except (WarehouseBusy, duckdb.Error):  # Findings of their own.
        return {}


def _some(store: RawStore, kept: Sequence[str]) -> list[str]:
    """Return the newest files and a sample of the others, as many as the bytes allow."""
    stats = {}
    for path in kept:
        try:
            stats[path] = (store.folder / path).stat()
        except FileNotFoundError:  # Let go by a run just now.
            continue
    by_age = sorted(stats, key=lambda path: stats[path].st_mtime, reverse=True)
    others = by_age[_NEWEST:]
    chosen: list[str] = []
    left = _BYTES
    for path in by_age[:_NEWEST] + random.sample(others, min(_SAMPLED, len(others))):
        left -= stats[path].st_size
        if left < 0 and chosen:
            break
        chosen.append(path)
    return chosen


def _list(store: RawStore, paths: Sequence[str], named: dict[str, str]) -> str:
    shown = [f"{store.folder / path}" + (f" ({named[path]})" if path in named else "") for path in paths[:_SHOWN]]
    return ", ".join(shown) + (f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else "")
