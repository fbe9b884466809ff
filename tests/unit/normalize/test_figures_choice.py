"""How a figure chooses among what its text offers, from units to places and dates: what is offered, and that the heaviest offer wins."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from spacy.language import Language

from dateline import loglinear
from dateline.model import Date, PlaceMention
from dateline.nlp.load import load_nlp
from dateline.normalize import figure_choice
from dateline.normalize.figure_choice import Offer
from dateline.normalize.figure_measure_choice import Measure
from dateline.normalize.figure_reading import FigureReading
from dateline.resources import reference

SCENES = "Shells fell on Kharkiv. Rockets hit Sumy. A drone crossed Poltava. Mortars shook Lviv. Fires burned in Odesa. Guns fired in Kherson. "


@cache
def nlp() -> Language:
    return load_nlp()


Collected = list[tuple[str, str, list[str | None]]]


def name_of(answer: object) -> str | None:
    if isinstance(answer, Measure):
        return " ".join(filter(None, (answer.how, answer.name, answer.item)))
    return answer.text if isinstance(answer, PlaceMention | Date) else answer if isinstance(answer, str) else None


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Collected:
    """Return the list that model, number and offers of every decision are written to."""
    found: Collected = []

    def decide(model: str, figure: FigureReading, offers: Sequence[Offer]) -> object:
        candidate = figure.candidate
        found.append((model, candidate.pieces.text[candidate.start : candidate.end], [name_of(offer.answer) for offer in offers]))
        return figure_choice.heaviest(model, figure, offers)

    monkeypatch.setattr(figure_choice, "decide", decide)
    return found


@pytest.fixture
def weigh() -> Iterator[None]:
    """Put the shipped weights back behind a test that uses others."""
    yield
    loglinear.replace({})


def names_of(offered: Collected, model: str, number: str) -> list[str | None]:
    return next(names for asked, digits, names in offered if (asked, digits) == (model, number))


def places(offered: Collected, number: str) -> list[str | None]:
    return names_of(offered, "figure_place", number)


def test_nothing_and_all_places_of_the_sentence_are_offered_and_the_last_before_it(offered: Collected) -> None:
    nlp()(SCENES + "Then 12 people died in Dnipro or Kryvyi Rih.")
    names = places(offered, "12")
    assert names[:3] == [None, "Dnipro", "Kryvyi Rih"]
    assert set(names[3:]) <= {"Kharkiv", "Sumy", "Poltava", "Lviv", "Odesa", "Kherson"}
    assert names[3] == "Kherson"


def test_a_name_is_offered_once_however_often_it_stands_before(offered: Collected) -> None:
    nlp()("Shells fell on Sumy. Rockets hit Sumy. A drone crossed Sumy. Then 12 people died.")
    assert places(offered, "12") == [None, "Sumy"]


def test_what_is_offered_does_not_grow_with_the_text(offered: Collected) -> None:
    nlp()(SCENES * 20 + "Then 12 people died.")
    assert len(places(offered, "12")) < 10


def test_nor_with_a_sentence_that_never_ends(offered: Collected) -> None:
    nlp()("The list names " + ", ".join("12 in Sumy on Friday and 3 in Lviv on Monday, police said" for _ in range(150)) + ".")
    assert len(offered) > 800
    assert max(len(names) for _, _, names in offered) < 100


def test_the_date_of_the_other_end_of_a_move_is_not_offered(offered: Collected) -> None:
    nlp()("The toll rose from 38 to 74 on Friday.")
    dates = {digits: names for model, digits, names in offered if model == "figure_date"}
    assert dates == {"38": [None], "74": [None, "Friday"]}


def test_a_bare_number_is_offered_the_units_and_nouns_before_it(offered: Collected) -> None:
    nlp()("The port took 30 ships and 1.4 million tonnes, worth 250 million euros. Last year it was 26.")
    names = names_of(offered, "figure_unit", "26")
    assert names[0] == "own count ship" and {"plain count", "people person", "age year", "taken eur", "taken t"} == set(names[1:])


def test_a_number_with_a_noun_or_unit_of_its_own_is_not_asked_what_it_measures(offered: Collected) -> None:
    nlp()("The port took 30 ships and 1.4 million tonnes, worth 250 million euros.")
    assert not [digits for model, digits, _ in offered if model == "figure_unit"]


def test_an_earthquake_offers_a_magnitude(offered: Collected) -> None:
    nlp()("The centre measured the shock at 6.8.")
    assert "taken magnitude" in names_of(offered, "figure_unit", "6.8")
    nlp()("The centre measured the shock at 68.")
    assert "taken magnitude" not in names_of(offered, "figure_unit", "68")


def test_the_units_offered_do_not_grow_with_the_text(offered: Collected) -> None:
    kinds = ("tonnes", "euros", "percent", "hectares", "litres", "megawatts", "pounds", "crowns", "degrees Celsius", "metres")
    nlp()(" ".join(f"They had {n} {kinds[n % 10]} of {n + 100} things." for n in range(2, 60)) + " Then it was 26.")
    assert len(names_of(offered, "figure_unit", "26")) < 20


def test_an_item_is_one_of_the_nouns_around_or_of_the_figures_before(offered: Collected) -> None:
    nlp()("The port took 30 ships. Turnout in the town of Brody, usually poor, was 71.6 percent.")
    names = names_of(offered, "figure_item", "71.6")
    assert None in names and {"turnout", "town", "ship"} <= set(names)


@pytest.mark.usefixtures("weigh")
@pytest.mark.parametrize(
    ("feature", "unit", "item"),
    [("own count lent", "count", "ship"), ("people", "person", None), ("age", "year", None), ("money", "eur", None), ("plain", "count", None)],
)
def test_the_weights_decide_what_a_bare_number_measures(feature: str, unit: str, item: str | None) -> None:
    items = {"pick yes": 1.0}
    loglinear.replace({**loglinear.shipped(), "figure_unit": {feature: 1.0}, "figure_item": items})
    found = nlp()("The port took 30 ships and 250 million euros. Last year it was 26.")._.figures[-1]
    assert (found.unit, found.item) == (unit, item)


@pytest.mark.usefixtures("weigh")
def test_the_weights_decide() -> None:
    text = "Rockets hit Sumy. Then 12 people died in Dnipro."
    chosen = []
    for feature in ("none", "here", "earlier"):
        loglinear.replace({**loglinear.shipped(), "figure_place": {feature: 1.0}})
        chosen += [figure.place for figure in nlp()(text)._.figures]
    assert chosen == [None, "Dnipro", "Sumy"]


def test_every_weight_is_of_a_model_that_is_asked() -> None:
    with reference("figure_weights.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert {row["model"] for row in rows} == {"figure_unit", "figure_item", "figure_source", "figure_place", "figure_date"}
    assert len({(row["model"], row["feature"]) for row in rows}) == len(rows)
