"""WARC archives (Common Crawl news and the like), streamed record by record by fastwarc.

Traps: a record may declare any length, its HTTP body may be compressed once more, and a cut file ends in the middle of a record; what came before
stays read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.html import read_html
from dateline.read.inflate import inflate
from dateline.read.refusal import refusal_of, refuse
from dateline.read.settings import ReadSettings
from dateline.read.sniff import format_of
from dateline.read.urls import web_url

Item = Article | Rejection
_CHUNK = 1 << 16


def read_warc(stream: BinaryIO, *, source: str, settings: ReadSettings) -> Iterator[Item]:
    """Yield the articles of the HTML responses of an archive; a record that cannot be read costs that record alone."""
    number = given = 0
    records = ArchiveIterator(stream, record_types=WarcRecordType.response | WarcRecordType.resource, parse_http=True)
    while True:
        try:
            record = next(records, None)
        except Exception as problem:  # fastwarc raises OSError, ValueError or its own errors for damaged archives; what was read stays.
            reason = f"The archive is damaged after record {number} ({problem}). The records before were read; fetch the file again."
            yield refuse("warc_damaged", reason, source)
            return
        if record is None:
            break
        number += 1
        where = f"{source}#{number}"
        if record.content_length > settings.max_archive_record_bytes:
            reason = f"Record {number} declares {record.content_length:,} bytes; reading of the file ends here (read.max_archive_record_bytes)."
            yield refuse("warc_record_too_large", reason, where)
            return
        for item in _read_record(record, where, settings):
            given += 1
            yield item
    if number and not given:
        reason = f"None of its {number} responses is a page that was answered with 200 and HTML. Check that it is an archive of news pages."
        yield refuse("warc_no_pages", reason, source)
    if not number:
        yield refuse("warc_empty", "The file holds no WARC responses. Check that it is a WARC archive.", source)


def _read_record(record: Any, where: str, settings: ReadSettings) -> Iterator[Item]:
    try:
        url = web_url(record.headers.get("WARC-Target-URI"))
        status = record.http_headers.status_code if record.http_headers else 200
        content_type = record.http_content_type or record.headers.get("Content-Type")
        if status != 200 or (content_type and not content_type.lower().startswith(("text/html", "application/xhtml", "application/http"))):
            return  # Redirects, images, robots.txt: not articles, and most of an archive.
        body = _body(record, where, settings)
        if format_of(url or "", body[:8192], content_type=content_type) != "html":
            return
        fetched = record.record_date
        yield from read_html(
            body,
            source=where,
            settings=settings,
            url=url,
            declared=record.http_charset,
            fetched_at=fetched.astimezone(UTC) if isinstance(fetched, datetime) else None,
            notes=(_truncated(where),) if record.headers.get("WARC-Truncated") else (),
        )
    except ReadError as problem:
        yield refusal_of(problem, "warc_record", where)
    except (OSError, ValueError) as problem:
        yield refuse("warc_record", f"The record cannot be read ({problem}).", where)


def _truncated(where: str) -> Rejection:
    return refuse("warc_truncated", "The archive holds only the beginning of this page (WARC-Truncated); its text may be incomplete.", where)


def _body(record: Any, where: str, settings: ReadSettings) -> bytes:
    encodings = [value.strip().lower() for value in (record.http_headers.get("Content-Encoding") or "").split(",")] if record.http_headers else []
    encodings = [encoding for encoding in encodings if encoding and encoding != "identity"]
    if not encodings:
        return inflate(_chunks(record, where), limit=settings.max_page_bytes, encoding="identity", where=where)
    if len(encodings) > 1 or encodings[0].removeprefix("x-") not in {"gzip", "deflate"}:
        raise ReadError(f"The body is compressed as {', '.join(encodings)}, which is not read.", where=where, remedy="Leave the record out.")
    return inflate(_chunks(record, where), limit=settings.max_page_bytes, encoding=encodings[0].removeprefix("x-"), where=where)


def _chunks(record: Any, where: str) -> Iterator[bytes]:
    """Yield the payload in pieces.

    Raises:
        ReadError: It ends before the length that the record declares: the archive was cut, and fastwarc does not say so.
    """
    taken = 0
    while chunk := record.reader.read(_CHUNK):
        taken += len(chunk)
        yield chunk
    if taken < record.content_length:
        message = f"The record ends after {taken:,} of {record.content_length:,} bytes."
        raise ReadError(message, where=where, remedy="The archive is cut; fetch it again.")
