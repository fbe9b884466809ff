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
    """What is known of the reports in reach, which go by their numbers in the order of coming in."""

    names: list[str] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)
    rank: list[Rank] = field(default_factory=list)
    bands: list[Collection[int]] = field(default_factory=list)
    settled_in: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # Band to all that do not wait.
    originals: set[int] = field(default_factory=set)
    originals_in: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    of: defaultdict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))  # Copy to the originals that it resembles.
    copies: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # Original to those that resemble it.


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
        self._waiting: set[int] = set()
        self._queue: list[tuple[Rank, int]] = []
        self._touched: set[int] = set()
        self.compared = 0

    def settle(self, dirty: Collection[str]) -> dict[str, dict[str, float]]:
        """Return every report whose originals may have changed, with the originals that it now resembles (none: it is one itself).

        Args:
            dirty: Reports that are new, or that have lost the original before them. Those that share no band with anybody are left out.
        """
        state, new = self._state, set(dirty)
        self._ask(new, new)
        self._queue = [(state.rank[report], report) for report in self._waiting]
        heapq.heapify(self._queue)
        while self._queue:
            _, report = heapq.heappop(self._queue)
            if report in self._waiting:
                if state.names[report] not in self._asked:
                    self._ask({state.names[waiting] for waiting in self._waiting})
                self._waiting.discard(report)
                self._settle(report)
        names = state.names
        return {names[report]: {names[original]: share for original, share in state.of.get(report, {}).items()} for report in self._touched}

    def _settle(self, report: int) -> None:
        state = self._state
        before = set[int]().union(*(state.originals_in[band] for band in state.bands[report])) - {report}
        alike = self._alike(report, before)
        self._touched.add(report)
        self._forget(report)
        if any(state.rank[original] < state.rank[report] for original in alike):
            state.of[report] = alike
            for original in alike:
                state.copies[original].add(report)
            if report in state.originals:
                self._no_original(report)
        elif report not in state.originals:
            state.originals.add(report)
            for band in state.bands[report]:
                state.originals_in[band].add(report)
            for later in alike:  # None stands before it.
                self._wait(later)
            # Those that wait will look for themselves.
            settled = set[int]().union(*(state.settled_in[band] for band in state.bands[report])) - before
            for copy, similarity in self._alike(report, settled).items():
                state.of[copy][report] = similarity
                state.copies[report].add(copy)
                self._touched.add(copy)
        for band in state.bands[report]:
            state.settled_in[band].add(report)

    def _no_original(self, report: int) -> None:
        state = self._state
        state.originals.discard(report)
        for band in state.bands[report]:
            state.originals_in[band].discard(report)
        for copy in state.copies.pop(report, ()):
            del state.of[copy][report]
            self._touched.add(copy)
            if not any(state.rank[original] < state.rank[copy] for original in state.of[copy]):
                self._wait(copy)

    def _forget(self, report: int) -> None:
        for original in self._state.of.pop(report, {}):
            self._state.copies[original].discard(report)

    def _wait(self, report: int) -> None:
        if report not in self._waiting:
            self._waiting.add(report)
            for band in self._state.bands[report]:
                self._state.settled_in[band].discard(report)
            heapq.heappush(self._queue, (self._state.rank[report], report))

    def _alike(self, report: int, others: Collection[int]) -> dict[int, float]:
        if not others:
            return {}
        self.compared += len(others)
        numbers = np.fromiter(others, np.intp, len(others))
        equal = self._signatures.take(numbers, axis=0) == self._signatures[report]
        # Sums of short numbers over bytes take half the time of a mean.
        shares = equal.view(np.uint8).sum(axis=1, dtype=np.uint16) / equal.shape[1]
        near = np.flatnonzero(shares >= self._similar)
        return dict(zip(numbers[near].tolist(), shares[near].tolist(), strict=True))

    def _ask(self, names: Collection[str], new: Collection[str] = ()) -> None:
        """Take in what shares a band with the named reports; the new ones among it are to be settled."""
        state, asked = self._state, set(names) - self._asked
        self._asked |= asked
        reached = self._reach(asked)
        fresh = [report for report in reached.reports if report.document_id not in state.number]
        for met in fresh:
            state.number[met.document_id] = len(state.names)
            state.names.append(met.document_id)
            state.rank.append(met.rank)
            state.bands.append(())
        if fresh:
            added = np.stack([met.signature for met in fresh])
            self._signatures = np.concatenate([self._signatures, added]) if len(self._signatures) else added
        for copy_name, original_name, similarity in reached.pairs:
            copy, original = state.number[copy_name], state.number[original_name]
            if copy not in self._touched:  # What was settled here is newer.
                state.of[copy][original] = similarity
                state.copies[original].add(copy)
        for met in fresh:
            report = state.number[met.document_id]
            if met.document_id in new:
                self._waiting.add(report)
            elif not state.of.get(report):
                state.originals.add(report)
        for met in reached.reports:
            report = state.number[met.document_id]
            known = state.bands[report]
            state.bands[report] = {*known, *met.bands} if known else met.bands  # Thousands of sets would be tens of megabytes.
            for band in met.bands:
                if report not in self._waiting:
                    state.settled_in[band].add(report)
                if report in state.originals:
                    state.originals_in[band].add(report)
