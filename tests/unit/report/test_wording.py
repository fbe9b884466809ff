"""Facts in words: hedges stay, addresses that could run are never links."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.report import wording

FIGURE = {"text": "70", "approx": "exact", "modifier": None, "unit": "count", "per": None, "negated": False, "value_min": 70.0, "value_max": 70.0}


@pytest.mark.parametrize(
    ("change", "words", "meaning"),
    [
        ({}, "70", "70"),
        ({"approx": "below", "modifier": "almost"}, "almost 70", "70, below"),
        ({"approx": "below"}, "almost 70", "70, below"),
        ({"approx": "at_least", "modifier": "or more"}, "70 or more", "70, at least"),
        ({"unit": "percent"}, "70%", "70"),
        ({"unit": "percent", "text": "70 percent"}, "70 percent", "70"),
        ({"unit": "usd"}, "70 USD", "70"),
        ({"per": "day"}, "70 per day", "70"),
        ({"negated": True}, "not 70", "70"),
        ({"text": "60 and 80", "value_min": 60.0, "value_max": 80.0}, "60–80", "60 to 80"),
        ({"text": "60 to 80", "value_min": 60.0, "value_max": 80.0}, "60 to 80", "60 to 80"),
        ({"text": "dozens", "approx": "about", "value_min": 24.0, "value_max": None}, "dozens", "24 and more, about"),
        ({"text": "nobody", "value_min": None, "value_max": None}, "nobody", "no value"),
    ],
)
def test_a_figure_is_said_as_the_text_says_it(change: dict, words: str, meaning: str) -> None:
    figure = FIGURE | change
    assert wording.said(figure) == words
    assert wording.meaning(figure) == meaning


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(address: str | None, linked: bool) -> None:
    assert (wording.web(address) is not None) is linked


def test_long_sentences_are_cut_around_the_figure() -> None:
    quote = "a" * 900 + " 70 " + "b" * 900
    before, words, after = wording.quoted({"quote": quote, "sentence_start": 100, "start_char": 1001, "end_char": 1003, "text": "70"})
    assert words == "70"
    assert before.startswith("…")
    assert after.endswith("…")
    assert len(before) + len(after) < 500


def test_offsets_outside_of_the_sentence_show_the_words_alone() -> None:
    row = {"quote": "short", "sentence_start": 0, "start_char": 90, "end_char": 95, "text": "words"}
    assert wording.quoted(row) == ("", "words", "")


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (0.25, "0.25"), (1500.0, "1.5k"), (2.5e6, "2.5M"), (7e9, "7B")])
def test_axis_numbers_are_short(value: float, text: str) -> None:
    assert wording.compact(value) == text


def test_sides_are_countries_speakers_or_the_outlet() -> None:
    assert (wording.side("UA"), wording.side("officials"), wording.side(None)) == ("Ukraine", "officials", "outlet's own voice")
    assert wording.country("QQ") == "QQ"
    assert wording.day(date(2025, 4, 27)) == "2025-04-27"
