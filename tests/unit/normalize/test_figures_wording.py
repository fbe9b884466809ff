"""The phrase that a figure measures, one piece of the report."""

from __future__ import annotations

import pytest
from spacy.language import Language

from dateline.nlp.load import load_nlp

WORDINGS = [
    ("Troops made almost 70 attempts to attack the positions on Sunday, an officer said.", ["attempts to attack the positions"]),
    ("The army holds around 20% of the country's land, more than a year after it came.", ["country's land"]),
    ("The staff counted 14 clashes along the border in a day.", ["clashes along the border"]),
    ("A shell killed two people and wounded 15 in the market.", ["people", "people"]),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_nlp()


@pytest.mark.parametrize(("text", "concepts"), WORDINGS)
def test_concepts_are_pieces_of_the_report(nlp: Language, text: str, concepts: list[str]) -> None:
    figures = nlp(text)._.figures
    assert [figure.concept for figure in figures] == concepts
    assert all(figure.concept in text for figure in figures)
