"""What sources have listed and no run has read yet: kept from run to run, so that nothing is lost that a feed drops meanwhile."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import duckdb

from dateline.ids import stable_id
from dateline.read.published import Published
from dateline.warehouse.rows import Row

if TYPE_CHECKING:
    from dateline.read.feed import Entry

_PATIENCE = timedelta(days=7)  # With a page; then the feed's own words stand in for it.


@dataclass(slots=True)
class Waiting:
    """What waits for one source: entries of its feed with whether they have waited too long, sitemaps in which pages were left, and since when."""

    entries: list[tuple[Entry, bool]] = field(default_factory=list)
    unfinished: set[str] = field(default_factory=set)
    since: dict[str, datetime] = field(default_factory=dict)

    def rows(self, source_id: str, entries: Iterable[Entry], unfinished: Iterable[str], now: datetime) -> list[Row]:
        """Return the rows of ops.waiting for what a run leaves; what waited before has done so since then."""
        words = {stable_id("wai", source_id, *entry.identity): (entry.link, json.dumps(_record(entry))) for entry in entries}
        maps = {stable_id("wai", source_id, address): (address, None) for address in unfinished}
        return [
            {"waiting_id": key, "source_id": source_id, "address": address, "entry": entry, "since": min(self.since.get(key, now), now)}
            for key, (address, entry) in {**words, **maps}.items()
        ]


def known_waiting(con: duckdb.DuckDBPyConnection, source_ids: Iterable[str], now: datetime) -> dict[str, Waiting]:
    """Return what waits, by source."""
    found: defaultdict[str, Waiting] = defaultdict(Waiting)
    for key, source, address, entry, since in con.execute(
        "SELECT waiting_id, source_id, address, entry, since FROM ops.waiting WHERE source_id IN (SELECT unnest(?::VARCHAR[])) "
        "ORDER BY since, waiting_id",
        [list(source_ids)],
    ).fetchall():
        found[source].since[key] = since
        if entry is None:
            found[source].unfinished.add(address)
        else:
            found[source].entries.append((_entry(entry), now - since > _PATIENCE))
    return found


def _record(entry: Entry) -> Mapping[str, object]:
    when = entry.published.when
    return asdict(entry) | {"published": [when.isoformat() if when else None, *entry.published[1:]]}


def _entry(record: str) -> Entry:
    from dateline.read.feed import Entry  # feedparser is loaded where entries wait only.

    values = json.loads(record)
    when, precision, problem = values["published"]
    return Entry(**values | {"published": Published(datetime.fromisoformat(when) if when else None, precision, problem)})
