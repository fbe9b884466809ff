"""Spans of a text, found by where they lie: asking each span about every other takes minutes for a document of a million characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Spans(Generic[T]):
    """What stands in a text, in the order of its first characters; equal ones stay in the order given.

    Args:
        items: First character, the one behind the last, and what stands there.
    """

    def __init__(self, items: Iterable[tuple[int, int, T]]) -> None:
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [start for start, _, _ in self._items]
        # Of each and all before it, where the one that goes on longest ends: none further left reaches beyond.
        self._furthest = list(accumulate((end for _, end, _ in self._items), max))

    def __iter__(self) -> Iterator[T]:
        return (item for _, _, item in self._items)

    def starting(self, low: int, high: int) -> list[T]:
        """Return what starts at `low` or behind it, and before `high`."""
        return [item for _, _, item in self._items[bisect_left(self._starts, low) : bisect_left(self._starts, high)]]

    def within(self, start: int, end: int) -> list[T]:
        """Return what lies between two characters as a whole."""
        items = self._items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [item for _, last, item in items if last <= end]

    def holding(self, start: int, end: int) -> list[T]:
        """Return what starts at `start` or before it and goes to `end` or beyond, the last to start first."""
        return list(self._reaching(start + 1, end))

    def overlap(self, start: int, end: int) -> bool:
        """Say whether anything shares a character with these."""
        return next(self._reaching(end, start + 1), None) is not None

    def _reaching(self, before: int, end: int) -> Iterator[T]:
        """Yield what starts before a character and ends at another or behind it, from right to left."""
        for at in range(bisect_left(self._starts, before) - 1, -1, -1):
            if self._furthest[at] < end:
                return
            if self._items[at][1] >= end:
                yield self._items[at][2]
