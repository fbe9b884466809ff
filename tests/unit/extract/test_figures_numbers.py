"""The number grammar: every way of writing a number, and the numbers that are no figures."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import dateline.nlp.components  # noqa: F401  # It registers the attributes that earlier components leave on a Doc.
from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figures import extract_figures
from dateline.model import Date, Entity


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    return blank


def found(nlp: spacy.language.Language, text: str) -> list[FigureCandidate]:
    return [candidate for candidate in extract_figures(nlp(text)) if candidate.veto is None]


VALUES = [
    ("They counted 1,250 tents.", "1,250", 1250, 1250),
    ("They counted 1 250 tents.", "1 250", 1250, 1250),
    ("They counted 12,34,567 rupees.", "12,34,567", 1234567, 1234567),
    ("Some 6.7 million refugees left.", "6.7 million", 6_700_000, 6_700_000),
    ("The fund holds 35bn euros.", "35bn", 35e9, 35e9),
    ("A £2.5m grant was paid.", "2.5m", 2_500_000, 2_500_000),
    ("About 35m people watched.", "35m", 35_000_000, 35_000_000),
    ("Two hundred and fifty-six sheep drowned.", "Two hundred and fifty-six", 256, 256),
    ("Half a million homes lost power.", "Half a million", 500_000, 500_000),
    ("Two and a half million litres leaked.", "Two and a half million", 2_500_000, 2_500_000),
    ("Two dozen boats sank.", "Two dozen", 24, 24),
    ("Dozens of boats sank.", "Dozens", 24, None),
    ("Tens of thousands of birds died.", "Tens of thousands", 20_000, None),
    ("Several hundred marchers came.", "Several hundred", 200, None),
    ("A rope of 10 1/2 miles was laid.", "10 1/2", 10.5, 10.5),
    ("Two thirds of the roofs fell in.", "Two thirds", 2 / 3, 2 / 3),
    ("One in five of the pupils stayed home.", "One in five", 0.2, 0.2),
    ("Votes fell eight to one against.", "eight to one", 8, 8),
    ("Between 10,000 and 12,000 fans sang.", "10,000 and 12,000", 10_000, 12_000),
    ("The queue was 3-5 km long.", "3-5", 3, 5),
    ("It costs $5 million to $10 million.", "5 million to $10 million", 5e6, 10e6),
    ("Two to three million trees burned.", "Two to three million", 2e6, 3e6),
    ("The night brought -5 degrees Celsius.", "-5", -5, -5),
    ("The firm paid 13 dollars and 45 cents.", "13 dollars and 45", 13.45, 13.45),
    ("Sales reached MEUR 60.", "60", 60e6, 60e6),
]


@pytest.mark.parametrize(("text", "number", "low", "high"), VALUES)
def test_every_form_has_its_value(nlp: spacy.language.Language, text: str, number: str, low: float, high: float | None) -> None:
    (candidate, *_) = found(nlp, text)
    assert text[candidate.start : candidate.end] == number
    assert candidate.low == pytest.approx(low)
    assert candidate.high == (None if high is None else pytest.approx(high))


def test_n_of_m_is_two_figures(nlp: spacy.language.Language) -> None:
    assert [c.low for c in found(nlp, "Crews put out 58 of 70 fires.")] == [58, 70]


def test_from_to_with_a_verb_of_change_is_two_figures(nlp: spacy.language.Language) -> None:
    assert [c.low for c in found(nlp, "The number of fires rose from 12 to 17.")] == [12, 17]


def test_an_or_range_needs_neighbours(nlp: spacy.language.Language) -> None:
    assert [(c.low, c.high) for c in found(nlp, "Two or three goats escaped.")] == [(2, 3)]
    assert [c.low for c in found(nlp, "It weighs 20 or 90 kilos.")] == [20, 90]


VETOES = [
    ("An F-16 landed beside a T-72.", "designation"),
    ("Kyiv asked for 155mm shells.", "calibre"),
    ("Resolution 2254 was adopted.", "designation"),
    ("The Group of Seven met.", "designation"),
    ("No one was hurt.", "pronoun"),
    ("One of the bridges fell.", "pronoun"),
    ("The visitors won 3-1.", "score"),
    ("The talks begin at 10:30.", "clock"),
    ("They met on 11 March.", "date"),
    ("It was built in 1974 by masons.", "year"),
    ("The siege lasted three weeks.", "duration"),
    ("He lives at 16-18 Orchard Avenue.", "designation"),
    ("See https://example.org/4711 for more.", "name"),
    ("1. Open the gate.", "list number"),
]


@pytest.mark.parametrize(("text", "veto"), VETOES)
def test_numbers_that_are_no_figures(nlp: spacy.language.Language, text: str, veto: str) -> None:
    candidates = extract_figures(nlp(text))
    assert candidates
    assert {candidate.veto for candidate in candidates} == {veto}


@pytest.mark.parametrize("text", ["The 47th Brigade left.", "It was the third attack.", "The second half began.", "Half an hour later rain fell."])
def test_ordinals_and_half_hours_are_not_read_as_figures(nlp: spacy.language.Language, text: str) -> None:
    assert found(nlp, text) == []


UNITS = [
    ("They marched 15 km.", "km"),
    ("They marched 15km.", "km"),
    ("It covers 1,250 square kilometers.", "km2"),
    ("It covers 1,250 sq. km.", "km2"),
    ("It covers 1,250 km².", "km2"),
    ("A 40-kilometer front formed.", "km"),
    ("Nearly 20% voted.", "percent"),
    ("Nearly 20 per cent voted.", "percent"),
    ("It cost 361 million pounds.", "gbp"),
    ("The stone weighs 361 pounds.", "pound"),
    ("It cost C$40.", "cad"),
    ("It cost 40 Australian dollars.", "aud"),
    ("A magnitude 7.7 earthquake struck.", "magnitude"),
    ("A 750-kilovolt line failed.", "kilovolt"),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_units_in_all_spellings(nlp: spacy.language.Language, text: str, unit: str) -> None:
    (candidate,) = found(nlp, text)
    assert candidate.unit is not None
    assert candidate.unit.name == unit


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("A 19-year-old conscript wrote home.", [19]),
        ("Three siblings aged 8, 12 and 17 hid.", [8, 12, 17]),
        ("The tower is ten months old.", [10]),
        ("Half of them are under 18.", [18]),
    ],
)
def test_ages(nlp: spacy.language.Language, text: str, ages: list[int]) -> None:
    assert [c.low for c in found(nlp, text) if c.age] == ages


def test_an_age_between_commas_needs_a_person(nlp: spacy.language.Language) -> None:
    text = "Olena Moroz, 63, kept bees."
    doc = nlp(text)
    doc._.entities = (Entity(start=0, end=11, text="Olena Moroz", sentence=0, score=1, rule="test", type="PERSON", name="Olena Moroz"),)
    assert [c.age for c in extract_figures(doc)] == [True]


def doc_with_date(nlp: spacy.language.Language, text: str, words: str, kind: str) -> Doc:
    start = text.index(words)
    doc = nlp(text)
    doc._.dates = (Date(start=start, end=start + len(words), text=words, sentence=0, score=1, rule="test", type=kind, value="P3Y"),)
    return doc


def test_a_number_inside_a_date_is_vetoed_by_its_span(nlp: spacy.language.Language) -> None:
    doc = doc_with_date(nlp, "The village of 300 has waited three years.", "three years", "DURATION")
    assert [(c.low, c.veto) for c in extract_figures(doc)] == [(300, None), (3, "duration")]


def test_a_long_run_of_digits_is_no_number(nlp: spacy.language.Language) -> None:
    assert found(nlp, "Key " + "9" * 500 + " leaked.") == []
