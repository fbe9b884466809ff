"""Claims on a blank pipeline: word order alone must find the plain cases and invent none."""

import pytest
import spacy

from dateline.extract.claims import extract_claims


def read(text: str) -> list[tuple[str, str]]:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp(text)
    return [(text[c.source[0] : c.source[1]], text[c.start : c.end]) for c in extract_claims(doc) if c.source]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said that 20 people had died.", ("The ministry", "20 people had died")),
        ("At least 20 people died, the ministry said.", ("the ministry", "At least 20 people died")),
        ("“We will hold the line,” he said.", ("he", "We will hold the line")),
        ("The agency reported 20 dead.", ("The agency", "20 dead")),
        ("According to the army, 12 drones fell.", ("the army", "12 drones fell")),
    ],
)
def test_plain_cases(text: str, expected: tuple[str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize("text", ["The road to the town was closed.", "Rain fell in the north.", "A claim was filed in court."])
def test_nothing_is_invented(text: str) -> None:
    assert read(text) == []
