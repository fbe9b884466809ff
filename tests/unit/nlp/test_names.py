"""Mending, overlaying and agreeing, on docs built by hand."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.nlp.names import name_entities


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("en")


def tagged(nlp: Language, text: str, *names: tuple[str, str]) -> Doc:
    """A doc whose recognizer found the given names, each at its first place after the one before."""
    doc = nlp(text)
    spans, at = [], 0
    for name, label in names:
        start = text.index(name, at)
        at = start + len(name)
        span = doc.char_span(start, at, label=label)
        assert span is not None, name
        spans.append(span)
    doc.ents = spans
    return doc


def result(doc: Doc) -> list[tuple[str, str]]:
    return [(e.text, e.label_) for e in name_entities(doc).ents]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Colonel General Ivan Petrov spoke.", ("Colonel General Ivan Petrov", "PERSON"), ("Ivan Petrov", "PERSON")),
        ("The Red Star spoke.", ("The Red Star", "ORG"), ("Red Star", "ORG")),
        ("It rained on the Blue Party newspaper.", ("Blue Party newspaper", "ORG"), ("Blue Party", "ORG")),
        ("They reached Orlove oblast today.", ("Orlove", "GPE"), ("Orlove oblast", "GPE")),
        ("They reached Orlove region today.", ("Orlove", "GPE"), ("Orlove", "GPE")),
    ],
)
def test_spans_are_mended(blank: Language, text: str, before: tuple[str, str], after: tuple[str, str]) -> None:
    assert result(tagged(blank, text, before)) == [after]


def test_a_country_and_its_ministry_are_two(blank: Language) -> None:
    doc = tagged(blank, "Mali's Defence Ministry said no.", ("Mali's Defence Ministry", "ORG"))
    assert result(doc) == [("Mali", "GPE"), ("Defence Ministry", "ORG")]


def test_an_adjective_belongs_to_the_ministry(blank: Language) -> None:
    doc = tagged(blank, "The Malian Defence Ministry said no.", ("Malian", "NORP"), ("Defence Ministry", "ORG"))
    assert result(doc) == [("Malian Defence Ministry", "ORG")]


def test_no_name_runs_over_a_line_end(blank: Language) -> None:
    doc = tagged(blank, "Talks in Orlove\n\nIvan Petrov", ("Orlove\n\nIvan Petrov", "PERSON"))
    assert [text for text, _ in result(doc)] == ["Orlove", "Ivan Petrov"]


def test_a_surname_after_the_full_name_is_that_person(blank: Language) -> None:
    doc = tagged(blank, "Ivan Orlenko spoke. Later Orlenko left.", ("Ivan Orlenko", "PERSON"), ("Orlenko", "ORG"))
    assert result(doc) == [("Ivan Orlenko", "PERSON"), ("Orlenko", "PERSON")]


def test_a_missed_surname_is_added(blank: Language) -> None:
    doc = tagged(blank, "Ivan Orlenko spoke. Later Orlenko left.", ("Ivan Orlenko", "PERSON"))
    assert result(doc) == [("Ivan Orlenko", "PERSON"), ("Orlenko", "PERSON")]


def test_an_acronym_in_brackets_is_what_its_name_is(blank: Language) -> None:
    doc = tagged(blank, "The Free Harvest Union (FHU) won. FHU cheered.", ("Free Harvest Union", "ORG"))
    assert result(doc) == [("Free Harvest Union", "ORG"), ("FHU", "ORG"), ("FHU", "ORG")]


def test_a_camp_is_a_facility_wherever_it_is_named(blank: Language) -> None:
    doc = tagged(blank, "Qoryaal camp fell. Thousands left Qoryaal.", ("Qoryaal", "GPE"), ("Qoryaal", "GPE"))
    assert result(doc) == [("Qoryaal", "FAC"), ("Qoryaal", "FAC")]


def test_a_country_inside_a_longer_name_is_not_added(blank: Language) -> None:
    assert result(tagged(blank, "He likes Greater Ukraine Fund papers.")) == []


def test_twice_is_once(blank: Language) -> None:
    doc = tagged(blank, "President Ivan Orlenko flew an F-16 to Mali.", ("President Ivan Orlenko", "PERSON"))
    first = result(doc)
    assert result(doc) == first == [("Ivan Orlenko", "PERSON"), ("F-16", "WEAPON"), ("Mali", "GPE")]


def test_spans_say_which_rule_made_them(blank: Language) -> None:
    (span,) = name_entities(tagged(blank, "An F-16 fell.")).ents
    assert isinstance(span, Span)
    assert span.ent_id_ == "designation"


def test_a_body_keeps_the_country_it_is_of(blank: Language) -> None:
    doc = tagged(blank, "The Workers Party of Mali won in Mali.", ("Workers Party", "ORG"), ("Mali", "GPE"), ("Mali", "GPE"))
    assert result(doc) == [("Workers Party of Mali", "ORG"), ("Mali", "GPE")]


def test_lists_and_agreement_can_be_left_out(blank: Language) -> None:
    text = "Georgian soldiers followed Anna Lindqvist. Lindqvist left."
    found = {}
    for lists in (True, False):
        for agree in (True, False):
            doc = tagged(blank, text, ("Anna Lindqvist", "PERSON"))
            found[lists, agree] = {e.text for e in name_entities(doc, lists=lists, agree=agree).ents}
    assert found[True, True] == {"Georgian", "Anna Lindqvist", "Lindqvist"}
    assert found[False, True] == {"Anna Lindqvist", "Lindqvist"}
    assert found[True, False] == {"Georgian", "Anna Lindqvist"}
    assert found[False, False] == {"Anna Lindqvist"}
