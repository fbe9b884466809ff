"""JSON lines: the text as it is, one bad line costs one line."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.jsonl import article_from_record, read_jsonl
from dateline.read.settings import ReadSettings

GOOD = {"id": "a", "text": "Troops took 12 villages."}


def lines(*records: object) -> bytes:
    return b"".join(record if isinstance(record, bytes) else json.dumps(record).encode() + b"\n" for record in records)


def read(data: bytes, settings: ReadSettings) -> list[Article | Rejection]:
    return list(read_jsonl(io.BytesIO(data), source="news.jsonl", settings=settings))


@pytest.mark.parametrize("text", ["\n KYIV, Aug 12 (Desk) - Troops\u200b moved.\r\n\n Advertisement\n", "a\x00b\u202ec", "e\u0301", "\ufeffText"])
def test_the_text_is_taken_exactly_as_it_is(text: str) -> None:
    found = article_from_record({"id": 1, "text": text}, source="x")
    assert found.text == text
    assert found.taken_as_is


def test_the_dateline_is_read_without_being_cut() -> None:
    found = article_from_record({"id": "1", "text": "KYIV, Aug 12 (Desk) - Troops moved.", "published": "2024-08-13"}, source="x")
    assert (found.dateline_place, found.dateline_date) == ("KYIV", date(2024, 8, 12))
    assert found.text.startswith("KYIV")


@pytest.mark.parametrize(
    ("fields", "when", "precision"),
    [
        ({"published": "2024-08-12"}, datetime(2024, 8, 12), "day"),
        ({"dct": "2024-08-12"}, datetime(2024, 8, 12), "day"),
        ({"published": None, "dct": "2024-08-12"}, datetime(2024, 8, 12), "day"),
        ({"published": "2024-08-12T10:30:05Z"}, datetime(2024, 8, 12, 10, 30, 5, tzinfo=UTC), "second"),
        ({"published": None}, None, None),
        ({}, None, None),
    ],
)
def test_dates(fields: dict[str, object], when: datetime | None, precision: str | None) -> None:
    found = article_from_record({**GOOD, **fields}, source="x")
    assert (found.published_at, found.published_precision) == (when, precision)


def test_ids_come_from_the_address_else_from_the_records_own_id() -> None:
    by_url = article_from_record({**GOOD, "url": "https://example.org/a"}, source="x")
    same = article_from_record({"id": "other", "text": "Other.", "url": "http://EXAMPLE.org/a/?utm_medium=feed#top"}, source="y")
    by_id = article_from_record(GOOD, source="x")
    assert by_url.document_id == same.document_id != by_id.document_id
    assert by_id.document_id == article_from_record({**GOOD, "text": "Changed."}, source="z").document_id
    assert (by_id.origin_id, article_from_record({"text": "No id."}, source="x").origin_id) == ("a", None)


def test_lines_are_named_by_file_and_number(settings: ReadSettings) -> None:
    found = read(lines(GOOD, b"\n", {**GOOD, "id": "b"}), settings)
    assert [item.source for item in found if isinstance(item, Article)] == ["news.jsonl:1", "news.jsonl:3"]


@pytest.mark.parametrize(
    ("bad", "rule", "words"),
    [
        (b"{not json}\n", "read.json", "not JSON"),
        (b"[1, 2]\n", "read.json", "no object"),
        (b'"text"\n', "read.json", "no object"),
        (b'{"id": 1}\n', "read.record", "no text"),
        (b'{"id": 1, "text": ""}\n', "read.record", "no text"),
        (b'{"id": 1, "text": 5}\n', "read.record", "no string"),
        (b'{"id": 1, "text": ["a"]}\n', "read.record", "no string"),
        (b'{"id": 1, "text": "caf\xe9"}\n', "read.encoding", "not UTF-8"),
        (b"[" * 100_000 + b"\n", "read.json", "nesting"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "a"}\n', "read.json", "numbers"),
        (b"\x00\x01\x02\n", "read.json", "not JSON"),
        (b'{"id": 1, "text": "cut of', "read.json", "not JSON"),
    ],
)
def test_a_bad_line_costs_that_line_alone(bad: bytes, rule: str, words: str, settings: ReadSettings) -> None:
    found = read(lines(GOOD) + (bad if bad.endswith(b"\n") else bad + b"\n") + lines({**GOOD, "id": "b"}), settings)
    assert [type(item) for item in found] == [Article, Rejection, Article]
    row = found[1]
    assert isinstance(row, Rejection)
    assert (row.stage, row.rule, row.location) == ("read", rule, "news.jsonl:2")
    assert words in row.reason


def test_a_hundred_megabyte_line_is_skipped_in_small_pieces(tmp_path: Path, settings: ReadSettings) -> None:
    path = tmp_path / "news.jsonl"
    with path.open("wb") as out:
        for _ in range(100):
            out.write(b"x" * 1_000_000)
        out.write(b"\n" + lines(GOOD))
    tracemalloc.start()
    with path.open("rb") as stream:
        row, article = read_jsonl(stream, source="news.jsonl", settings=settings)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(row, Rejection)
    assert isinstance(article, Article)
    assert row.rule == "read.line_too_long"
    assert article.source == "news.jsonl:2"
    assert peak < 4 * settings.max_line_bytes


def test_halves_of_characters_are_replaced_one_for_one(settings: ReadSettings) -> None:
    article, row = read(rb'{"id": 1, "text": "a\ud800b \ud83d\ude00 c"}' + b"\n", settings)
    assert isinstance(article, Article)
    assert isinstance(row, Rejection)
    assert article.text == "a\ufffdb \U0001f600 c"
    assert row.rule == "read.surrogate"
    article.text.encode()


@pytest.mark.parametrize("published", ["2999-01-01", "12th of never", 5, ["2024"], "0001-01-01"])
def test_an_impossible_date_keeps_the_article(published: object, settings: ReadSettings) -> None:
    article, row = read(lines({**GOOD, "published": published}), settings)
    assert isinstance(article, Article)
    assert isinstance(row, Rejection)
    assert article.published_at is None
    assert (row.rule, row.document_id) == ("read.published", article.document_id)


def test_fields_of_the_wrong_kind_are_left_out(settings: ReadSettings) -> None:
    [article] = read(lines({**GOOD, "id": ["a"], "title": 5, "publisher": {}, "byline": None, "language": 7, "url": None}), settings)
    assert isinstance(article, Article)
    assert (article.origin_id, article.title, article.publisher, article.byline, article.language) == (None,) * 5


def test_a_record_without_text_raises_for_those_who_hold_it() -> None:
    with pytest.raises(ReadError) as caught:
        article_from_record({"id": 1}, source="record 7")
    assert caught.value.where == "record 7"
    assert caught.value.remedy


def test_a_mark_at_the_beginning_of_the_file_is_no_part_of_it(settings: ReadSettings) -> None:
    assert isinstance(read(b"\xef\xbb\xbf" + lines(GOOD), settings)[0], Article)
