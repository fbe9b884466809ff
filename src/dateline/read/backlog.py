"""What earlier runs know of a source, so that the next one goes on where they stopped."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.read.feed import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is left of a source, and what is not.

    Attributes:
        entries: Entries that its feed has listed and whose pages are not read, and whether this run is their last chance: if the page does not come
            now, the feed's own words stand in for it.
        unfinished: Sitemaps in which pages were left.
        checked: When an address was last asked with what it held in the warehouse, UTC without zone; None where that never was.
        read: Whether an article was read out of what the address held then.
        rests: Whether an address has stayed the same for so long that asking again would be too early.
        failed: Addresses that could not be read when they were asked last.
    """

    entries: tuple[tuple[Entry, bool], ...] = ()
    unfinished: Container[str] = frozenset()
    checked: Callable[[str], datetime | None] = lambda _: None
    read: Callable[[str], bool] = lambda _: False
    rests: Callable[[str], bool] = lambda _: False
    failed: Container[str] = frozenset()
