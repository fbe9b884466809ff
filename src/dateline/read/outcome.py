"""What came of asking a source, for those who keep the book of sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.read.feed import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one input went.

    Attributes:
        source: The input as it was named.
        kind: feed, sitemap, page, folder, file or jsonl; None where that did not show (no answer, or nothing new).
        problem: Why nothing could be read, None after an answer. Of the pages that a feed leads to one that answers is enough.
        wait: Seconds for which its server, or that of one of its pages, asked to be left alone.
        cut: What was left because the source had had its time, in words; None where nothing was.
        entries: Entries of its feed whose pages are still to be read.
        unfinished: Sitemaps in which pages are.
    """

    source: str
    kind: str | None = None
    problem: str | None = None
    wait: float = 0.0
    cut: str | None = None
    entries: tuple[Entry, ...] = ()
    unfinished: tuple[str, ...] = ()
