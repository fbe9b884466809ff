"""What the words beside a name say it is, on docs built by hand."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dateline.nlp.names import name_entities


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("en")


def read(nlp: Language, text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """The names of a text after the recognizer had found these, every occurrence of each."""
    doc: Doc = nlp(text)
    spans = []
    for name, label in names:
        at = text.find(name)
        while at >= 0:
            span = doc.char_span(at, at + len(name), label=label)
            if span is not None:
                spans.append(span)
            at = text.find(name, at + 1)
    doc.ents = spans
    return [(e.text, e.label_) for e in name_entities(doc).ents]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("The daily newspaper Al-Orlova printed it.", ("Al-Orlova", "PERSON"), "ORG"),
        ("A raid by Zandovra guerrillas failed.", ("Zandovra", "GPE"), "ORG"),
        ("It drowned in the Zandovra river.", ("Zandovra", "GPE"), "LOC"),
        ("They slept in the Zandovra stadium.", ("Zandovra", "GPE"), "FAC"),
        ("Reports by Zandovra, a group of local lawyers, differ.", ("Zandovra", "PERSON"), "ORG"),
        ("They fled to Zandovra, a town in the north.", ("Zandovra", "PERSON"), "GPE"),
        ("The governor of the north, Belo Zandovra, agreed.", ("Belo Zandovra", "GPE"), "PERSON"),
        ("On the ward Zandovra, a garment worker, wept.", ("Zandovra", "GPE"), "PERSON"),
        ("So said Zandovra, 34, on Monday.", ("Zandovra", "GPE"), "PERSON"),
        ("A spokesman for ZNDV said no.", ("ZNDV", "GPE"), "ORG"),
        ("A crate of Zandovra rifles was found.", ("Zandovra", "PERSON"), "WEAPON"),
        ("Prime Minister Mali resigned.", ("Mali", "GPE"), "PERSON"),
        ("It was denied. Zandenko said so.", ("Zandenko", "GPE"), "PERSON"),
        ("Shares rose, so Mazda did well.", ("Mazda", "PERSON"), "ORG"),
    ],
)
def test_the_words_beside_a_name_say_what_it_is(blank: Language, text: str, before: tuple[str, str], after: str) -> None:
    assert (before[0], after) in read(blank, text, before)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rebels took Mali, a country in the west.", ("Mali", "GPE")),
        ("ZANDOVRA SHELLED AGAIN BY NIGHT", ("ZANDOVRA", "GPE")),
        ("He met Belo Zandovra, the Communist Party and others.", ("Belo Zandovra", "PERSON")),
        ("On Tuesday in Zandovra, a judge and a teacher died.", ("Zandovra", "GPE")),
        ("He lives in the USA now.", ("USA", "GPE")),
        ("It was said by Mr. Roche, and Roche repeated it.", ("Roche", "PERSON")),
        ("They were working near the Amazon at last.", ("Amazon", "LOC")),
    ],
)
def test_a_type_stays_where_nothing_else_is_stated(blank: Language, text: str, name: tuple[str, str]) -> None:
    assert name in read(blank, text, name)


def test_what_one_mention_says_holds_for_the_others(blank: Language) -> None:
    text = "Zandovra denied it. The company Zandovra is bankrupt."
    assert read(blank, text, ("Zandovra", "PERSON")) == [("Zandovra", "ORG"), ("Zandovra", "ORG")]


def test_a_plural_at_the_head_of_a_sentence_is_no_person(blank: Language) -> None:
    assert read(blank, "It rained. Burglaries rose again.", ("Burglaries", "PERSON")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He wrote on X that it was over.", "X"),
        ("The Provincial Water Management Authority said no.", "Provincial Water Management Authority"),
        ("Men of the 33rd Front fled.", "33rd Front"),
    ],
)
def test_bodies_by_their_heads(blank: Language, text: str, name: str) -> None:
    assert (name, "ORG") in read(blank, text)


def test_x_alone_is_no_platform(blank: Language) -> None:
    assert read(blank, "The X on the map, on X-rays too, was red.") == []


@pytest.mark.parametrize(
    ("text", "found", "names"),
    [
        ("Anurova Zandovra Karim took office.", [("Zandovra Karim", "PERSON")], [("Anurova Zandovra Karim", "PERSON")]),
        ("Pope Karim XIV spoke.", [("Karim", "PERSON")], [("Karim XIV", "PERSON")]),
        ("He fell ill with zandovria.", [("zandovria", "PERSON")], []),
        ("The teacher Belona Zandovri said no.", [], [("Belona Zandovri", "PERSON")]),
        ("The People's Republic of Zandova and the Sino-Malian pact.", [], [("People's Republic of Zandova", "GPE"), ("Sino-Malian", "NORP")]),
    ],
)
def test_where_a_name_begins_and_ends(blank: Language, text: str, found: list[tuple[str, str]], names: list[tuple[str, str]]) -> None:
    assert read(blank, text, *found) == names


@pytest.mark.parametrize(
    ("text", "found", "names"),
    [
        ("Lassa fever broke out near Lassa.", [("Lassa", "GPE")], ["Lassa"]),
        ("MERS killed two, Dengue four.", [("MERS", "GPE"), ("Dengue", "GPE")], []),
    ],
)
def test_diseases_are_no_names(blank: Language, text: str, found: list[tuple[str, str]], names: list[str]) -> None:
    assert [name for name, _ in read(blank, text, *found)] == names


def test_a_sure_body_is_one_whatever_the_recognizer_says(blank: Language) -> None:
    text = "The Wehrmacht fell back behind the Vistula."
    assert read(blank, text, ("Wehrmacht", "GPE"), ("Vistula", "GPE")) == [("Wehrmacht", "ORG"), ("Vistula", "LOC")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Directorate General of Water Works (DGWW) said no.", [("Directorate General of Water Works", "ORG"), ("DGWW", "ORG")]),
        ("The Orlova Zone (QRS) is shut.", [("Orlova", "GPE")]),
    ],
)
def test_a_body_is_whole_where_its_acronym_spells_it(blank: Language, text: str, found: list[tuple[str, str]]) -> None:
    first = ("Directorate", "ORG") if "Directorate" in text else ("Orlova", "GPE")
    assert [name for name in read(blank, text, first) if name[0] != "QRS"] == found
