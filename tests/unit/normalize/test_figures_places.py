"""Where a figure holds by the build of its sentence: openings, clauses with "where", places beside parts and distances; over the shipped pipeline."""

from functools import cache

import pytest
from spacy.language import Language

from dateline.nlp.load import load_nlp


@cache
def nlp() -> Language:
    return load_nlp()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Poland, the commission put the mayor at 31.4 percent and his rival at 29.5 percent.", ["Poland", "Poland"]),
        ("They moved to Kosti, where four schools shelter 2,150 people.", ["Kosti", "Kosti"]),
        ("She fled to Kosti, 22 kilometers away, where 1,860 people had registered.", ["Kosti", "Kosti"]),
        ("Half of the deaths were reported in Dhaka, three in Barisal and one each in Rangpur.", ["Dhaka", "Barisal", "Rangpur"]),
        ("In Tawila, in Darfur, the displaced population has grown by 17 percent.", ["Tawila"]),
        ("Uvira, on Lake Tanganyika, has about 650,000 inhabitants.", ["Uvira"]),
        ("Flames forced 2,800 residents out of Kharkiv on Monday.", ["Kharkiv"]),
    ],
)
def test_the_place_of_each_figure(text: str, expected: list[str]) -> None:
    assert [figure.place for figure in nlp()(text)._.figures] == expected


def test_an_opening_where_somebody_spoke_is_no_scene() -> None:
    found = [figure.place for figure in nlp()("At a forum in Lviv, the minister said 15 towns in Sumy region lost power.")._.figures]
    assert found == ["Sumy"]
