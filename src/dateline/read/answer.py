"""The articles of an answer that is a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.fetched import Fetched
from dateline.read.jsonl import read_jsonl
from dateline.read.settings import ReadSettings
from dateline.read.sniff import format_of
from dateline.read.text import read_text

if TYPE_CHECKING:
    from dateline.read.feed import Entry


def read_answer(answer: Fetched, *, where: str, settings: ReadSettings, entry: Entry | None = None) -> Iterator[Article | Rejection]:
    """Yield the articles of an answer that is a page; `entry` is what a feed said of it.

    Raises:
        ReadError: It holds no article, or is no page.
    """
    kind = format_of(answer.url, answer.body[:8192], content_type=answer.content_type)
    if kind in {"warc", "gzip"}:
        raise ReadError("This is an archive.", where=where, remedy="Download it and name the file.")
    if kind in {"feed", "sitemap"}:  # Followed, a hostile site could lead from one to the next without end.
        raise ReadError(f"This is a {kind} where a page should be.", where=where, remedy="Name it as a source, if it is wanted.")
    if kind in {"jsonl", "json"}:
        yield from read_jsonl(io.BytesIO(answer.body), source=where, settings=settings)
    elif kind in {"text", "markdown"}:
        yield from read_text(answer.body, source=where, settings=settings, markdown=kind == "markdown", url=answer.url)
    else:
        from dateline.read.html import read_html  # Loaded for pages only: trafilatura takes half a second.

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
