"""Addresses: pages, feeds and sitemaps read over the network, and what their links lead to."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.decode import binary_kind
from dateline.read.fetched import Fetched, Unavailable
from dateline.read.jsonl import read_jsonl
from dateline.read.outcome import Outcome
from dateline.read.refusal import refusal_of, refuse
from dateline.read.settings import ReadSettings
from dateline.read.sniff import Format, format_of
from dateline.read.text import read_text
from dateline.read.urls import canonical_url, is_front_page, shown_url, web_url

if TYPE_CHECKING:
    from dateline.read.feed import Entry

Item = Article | Rejection
_LISTINGS = {"feed", "sitemap"}
_SITEMAP_DEPTH = 2  # An index of sitemaps; an index of indexes is not allowed by the protocol (sitemaps.org).


class Fetcher(Protocol):
    """What fetches: `fetch.Web`, or something around it that keeps answers or knows their ETags; called from several threads."""

    def get(self, url: str, *, source: str | None = None) -> Fetched:
        """Return the answer; raises ReadError where there is none that can be used. `source` is the input that led to the address."""

    def close(self) -> None:
        """Let connections go."""


@dataclass(slots=True)
class _Visit:
    """The input under way, and how it goes."""

    source: str
    kind: str | None = None
    asked: int = 0  # Pages that it lists ...
    silent: int = 0  # ... of these without an answer ...
    silence: str = ""  # ... and why.
    wait: float = 0.0  # Seconds for which a server asked to be left alone.


class LinkReader:
    """Reads addresses with one fetcher, made when first needed, and each page once.

    Args:
        settings: Limits.
        fetcher: What fetches; made where None.
        on_source: Told how each input went; called in the thread that read it. Where somebody keeps that book, inputs are read again and again: a
            page that does not answer now is then left for the next time instead of being replaced by the feed's own words.
    """

    def __init__(self, settings: ReadSettings, fetcher: Fetcher | None = None, on_source: Callable[[Outcome], None] | None = None) -> None:
        self._settings = settings
        self._on_source = on_source
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
        visit = _Visit(address)
        problem: str | None = None
        url = web_url(address)
        if url is None:
            problem = "Only http and https addresses are read, without a name or password inside."
            yield refuse("address", problem, shown_url(address))
        else:
            try:
                yield from self._read(url, visit, depth=0)
            except ReadError as failure:
                problem = failure.message
                yield refusal_of(failure, "fetch", url)
        if problem is None and 0 < visit.asked == visit.silent:
            problem = (
                f"None of its {visit.asked:,} pages answered. {visit.silence}" if visit.asked > 1 else f"Its page did not answer. {visit.silence}"
            )
        if self._on_source is not None:
            self._on_source(Outcome(source=address, kind=visit.kind, problem=problem, wait=visit.wait))

    def _read(self, url: str, visit: _Visit, *, depth: int) -> Iterator[Item]:
        answer = self._get(url, visit)
        if answer.not_modified:
            return
        kind = format_of(answer.url, answer.body[:8192], content_type=answer.content_type)
        if depth == 0:
            visit.kind = {"html": "page", "text": "page", "markdown": "page", "json": "jsonl"}.get(kind, kind)
        if kind in _LISTINGS:
            yield from self._listing(answer.body, kind, visit, where=url, base=answer.url, declared=answer.charset, depth=depth)
        elif kind in {"warc", "gzip"}:
            raise ReadError("This is an archive.", where=url, remedy="Download it and name the file.")
        else:
            yield from read_answer(answer, where=url, settings=self._settings)

    def read_listing(self, data: bytes, kind: Format, *, source: str) -> Iterator[Item]:
        """Yield the articles that a feed or sitemap file lists.

        Raises:
            ReadError: It is no feed or sitemap.
        """
        visit = _Visit(source)
        yield from self._listing(data, kind, visit, where=source, base=None, declared=None, depth=0)

    def _listing(
        self, data: bytes, kind: Format, visit: _Visit, *, where: str, base: str | None, declared: str | None, depth: int
    ) -> Iterator[Item]:  # fmt: skip
        if kind == "sitemap":
            yield from self._sitemap(data, visit, where, base, declared, depth)
            return
        from dateline.read.feed import name_of, newest, parse_feed, shared_names  # feedparser and lxml are loaded for feeds only.

        entries = parse_feed(data, source=where, settings=self._settings, url=base, declared=declared)
        if not entries:
            yield refuse("empty_feed", "The feed lists no articles.", where)
        limit = self._settings.max_links
        several = shared_names(entries)
        for entry in newest(entries, limit):
            yield from self._entry(entry, visit, f"{where}#{entry.number}", trusted=base is None, shared=name_of(entry) in several)
        if len(entries) > limit:
            yield refuse("too_many_links", f"The feed lists {len(entries):,} articles; the newest {limit:,} were read (read.max_links).", where)

    def _entry(self, entry: Entry, visit: _Visit, where: str, *, trusted: bool, shared: bool) -> Iterator[Item]:
        """Yield the article of an entry: its page, else what the feed itself says.

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
                failure = yield from self._page(entry.link, entry, visit)
                if failure is None:
                    return
                why = failure
                self._bare.add(key)
            elif shared and key in self._bare:
                why = "several entries share its address, and it holds no article."
            else:
                return
        note = refuse("feed_fallback", f"The page of this entry was not read: {why} The feed's own text was kept instead.", where, raw=entry.link)
        if shared:
            entry = replace(entry, link=None, guid=f"{entry.guid or entry.link} {entry.title or ''}")
        from dateline.read.feed import article_of_entry

        yield from article_of_entry(entry, source=where, settings=self._settings, note=note, trusted=trusted)

    def _page(self, link: str, entry: Entry, visit: _Visit) -> Generator[Item, None, str | None]:
        """Yield the article of an entry's page; return why the feed's own words must stand in for it, None where they must not."""
        try:
            page = self._get(link, visit)
            if page.not_modified:
                return None
            if page.first and (shown := binary_kind(page.body)) is not None:
                # A server's slip, mostly: the page comes later. If it is no page the next time either, the feed's words are all there is.
                yield refuse("no_page", f"The page of this entry is {shown}, not text. If it stays so, the feed's own text is kept.", link)
                return None
            items = list(read_answer(page, where=page.url, settings=self._settings, entry=entry))
        except Unavailable as problem:
            if self._on_source is None:
                return problem.message
            yield refusal_of(problem, "fetch", link)
            return None
        except ReadError as problem:
            return problem.message
        if any(isinstance(item, Article) for item in items):
            yield from items
            return None
        return next((item.reason for item in items if isinstance(item, Rejection)), "it holds no article")

    def _sitemap(self, data: bytes, visit: _Visit, where: str, base: str | None, declared: str | None, depth: int) -> Iterator[Item]:
        from dateline.read.sitemap import parse_sitemap

        pages, maps = parse_sitemap(data, where=where, base=base, declared=declared)
        limit = self._settings.max_links
        if not pages and not maps:
            yield refuse("empty_feed", "The sitemap lists no pages.", where)
        if not self._settings.follow_links:
            yield refuse("links_off", "A sitemap holds links only, and links are not followed (read.follow_links).", where)
            return
        for link in pages[:limit] + (maps[:limit] if depth < _SITEMAP_DEPTH else []):
            if not self._first_visit(link):
                continue
            try:
                yield from self._read(link, visit, depth=depth + 1 if link in maps else _SITEMAP_DEPTH + 1)
            except ReadError as problem:
                yield refusal_of(problem, "fetch", link)
        if len(pages) > limit:
            yield refuse("too_many_links", f"The sitemap lists {len(pages):,} pages; the first {limit:,} were read (read.max_links).", where)

    def _first_visit(self, link: str) -> bool:
        key = canonical_url(link)
        with self._lock:
            known = key in self._visited
            self._visited.add(key)
        return not known

    def _get(self, url: str, visit: _Visit) -> Fetched:
        with self._lock:
            if self._fetcher is None:
                from dateline.read.fetch import Web  # httpx is loaded only where something is fetched.

                self._fetcher = Web(self._settings)
        listed = visit.kind in _LISTINGS
        visit.asked += listed
        try:
            return self._fetcher.get(url, source=visit.source)
        except Unavailable as silence:
            visit.silent += listed
            visit.silence = silence.message
            visit.wait = max(visit.wait, silence.wait)
            raise


def read_answer(answer: Fetched, *, where: str, settings: ReadSettings, entry: Entry | None = None) -> Iterator[Item]:
    """Yield the articles of an answer that is no feed, sitemap or archive; `entry` is what a feed said of it.

    Raises:
        ReadError: It holds no article.
    """
    kind = format_of(answer.url, answer.body[:8192], content_type=answer.content_type)
    if kind in {"jsonl", "json"}:
        yield from read_jsonl(io.BytesIO(answer.body), source=where, settings=settings)
    elif kind in {"text", "markdown"}:
        yield from read_text(answer.body, source=where, settings=settings, markdown=kind == "markdown", url=answer.url)
    else:
        from dateline.read.html import read_html  # Loaded for pages only, as above.

        yield from read_html(
            answer.body,
            source=answer.url,
            settings=settings,
            url=answer.url,
            declared=answer.charset,
            fetched_at=answer.fetched_at,
            published=entry.published if entry else None,
            publisher=entry.publisher if entry else None,
            title=entry.title if entry else None,
            origin_id=entry.guid if entry else None,
        )
