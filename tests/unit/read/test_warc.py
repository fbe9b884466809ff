"""WARC archives, written here with fastwarc itself and read back."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from dateline.model import Article, Rejection
from dateline.read.settings import ReadSettings
from dateline.read.sources import read_inputs

ONE = "Troops took 12 villages near the border on Friday, the regional governor said."
TWO = "Officials counted about 300 families who had left by the evening, and more were on the roads."
BODY = f"<article><h1>Villages</h1><p>{ONE}</p><p>{TWO}</p></article>"
PAGE = f'<!DOCTYPE html><html lang="en"><head><title>Villages</title></head><body>{BODY}</body></html>'


def http(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


def archive(path: Path, *records: tuple[str, bytes], compressed: bool = True) -> Path:
    out = io.BytesIO()
    for url, content in records:
        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response)
        record.headers["WARC-Target-URI"] = url
        record.headers["WARC-Date"] = "2024-08-12T19:15:00Z"
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(content)
        if compressed:
            member = io.BytesIO()
            record.write(member)
            out.write(gzip.compress(member.getvalue()))
        else:
            record.write(out)
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize("compressed", [True, False])
def test_html_responses_become_articles(compressed: bool, tmp_path: Path, settings: ReadSettings) -> None:
    path = archive(
        tmp_path / ("news.warc.gz" if compressed else "news.warc"),
        ("https://example.org/2024/08/12/a", http(PAGE.encode())),
        ("https://example.org/robots.txt", http(b"User-agent: *", kind="text/plain")),
        ("https://example.org/moved", http(b"", status="301 Moved", headers="Location: /a\r\n")),
        ("https://example.org/b", http(gzip.compress(PAGE.encode()), headers="Content-Encoding: gzip\r\n")),
        compressed=compressed,
    )
    one, two = read_inputs([str(path)], settings=settings)
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.text, one.url, one.source) == (f"{ONE}\n\n{TWO}", "https://example.org/2024/08/12/a", f"{path}#1")
    assert one.fetched_at is not None
    assert one.fetched_at.isoformat() == "2024-08-12T19:15:00+00:00"
    assert (two.text, two.url) == (one.text, "https://example.org/b")


def test_a_bomb_inside_a_record_costs_that_record(tmp_path: Path, settings: ReadSettings) -> None:
    bomb = gzip.compress(b"<p>" + bytes(100_000_000), 1)
    path = archive(
        tmp_path / "n.warc.gz", ("https://e.org/bomb", http(bomb, headers="Content-Encoding: gzip\r\n")), ("https://e.org/a", http(PAGE.encode()))
    )
    row, article = read_inputs([str(path)], settings=settings)
    assert isinstance(row, Rejection)
    assert isinstance(article, Article)
    assert "larger than" in row.reason
    assert row.location == f"{path}#1"


def test_a_record_that_declares_too_much_ends_the_file(tmp_path: Path, settings: ReadSettings) -> None:
    path = tmp_path / "n.warc"
    path.write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"
    )
    [row] = read_inputs([str(path)], settings=settings)
    assert isinstance(row, Rejection)
    assert row.rule == "read.warc_record_too_large"


def test_a_cut_archive_keeps_what_came_before(tmp_path: Path, settings: ReadSettings) -> None:
    path = archive(
        tmp_path / "n.warc.gz", ("https://e.org/a", http(PAGE.encode())), ("https://e.org/b", http(PAGE.replace("Friday", "Sunday").encode()))
    )
    path.write_bytes(path.read_bytes()[:-120])
    article, row = read_inputs([str(path)], settings=settings)
    assert isinstance(article, Article)
    assert isinstance(row, Rejection)
    assert article.url == "https://e.org/a"
    assert row.location == f"{path}#2"
    assert "fetch it again" in row.reason


@pytest.mark.parametrize("data", [b"WARC/1.0\r\n", b"WARC/1.0\r\nnonsense", gzip.compress(b"not an archive at all", mtime=0), b"\x1f\x8bbroken"])
def test_what_is_no_archive_says_so(data: bytes, tmp_path: Path, settings: ReadSettings) -> None:
    path = tmp_path / "n.warc.gz"
    path.write_bytes(data)
    [row] = read_inputs([str(path)], settings=settings)
    assert isinstance(row, Rejection)
    assert row.stage == "read"
    assert str(path) in (row.location or "")


def test_resources_of_plain_html_are_read(tmp_path: Path, settings: ReadSettings) -> None:
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.resource)
    record.headers["WARC-Target-URI"] = "https://example.org/r"
    record.headers["Content-Type"] = "text/html"
    record.set_bytes_content(PAGE.encode())
    out = io.BytesIO()
    record.write(out)
    (tmp_path / "r.warc.gz").write_bytes(gzip.compress(out.getvalue()))
    [article] = read_inputs([str(tmp_path / "r.warc.gz")], settings=settings)
    assert isinstance(article, Article)
    assert article.url == "https://example.org/r"


def test_an_archive_without_a_page_says_so(tmp_path: Path, settings: ReadSettings) -> None:
    path = archive(
        tmp_path / "news.warc.gz",
        ("https://example.org/a", http(b"gone", status="404 Not Found")),
        ("https://example.org/b", http(b"x", kind="image/png")),
    )
    [refused] = read_inputs([str(path)], settings=settings)
    assert isinstance(refused, Rejection) and refused.rule == "read.warc_no_pages" and "None of its 2 responses" in refused.reason
