"""Addresses: pages, feeds and sitemaps read over the network, and what their links lead to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.answer import read_answer
from dateline.read.backlog import Backlog
from dateline.read.decode import binary_kind
from dateline.read.fetched import Fetched, OutOfTime, Unavailable
from dateline.read.outcome import Outcome
from dateline.read.refusal import refusal_of, refuse
from dateline.read.settings import ReadSettings
from dateline.read.sniff import Format, format_of
from dateline.read.urls import canonical_url, is_front_page, shown_url, web_url
from dateline.read.visit import LISTINGS, Fetcher, Visit

if TYPE_CHECKING:
    from dateline.read.feed import Entry

Item = Article | Rejection


class LinkReader:
    """Reads addresses with one fetcher, made when first needed, and each page once.

    Args:
        settings: Limits.
        fetcher: What fetches; made where None.
        on_source: Told how each input went; called in the thread that read it. Where somebody keeps that book, inputs are read again and again: a
            page that does not answer now is then left for the next time instead of being replaced by the feed's own words.
        backlog: What that book says of an input.
    """

    def __init__(
        self,
        settings: ReadSettings,
        fetcher: Fetcher | None = None,
        on_source: Callable[[Outcome], None] | None = None,
        backlog: Callable[[str], Backlog] | None = None,
    ) -> None:
        self._settings = settings
        self._on_source = on_source
        self._backlog = backlog or (lambda _: Backlog())
        self._fetcher = fetcher
        self._own = fetcher is None
        self._visited: set[str] = set()
        self._bare: set[str] = set()  # Of these, those that hold no article.
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the fetcher, if it was made here."""
        if self._own and self._fetcher is not None:
            self._fetcher.close()

    def read(self, address: str) -> Iterator[Item]:
        """Yield the articles at an address: of the page, or of the pages that a feed or sitemap lists."""
        visit = Visit(address, self, self._settings, self._backlog(address))
        for item in self._visit(address, visit):
            begin = time.monotonic()
            yield item
            visit.extend(time.monotonic() - begin)

    def _visit(self, address: str, visit: Visit) -> Iterator[Item]:
        problem: str | None = None
        url = web_url(address)
        if url is None:
            problem = "Only http and https addresses are read, without a name or password inside."
            yield refuse("address", problem, shown_url(address))
        else:
            try:
                yield from self._read(url, visit)
            except ReadError as failure:
                problem = failure.message
                yield refusal_of(failure, "fetch", url)
            yield from self._left_over(visit)
            yield from self._too_many(visit)
        if visit.cut:
            yield refuse("source_timeout", visit.cut, shown_url(address))
        if self._on_source is not None:
            self._on_source(visit.outcome(problem))

    def _read(self, url: str, visit: Visit) -> Iterator[Item]:
        answer = visit.get(url)
        if answer.not_modified:
            return
        kind = format_of(answer.url, answer.body[:8192], content_type=answer.content_type)
        visit.kind = {"html": "page", "text": "page", "markdown": "page", "json": "jsonl"}.get(kind, kind)
        if kind in LISTINGS:
            yield from self._listing(answer.body, kind, visit, where=url, base=answer.url, declared=answer.charset)
        else:
            yield from read_answer(answer, where=url, settings=self._settings)

    def read_listing(self, data: bytes, kind: Format, *, source: str) -> Iterator[Item]:
        """Yield the articles that a feed or sitemap file lists.

        Raises:
            ReadError: It is no feed or sitemap.
        """
        visit = Visit(source, self, self._settings, Backlog())
        visit.kind = kind
        for item in self._listing(data, kind, visit, where=source, base=None, declared=None):
            begin = time.monotonic()
            yield item
            visit.extend(time.monotonic() - begin)
        if visit.cut:
            yield refuse("source_timeout", visit.cut, source)

    def _listing(self, data: bytes, kind: Format, visit: Visit, *, where: str, base: str | None, declared: str | None) -> Iterator[Item]:
        if kind == "sitemap":
            from dateline.read.sitemap_pages import SitemapPages  # As below.

            yield from SitemapPages(visit, self._settings, self._first_visit).read(data, where=where, base=base, declared=declared)
            return
        from dateline.read.feed import name_of, newest, parse_feed, shared_names  # feedparser and lxml are loaded for feeds only.

        entries = parse_feed(data, source=where, settings=self._settings, url=base, declared=declared)
        if not entries:
            yield refuse("empty_feed", "The feed lists no articles.", where)
        limit = self._settings.max_links
        several = shared_names(entries)
        # Pages that were never read come first: those known, which are asked for changes only, may take all the time that there is.
        chosen = sorted(newest(entries, limit), key=lambda entry: (entry.link and visit.backlog.checked(entry.link)) or datetime.min)
        visit.listed = {entry.identity for entry in chosen}
        known = [entry for entry in chosen if entry.link and visit.backlog.checked(entry.link)]
        for entry in chosen[: len(chosen) - len(known)]:
            yield from self._entry(entry, visit, f"{where}#{entry.number}", trusted=base is None, shared=name_of(entry) in several)
        yield from self._left_over(visit)
        for entry in known:
            yield from self._entry(entry, visit, f"{where}#{entry.number}", trusted=base is None, shared=name_of(entry) in several)
        if len(entries) > limit:
            yield refuse("too_many_links", f"The feed lists {len(entries):,} articles; the newest {limit:,} were read (read.max_links).", where)

    def _left_over(self, visit: Visit) -> Iterator[Item]:
        """Yield the articles of entries that earlier runs left and that the feed lists no more."""
        if not (left := visit.take_left()):
            return
        from dateline.read.feed import name_of, shared_names

        several = shared_names(entry for entry, _ in left)
        for entry, last in left:
            yield from self._entry(entry, visit, _place(visit, entry), trusted=False, shared=name_of(entry) in several, last=last)

    def _too_many(self, visit: Visit) -> Iterator[Item]:
        """Yield what the feed says of the oldest entries where more wait than may."""
        limit = self._settings.max_links
        if len(visit.entries) <= limit:
            return
        from dateline.read.feed import by_date

        visit.entries = by_date(visit.entries)
        for entry in visit.entries[limit:]:
            yield from self._words(entry, f"more than {limit:,} pages wait (read.max_links).", _place(visit, entry), trusted=False, shared=False)
        del visit.entries[limit:]

    def _entry(self, entry: Entry, visit: Visit, where: str, *, trusted: bool, shared: bool, last: bool = False) -> Iterator[Item]:
        """Yield the article of an entry: its page, else what the feed itself says; `last` says that the page is not waited for any longer.

        An address that several entries name (`shared`), or the front page, is that of an article only where an article stands there; else what the
        feed says of each would count as revisions of one.
        """
        why = "the feed gives no address for it."
        if entry.link and is_front_page(entry.link):
            why, shared = "its address is the front page.", True
        elif entry.link and not self._settings.follow_links:
            why = "links are not followed (read.follow_links)."
        elif entry.link:
            key = canonical_url(entry.link)
            if self._first_visit(entry.link):
                failure = yield from self._page(entry.link, entry, visit, last=last)
                if failure is None:
                    return
                why = failure
                self._bare.add(key)
            elif shared and key in self._bare:
                why = "several entries share its address, and it holds no article."
            else:
                if shared and key in visit.waiting:
                    visit.entries.append(entry)
                return
        yield from self._words(entry, why, where, trusted=trusted, shared=shared)

    def _words(self, entry: Entry, why: str, where: str, *, trusted: bool, shared: bool) -> Iterator[Item]:
        """Yield what the feed itself says of an entry."""
        note = refuse("feed_fallback", f"The page of this entry was not read: {why} The feed's own text was kept instead.", where, raw=entry.link)
        if shared:
            entry = replace(entry, link=None, guid=f"{entry.guid or entry.link} {entry.title or ''}")
        from dateline.read.feed import article_of_entry

        yield from article_of_entry(entry, source=where, settings=self._settings, note=note, trusted=trusted)

    def _page(self, link: str, entry: Entry, visit: Visit, *, last: bool) -> Generator[Item, None, str | None]:
        """Yield the article of an entry's page; return why the feed's own words must stand in for it, None where they must not."""
        try:
            page = visit.get(link)
            if page.not_modified:
                return None
            if page.first and not last and (shown := binary_kind(page.body)) is not None:
                # A server's slip, mostly: the page comes later. If it is no page the next time either, the feed's words are all there is.
                visit.leave(entry, link)
                yield refuse("no_page", f"The page of this entry is {shown}, not text. If it stays so, the feed's own text is kept.", link)
                return None
            items = list(read_answer(page, where=page.url, settings=self._settings, entry=entry))
        except Unavailable as problem:
            if last or self._on_source is None:
                return problem.message
            visit.leave(entry, link)
            if not isinstance(problem, OutOfTime):  # Those are said once, for the source.
                yield refusal_of(problem, "fetch", link)
            return None
        except ReadError as problem:
            return problem.message
        if any(isinstance(item, Article) for item in items):
            yield from items
            return None
        return next((item.reason for item in items if isinstance(item, Rejection)), "it holds no article")

    def _first_visit(self, link: str) -> bool:
        key = canonical_url(link)
        with self._lock:
            known = key in self._visited
            self._visited.add(key)
        return not known

    def get(self, url: str, *, source: str | None = None, until: float = float("inf")) -> Fetched:
        """Return the answer of the fetcher, made here where none was given."""
        with self._lock:
            if self._fetcher is None:
                from dateline.read.fetch import Web  # httpx is loaded only where something is fetched.

                self._fetcher = Web(self._settings)
        return self._fetcher.get(url, source=source, until=until)


def _place(visit: Visit, entry: Entry) -> str:
    return f"{visit.source}#{entry.guid or entry.link}"
