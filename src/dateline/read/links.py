"""Addresses: pages, feeds and sitemaps read over the network, and what their links lead to."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.fetched import Fetched
from dateline.read.jsonl import read_jsonl
from dateline.read.refusal import refusal_of, refuse
from dateline.read.settings import ReadSettings
from dateline.read.sniff import Format, format_of
from dateline.read.text import read_text
from dateline.read.urls import canonical_url, web_url

if TYPE_CHECKING:
    from dateline.read.feed import Entry

Item = Article | Rejection
_SITEMAP_DEPTH = 2  # An index of sitemaps; an index of indexes is not allowed by the protocol (sitemaps.org).


class Fetcher(Protocol):
    """What fetches: `fetch.Web`, or something around it that keeps answers or knows their ETags; called from several threads."""

    def get(self, url: str) -> Fetched:
        """Return the answer; raises ReadError where there is none that can be used."""

    def close(self) -> None:
        """Let connections go."""


class LinkReader:
    """Reads addresses with one fetcher, made when first needed, and each page once."""

    def __init__(self, settings: ReadSettings, fetcher: Fetcher | None = None) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._own = fetcher is None
        self._visited: set[str] = set()
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the fetcher, if it was made here."""
        if self._own and self._fetcher is not None:
            self._fetcher.close()

    def read(self, address: str) -> Iterator[Item]:
        """Yield the articles at an address: of the page, or of the pages that a feed or sitemap lists."""
        url = web_url(address)
        if url is None:
            yield refuse("address", "Only http and https addresses are read, without a name or password inside.", address)
            return
        try:
            yield from self._read(url, depth=0)
        except ReadError as problem:
            yield refusal_of(problem, "fetch", url)

    def _read(self, url: str, *, depth: int) -> Iterator[Item]:
        answer = self._get(url)
        if answer.not_modified:
            return
        kind = format_of(answer.url, answer.body[:8192], content_type=answer.content_type)
        if kind in {"feed", "sitemap"}:
            yield from self._listing(answer.body, kind, source=url, base=answer.url, declared=answer.charset, depth=depth)
        elif kind in {"jsonl", "json"}:
            yield from read_jsonl(io.BytesIO(answer.body), source=url, settings=self._settings)
        elif kind in {"warc", "gzip"}:
            raise ReadError("This is an archive.", where=url, remedy="Download it and name the file.")
        elif kind == "html":
            yield from self._page(answer)
        else:
            yield from read_text(answer.body, source=url, settings=self._settings, markdown=kind == "markdown", url=answer.url)

    def read_listing(self, data: bytes, kind: Format, *, source: str) -> Iterator[Item]:
        """Yield the articles that a feed or sitemap file lists.

        Raises:
            ReadError: It is no feed or sitemap.
        """
        yield from self._listing(data, kind, source=source, base=None, declared=None, depth=0)

    def _listing(self, data: bytes, kind: Format, *, source: str, base: str | None, declared: str | None, depth: int) -> Iterator[Item]:
        if kind == "sitemap":
            yield from self._sitemap(data, source, base, declared, depth)
            return
        from dateline.read.feed import parse_feed  # feedparser and lxml are loaded for feeds only.

        entries = parse_feed(data, source=source, settings=self._settings, url=base, declared=declared)
        if not entries:
            yield refuse("empty_feed", "The feed lists no articles.", source)
        limit = self._settings.max_links
        for entry in entries[:limit]:
            yield from self._entry(entry, f"{source}#{entry.number}", trusted=base is None)
        if len(entries) > limit:
            yield refuse("too_many_links", f"The feed lists {len(entries):,} articles; the first {limit:,} were read (read.max_links).", source)

    def _entry(self, entry: Entry, source: str, *, trusted: bool) -> Iterator[Item]:
        """Yield the article of an entry: its page, else what the feed itself says."""
        settings = self._settings
        why = "the feed gives no address for it."
        if entry.link and settings.follow_links:
            if not self._first_visit(entry.link):
                return
            try:
                page = self._get(entry.link)
                if page.not_modified:
                    return
                items = list(self._page(page, entry))
                if any(isinstance(item, Article) for item in items):
                    yield from items
                    return
                why = next((item.reason for item in items if isinstance(item, Rejection)), "it holds no article")
            except ReadError as problem:
                why = problem.message
        elif entry.link:
            why = "links are not followed (read.follow_links)."
        note = refuse("feed_fallback", f"The page of this entry was not read: {why} The feed's own text was kept instead.", source, raw=entry.link)
        from dateline.read.feed import article_of_entry

        yield from article_of_entry(entry, source=source, settings=settings, note=note, trusted=trusted)

    def _page(self, answer: Fetched, entry: Entry | None = None) -> Iterator[Item]:
        from dateline.read.html import read_html  # Loaded for pages only, as above.

        yield from read_html(
            answer.body,
            source=answer.url,
            settings=self._settings,
            url=answer.url,
            declared=answer.charset,
            fetched_at=answer.fetched_at,
            published=entry.published if entry else None,
            publisher=entry.publisher if entry else None,
            title=entry.title if entry else None,
            origin_id=entry.guid if entry else None,
        )

    def _sitemap(self, data: bytes, source: str, base: str | None, declared: str | None, depth: int) -> Iterator[Item]:
        from dateline.read.sitemap import parse_sitemap

        pages, maps = parse_sitemap(data, where=source, base=base, declared=declared)
        limit = self._settings.max_links
        if not pages and not maps:
            yield refuse("empty_feed", "The sitemap lists no pages.", source)
        if not self._settings.follow_links:
            yield refuse("links_off", "A sitemap holds links only, and links are not followed (read.follow_links).", source)
            return
        for link in pages[:limit] + (maps[:limit] if depth < _SITEMAP_DEPTH else []):
            if not self._first_visit(link):
                continue
            try:
                yield from self._read(link, depth=depth + 1 if link in maps else _SITEMAP_DEPTH + 1)
            except ReadError as problem:
                yield refusal_of(problem, "fetch", link)
        if len(pages) > limit:
            yield refuse("too_many_links", f"The sitemap lists {len(pages):,} pages; the first {limit:,} were read (read.max_links).", source)

    def _first_visit(self, link: str) -> bool:
        key = canonical_url(link)
        with self._lock:
            known = key in self._visited
            self._visited.add(key)
        return not known

    def _get(self, url: str) -> Fetched:
        with self._lock:
            if self._fetcher is None:
                from dateline.read.fetch import Web  # httpx is loaded only where something is fetched.

                self._fetcher = Web(self._settings)
        return self._fetcher.get(url)
