"""Sitemaps (sitemaps.org): the addresses that a site lists of its pages, and which of them a run asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from xml.etree import ElementTree
from xml.parsers import expat

from dateline.errors import ReadError
from dateline.read.backlog import Backlog
from dateline.read.feed import xml_text
from dateline.read.urls import web_url

_ANY_CLOCK = timedelta(hours=1)  # By which a server's clock may be wrong.
_ANY_DAY = timedelta(hours=36)  # After its beginning in UTC a day has ended everywhere.


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An address in a sitemap.

    Attributes:
        link: The address, absolute.
        when: When it was published, else changed, as written; "" where that is not said.
        changed: After this moment (UTC without zone) it has not changed, as far as the sitemap says; None where it does not.
        within: The sitemap that lists it.
    """

    link: str
    when: str
    changed: datetime | None
    within: str


def parse_sitemap(data: bytes, *, where: str, base: str | None = None, declared: str | None = None) -> tuple[list[Listed], list[Listed]]:
    """Return the pages and the further sitemaps that a sitemap lists, both newest first where it gives dates.

    Raises:
        ReadError: It is not XML, or declares entities.
    """
    text = xml_text(data, where=where, declared=declared)
    pages: list[Listed] = []
    maps: list[Listed] = []
    try:
        # Entities are refused above, which leaves the parser of the standard library nothing to be harmed by.
        root = ElementTree.fromstring(text.encode("utf-8", "replace"), parser=ElementTree.XMLParser(encoding="utf-8"))
    except (ElementTree.ParseError, expat.ExpatError, ValueError) as problem:
        raise ReadError(f"The sitemap is not well-formed XML ({problem}).", where=where, remedy="Check it in a browser.") from problem
    for element in root:
        link, published, changed = None, "", ""
        for part in element.iter():
            name = part.tag.rsplit("}", 1)[-1]
            words = (part.text or "").strip()
            if name == "loc" and link is None:
                link = web_url(words, base=base)
            elif name == "publication_date":
                published = words[:30]
            elif name == "lastmod":
                changed = words[:30]
        if link:
            listed = Listed(link=link, when=published or changed, changed=_unchanged_after(changed), within=where)
            (maps if element.tag.endswith("sitemap") else pages).append(listed)
    return newest_first(pages), newest_first(maps)


def newest_first(listed: Iterable[Listed]) -> list[Listed]:
    """Return addresses by date, those without one last and in their order."""
    return sorted(listed, key=lambda one: one.when, reverse=True)


def _unchanged_after(lastmod: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(lastmod)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).replace(tzinfo=None) + (_ANY_CLOCK if ":" in lastmod else _ANY_DAY)
    except (ValueError, OverflowError):
        return None


def due(listed: Iterable[Listed], backlog: Backlog) -> tuple[list[Listed], list[Listed]]:
    """Return which addresses are to be asked: the new ones, and those that have changed or may have; those known to be unchanged are not.

    New ones go newest first, but those that failed before last; of the others, that asked longest ago first.
    """
    new: list[Listed] = []
    old: list[tuple[datetime, Listed]] = []
    for one in listed:
        checked = backlog.checked(one.link)
        if checked is None or one.link in backlog.unfinished:
            new.append(one)
        elif not backlog.rests(one.link) if one.changed is None else checked <= one.changed:
            old.append((checked, one))
    old.sort(key=lambda pair: pair[0])
    return sorted(newest_first(new), key=lambda one: one.link in backlog.failed), [one for _, one in old]


def in_turns(new: Iterable[Listed], old: Iterable[Listed]) -> list[Listed]:
    """Return both, one of each in turn: neither a large archive nor a sitemap that calls everything changed keeps the others waiting for ever."""
    return [one for pair in zip_longest(new, old) for one in pair if one is not None]
