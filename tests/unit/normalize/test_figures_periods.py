"""When figures hold that name no date of their own: a bulletin's period, the night of a report; whose a part's place is. Over the whole pipeline."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from spacy.language import Language

from dateline.model import Figure
from dateline.nlp.load import load_nlp

MONDAY = datetime(2024, 8, 12)


@cache
def nlp() -> Language:
    return load_nlp()


def read(text: str) -> dict[str, Figure]:
    """Return the figures of a text by their words."""
    doc = nlp().make_doc(text)
    doc._.published = MONDAY
    for _, component in nlp().pipeline:
        doc = component(doc)
    return {figure.text: figure for figure in doc._.figures}


def test_the_period_of_a_bulletin_holds_for_what_its_issuer_counts() -> None:
    found = read(
        "The Finnish Defence Ministry said in its weekly bulletin that its troops had captured 12 villages over the past seven days.\n\n"
        "They destroyed 31 tanks, the ministry said. Since the spring its troops have destroyed 450 trucks, the ministry said."
    )
    assert found["12"].date == found["31"].date == "P7D"
    assert found["450"].date != "P7D"


def test_what_flew_and_fell_belongs_to_the_night_that_a_report_is_about() -> None:
    found = read(
        "Finland came under attack overnight, its air force said.\n\nThe air force shot down 41 drones, it said.\n\nThe town has 900 houses."
    )
    assert found["41"].date == "2024-08-12TNI"
    assert found["900"].date is None


def test_an_evening_to_a_morning_is_a_night() -> None:
    assert read("The air force reported 60 drones between Saturday evening and Sunday morning.")["60"].date == "2024-08-10TNI"


def test_a_date_in_the_clause_before_is_not_that_of_the_next() -> None:
    assert read("The country has held no vote since 2016, and half of its people go hungry.")["half"].date is None


def test_the_place_of_a_part_is_not_that_of_the_whole() -> None:
    found = read("The air force destroyed 10 drones, five over Tampere and three over Turku, it said.")
    assert (found["10"].place, found["five"].place, found["three"].place) == (None, "Tampere", "Turku")


def test_settlements_that_somebody_holds_are_territory() -> None:
    for text in (
        "The rebels said that 74 villages in the north were under the control of their forces.",
        "The governor spoke of 74 villages in rebel hands.",
        "The army said that it held about 1,000 square kilometres and over 74 villages.",
    ):
        assert read(text)["74"].kind == "territory", text


def test_what_was_added_is_not_the_whole() -> None:
    found = read("The army said that 40 square kilometres more had been taken. It holds 900 square kilometres, more than in May.")
    assert (found["40"].trend, found["40"].kind) == ("up", "territory")
    assert found["900"].trend is None


def test_what_a_time_is_held_against_is_not_when_it_was() -> None:
    found = read("Finland sold 900 tonnes of grain in July, 14 percent less than in June.")
    assert (found["900"].date, found["14"].date) == ("2024-07", "2024-07")


def test_a_rate_holds_for_what_it_is_reckoned_on() -> None:
    found = read("The hospital treats 1,100 patients a week. The pipe carries 40 cubic meters an hour.")
    assert (found["1,100"].date, found["40"].date) == ("P1W", None)


def test_the_people_of_a_town_lend_nothing_to_the_numbers_behind() -> None:
    found = read("The fire killed 21 people: 13 of the victims were found in Turku, a town of 50,000 inhabitants, five in Tampere and three in Oulu.")
    assert [found[number].kind for number in ("13", "50,000", "five", "three")] == ["killed", "population", "killed", "killed"]


def test_one_before_a_verb_counts_nothing() -> None:
    assert set(read("Two counts exist. One ends in May, and one soldier left.")) == {"Two", "one"}
