"""What earlier runs know of the sources of a run and of their pages: the book as it is read at the begin; and how long they rest."""

from __future__ import annotations

import random
from collections.abc import Container, Sequence
from datetime import datetime, timedelta

import duckdb

from dateline.read.backlog import Backlog
from dateline.read.settings import ReadSettings
from dateline.warehouse.sources import checked_pages, failed_addresses, known_addresses, known_sources, source_id
from dateline.warehouse.waiting import known_waiting


def pause(failures: int, settings: ReadSettings) -> timedelta:
    """Return how long a source is left alone after so many failures in a row: twice as long each time, with jitter, lest all come back at once."""
    longest = min(settings.source_backoff * 2.0 ** min(failures - 1, 30), settings.source_max_backoff)
    return timedelta(seconds=longest * random.uniform(0.75, 1.25))


class Past:
    """The book of sources as earlier runs left it.

    Attributes:
        known: What addresses held, of the last month.
        sources: Rows of ops.sources by address.
        waiting: What waits, by the id of its source.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, inputs: Sequence[str], settings: ReadSettings, now: datetime) -> None:
        self._settings = settings
        self._now = now
        self.known = known_addresses(con, now)
        self.sources = known_sources(con, inputs)
        self.waiting = known_waiting(con, map(source_id, inputs), now)
        sitemaps = [row["source_id"] for row in self.sources.values() if row["kind"] == "sitemap"]
        self._checked = checked_pages(con, sitemaps) if sitemaps else {}
        self._failed = failed_addresses(con) if sitemaps else set()

    def rests(self, source: str) -> bool:
        """Return whether a source failed lately and is left alone for now."""
        due = self.sources.get(source, {}).get("next_due_at")
        # A time further ahead than any pause comes from a clock that was wrong.
        latest = self._now + timedelta(seconds=1.25 * self._settings.source_max_backoff)
        return due is not None and self._now < due <= latest

    def stays(self, url: str) -> bool:
        """Return whether a page has stayed the same for so long that asking again would be too early."""
        known = self.known.get(url)
        if known is None or known.text_hash is None:
            return False
        same, since = known.checked_at - known.fetched_at, self._now - known.checked_at
        return timedelta() <= since < same * self._settings.revisit

    def backlog(self, source: str) -> Backlog:
        """Return what is left of a source."""
        waiting = self.waiting[source_id(source)]
        return Backlog(
            entries=tuple(waiting.entries),
            unfinished=waiting.unfinished,
            checked=self._last_checked,
            read=self._read,
            rests=self.stays,
            failed=self._failed,
        )

    def backlog_of_killed(self, unanswered: Container[str], source: str) -> Backlog:
        """Return what is left of a source for reading what a killed run had fetched of it; what it had no answer for comes last."""
        return Backlog(entries=tuple((entry, False) for entry, _ in self.waiting[source_id(source)].entries), read=self._read, failed=unanswered)

    def _last_checked(self, url: str) -> datetime | None:
        known = self.known.get(url)
        return known.checked_at if known is not None and known.taken_in else self._checked.get(url)

    def _read(self, url: str) -> bool:
        known = self.known.get(url)
        return known is not None and known.text_hash is not None
