"""What of a run's articles the warehouse does not know yet: the rest is counted and goes no further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice

import duckdb

from dateline.ids import text_hash
from dateline.ingest.claimed import Holder, under_own_address
from dateline.model import Article, Rejection
from dateline.warehouse.load import known_documents

# Articles are looked up in the warehouse in groups, one query each, since a query reads a column of all reports. Groups grow as long as nothing new
# is found, so that new articles wait for no more others than have been read before them; so many characters of text end one early.
_LOOKUP = 1000
_LARGEST_LOOKUP = 8000
_LOOKUP_CHARACTERS = 40_000_000


class Sieve:
    """Lets the articles through that are not known as they are.

    Attributes:
        refused: What was refused on the way and not yet taken along.
        put_back: By document, the hash and the source of a text that an earlier revision had and that its page has again.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, version: str, counts: Counter[str]) -> None:
        self._con = con
        self._version = version
        self._counts = counts
        self.refused: list[Rejection] = []
        self.put_back: dict[str, tuple[str, str]] = {}

    def fresh(
        self, stream: Iterable[Article | Rejection], timed: Callable[[], AbstractContextManager[None]], *, skip_known: bool
    ) -> Iterator[Article]:
        """Yield the articles that are not known yet (or all); `timed` wraps what it costs to get and to look up a group."""
        source = iter(stream)
        claimed: dict[str, Holder] = {}
        size = _LOOKUP
        while True:
            with timed():
                articles = self._accepted(islice(source, size))
                if articles is None:
                    return
                articles = under_own_address(self._con, articles, claimed)
                keys = [(a.document_id, text_hash(a.text)) for a in articles]
                known = known_documents(self._con, keys if skip_known else [], self._version)
            size = min(2 * size, _LARGEST_LOOKUP) if len(known) == len(articles) else _LOOKUP
            for article, key in zip(articles, keys, strict=True):
                published = article.published_at.replace(tzinfo=None) if article.published_at else None
                kept, is_current = known.get(key, (None, True))
                if not is_current:
                    self.put_back[article.document_id] = (key[1], article.source)
                else:  # The last word counts.
                    self.put_back.pop(article.document_id, None)
                if key in known and kept == published:
                    self._counts["documents_known"] += 1
                else:
                    yield article

    def take_refused(self) -> list[Rejection]:
        """Return what was refused since it was taken last."""
        taken, self.refused = self.refused, []
        return taken

    def _accepted(self, items: Iterable[Article | Rejection]) -> list[Article] | None:
        """Return the articles among the items, None at the end of the stream; count and keep what was refused."""
        articles: list[Article] = []
        ended, characters = True, 0
        for item in items:
            ended = False
            if isinstance(item, Rejection):
                self._counts["documents_refused"] += item.severity == "refused"
                self.refused.append(item)
            else:
                self._counts["documents_read"] += 1
                articles.append(item)
                characters += len(item.text)
                if characters > _LOOKUP_CHARACTERS:
                    break
        return None if ended else articles
