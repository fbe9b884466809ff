"""RSS and Atom: what a feed lists. Parsed by feedparser, after what feedparser must never see (entity declarations) has been refused.

Traps: feeds lie about encoding, length, type and dates, and link to anything; only http(s) links are followed, at most `max_links` of them, and a
feed's own words about another outlet's page never take the place of that page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import feedparser
import lxml.html  # type: ignore[import-untyped]  # lxml ships no types; its stubs are a dev package this project does without.
from lxml import etree

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.assemble import Draft, assemble, field_text, language_tag
from dateline.read.decode import decode
from dateline.read.published import Published, parse_published
from dateline.read.settings import ReadSettings
from dateline.read.urls import canonical_url, same_site, web_url

_ENTITY = re.compile(r"<!\s{0,10}ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_MOST_TAGS = 20_000  # Of one entry.
_BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "section", "article", "ul", "ol"}
_HIDDEN = {"script", "style", "figure", "figcaption", "table", "iframe", "noscript", "template"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed. `link` is an absolute http(s) address or None, `content` the item's own HTML or text."""

    link: str | None
    guid: str | None
    title: str | None
    byline: str | None
    content: str
    published: Published
    published_raw: str | None
    publisher: str | None
    language: str | None
    feed: str | None
    number: int

    @property
    def identity(self) -> tuple[str | None, str | None, str | None]:
        """What tells it from others: several may share an address, or a feed's own id."""
        return self.link, self.guid, self.title


def xml_text(data: bytes, *, where: str, declared: str | None = None) -> str:
    """Return the text of an XML document that declares no entities.

    Raises:
        ReadError: It is no text, or declares entities (a few lines of which can become gigabytes, or name files).
    """
    text = decode(data, declared=declared, where=where)
    if _ENTITY.search(text):
        raise ReadError(
            "The XML declares entities and was refused.", where=where, remedy="Feeds need none; ask the publisher, or remove the declaration."
        )
    return text


def parse_feed(data: bytes, *, source: str, settings: ReadSettings, url: str | None = None, declared: str | None = None) -> list[Entry]:
    """Return the entries of a feed, as they stand in it.

    Raises:
        ReadError: It is no feed.
    """
    text = _DECLARATION.sub("", xml_text(data, where=source, declared=declared))
    marks = text.count("<") + text.count("&")
    if marks > settings.max_elements * 10:
        remedy = f"The limit is {settings.max_elements * 10:,} (ten times read.max_elements)."
        raise ReadError(f"The feed has {marks:,} tags and entities.", where=source, remedy=remedy)
    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": url} if url else {})}
    try:
        feed = feedparser.parse(io.BytesIO(text.encode("utf-8", "replace")), response_headers=headers)
    except Exception as problem:  # feedparser's fallback parser raises whatever its handlers hit on broken markup.
        raise ReadError(
            f"The feed could not be parsed ({type(problem).__name__}).", where=source, remedy="Check the address in a browser."
        ) from problem
    if not feed.get("version") and not feed.entries:
        raise ReadError("This XML is neither RSS nor Atom.", where=source, remedy="Name the address of the feed itself.")
    about = feed.feed
    publisher, language = field_text(about.get("title")), language_tag(about.get("language"))
    home = web_url(about.get("link"), base=url)
    return [
        _entry(item, number, publisher=publisher, language=language, base=url or home, feed=url or home)
        for number, item in enumerate(feed.entries, 1)
    ]  # fmt: skip


def _entry(item: feedparser.FeedParserDict, number: int, *, publisher: str | None, language: str | None, base: str | None, feed: str | None) -> Entry:
    raw = item.get("published") or item.get("created") or item.get("updated")
    bodies = [part.get("value") or "" for part in item.get("content", []) if isinstance(part, dict)]
    return Entry(
        link=web_url(item.get("link"), base=base),
        guid=field_text(item.get("id")),
        title=field_text(html_to_text(item.get("title") or "")),
        byline=field_text(item.get("author")),
        content=max([*bodies, item.get("summary") or ""], key=len),
        published=parse_published(raw) if isinstance(raw, str) else Published(),
        published_raw=raw if isinstance(raw, str) else None,
        publisher=publisher,
        language=language,
        feed=feed,
        number=number,
    )


def newest(entries: Sequence[Entry], limit: int) -> list[Entry]:
    """Return the entries last published, at most so many, in the feed's order; those without a date come behind those with one."""
    if len(entries) <= limit:
        return list(entries)
    numbers = {entry.number for entry in by_date(entries)[:limit]}
    return [entry for entry in entries if entry.number in numbers]


def by_date(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries newest first, those without a date last."""
    return sorted(entries, key=lambda entry: entry.published.when.timestamp() if entry.published.when else float("-inf"), reverse=True)


def name_of(entry: Entry) -> str | None:
    """Return what an entry is known by: its address in canonical form, else the feed's own id for it."""
    return canonical_url(entry.link) if entry.link else entry.guid


def shared_names(entries: Iterable[Entry]) -> set[str]:
    """Return the names that different entries have in common, such as the address of a live page, or one guid for everything."""
    bearers: dict[str, set[tuple[str | None, str | None]]] = {}
    for entry in entries:
        if name := name_of(entry):
            bearers.setdefault(name, set()).add((entry.guid, entry.title))
    return {name for name, different in bearers.items() if len(different) > 1}


def article_of_entry(
    entry: Entry, *, source: str, settings: ReadSettings, note: Rejection | None = None, trusted: bool = False
) -> Iterator[Article | Rejection]:
    """Yield the article that an entry itself holds, with a row that says why its page was not used.

    Its address counts as the article's only where feed and page are one site (or the feed is the user's own file, `trusted`): else any feed could
    put words under any outlet's address.
    """
    own = entry.link is not None and (trusted or same_site(entry.feed, entry.link))
    origin = entry.guid or entry.link
    yield from assemble(
        Draft(
            text=html_to_text(entry.content),
            source=source,
            title=entry.title,
            url=entry.link if own else None,
            publisher=entry.publisher,
            byline=entry.byline,
            language=entry.language,
            published=entry.published,
            published_raw=entry.published_raw,
            origin_id=origin if own or origin is None else f"{entry.feed or source} {origin}",
            notes=(note,) if note else (),
        ),
        settings,
    )


def html_to_text(markup: str) -> str:
    """Return the words of a piece of HTML, one paragraph a line; scripts, pictures and tables left out."""
    if "<" not in markup and "&" not in markup:
        return markup
    if markup.count("<") > _MOST_TAGS:
        return ""
    try:
        root = lxml.html.fragment_fromstring(markup.encode("utf-8", "replace"), create_parent="div", parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return ""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces.append(element.tail or "" if not hidden else "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _HIDDEN
            pieces.append("\n\n" if tag in _BLOCKS else "")
            pieces.append(_flat(element.text) if not hidden else "")
        else:
            hidden -= tag in _HIDDEN
            pieces.append("\n\n" if tag in _BLOCKS else "")
            pieces.append(_flat(element.tail) if not hidden else "")
    return "".join(pieces)


def _flat(text: str | None) -> str:
    """Return text with line ends as spaces: in HTML they mean nothing."""
    return (text or "").replace("\r", " ").replace("\n", " ")
