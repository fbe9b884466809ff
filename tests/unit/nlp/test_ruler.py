"""What the patterns find, without any model."""

import pytest

from dateline.nlp import ruler
from dateline.nlp.patterns import patterns


def found(text: str) -> set[tuple[str, str]]:
    return {(text[f.start : f.end], f.label) for f in ruler.find(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A T-90M and two BMP-2s burned.", {("T-90M", "WEAPON"), ("BMP-2s", "WEAPON")}),
        ("An MQ-9 Reaper fell.", {("MQ-9 Reaper", "WEAPON")}),
        ("54 Shahed-type drones", {("Shahed", "WEAPON")}),
        ("a Patriot battery", {("Patriot", "WEAPON")}),
        ("a HIMARS launcher", {("HIMARS", "WEAPON")}),
        ("the 47th Mechanized Brigade said", {("47th Mechanized Brigade", "ORG")}),
        ("the 3rd Separate Assault Brigade", {("3rd Separate Assault Brigade", "ORG")}),
        ("the Sever group", {("Sever group", "ORG")}),
        ("the Malian Defence Ministry", {("Malian Defence Ministry", "ORG"), ("Malian", "NORP")}),
        ("the Ministry of Health and Sports", {("Ministry of Health and Sports", "ORG")}),
        ("Cyclone Mocha made landfall", {("Cyclone Mocha", "EVENT")}),
        ("Operation Northern Wind", {("Operation Northern Wind", "EVENT")}),
        ("near the Orlivka Nuclear Power Plant", {("Orlivka Nuclear Power Plant", "FAC")}),
        ("off Cape Lindo", {("Cape Lindo", "LOC")}),
        ("the Bush Administration said", {("Bush Administration", "ORG")}),
    ],
)
def test_finds(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= found(text)


@pytest.mark.parametrize(
    "text", ["a patriot spoke", "the 13th day", "on the A-4 road", "COVID-19 cases", "Storm warnings", "the army said", "G-7 leaders"]
)
def test_finds_no_weapon_unit_or_event(text: str) -> None:
    assert not {label for _, label in found(text)} & {"WEAPON", "ORG", "EVENT"}


def test_longer_and_stronger_come_first() -> None:
    import spacy

    rules = [f.rule for f in ruler.find_in(spacy.blank("en")("The Russian Defence Ministry showed an S-400."))]
    assert rules.index("ministry") < rules.index("demonym")


def test_places_in_names_of_elections() -> None:
    text = "In the 2019 Ukraine general election and in Ukraine itself"
    assert [text[a:b] for a, b in ruler.in_election_names(text)] == ["Ukraine"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("units", "the 12th Separate Brigade held"),
        ("units", "said the North Group of Forces"),
        ("natural", "in the Gulf of Somewhere"),
        ("natural", "along the Green Valley"),
        ("facilities", "at the Old Town Power Plant"),
        ("facilities", "at Fort Somewhere"),
        ("municipalities", "the Democratic Republic of Somewhere"),
        ("events", "after Super Typhoon Anna"),
        ("events", "in World War II"),
        ("headed", "the Council for Water Safety Agency"),
        ("ministries", "the Ministry of Health"),
        ("administrations", "the Somebody Administration said"),
    ],
)
def test_a_text_with_a_find_has_a_word_that_it_needs(kind: str, text: str) -> None:
    known = patterns()
    found = getattr(known, kind).search(text)
    assert found is not None
    assert not known.needed[kind].isdisjoint(text.split())
