"""Figures under any writing: equal values for equal numbers, ordered ranges, true offsets, no overlap with dates, no surprise from hostile text."""

from __future__ import annotations

import time
from datetime import datetime

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline.nlp.components  # noqa: F401  # It registers the attributes that earlier components leave on a Doc.
from dateline.extract.figures import extract_figures
from dateline.model import Figure
from dateline.normalize.figures import normalize_figures

BLANK = spacy.blank("en")
BLANK.add_pipe("sentencizer")
DATED = spacy.blank("en")
DATED.add_pipe("sentencizer")
DATED.add_pipe("dateline_dates")

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def figures(text: str) -> list[Figure]:
    doc = BLANK(text)
    return normalize_figures(doc, extract_figures(doc))[0]


def in_words(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{ONES[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    return f"{in_words(number // 1000)} thousand" + (f" {in_words(number % 1000)}" if number % 1000 else "")


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=2, max_value=999_999))
def test_digits_separators_and_words_mean_the_same(number: int) -> None:
    forms = {str(number), f"{number:,}", f"{number:,}".replace(",", "\u202f"), in_words(number)}
    for form in forms:
        (figure,) = figures(f"They counted {form} tents.")
        assert figure.value_min == figure.value_max == number, form


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=1, max_value=999), st.sampled_from([("million", "m", 1e6), ("billion", "bn", 1e9)]))
def test_scale_words_and_suffixes_mean_the_same(number: int, scale: tuple[str, str, float]) -> None:
    word, suffix, factor = scale
    for form in (f"${number} {word}", f"${number}{suffix}", f"{number} {word} dollars"):
        (figure,) = figures(f"The dam costs {form}.")
        assert (figure.value_min, figure.unit) == (number * factor, "usd"), form


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=2, max_value=5000), st.integers(min_value=1, max_value=5000))
def test_ranges_keep_their_order(low: int, more: int) -> None:
    high = low + more
    for form in (f"between {low:,} and {high:,}", f"{low:,} to {high:,}", f"from {low:,} to {high:,}"):
        (figure,) = figures(f"They need {form} tents.")
        assert (figure.value_min, figure.value_max) == (low, high), form


WORDS = st.sampled_from(
    "about 12 1,250 3-5 of drones and two dozen $5m 20% in Lyman since 2022 May 3 half a third killed to from one 10 km - : . , ( ) million 7th F-16 "
    "Monday at 10:30 years old 19-year-old tens of thousands minus × ½ \n".split(" ")
)


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_offsets_hold_and_no_figure_overlaps_a_date(words: list[str]) -> None:
    doc = DATED.make_doc(" ".join(words))
    doc._.published = datetime(2025, 4, 27)
    for _, component in DATED.pipeline:
        doc = component(doc)
    kept, _ = normalize_figures(doc, extract_figures(doc))
    for figure in kept:
        assert doc.text[figure.start : figure.end] == figure.text != ""
        assert figure.value_min is None or figure.value_max is None or figure.value_min <= figure.value_max
        if figure.kind != "age" and figure.unit not in {"usd", "percent"} and "," not in figure.text:
            assert not any(date.start < figure.end and figure.start < date.end for date in doc._.dates), figure
    starts = [figure.start for figure in kept]
    assert starts == sorted(starts)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789.,-–$€%kmbn½ thousandofe'\n", max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for figure in figures(text):
        assert text[figure.start : figure.end] == figure.text


def test_time_grows_no_faster_than_the_text() -> None:
    hostile = "1,2-3/4 of one hundred thousand $5-10m to 7 and " * 400

    def seconds(text: str) -> float:
        doc = BLANK(text)
        began = time.process_time()
        normalize_figures(doc, extract_figures(doc))
        return time.process_time() - began

    seconds(hostile[:1000])
    short, long = seconds(hostile[: len(hostile) // 8]), seconds(hostile)
    assert long < 30 * short + 0.5
