"""Pages read again from the bytes that were kept, after the readers have changed. Nothing is fetched.

What a feed said of a page (its date, say) stands in no page; it is taken from the report that was read out of the page then. Where the readers now
make another text of the same bytes, that text is a new revision, as if the outlet had changed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import duckdb

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.answer import read_answer
from dateline.read.feed import Entry
from dateline.read.fetched import Fetched
from dateline.read.published import Published
from dateline.read.refusal import refusal_of, refuse
from dateline.read.settings import ReadSettings
from dateline.read.sniff import format_of
from dateline.warehouse.raw import RawStore

_QUERY = """
SELECT f.address, f.final_address, f.status, f.content_type, f.charset, f.fetched_at, f.raw_path,
       d.published_at, d.published_offset, d.published_precision, d.publisher, d.title, d.byline, d.language, d.origin_id
FROM ops.fetches f LEFT JOIN documents d ON d.document_id = f.document_id AND d.is_current
WHERE f.raw_path IS NOT NULL ORDER BY f.fetched_at, f.address, f.fetch_id
"""


def reread(con: duckdb.DuckDBPyConnection, raw: RawStore, settings: ReadSettings) -> Iterator[Article | Rejection]:
    """Yield what the present readers make of every page whose bytes are kept, those first fetched first."""
    cursor = con.cursor().execute(_QUERY)  # Of its own: the caller works with the other one while it reads on.
    names = [column[0] for column in cursor.description or ()]
    while (values := cursor.fetchone()) is not None:
        row = dict(zip(names, values, strict=True))
        body = raw.get(row["raw_path"])
        if body is None:
            reason = f"The kept bytes of this page (raw/{row['raw_path']}) are gone or damaged; the text that was read from them stays."
            yield refuse("raw_gone", reason, row["address"])
        elif format_of(row["final_address"], body[:8192], content_type=row["content_type"]) not in {"feed", "sitemap"}:
            try:
                yield from read_answer(_answer(row, body), where=row["address"], settings=settings, entry=_said(row))
            except ReadError as problem:
                yield refusal_of(problem, "fetch", row["address"])


def _answer(row: dict[str, Any], body: bytes) -> Fetched:
    return Fetched(
        url=row["final_address"],
        asked=row["address"],
        status=row["status"],
        body=body,
        content_type=row["content_type"],
        charset=row["charset"],
        etag=None,
        last_modified=None,
        fetched_at=row["fetched_at"].replace(tzinfo=UTC, microsecond=0),
    )


def _said(row: dict[str, Any]) -> Entry | None:
    """Return what is known of the page from its first reading, in the form in which a feed says it."""
    if row["published_at"] is None and row["title"] is None:
        return None
    when: datetime | None = row["published_at"]
    if when is not None and row["published_offset"] is not None:
        when = when.replace(tzinfo=timezone(timedelta(minutes=row["published_offset"])))
    return Entry(
        link=row["address"],
        guid=row["origin_id"],
        title=row["title"],
        byline=row["byline"],
        content="",
        published=Published(when, row["published_precision"]),
        published_raw=None,
        publisher=row["publisher"],
        language=row["language"],
        feed=None,
        number=0,
    )
