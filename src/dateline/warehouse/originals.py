"""Which reports are originals and which copies, worked out without comparing all with all.

The rule: in order of publication, a report is a copy of the first original that it resembles, else an original itself (the lexicographically first
maximal independent set of the graph of likeness). A report is therefore compared with originals only, and a new original with those that are settled
already; thousands of near copies of one text cost one comparison each. What new and changed reports upset is settled anew, in the same order, so the
outcome is that of working out everything from the begin, whatever came when.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

Rank = tuple[bool, float, str]


@dataclass(frozen=True, slots=True)
class Signed:
    """A report in reach: its place in the order of publication, its signature, and those of its bands that were asked for."""

    document_id: str
    rank: Rank
    signature: np.ndarray
    bands: Collection[int]


@dataclass(slots=True)
class Reached:
    """What shares a band with the reports that were asked for (these among it), and which of it resembles which original as known so far."""

    reports: Collection[Signed]
    pairs: Iterable[tuple[str, str, float]]


@dataclass(slots=True)
class _State:
    rank: dict[str, Rank] = field(default_factory=dict)
    row: dict[str, int] = field(default_factory=dict)
    bands: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    settled_in: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # Band to all that do not wait.
    originals: set[str] = field(default_factory=set)
    originals_in: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    of: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))  # Copy to the originals that it resembles.
    copies: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # Original to those that resemble it.


class Settling:
    """One working out: `settle` says what became of the reports in question.

    Args:
        reach: Returns what shares a band with some reports; called once for most runs, again where the change spreads.
        similar: The least share of equal minima that makes two reports alike.
    """

    def __init__(self, reach: Callable[[Collection[str]], Reached], *, similar: float) -> None:
        self._reach = reach
        self._similar = similar
        self._signatures = np.empty((0, 0), np.uint32)
        self._state = _State()
        self._asked: set[str] = set()
        self._waiting: set[str] = set()
        self._queue: list[tuple[Rank, str]] = []
        self._touched: set[str] = set()
        self.compared = 0

    def settle(self, dirty: Collection[str]) -> dict[str, dict[str, float]]:
        """Return every report whose originals may have changed, with the originals that it now resembles (none: it is one itself).

        Args:
            dirty: Reports that are new, or that have lost the original before them.
        """
        self._waiting = set(dirty)
        self._ask(self._waiting)
        self._waiting &= self._state.rank.keys()  # The others share no band with anybody.
        self._queue = [(self._state.rank[name], name) for name in self._waiting]
        heapq.heapify(self._queue)
        while self._queue:
            _, name = heapq.heappop(self._queue)
            if name in self._waiting:
                if name not in self._asked:
                    self._ask(self._waiting)
                self._waiting.discard(name)
                self._settle(name)
        return {name: self._state.of.get(name, {}) for name in self._touched}

    def _settle(self, name: str) -> None:
        state = self._state
        before = set[str]().union(*(state.originals_in[band] for band in state.bands[name])) - {name}
        alike = self._alike(name, before)
        self._touched.add(name)
        self._forget(name)
        if any(state.rank[original] < state.rank[name] for original in alike):
            state.of[name] = alike
            for original in alike:
                state.copies[original].add(name)
            if name in state.originals:
                self._no_original(name)
        elif name not in state.originals:
            state.originals.add(name)
            for band in state.bands[name]:
                state.originals_in[band].add(name)
            for later in alike:  # None stands before it.
                self._wait(later)
            # Those that wait will look for themselves.
            settled = set[str]().union(*(state.settled_in[band] for band in state.bands[name])) - before
            for copy, similarity in self._alike(name, settled).items():
                state.of[copy][name] = similarity
                state.copies[name].add(copy)
                self._touched.add(copy)
        for band in state.bands[name]:
            state.settled_in[band].add(name)

    def _no_original(self, name: str) -> None:
        state = self._state
        state.originals.discard(name)
        for band in state.bands[name]:
            state.originals_in[band].discard(name)
        for copy in state.copies.pop(name, ()):
            del state.of[copy][name]
            self._touched.add(copy)
            if not any(state.rank[original] < state.rank[copy] for original in state.of[copy]):
                self._wait(copy)

    def _forget(self, name: str) -> None:
        for original in self._state.of.pop(name, {}):
            self._state.copies[original].discard(name)

    def _wait(self, name: str) -> None:
        if name not in self._waiting:
            self._waiting.add(name)
            for band in self._state.bands[name]:
                self._state.settled_in[band].discard(name)
            heapq.heappush(self._queue, (self._state.rank[name], name))

    def _alike(self, name: str, others: Collection[str]) -> dict[str, float]:
        if not others:
            return {}
        self.compared += len(others)
        names = list(others)
        rows = self._signatures[[self._state.row[other] for other in names]]
        shares = (rows == self._signatures[self._state.row[name]]).mean(axis=1)
        return {names[n]: float(shares[n]) for n in np.flatnonzero(shares >= self._similar)}

    def _ask(self, names: Collection[str]) -> None:
        """Take in what shares a band with the named reports."""
        state, asked = self._state, set(names) - self._asked
        self._asked |= asked
        reached = self._reach(asked)
        fresh = [report for report in reached.reports if report.document_id not in state.row]
        for copy, original, similarity in reached.pairs:
            if copy not in self._touched:  # What was settled here is newer.
                state.of[copy][original] = similarity
                state.copies[original].add(copy)
        if fresh:
            added = np.stack([report.signature for report in fresh])
            self._signatures = np.concatenate([self._signatures, added]) if len(self._signatures) else added
        for report in fresh:
            name = report.document_id
            state.row[name] = len(state.row)
            state.rank[name] = report.rank
            if name not in self._waiting and not state.of.get(name):
                state.originals.add(name)
        for report in reached.reports:
            name = report.document_id
            state.bands[name].update(report.bands)
            for band in report.bands:
                if name not in self._waiting:
                    state.settled_in[band].add(name)
                if name in state.originals:
                    state.originals_in[band].add(name)
