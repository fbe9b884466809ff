"""Sources that have moved for good (301, 308), as the book of sources has it and as servers say it now.

A redirect may be a mistake, or an attack of a day, so it is believed for a week at a time: then the source's own address is asked first again. The
new address is asked under the same rules as any other; where it fails, the source's own one is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from dateline.errors import ReadError
from dateline.read.fetched import Fetched, OutOfTime
from dateline.read.outcome import Outcome
from dateline.read.visit import LISTINGS
from dateline.warehouse.rows import Row

_TRUSTED = timedelta(days=7)


class Moved:
    """Where sources have gone; may be used by several threads, one for each source.

    Args:
        sources: Rows of ops.sources, by address.
        now: UTC, without zone.
    """

    def __init__(self, sources: Mapping[str, Row], now: datetime) -> None:
        self._sources = sources
        self._now = now
        self._learnt: dict[str, Row] = {}

    def ask(self, source: str, fetch: Callable[[str | None], Fetched]) -> Fetched:
        """Return the answer for a source; `fetch` asks the address given, or for None the source's own.

        Raises:
            ReadError: Neither has one.
        """
        before = self._sources.get(source, {})
        moved: str | None = before.get("moved_to")
        trusted = moved is not None and timedelta() <= self._now - before["moved_at"] < _TRUSTED
        first, *others = [None] if moved is None else [moved, None] if trusted else [None, moved]
        try:
            answer = fetch(first)
        except OutOfTime:
            raise
        except ReadError:
            if not others:
                raise
            trusted = False
            answer = fetch(others[0])
        self._learnt[source] = {"moved_to": answer.moved, "moved_at": before["moved_at"] if trusted else self._now if answer.moved else None}
        return answer

    def row(self, outcome: Outcome) -> Row:
        """Return what of it belongs to the row of a source. Only a feed or sitemap counts: many servers send whatever is gone elsewhere."""
        before = self._sources.get(outcome.source, {})
        learnt = self._learnt.get(outcome.source) if outcome.kind in LISTINGS else None
        return learnt or {name: before.get(name) for name in ("moved_to", "moved_at")}

    def news(self, outcome: Outcome) -> str | None:
        """Return where a source has moved, if that was not known before."""
        moved: str | None = self.row(outcome)["moved_to"]
        return None if moved == self._sources.get(outcome.source, {}).get("moved_to") else moved
