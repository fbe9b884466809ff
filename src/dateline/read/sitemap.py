"""Sitemaps (sitemaps.org): the addresses that a site lists of its pages, news first where it says when they were published."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.parsers import expat

from dateline.errors import ReadError
from dateline.read.feed import xml_text
from dateline.read.urls import web_url


def parse_sitemap(data: bytes, *, where: str, base: str | None = None, declared: str | None = None) -> tuple[list[str], list[str]]:
    """Return the addresses of pages and those of further sitemaps, newest first where the sitemap gives dates.

    Raises:
        ReadError: It is not XML, or declares entities.
    """
    text = xml_text(data, where=where, declared=declared)
    pages: list[tuple[str, str]] = []
    maps: list[str] = []
    try:
        # Entities are refused above, which leaves the parser of the standard library nothing to be harmed by.
        root = ElementTree.fromstring(text.encode("utf-8", "replace"), parser=ElementTree.XMLParser(encoding="utf-8"))
    except (ElementTree.ParseError, expat.ExpatError, ValueError) as problem:
        raise ReadError(f"The sitemap is not well-formed XML ({problem}).", where=where, remedy="Check it in a browser.") from problem
    for element in root:
        link, when = None, ""
        for part in element.iter():
            name = part.tag.rsplit("}", 1)[-1]
            if name == "loc" and link is None:
                link = web_url((part.text or "").strip(), base=base)
            elif name == "publication_date" or (name == "lastmod" and not when):
                when = (part.text or "").strip()[:30]
        if link and element.tag.endswith("sitemap"):
            maps.append(link)
        elif link:
            pages.append((when, link))
    return [link for _, link in sorted(pages, key=lambda page: page[0], reverse=True)], maps
