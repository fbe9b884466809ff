"""Laws of dates: values are TIMEX3, intervals have a length, relative dates move with their anchor, paragraphs stand for themselves."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.dates import extract_dates
from dateline.model import Date
from dateline.nlp import components
from dateline.normalize.date_calendar import is_timex, step
from dateline.normalize.dates import normalize_dates

assert components.make_dates  # Importing the module registers doc._.published.
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")

DAYS = st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 12, 31))
WORDS = st.sampled_from(
    (
        "the a last next this that same previous following past two 3 12 24 31 1998 2024 May March Sept. Monday Friday night morning week year "
        "quarter second day days hours months ago earlier later on at of to between and early late mid end half about over more than BC a.m. 10:30 "
        "21.06.2025 2024-02-30 13/14/2020 every each now recently Easter , . - ( ) fiscal summer 1980s 20th century nineteen ninety-six couple"
    ).split()
)
SOUP = st.lists(WORDS, max_size=30).map(" ".join)
RELATIVE = st.sampled_from(
    (
        "on Monday|last Friday|next Tuesday|yesterday|late Sunday|Saturday night|this week|last week|two weeks ago|ten days ago|overnight|"
        "this morning|at 3 p.m. on Thursday|the day before yesterday|tonight"
    ).split("|")
)
SENTENCES = st.sampled_from(
    ["The bridge was hit on Monday.", "Officials met on 3 March 2023.", "Two days later the road was open.", "It rained for three hours.",
     "Power failed at 6 p.m., Jan. 5.", "Sales fell in the third quarter.", "Nobody came that day.", "The market opens every Friday.",
     "The school is now shut.", "Last week it was full."]
)  # fmt: skip


def read(text: str, published: date | None) -> list[Date]:
    """Return the dates of a text."""
    doc = NLP(text)
    doc._.published = published
    return normalize_dates(doc, extract_dates(doc))[0]


@settings(max_examples=150, deadline=None)
@given(text=SOUP | st.text(max_size=80), published=st.none() | DAYS)
def test_values_are_timex3_and_intervals_have_a_length(text: str, published: date | None) -> None:
    for fact in read(text, published):
        assert is_timex(fact.value), fact.value
        assert fact.text == text[fact.start : fact.end] != ""
        assert (fact.date_from is None) == (fact.date_to is None)
        if fact.date_from is not None and fact.date_to is not None:
            assert fact.date_from < fact.date_to
        assert (fact.value == "UNRESOLVED") == (fact.unresolved is not None)


@settings(max_examples=60, deadline=None)
@given(text=SOUP)
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    facts = read(text, date(2024, 3, 15))
    assert all(one.end <= other.start for one, other in pairwise(facts))


@settings(max_examples=80, deadline=None)
@given(words=RELATIVE, published=DAYS, weeks=st.integers(-60, 60))
def test_relative_dates_move_with_the_publication(words: str, published: date, weeks: int) -> None:
    text = f"It was seen {words}."
    here, there = read(text, published), read(text, step(published, "W", weeks))
    assert len(here) == len(there) >= 1
    for one, other in zip(here, there, strict=True):
        assert one.date_from is not None and other.date_from is not None
        assert other.date_from - one.date_from == timedelta(weeks=weeks)
        assert other.granularity == one.granularity


@settings(max_examples=60, deadline=None)
@given(paragraphs=st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join), min_size=2, max_size=4), published=DAYS)
def test_a_paragraph_alone_reads_like_in_its_article_unless_an_anchor_crosses_it(paragraphs: list[str], published: date) -> None:
    whole = read("\n\n".join(paragraphs), published)
    begin = 0
    for paragraph in paragraphs:
        alone = read(paragraph, published)
        inside = [fact for fact in whole if begin <= fact.start < begin + len(paragraph)]
        assert [(fact.start + begin, fact.end + begin, fact.type) for fact in alone] == [(fact.start, fact.end, fact.type) for fact in inside]
        for one, other in zip(alone, inside, strict=True):
            assert one.value == other.value or "context" in (one.anchor, other.anchor)
        begin += len(paragraph) + 2


@settings(max_examples=40, deadline=None)
@given(text=SOUP)
def test_without_an_anchor_nothing_is_counted_from_today(text: str) -> None:
    for fact in read(text, None):
        assert fact.anchor in (None, "context")
