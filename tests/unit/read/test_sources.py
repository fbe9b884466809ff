"""The one door: formats told apart, everything streamed, repeats noticed, one bad input never the end."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.model import Article, Rejection
from dateline.read.settings import ReadSettings
from dateline.read.sniff import format_of
from dateline.read.sources import read_inputs

ONE = "Troops took 12 villages near the border on Friday, the regional governor said."
TWO = "Officials counted about 300 families who had left by the evening, and more were on the roads."
PAGE = f"<html lang='en'><head><title>Villages</title></head><body><article><h1>Villages</h1><p>{ONE}</p><p>{TWO}</p></article></body></html>"
ROOT = Path(__file__).parents[3]


def split(items: Iterator[Article | Rejection]) -> tuple[list[Article], list[Rejection]]:
    found = list(items)
    return [item for item in found if isinstance(item, Article)], [item for item in found if isinstance(item, Rejection)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"{ONE}\n\n{TWO}".encode()),
        ("a.md", f"# Villages\n\n{ONE}\n\n{TWO}".encode()),
        ("a.html", PAGE.encode()),
        ("a.htm", PAGE.encode("utf-16")),
        ("a.txt", PAGE.encode()),
        ("page", PAGE.encode()),
        ("a.jsonl", json.dumps({"id": 1, "text": f"{ONE}\n\n{TWO}"}).encode()),
        ("a.json", json.dumps([{"id": 1, "text": f"{ONE}\n\n{TWO}"}], indent=1).encode()),
        ("a.json", json.dumps({"id": 1, "text": f"{ONE}\n\n{TWO}"}, indent=1).encode()),
        ("a.jsonl.gz", gzip.compress(json.dumps({"id": 1, "text": f"{ONE}\n\n{TWO}"}).encode())),
        ("a.html.gz", gzip.compress(PAGE.encode())),
        ("a", f"{ONE}\n\n{TWO}".encode()),
    ],
)
def test_every_format_gives_the_same_article(name: str, data: bytes, tmp_path: Path, settings: ReadSettings) -> None:
    (tmp_path / name).write_bytes(data)
    articles, rows = split(read_inputs([str(tmp_path / name)], settings=settings))
    assert [article.text for article in articles] == [f"{ONE}\n\n{TWO}"]
    assert not rows


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("empty.jsonl", b"", "empty"),
        ("a.txt", b"%PDF-1.4", "a PDF"),
        ("a.html", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.xml", b"<?xml version='1.0'?><data><row/></data>", "neither RSS nor Atom"),
        ("a.jsonl.gz", gzip.compress(json.dumps({"id": 1, "text": ONE}).encode() * 50)[:-30], "ends too early"),
        ("a.jsonl.gz", gzip.compress(ONE.encode())[:12] + b"\xff" * 99, "damaged"),
        ("a.txt.gz", gzip.compress(bytes(300_000_000), 1), "larger than"),
        ("a.jsonl.gz", gzip.compress(b"x" * 300_000_000, 1), "swells"),
        ("big.txt", b"word " * 2_100_000, "larger than"),
    ],
)
def test_bad_files_become_one_row_and_the_run_goes_on(name: str, data: bytes, words: str, tmp_path: Path, settings: ReadSettings) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(ONE)
    articles, rows = split(read_inputs([str(tmp_path)], settings=settings))
    assert [article.text for article in articles] == [ONE]
    row = rows[-1]
    assert row.stage == "read"
    assert row.location is not None
    assert row.location.startswith(str(tmp_path / name))
    assert words in row.reason


def test_reading_is_lazy(tmp_path: Path, settings: ReadSettings) -> None:
    (tmp_path / "a.txt").write_text(ONE)
    items = read_inputs([str(tmp_path / "a.txt"), str(tmp_path / "later.txt")], settings=settings)
    first = next(items)
    (tmp_path / "later.txt").write_text(TWO)
    assert isinstance(first, Article)
    assert [item.text for item in items if isinstance(item, Article)] == [TWO]


def test_the_same_article_twice_is_read_once_and_reported(tmp_path: Path, settings: ReadSettings) -> None:
    (tmp_path / "a.txt").write_text(ONE)
    (tmp_path / "b.txt").write_text(ONE)
    articles, [row] = split(read_inputs([str(tmp_path)], settings=settings))
    assert len(articles) == 1
    assert (row.rule, row.location) == ("read.duplicate", str(tmp_path / "b.txt"))
    assert str(tmp_path / "a.txt") in row.reason
    articles, rows = split(read_inputs([str(tmp_path)], settings=settings, unique=False))
    assert (len(articles), rows) == (2, [])


def test_one_id_for_two_texts_keeps_both_and_says_so(tmp_path: Path, settings: ReadSettings) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": "same", "text": text}) + "\n" for text in (ONE, TWO)))
    articles, [row] = split(read_inputs([str(path)], settings=settings))
    assert [article.text for article in articles] == [ONE, TWO]
    assert articles[0].document_id != articles[1].document_id == row.document_id
    assert (row.rule, row.location) == ("read.duplicate_id", f"{path}:2")
    assert [article.document_id for article in split(read_inputs([str(path)], settings=settings))[0]] == [article.document_id for article in articles]


def test_one_address_with_two_texts_is_a_revision_under_one_id(tmp_path: Path, settings: ReadSettings) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": n, "text": text, "url": "https://example.org/a"}) + "\n" for n, text in enumerate((ONE, TWO))))
    articles, rows = split(read_inputs([str(path)], settings=settings))
    assert articles[0].document_id == articles[1].document_id
    assert not rows


def test_standard_input(monkeypatch: pytest.MonkeyPatch, settings: ReadSettings) -> None:
    class Stdin:
        buffer = io.BufferedReader(io.BytesIO(json.dumps({"id": 1, "text": ONE}).encode()))  # type: ignore[arg-type]  # BytesIO serves as a raw stream.

    monkeypatch.setattr("sys.stdin", Stdin)
    articles, rows = split(read_inputs(["-"], settings=settings))
    assert [article.text for article in articles] == [ONE]
    assert articles[0].source == "-:1"
    assert not rows


@pytest.mark.parametrize("address", ["ftp://example.org/a", "file:///etc/passwd", "http://user:secret@example.org/", "http://", "gopher://x"])
def test_addresses_that_are_not_of_the_web_are_refused(address: str, settings: ReadSettings) -> None:
    [row] = read_inputs([address], settings=settings)
    assert isinstance(row, Rejection)
    assert row.rule == "read.address"


def test_the_samples_are_eight_dated_dispatches_with_all_their_fields() -> None:
    articles, rows = split(read_inputs([str(ROOT / "seeds" / "articles")]))
    assert len(articles) == 8
    assert not rows
    for article in articles:
        assert all(
            (article.title, article.url, article.publisher, article.byline, article.published_at, article.dateline_place, article.dateline_date)
        )
        assert article.published_at is not None
        assert article.dateline_date == article.published_at.date()
        assert 120 <= len(article.text.split()) <= 250
        assert "sample" in article.text.rsplit("\n", 1)[-1]


@pytest.mark.parametrize(
    ("name", "head", "content_type", "kind"),
    [
        ("a.txt", b"plain", None, "text"),
        ("a.txt", b"  <!DOCTYPE html><html>", None, "html"),
        ("a.txt", b'{"id": 1}', None, "text"),
        ("feed", b'<?xml version="1.0"?>\n<!-- x -->\n<rss version="2.0">', None, "feed"),
        ("a.xml", b"<urlset xmlns='x'>", None, "sitemap"),
        ("a.html", b"<rss>", "text/html", "feed"),
        ("https://e.org/story.php?id=1", b"<html>", "text/html; charset=utf-8", "html"),
        ("https://e.org/story.xml", b"<html>", "application/xml", "html"),
        ("https://e.org/a", b"words", "text/plain", "text"),
        ("a.html", b"\x1f\x8b", None, "gzip"),
        ("x.warc", b"WARC/1.0", None, "warc"),
        ("a", b'{"id": 1}', None, "jsonl"),
        ("a", "<html>".encode("utf-16"), None, "html"),
    ],
)
def test_formats_are_told_apart_by_name_type_and_content(name: str, head: bytes, content_type: str | None, kind: str) -> None:
    assert format_of(name, head, content_type=content_type) == kind
