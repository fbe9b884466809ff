"""Pages that call another address their canonical one, held against what is known of that address.

Mostly it is their own article under a shorter name. A template's mistake calls all pages by one address, though: believed, it would make of every new
article a revision of the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from dateline.ids import text_hash
from dateline.model import Article
from dateline.read.assemble import document_id
from dateline.read.urls import canonical_url, web_url

_SAME = 0.5  # Share of the shorter one's words that two versions of one article have in common at least; unlike articles share a third.


@dataclass(frozen=True, slots=True)
class Holder:
    """The page that an address is known by: where it was read, and what it says."""

    source: str
    title: str | None
    text: str


def under_own_address(con: duckdb.DuckDBPyConnection, articles: Sequence[Article], held: dict[str, Holder]) -> list[Article]:
    """Return the articles, those under their own address whose canonical one is another article's.

    Args:
        con: The work database.
        articles: Some of a run's, in the order of reading.
        held: The addresses that pages of this run have claimed, by document_id; added to.
    """
    claims = {article.document_id for article in articles if _claims(article)}
    if not claims:
        return list(articles)
    rows = con.execute(
        "SELECT document_id, text_hash, is_current, source, title, CASE WHEN is_current THEN text END FROM documents "
        "WHERE document_id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(claims)],
    ).fetchall()
    # What stands under a claimed address already stays there, whoever reads it again.
    settled = {(document, digest) for document, digest, *_ in rows}
    for document, _, is_current, *page in rows:
        if is_current:
            held.setdefault(document, Holder(*page))
    return [
        _own(article, held) if article.document_id in claims and (article.document_id, text_hash(article.text)) not in settled else article
        for article in articles
    ]


def _claims(article: Article) -> bool:
    """Return whether a page was read under another address than the one that it gives itself."""
    return article.fetched_at is not None and article.url is not None and canonical_url(article.url) != canonical_url(article.source)


def _own(article: Article, held: dict[str, Holder]) -> Article:
    holder = held.setdefault(article.document_id, Holder(article.source, article.title, article.text))
    if not _claims(article) or canonical_url(holder.source) == canonical_url(article.source) or _alike(holder, article):
        return article
    url = web_url(article.source)
    return replace(article, url=url, document_id=document_id(url=url, origin_id=article.origin_id, text=article.text))


def _alike(holder: Holder, article: Article) -> bool:
    """Return whether two pages hold versions of one article: one title, or most of the words."""
    if holder.title and holder.title == article.title:
        return True
    one, other = set(holder.text.casefold().split()), set(article.text.casefold().split())
    return len(one & other) >= _SAME * min(len(one), len(other))
