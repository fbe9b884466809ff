"""Whom an event befalls, what a part of a count is, and what words like "the city" point back to; without a parser, as for any blank pipeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
import spacy
from spacy.tokens import Doc

import dateline.nlp.components  # noqa: F401  # It registers the attributes that earlier components leave on a Doc.
from dateline.extract.figures import extract_figures
from dateline.model import Date, Figure, Place, PlaceMention
from dateline.normalize.figures import normalize_figures

BLANK = spacy.blank("en")
BLANK.add_pipe("sentencizer")


def read(doc: Doc) -> list[Figure]:
    return normalize_figures(doc, extract_figures(doc))[0]


BEFALLS = [
    ("Two gunmen killed 14 people.", ["troops", "killed"]),
    ("Four villagers were shot dead by two officers.", ["killed", "troops"]),
    ("The release of a tape showing two guards angered many.", ["troops"]),
    ("Thousands of mourners gathered after his death.", ["other"]),
    ("Six nurses left the ward while three men were kidnapped.", ["other", "captured"]),
    ("A guard died when five rebels came.", ["troops"]),
    ("The three brothers had touched dead chickens.", ["other"]),
    ("Two ministers hold talks with the two states.", ["other", "other"]),
    ("Floods claimed an estimated 700 lives.", ["killed"]),
    ("He was charged with one count of murder.", ["other"]),
    ("Five houses were destroyed and 40 people evacuated.", ["destroyed", "evacuated"]),
    ("The region, hit by four deadly quakes, mourns.", ["other"]),
    ("Breakdowns at nine generating units and cracks in three schools.", ["damaged", "damaged"]),
    ("Gunners downed 61 drones and 14 more dropped off radar screens.", ["intercepted", "intercepted"]),
    ("She fled with two children.", ["displaced"]),
    ("The blast left 300,000 households in the region without light.", ["affected"]),
    ("The squad found that 31 rifles, two grenades and 4,000 rounds were seized.", ["captured", "captured", "captured"]),
    ("Gunmen set forty homes alight and damaged six houses.", ["destroyed", "damaged"]),
    ("The agency put the toll at 19, five of them in landslides.", ["killed", "killed"]),
    ("October alone brought 520 cases of cholera.", ["affected"]),
    ("The court heard 40 cases.", ["other"]),
    ("Crews contained nine of the 23 large fires burning there.", ["other", "other"]),
    ("The flames covered 38,500 hectares around a nine-metre mast.", ["affected", "size"]),
    ("A blast killed 12 people, half of them children.", ["killed", "rate_or_share"]),
    ("Of 7.9 million registered voters few came.", ["population"]),
    ("He put the settlements lost at 28 and the houses burnt at 40.", ["territory", "destroyed"]),
    ("The water stood 2 meters lower than usual at 30 degrees Celsius.", ["size", "other"]),
    ("The death toll from the 7.7 magnitude earthquake reached 2,056, with 3,900 people injured.", ["other", "killed", "injured"]),
]


@pytest.mark.parametrize(("text", "kinds"), BEFALLS)
def test_an_event_counts_for_those_it_befalls(text: str, kinds: list[str]) -> None:
    assert [figure.kind for figure in read(BLANK(text))] == kinds


PARTS = [
    ("The blast wounded 121 people, 10 of them children.", ("child", "injured")),
    ("The fire killed 34 people. Two of the dead were nurses.", ("nurse", "killed")),
    ("A bomb killed 12 soldiers and wounded 30 others.", ("soldier", "injured")),
]


@pytest.mark.parametrize(("text", "last"), PARTS)
def test_a_part_says_what_it_is_and_shares_what_happened(text: str, last: tuple[str, str]) -> None:
    figure = read(BLANK(text))[-1]
    assert (figure.item, figure.kind, figure.unit) == (*last, "person")


def place(text: str, name: str, kind: str, country: str) -> PlaceMention:
    start = text.index(name)
    where = Place(place_id=f"place_{name}", name=name, kind=kind, country=country)
    return PlaceMention(start=start, end=start + len(name), text=name, sentence=0, score=1, rule="test", place=where, method="test")


def test_the_city_and_the_country_are_those_told_of() -> None:
    text = "Rebels took Goma in Congo. In the city 12 people died. Across the country 90 people fled."
    doc = BLANK(text)
    doc._.places = (place(text, "Goma", "city", "CD"), place(text, "Congo", "country", "CD"))
    assert [figure.place for figure in read(doc)] == ["Goma", "Congo"]


def test_what_a_country_owns_is_the_scene() -> None:
    text = "A fire in China's northwest Shaanxi killed 12 people."
    doc = BLANK(text)
    doc._.places = (place(text, "China", "country", "CN"), place(text, "Shaanxi", "admin1", "CN"))
    assert [figure.place for figure in read(doc)] == ["Shaanxi"]


def test_officials_in_a_country_speak_for_it() -> None:
    text = "Officials in Pakistan said 12 people died."
    doc = BLANK(text)
    doc._.places = (place(text, "Pakistan", "country", "PK"),)
    assert [figure.place for figure in read(doc)] == ["Pakistan"]


def date(text: str, words: str, value: str) -> Date:
    start = text.index(words)
    return Date(start=start, end=start + len(words), text=words, sentence=0, score=1, rule="test", type="DATE", value=value)


def test_the_start_of_a_move_has_not_the_date_of_its_end() -> None:
    text = "The toll rose from 38 to 74 on Friday."
    doc = BLANK(text)
    doc._.dates = (date(text, "Friday", "2025-04-18"),)
    assert [figure.date for figure in read(doc)] == [None, "2025-04-18"]


def test_since_behind_a_superlative_dates_nothing() -> None:
    text = "The bloodiest riots there since 1947 killed 20 people."
    doc = BLANK(text)
    doc._.dates = (date(text, "1947", "1947"),)
    assert [figure.date for figure in read(doc)] == [None]


def test_a_counted_phrase_ends_before_a_date() -> None:
    text = "Police held 20 suspects Tuesday."
    doc = BLANK(text)
    doc._.dates = (date(text, "Tuesday", "2025-04-22"),)
    assert [figure.item for figure in read(doc)] == ["suspect"]


def test_a_step_and_an_end_point_are_two_figures() -> None:
    assert [(f.value_min, f.value_max) for f in read(BLANK("Shares fell $2 to $15."))] == [(2, 2), (15, 15)]
    assert [(f.value_min, f.value_max) for f in read(BLANK("Tickets cost $2 to $15."))] == [(2, 15)]


def test_quakes_and_eras() -> None:
    assert [f.unit for f in read(BLANK("A 4.4 earthquake shook the town."))] == ["magnitude"]
    assert read(BLANK("The tombs are from 256 AD.")) == []
    assert [f.unit for f in read(BLANK('A sign with the number "75" fell.'))] == ["count"]


def test_the_line_that_opens_a_list_says_what_happened_and_when() -> None:
    text = "Over the past week the enemy lost:\n- 7,540 soldiers\n- 45 tanks\n- 9 boats"
    doc = BLANK(text)
    doc._.dates = (date(text, "the past week", "P1W"),)
    assert [(figure.kind, figure.date) for figure in read(doc)] == [("troops", "P1W"), ("destroyed", "P1W"), ("destroyed", "P1W")]


def test_two_dates_of_one_span_are_a_period() -> None:
    text = "The mission counted 986 deaths between December and May."
    doc = BLANK(text)
    december, may = date(text, "December", "2024-12"), date(text, "May", "2025-05")
    doc._.dates = (
        replace(december, date_from=datetime(2024, 12, 1), date_to=datetime(2025, 1, 1)),
        replace(may, date_from=datetime(2025, 5, 1), date_to=datetime(2025, 6, 1)),
    )
    (figure,) = read(doc)
    assert (figure.date, figure.date_from, figure.date_to) == ("2024-12-01/2025-05-31", datetime(2024, 12, 1), datetime(2025, 6, 1))
