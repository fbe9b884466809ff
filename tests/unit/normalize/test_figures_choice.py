"""How a figure chooses among the places and dates of its text: what is offered, and that the heaviest offer wins."""

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
from dateline.normalize.figure_reading import FigureReading
from dateline.resources import reference

SCENES = "Shells fell on Kharkiv. Rockets hit Sumy. A drone crossed Poltava. Mortars shook Lviv. Fires burned in Odesa. Guns fired in Kherson. "


@cache
def nlp() -> Language:
    return load_nlp()


Collected = list[tuple[str, str, list[str | None]]]


def name_of(answer: object) -> str | None:
    return answer.text if isinstance(answer, PlaceMention | Date) else None


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


def places(offered: Collected, number: str) -> list[str | None]:
    return next(names for model, digits, names in offered if (model, digits) == ("figure_place", number))


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
    assert {row["model"] for row in rows} == {"figure_source", "figure_place", "figure_date"}
    assert len({(row["model"], row["feature"]) for row in rows}) == len(rows)
