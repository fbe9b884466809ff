"""Whose figure it is: lists of an issuer, parts of a count, numbers that count the speakers; over the shipped pipeline."""

from functools import cache

import pytest
from spacy.language import Language

from dateline.nlp.load import load_nlp


@cache
def nlp() -> Language:
    return load_nlp()


def owners(text: str) -> list[tuple[str, str | None]]:
    doc = nlp()(text)
    return [(figure.text, figure.source_name) for figure in doc._.figures]


LIST = (
    "The General Staff of the Armed Forces of Ukraine listed 147 clashes on Sunday:\n\n- Lyman sector: 31 assaults;\n\n"
    "- Kupiansk sector: 12 attacks;\n\n- Sumy sector: eight attempts to advance.\n\n"
    "Analyst Petro Melnyk doubted that. Melnyk said 3 towns fell.\n\nA volunteer came with 40 cars."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurses reported 16 dead and about 40 wounded; five of the dead were women.", [("16", "Nurses"), ("40", "Nurses"), ("five", "Nurses")]),
        ("Nurses reported 16 dead; the mayor opened 3 schools.", [("16", "Nurses"), ("3", None)]),
        ("The road was cut and 12 people died, three local officials said.", [("12", "three local officials"), ("three", None)]),
    ],
)
def test_within_a_sentence(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert owners(text) == expected


def test_a_list_belongs_to_its_issuer_and_ends_with_it() -> None:
    found = dict(owners(LIST))
    issuer = "General Staff of the Armed Forces of Ukraine"
    assert [found[number] for number in ("147", "31", "12", "eight")] == [issuer] * 4
    assert found["3"] == "Petro Melnyk"
    assert found["40"] is None
