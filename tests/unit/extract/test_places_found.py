"""Which words are taken for toponyms, and with which span."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language

from dateline.extract.places import extract_places, given_spans
from dateline.nlp.load import load_nlp


@cache
def shipped() -> Language:
    return load_nlp(extractors=())


@cache
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def found(nlp: Language, text: str) -> list[str]:
    return [text[c.start : c.end] for c in extract_places(nlp(text)) if c.norp is None and c.score >= 0.45 and not c.embedded]


SENTENCES = [
    ("Shells fell on Kramatorsk and on the village of Gornal overnight.", ["Kramatorsk", "Gornal"]),
    ("Troops moved through the Kursk region toward Sudzha.", ["Kursk", "Sudzha"]),
    ("A bus overturned near Springfield, Ohio, police in Ohio said.", ["Springfield", "Ohio", "Ohio"]),
    ("Aid reached Khan Younis in the Gaza Strip on Tuesday.", ["Khan Younis", "Gaza Strip"]),
    ("The visit began in Canada's capital, Ottawa.", ["Canada", "Ottawa"]),
    ("The storm closed schools in St. John's and roads near the U.S.-Canada border.", ["St. John's", "U.S.", "Canada"]),
    ("The delegation flew from Ankara to St. Petersburg.", ["Ankara", "St. Petersburg"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
@pytest.mark.parametrize("pipeline", [shipped, blank], ids=["recognizer", "words alone"])
def test_places_are_found(text: str, expected: list[str], pipeline: object) -> None:
    assert found(pipeline(), text) == expected  # type: ignore[operator]  # a function of this module, passed as a parameter


@pytest.mark.parametrize(
    "text",
    [
        "In March he said it was nice reading.",
        "Jackson Lincoln told Houston Clark that Mr. Washington had left.",
        "It will be up to us, and to them, in the end.",
        "They may march in May or in June.",
    ],
)
@pytest.mark.parametrize("pipeline", [shipped, blank], ids=["recognizer", "words alone"])
def test_noise_is_not(text: str, pipeline: object) -> None:
    assert found(pipeline(), text) == []  # type: ignore[operator]  # as above


def test_the_cue_stays_outside_unless_it_is_written_as_a_name() -> None:
    assert found(shipped(), "Fighting went on in the Sumy region.") == ["Sumy"]
    assert found(shipped(), "Fighting went on in Sumy Oblast.") == ["Sumy Oblast"]


@pytest.mark.parametrize(
    ("text", "name", "cue"),
    [
        ("Guards closed Kalma refugee camp at dusk.", "Kalma", "facility"),
        ("They met in the Donbas city of Bakhmut on Friday.", "Donbas", None),
        ("They met in the Donbas city of Bakhmut on Friday.", "Bakhmut", "city"),
        ("The Kursk governor spoke of three drones.", "Kursk", "admin1"),
    ],
)
def test_words_beside_a_name_say_what_it_is(text: str, name: str, cue: str | None) -> None:
    assert [c.cue for c in extract_places(shipped()(text)) if c.name == name] == [cue]


def test_demonyms_are_marked_by_country() -> None:
    candidates = extract_places(shipped()("Ukrainian and European officials met."))
    assert [(c.name, c.norp) for c in candidates if c.norp is not None] == [("Ukrainian", "UA"), ("European", "")]


def test_a_postal_code_needs_its_comma() -> None:
    assert "IN" in found(shipped(), "He lives in Gary, IN, with his dog.")
    assert "OR" not in found(shipped(), "Take it OR leave it, he said.")


def test_given_spans_keep_their_offsets() -> None:
    text = "Rain fell on Paris, Texas."
    assert [(c.start, c.end, c.name) for c in given_spans(shipped()(text), [(13, 18), (20, 25)])] == [(13, 18, "Paris"), (20, 25, "Texas")]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "!!!", "a", "A", "-", "U.S.", "Paris " * 3000, "al-" * 2000, "Of The And " * 500])
def test_odd_texts_do_no_harm(text: str) -> None:
    extract_places(blank()(text))
