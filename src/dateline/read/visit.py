"""One source being read: until when, what was asked for it, and what is left of it for the next run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from dateline.errors import ReadError
from dateline.read.backlog import Backlog
from dateline.read.fetched import Fetched, OutOfTime, Unavailable
from dateline.read.outcome import Outcome
from dateline.read.settings import ReadSettings
from dateline.read.urls import canonical_url

if TYPE_CHECKING:
    from dateline.read.feed import Entry

LISTINGS = frozenset({"feed", "sitemap"})


class Fetcher(Protocol):
    """What fetches: `fetch.Web`, or something around it that keeps answers or knows their ETags; called from several threads."""

    def get(self, url: str, *, source: str | None = None, until: float = float("inf")) -> Fetched:
        """Return the answer for an address.

        Args:
            url: An http or https address.
            source: The input that led to it.
            until: When the time of that input is over (time.monotonic); OutOfTime is raised then.

        Raises:
            ReadError: There is none that can be used.
        """

    def close(self) -> None:
        """Let connections go."""


class Visit:
    """The source under way.

    Attributes:
        kind: feed, sitemap, page or jsonl, once that has shown.
        late: Pages and sitemaps for which there was no time.
        listed: Entries of the feed, as (address, guid, title).
        entries: Those of them that are left for the next run, and those that earlier runs left and this one could not read either.
        waiting: Canonical addresses of these.
        unfinished: Sitemaps in which pages were left.
    """

    def __init__(self, source: str, fetcher: Fetcher, settings: ReadSettings, backlog: Backlog) -> None:
        self.source = source
        self.backlog = backlog
        self.kind: str | None = None
        self.late = 0
        self.listed: set[tuple[str | None, str | None, str | None]] = set()
        self.entries: list[Entry] = []
        self.waiting: set[str] = set()
        self.unfinished: set[str] = set()
        self._left = list(backlog.entries)
        self._fetcher = fetcher
        self._seconds = settings.source_timeout
        self._until = time.monotonic() + self._seconds
        self._halfway = time.monotonic() + self._seconds / 2
        self._answered = self._silent = 0
        self._silence = self._lateness = ""
        self._wait = 0.0

    def get(self, url: str, *, half: bool = False) -> Fetched:
        """Return the answer for an address of the source; `half` leaves half of its time to others.

        Raises:
            OutOfTime: The source has had its time.
            ReadError: There is no answer that can be used.
        """
        page = self.kind in LISTINGS
        try:
            answer = self._fetcher.get(url, source=self.source, until=self._halfway if half else self._until)
        except OutOfTime as problem:
            self.late += page
            self._lateness = self._lateness or problem.message
            raise
        except Unavailable as silence:
            self._silent += page
            self._silence = silence.message
            self._wait = max(self._wait, silence.wait)
            raise
        except ReadError:
            self._answered += page
            raise
        self._answered += page
        return answer

    def take_left(self) -> list[tuple[Entry, bool]]:
        """Return the entries that earlier runs left and that its feed lists no more, and whether this is their last chance; once."""
        left, self._left = self._left, []
        return [(entry, last) for entry, last in left if entry.identity not in self.listed and not (entry.link and self.backlog.read(entry.link))]

    def leave(self, entry: Entry, link: str) -> None:
        """Leave an entry for the next run, unless its page was read before: then all that is missing is whether it has changed."""
        if self.backlog.read(link):
            return
        self.entries.append(entry)
        self.waiting.add(canonical_url(link))

    def extend(self, seconds: float) -> None:
        """Give the source back what others took of its time: whoever takes its articles may be busy with one for long."""
        self._until += seconds
        self._halfway += seconds

    @property
    def cut(self) -> str | None:
        """What was left for want of time, in words."""
        if not self.late:
            return None
        what = "pages were" if self.late > 1 else "page was"
        return f"Cut short after {self._seconds:,g} seconds (read.source_timeout): {self.late:,} {what} left. {self._lateness}"

    def outcome(self, problem: str | None) -> Outcome:
        """Return how it went; `problem` says why the source itself could not be read."""
        if problem is None and self._silent and not self._answered:
            none = f"None of its {self._silent:,} pages answered." if self._silent > 1 else "Its page did not answer."
            problem = f"{none} {self._silence}"
        return Outcome(
            source=self.source,
            kind=self.kind,
            problem=problem,
            wait=self._wait,
            cut=self.cut,
            entries=tuple(self.entries),
            unfinished=tuple(sorted(self.unfinished)),
        )
