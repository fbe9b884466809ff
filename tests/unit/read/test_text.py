"""Text files: front matter, encodings, Markdown, invisible characters."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.frontmatter import split_front_matter
from dateline.read.settings import ReadSettings
from dateline.read.text import read_text

LEAD = "Troops took 12 villages near the border on Friday, the regional governor said."
NEXT = "Officials counted about 300 families who had left by the evening."


def article(data: bytes | str, settings: ReadSettings, *, markdown: bool = False) -> Article:
    items = list(read_text(data.encode() if isinstance(data, str) else data, source="report.txt", settings=settings, markdown=markdown))
    assert len(items) == 1, items
    assert isinstance(items[0], Article)
    return items[0]


def test_front_matter_gives_the_fields_and_the_dateline_is_split_off(settings: ReadSettings) -> None:
    head = (
        '---\ntitle: "Villages: a count"\nurl: https://example.org/a?utm_source=x\npublisher: Sample Desk\npublished: 2024-08-12T22:15:00+03:00\n'
        "byline: Sample Writer\nlanguage: en-GB\ntags:\n  - war\n---\n"
    )
    found = article(f"{head}\nKYIV, Aug 12 (Desk) - {LEAD}\n\n{NEXT}\n", settings)
    assert found.text == f"{LEAD}\n\n{NEXT}"
    assert (found.title, found.publisher, found.byline, found.language) == ("Villages: a count", "Sample Desk", "Sample Writer", "en")
    assert found.published_at == datetime(2024, 8, 12, 22, 15, tzinfo=timezone(timedelta(hours=3)))
    assert (found.dateline_place, found.dateline_date) == ("KYIV", date(2024, 8, 12))
    assert found.source == "report.txt"
    assert not found.taken_as_is


@pytest.mark.parametrize(
    "text",
    [f"---\ntitle: never closed\n{LEAD}", f"---\nno colon here\n---\n{LEAD}", f"{LEAD}\n---\ntitle: too late\n---\n", "---\n" + "a: b\n" * 200],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_yaml_bombs_and_tags_are_only_words() -> None:
    fields, body = split_front_matter("---\ntitle: !!python/object/apply:os.system ['true']\npublisher: &a [*a, *a]\n---\nBody")
    assert fields == {"title": "!!python/object/apply:os.system ['true']", "publisher": "&a [*a, *a]"}
    assert body == "Body"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_detected(encoding: str, settings: ReadSettings) -> None:
    text = f"{LEAD}\n\n“Nous restons”, said the mayor of Orléans – and stayed."
    assert article(text.encode(encoding), settings).text == text


def test_a_cyrillic_file_in_its_old_encoding(settings: ReadSettings) -> None:
    text = "Президент сказав, що війська утримують позиції біля міста і що за добу було відбито двадцять атак на цьому напрямку."
    assert article(text.encode("cp1251"), settings).text == text


def test_a_few_broken_bytes_do_not_lose_the_article(settings: ReadSettings) -> None:
    text = "“Ми тут”, said the mayor – and stayed. " * 5
    assert "said the mayor" in article(text.encode() + b"\xff", settings).text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Troops\u200b took 12\u00a0villages, he said.", "Troops took 12 villages, he said."),
        ("Troops \u202etook\u202c 12 villages, he said.", "Troops took 12 villages, he said."),
        ("Troops\x07 took\t12 villages,\x00 he said.", "Troops took 12 villages, he said."),
        ("Orle\u0301ans fell, he said, with 12 villages.", "Orl\u00e9ans fell, he said, with 12 villages."),
        ("Troops\u00ad took 12 vil\u00adlages, he said.\ufeff", "Troops took 12 villages, he said."),
    ],
)
def test_invisible_characters_are_gone_before_offsets_are_counted(written: str, kept: str, settings: ReadSettings) -> None:
    assert article(written.encode(), settings).text == kept


def test_markdown_marks_are_removed(settings: ReadSettings) -> None:
    top = f"# Villages change hands\n\n{LEAD}\n\n"
    written = f"{top}## Numbers\n\nOfficials counted **about 300** [families](https://example.org/f) by noon. ![map](m.png)\n"
    found = article(written, settings, markdown=True)
    assert found.title == "Villages change hands"
    assert found.text == f"{LEAD}\n\nNumbers\n\nOfficials counted about 300 families by noon."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4 ...", "a PDF"),
        (b"PK\x03\x04" + bytes(50), "ZIP"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\x01\x02\x03\x04" * 9, "binary"),
    ],
)
def test_binary_files_are_named_as_what_they_are(data: bytes, words: str, settings: ReadSettings) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        list(read_text(data, source="a.txt", settings=settings))
    assert caught.value.where == "a.txt"
    assert caught.value.remedy


@pytest.mark.parametrize(("written", "rule"), [("2031-01-01", "read.published"), ("1066-10-14", "read.published"), ("04/05/2024", "read.published")])
def test_impossible_dates_are_dropped_with_a_row_and_the_article_is_kept(written: str, rule: str, settings: ReadSettings) -> None:
    found, row = read_text(f"---\npublished: {written}\n---\n{LEAD}".encode(), source="a.txt", settings=settings)
    assert isinstance(found, Article)
    assert isinstance(row, Rejection)
    assert (found.published_at, found.published_precision) == (None, None)
    assert (row.rule, row.raw, row.document_id, row.location) == (rule, written, found.document_id, "a.txt")


def test_an_address_that_is_none_is_left_out_with_a_row(settings: ReadSettings) -> None:
    found, row = read_text(f"---\nurl: javascript:alert(1)\n---\n{LEAD}".encode(), source="a.txt", settings=settings)
    assert isinstance(found, Article)
    assert isinstance(row, Rejection)
    assert (found.url, row.rule) == (None, "read.url")


@pytest.mark.parametrize("text", ["Advertisement\n\nSubscribe\n", "\u200b\u202e\n", "...\n---\n"])
def test_a_file_without_article_text_is_refused(text: str, settings: ReadSettings) -> None:
    [row] = read_text(text.encode(), source="a.txt", settings=settings)
    assert isinstance(row, Rejection)
    assert row.rule == "read.empty"


@pytest.mark.parametrize("text", ["word " * 30_000, "a\n" * 30_000])
def test_too_long_texts_are_refused_whole(text: str) -> None:
    [row] = read_text(text.encode(), source="a.txt", settings=ReadSettings(max_text_chars=100_000))
    assert isinstance(row, Rejection)
    assert row.rule == "read.too_long"
    assert "read.max_" in row.reason


def test_ids_are_deterministic_and_do_not_depend_on_path_or_front_matter(settings: ReadSettings) -> None:
    [one] = read_text(LEAD.encode(), source="a.txt", settings=settings)
    [two] = read_text(f"---\ntitle: T\n---\n{LEAD}".encode(), source="b/c.txt", settings=settings)
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert one.document_id == two.document_id
