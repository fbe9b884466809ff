"""Web pages: the article by trafilatura, its date with time and offset by htmldate, title, byline, publisher and language from the metadata.

Traps: a page's canonical link may name another outlet's article (it is believed only within the same site); htmldate can guess a date out of the
text (switched off: an unknown date is None); parsing time grows faster than the page where tags are many or deeply nested (limits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import htmldate
import lxml.html  # type: ignore[import-untyped]  # lxml ships no types; its stubs are a dev package this project does without.
import trafilatura
from lxml import etree

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.assemble import Draft, assemble, field_text, language_tag
from dateline.read.boilerplate import fold
from dateline.read.decode import decode
from dateline.read.published import Published, parse_published
from dateline.read.settings import ReadSettings
from dateline.read.urls import is_front_page, same_site, web_url

_TAG = re.compile(r"<[a-zA-Z!/?]")
_NO_BODY = {"script", "style", "template", "noscript", "svg", "iframe", "object", "head"}
# The extensive search guesses dates out of the text, and its first odd string costs 15 s of compiling every language's names (dateparser).
# Impossible days must be found here, to be refused with a reason instead of being silently replaced by another one.
_DATE_SEARCH: dict[str, Any] = {
    "extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%dT%H:%M:%S%z", "min_date": "1000-01-01", "max_date": "2999-12-31",
}  # fmt: skip
_DATE_META = ("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "parsely-pub-date",
              "sailthru.date", "publishdate", "pubdate", "publish_date", "publication_date", "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_JSON_DATE = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"]{4,60})"')


def read_html(
    data: bytes | str,
    *,
    source: str,
    settings: ReadSettings,
    url: str | None = None,
    declared: str | None = None,
    fetched_at: datetime | None = None,
    published: Published | None = None,
    publisher: str | None = None,
    origin_id: str | None = None,
    title: str | None = None,
    notes: tuple[Rejection, ...] = (),
) -> Iterator[Article | Rejection]:
    """Yield the article of one page.

    Args:
        data: The page.
        source: Where it came from, for messages.
        url: Its address where that is known; else the page's own word for it is taken.
        declared: The encoding that the server named.
        fetched_at: When it was fetched.
        published, publisher, title, origin_id: What a feed said of it; used where the page says nothing.
        notes: Rows to go with the article.

    Raises:
        ReadError: It is no page, too large, or holds no article.
    """
    text = data if isinstance(data, str) else decode(data, declared=declared, where=source)
    tree = parse_page(text, settings, where=source)
    meta = _metadata(tree)
    found, raw = _published(tree, meta, url)
    document = _extract(text, url, source)
    named = web_url(url)
    canonical = web_url(_canonical(tree, meta), base=named)
    if canonical and is_front_page(canonical):
        canonical = None  # A template's mistake, on every page: believed, it would make of all articles revisions of one.
    if named is None or (canonical and same_site(named, canonical)):
        named = canonical or named
    # The page's own heading may differ from the title in its metadata, and is no sentence of the article either.
    headings = {fold(" ".join(heading.itertext())) for heading in tree.iter("h1")}
    # "- " is what trafilatura writes before list items; it is not in the page.
    lines = [line.removeprefix("- ") for line in (document.text or "").split("\n")]
    paragraphs = [line for line in lines if line.strip() and fold(line) not in headings]
    draft = Draft(
        text="\n\n".join(paragraphs),
        source=source,
        title=field_text(document.title) or field_text(title),
        url=named,
        publisher=field_text(document.sitename) or field_text(publisher),
        byline=field_text(document.author),
        language=language_tag(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or meta.get("og:locale")),
        published=found if found.when or found.problem else published or found,
        published_raw=raw,
        fetched_at=fetched_at,
        origin_id=origin_id,
        notes=notes,
    )
    yield from assemble(draft, settings)


def parse_page(text: str, settings: ReadSettings, *, where: str) -> Any:
    """Return the element tree of a page.

    Raises:
        ReadError: There are no tags, or so many or so deep that reading would not end in time.
    """
    tags = sum(1 for _ in _TAG.finditer(text))
    if not tags:
        raise ReadError("The page holds no HTML.", where=where, remedy="Save it as .txt if it is plain text.")
    if tags > settings.max_elements * 2 + 1000:  # Opening and closing tags; counted before parsing, since a tree costs ten times the memory.
        raise ReadError(f"The page has {tags:,} tags.", where=where, remedy=f"The limit is {settings.max_elements:,} elements (read.max_elements).")
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as problem:
        raise ReadError(f"The page could not be parsed ({problem}).", where=where, remedy="Check that it is a whole HTML page.") from problem
    elements = sum(1 for _ in tree.iter())
    if elements > settings.max_elements:
        raise ReadError(f"The page has {elements:,} elements.", where=where, remedy=f"The limit is {settings.max_elements:,} (read.max_elements).")
    depth = _depth(tree, settings.max_depth)
    if depth > settings.max_depth:
        raise ReadError("The page nests its tags too deeply.", where=where, remedy=f"The limit is {settings.max_depth} levels (read.max_depth).")
    return tree


def _depth(tree: Any, limit: int) -> int:
    deepest = level = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
        if deepest > limit:
            break
    return deepest


def _extract(text: str, url: str | None, where: str) -> Any:
    document: Any
    try:
        document = trafilatura.bare_extraction(
            text, url=url, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=dict(_DATE_SEARCH)
        )  # fmt: skip
    except Exception as problem:  # trafilatura runs three parsers over foreign pages; whatever breaks in them costs this page only.
        raise ReadError(
            f"The article could not be taken out of the page ({type(problem).__name__}: {str(problem)[:200]}).",
            where=where,
            remedy="Save its text as .txt.",
        ) from problem
    if document is None or not (document.text or "").strip():
        remedy = "Check that the page holds an article in its HTML (not one that a script loads), or save its text as .txt."
        raise ReadError("No article was found in the page.", where=where, remedy=remedy)
    return document


def _metadata(tree: Any) -> dict[str, str]:
    """Return the first value of every <meta>, by name or property in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = (element.get("content") or "").strip()
        if name and value:
            found.setdefault(name, value[:2000])
    return found


def _canonical(tree: Any, meta: dict[str, str]) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").strip().lower() == "canonical" and element.get("href"):
            return str(element.get("href"))
    return meta.get("og:url")


def _published(tree: Any, meta: dict[str, str], url: str | None) -> tuple[Published, str | None]:
    """Return when the page says it was published, and in which words.

    What the page states for machines comes first, since it alone shows whether a clock time was given; htmldate then knows the many other places.
    """
    stated = [meta[name] for name in _DATE_META if name in meta]
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() == "application/ld+json":
            stated.extend(match.group(1) for match in _JSON_DATE.finditer((element.text or "")[:200_000]))
    problem: tuple[Published, str | None] = (Published(), None)
    for raw in stated:
        found = parse_published(raw)
        if found.when is not None:
            return found, raw
        problem = problem if problem[1] else (found, raw)
    try:
        latest: str | None = htmldate.find_date(tree, url=url, **_DATE_SEARCH)
    except Exception:  # As with trafilatura: many heuristics over foreign markup, and a page without a date is no failure.
        latest = None
    return (parse_published(latest), latest) if latest else problem
