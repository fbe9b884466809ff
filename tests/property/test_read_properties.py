"""What must hold of reading for every text, not only for the ones we thought of."""

from __future__ import annotations

import gzip
import io
import json
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Article
from dateline.read.clean import clean
from dateline.read.dateline import find_dateline
from dateline.read.decode import decode, normalise
from dateline.read.inflate import inflate
from dateline.read.jsonl import read_jsonl
from dateline.read.published import parse_published
from dateline.read.robots import parse_robots
from dateline.read.settings import ReadSettings
from dateline.read.urls import canonical_url, web_url

MANY = settings(max_examples=150, deadline=None)
SETTINGS = ReadSettings(now=datetime(2026, 1, 1, tzinfo=UTC))
NO_SURROGATES = st.text(st.characters(exclude_categories=["Cs"]))

SUBJECTS = ("The governor", "A spokesman", "Officials", "The mayor of the town", "The army", "Residents", "“Nobody”, the doctor")
VERBS = ("said", "counted", "denied", "reported", "told reporters")
OBJECTS = ("that 12 villages had changed hands", "about 300 families on the roads", "almost 70 attacks since Sunday", "nothing about the bridge")
SENTENCES = st.builds("{} {} {}{}".format, st.sampled_from(SUBJECTS), st.sampled_from(VERBS), st.sampled_from(OBJECTS), st.sampled_from(".!?"))
FURNITURE = st.sampled_from(
    ["Advertisement", "ADVERTISEMENT · Scroll to continue", "Share", "Subscribe now", "We use cookies on this site.", "3 min read",
     "Read more: A story",      "Photo: Somebody", "Sign up for our newsletter", "Accept all cookies", "Related Articles", "© 2024 Sample Desk"]
)  # fmt: skip


@MANY
@given(st.lists(st.tuples(SENTENCES, st.lists(FURNITURE, max_size=2)), min_size=1, max_size=8))
def test_furniture_between_paragraphs_goes_and_every_sentence_stays(parts: list[tuple[str, list[str]]]) -> None:
    paragraphs = [sentence for sentence, _ in parts]
    scraped = "\n\n".join("\n\n".join([sentence, *junk]) for sentence, junk in parts)
    assert clean(scraped).text == "\n\n".join(paragraphs)


@MANY
@given(st.text(max_size=600))
def test_cleaning_invents_nothing_and_ends_in_a_fixed_form(text: str) -> None:
    cleaned = clean(text)
    words = normalise(text).split()
    position = iter(words)
    assert all(word in position for word in cleaned.text.split())  # A subsequence of the words, in order.
    assert normalise(cleaned.text) == cleaned.text


@MANY
@given(st.text(max_size=300))
def test_normal_form_is_stable_and_can_be_stored(text: str) -> None:
    normal = normalise(text)
    assert normalise(normal) == normal
    assert normal.encode("utf-8").decode("utf-8") == normal
    assert not any(ord(char) < 32 and char != "\n" for char in normal)


@MANY
@given(NO_SURROGATES.filter(str.strip), st.one_of(st.text(max_size=5), st.integers(), st.none()))
def test_jsonl_text_is_untouched(text: str, origin: object) -> None:
    line = json.dumps({"id": origin, "text": text}).encode()
    [article] = read_jsonl(io.BytesIO(line), source="a", settings=SETTINGS)
    assert isinstance(article, Article)
    assert article.text == text


@MANY
@given(st.binary(max_size=400))
def test_any_bytes_as_jsonl_give_one_item_a_line(data: bytes) -> None:
    items = list(read_jsonl(io.BytesIO(data), source="a", settings=SETTINGS))
    filled = [line for line in data.split(b"\n") if line.strip()]
    assert len([item for item in items if isinstance(item, Article) or item.document_id is None]) == len(filled)


@MANY
@given(st.one_of(st.text(max_size=90), st.integers(), st.floats(), st.datetimes().map(str), st.dates().map(date.isoformat)))
def test_dates_are_read_or_refused_and_never_raise(value: object) -> None:
    found = parse_published(value)
    assert (found.when is None) or (found.problem is None and found.precision is not None)


@MANY
@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.sampled_from([UTC])).map(
        lambda when: when.replace(microsecond=0)
    )
)
def test_iso_dates_come_back_exactly(when: datetime) -> None:
    found = parse_published(when.isoformat())
    assert found.when == when
    assert found.precision == "second"


@MANY
@given(st.text(max_size=300), st.one_of(st.none(), st.dates()))
def test_a_dateline_is_a_part_of_the_text(text: str, day: date | None) -> None:
    found = find_dateline(text, day)
    assert 0 <= found.length <= len(text)
    assert found.place is None or found.place.split(",")[0] in text[: found.length]


@MANY
@given(st.text(max_size=200))
def test_addresses_never_raise_and_their_canonical_form_is_stable(text: str) -> None:
    for url in (text, "https://example.org/" + text):
        once = canonical_url(url)
        assert canonical_url(once) == once
        full = web_url(url)
        assert full is None or web_url(full) == full


@MANY
@given(st.text(max_size=300), st.text(max_size=60))
def test_robots_never_raise(text: str, path: str) -> None:
    parse_robots("User-agent: *\nDisallow: " + text, "dateline").allows("https://example.org/" + path)


@MANY
@given(NO_SURROGATES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_unicode_encodings_come_back(text: str, encoding: str) -> None:
    if any(ord(char) < 32 for char in text):
        return  # May be taken for binary data.
    assert decode(text.encode(encoding)).removeprefix("\ufeff") == text.removeprefix("\ufeff")


@MANY
@given(st.binary(max_size=2000), st.integers(1, 500))
def test_what_was_compressed_comes_back(data: bytes, piece: int) -> None:
    packed = gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])
    chunks = [packed[at : at + piece] for at in range(0, len(packed), piece)]
    assert inflate(chunks, limit=10_000) == data


@pytest.mark.parametrize("size", [100_000])
@pytest.mark.parametrize(
    "unit",
    ["A", "A-", "A, ", "(", "By ", "a/", "• ", "\n", "[a](", "![", "**a", "<", "&", "1,", " | ", "“", "é", "e\u0301", "\u202e", "www.", "- ", "9"],
)
def test_time_grows_with_length_only(unit: str, size: int) -> None:
    text = unit * (size // len(unit))
    begin = time.perf_counter()
    clean(text)
    clean(text + "x")
    find_dateline(text)
    assert time.perf_counter() - begin < 2
