"""JSON lines: one article a line, the text taken exactly as it is, so that offsets of facts are offsets into the record's own "text"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.assemble import document_id, field_text, language_tag, usable_date
from dateline.read.dateline import find_dateline
from dateline.read.published import parse_published
from dateline.read.refusal import refusal_of, refuse
from dateline.read.settings import ReadSettings
from dateline.read.urls import web_url

_SHAPE = 'Write one object a line: {"id", "text", "title"?, "published"?, "url"?}.'
_CHUNK = 1 << 16
_LONGEST_ID = 500
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def article_from_record(record: Mapping[str, Any], *, source: str) -> Article:
    """Return the article of one record; offsets of facts refer to record["text"] unchanged.

    Args:
        record: "text" is required; "id", "url", "title", "publisher", "byline", "language" and "published" or "dct" (a date, a date with time and
            offset, or null) are used where they are given.
        source: File and line, for messages.

    Raises:
        ReadError: There is no text.
    """
    return next(item for item in read_record(record, source=source, settings=ReadSettings()) if isinstance(item, Article))


def read_record(record: Mapping[str, Any], *, source: str, settings: ReadSettings) -> Iterator[Article | Rejection]:
    """Yield the article of one record and a row for each field of it that could not be used.

    Raises:
        ReadError: It has no text, or too much of it.
    """
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        problem = "has no text" if text is None or isinstance(text, str) else f'has a "text" that is no string but {type(text).__name__}'
        raise ReadError(f"The record {problem}.", where=source, remedy=_SHAPE)
    if len(text) > settings.max_text_chars:
        remedy = f"The limit is {settings.max_text_chars:,}: split the article, or raise read.max_text_chars."
        raise ReadError(f"The text has {len(text):,} characters.", where=source, remedy=remedy)
    notes: list[Rejection] = []
    if not text.isascii() and _SURROGATE.search(text):
        # Half a surrogate pair is no character and cannot be stored; one character for one keeps every offset.
        text = _SURROGATE.sub("\ufffd", text)
        notes.append(refuse("surrogate", "The text held halves of characters; each was replaced by U+FFFD. Write the JSON as UTF-8.", source))
    origin, url = _origin(record.get("id")), web_url(record["url"] if isinstance(record.get("url"), str) else None)
    identity = document_id(url=url, origin_id=origin, text=text)
    raw = record.get("published") if record.get("published") is not None else record.get("dct")
    published, problems = usable_date(parse_published(raw), None if raw is None else str(raw), settings, source=source, document=identity)
    heading = find_dateline(text, published.when.date() if published.when else None)
    yield Article(
        document_id=identity,
        text=text,
        title=field_text(record.get("title")),
        url=url,
        publisher=field_text(record.get("publisher")),
        byline=field_text(record.get("byline")),
        language=language_tag(record.get("language")),
        published_at=published.when,
        published_precision=published.precision,
        dateline_place=heading.place,
        dateline_date=heading.day,
        source=source,
        origin_id=origin,
        taken_as_is=True,
    )
    yield from (*notes, *problems)
    if record.get("url") and url is None:
        reason = "The url is no http or https address and was left out. Give the full address of the article."
        yield refuse("url", reason, source, raw=str(record["url"])[:500], document_id=identity)


def _origin(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        return None
    return str(value)[:_LONGEST_ID].encode("utf-8", "replace").decode("utf-8")


def read_jsonl(stream: BinaryIO, *, source: str, settings: ReadSettings) -> Iterator[Article | Rejection]:
    """Yield the articles of a stream of JSON lines, one line in memory at a time; a line that cannot be read costs that line alone."""
    number = 0
    while True:
        number += 1
        line, whole = _next_line(stream, settings.max_line_bytes)
        if line is None:
            return
        where = f"{source}:{number}"
        if not whole:
            reason = f"The line is longer than {settings.max_line_bytes:,} bytes and was skipped. Split it, or raise read.max_line_bytes."
            yield refuse("line_too_long", reason, where, raw=line)
        elif line.strip():
            yield from read_line(line, source=where, settings=settings, first=number == 1)


def read_line(line: bytes, *, source: str, settings: ReadSettings, first: bool = False) -> Iterator[Article | Rejection]:
    """Yield what one line holds: an article and its notes, or one refusal."""
    try:
        record = json.loads(line.decode("utf-8-sig" if first else "utf-8"))
    except UnicodeDecodeError as problem:
        yield refuse("encoding", f"The line is not UTF-8 (byte {problem.start}). Convert the file to UTF-8.", source, raw=line)
        return
    except (ValueError, RecursionError) as problem:
        detail = str(problem) if isinstance(problem, json.JSONDecodeError) else "numbers too long or nesting too deep"
        yield refuse("json", f"The line is not JSON ({detail}). {_SHAPE}", source, raw=line)
        return
    if not isinstance(record, dict):
        yield refuse("json", f"The line is JSON but no object. {_SHAPE}", source, raw=line)
        return
    try:
        yield from read_record(record, source=source, settings=settings)
    except ReadError as problem:
        yield refusal_of(problem, "record", source)


def _next_line(stream: BinaryIO, limit: int) -> tuple[bytes | None, bool]:
    """Return the next line without its end and whether it is whole; of a longer one only its beginning, the rest skipped in small pieces."""
    line = stream.readline(limit + 1)
    if not line:
        return None, True
    if line.endswith(b"\n") or len(line) <= limit:
        return line.rstrip(b"\r\n"), True
    while piece := stream.readline(_CHUNK):
        if piece.endswith(b"\n"):
            break
    return line[:1000], False
