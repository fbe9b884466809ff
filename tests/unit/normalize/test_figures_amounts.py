"""Amounts: units and nouns that a text leaves out, prices, rates of exchange, multiples, ages, lists of what one event befell."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import dateline.nlp.components  # noqa: F401  # It registers the attributes that earlier components leave on a Doc.
from dateline.extract.figures import extract_figures
from dateline.model import Figure, Place, PlaceMention
from dateline.normalize.figures import normalize_figures

BLANK = spacy.blank("en")
BLANK.add_pipe("sentencizer")


def read(doc: Doc) -> list[Figure]:
    return normalize_figures(doc, extract_figures(doc))[0]


def tagged(text: str) -> Doc:
    """Return a Doc of words written as word/TAG."""
    words, tags = zip(*(token.rsplit("/", 1) for token in text.split()), strict=True)
    spaces = [after not in {".", ",", "%", ")"} and word not in {"$", "("} for word, after in zip(words, [*words[1:], "."], strict=True)]
    starts = [index == 0 for index in range(len(words))]
    return Doc(BLANK.vocab, words=words, spaces=spaces, tags=tags, sent_starts=starts)


UNITS = [
    ("The rouble traded at 92.5 to the dollar before it slipped to 93.1.", ["rub", "rub"]),
    ("Output grew 16 percent, slower than last year's 26.", ["percent", "percent"]),
    ("The gorge lost 40 square kilometres, down from 60.", ["km2", "km2"]),
    ("A $61 billion package, A$3 million more.", ["usd", "aud"]),
    ("They farm 2.3m hectares around a 4.6-square-km strip.", ["hectare", "km2"]),
    ("The depot lies 300-odd kilometres north.", ["km"]),
    ("The Danish brewer lost 28 million crowns.", ["dkk"]),
    ("Some Y=590 billion and PS21,700 were paid.", ["jpy", "gbp"]),
    ("The canal carries seven times its usual flow.", ["ratio"]),
    ("The naira firmed to 1,487 per dollar from 1,495. Dealers quoted it at 1,510 to 1,525.", ["ngn", "ngn", "ngn"]),
    ("The kwacha rose from 23.4 to 22.7 per dollar.", ["zmw", "zmw"]),
    ("Homes pay R3.40, and the debt stands at R372 billion.", ["zar", "zar"]),
    ("The R2 road and 12 R4 rifles.", ["count"]),
    ("The fare is 100元.", ["cny"]),
    ("Six aftershocks, the strongest of 4.9, were felt.", ["count", "magnitude"]),
    ("A bus seat that cost 8,000 Burundian francs last week now costs 25,000.", ["bif", "bif"]),
    ("Winds of 95 km/h and gusts up to 120 hit the coast.", ["kilometer per hour", "kilometer per hour"]),
    ("A woman of 74 told of 3 ships.", ["year", "count"]),
    ("The truck did 60 to 70 km per hour.", ["kilometer per hour"]),
    ("They hold a lead of three points at 14 points along the road.", ["point", "count"]),
]


@pytest.mark.parametrize(("text", "units"), UNITS)
def test_units_left_out_or_shared(text: str, units: list[str]) -> None:
    assert [figure.unit for figure in read(BLANK(text))] == units


AGES = [
    ("One driver, 42, fell ill.", ["person", "year"], "driver"),
    ("Spain mourns a volunteer of 35 who fought the fire.", ["year"], "volunteer"),
    ("Children under 15 make up the rest.", ["year"], "child"),
    ("Three siblings aged 8 and 12 were found.", ["person", "year", "year"], "sibling"),
    ("Among them was a child of seven.", ["year"], "child"),
    ("A girl of 13 was hurt.", ["year"], "girl"),
]


def test_ages_of_two_and_ages_compared() -> None:
    assert [figure.unit for figure in read(BLANK("Two sisters, 17 and 22, died."))] == ["person", "year", "year"]
    assert [figure.unit for figure in read(BLANK("Of those voters 40 percent are younger than 35."))] == ["percent", "year"]
    assert [figure.unit for figure in read(BLANK("The school is older than 35 others."))] == ["count"]


@pytest.mark.parametrize(("text", "units", "item"), AGES)
def test_whose_age_a_number_is(text: str, units: list[str], item: str) -> None:
    found = read(BLANK(text))
    assert [figure.unit for figure in found] == units
    assert (found[-1].kind, found[-1].item) == ("age", item)


def test_people_counted_behind_under_are_no_age() -> None:
    assert [figure.kind for figure in read(BLANK("They sleep with children under 12 tents."))] == ["other"]


KINDS = [
    ("Raiders carried off 14 trucks, two mortars and scores of rifles.", ["captured", "captured", "captured"]),
    ("Three in four houses collapsed.", ["destroyed"]),
    ("A battery fired 30 rounds, a third of them at the port.", ["launched", "launched"]),
    ("The wave was 82 centimeters above the mark, 12 km away.", ["size", "distance"]),
    ("Farmers sent 15 tonnes of food.", ["size"]),
    ("The clinic has 38 cases per 100,000 residents.", ["other", "rate_or_share"]),
    ("Berlin promised 40 interceptors.", ["other"]),
    ("About 71,000 people, 20,000 of them children, had been taken to shelters.", ["evacuated", "evacuated"]),
    ("The enemy lost 515 men.", ["troops"]),
    ("The ferry sank; 14 were rescued and seven were missing.", ["rescued", "missing"]),
    ("Five of the 18 injured were children.", ["injured", "injured"]),
    ("Some 20 patients came.", ["affected"]),
    ("Farmers planted 9,000 hectares of barley.", ["size"]),
    ("The army took 40 square kilometres of the district.", ["territory"]),
    ("The blaze scorched 900 hectares of woodland.", ["affected"]),
    ("The camp has registered 400 new arrivals.", ["displaced"]),
    ("Both sides agreed to free 90 detainees held by the militia.", ["released"]),
    ("The mayor has a lead of nine points.", ["rate_or_share"]),
    ("The port, whose population has swollen to 80,000, is short of water.", ["population"]),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_what_happened_along_lists_and_to_parts(text: str, kinds: list[str]) -> None:
    assert [figure.kind for figure in read(BLANK(text))] == kinds


@pytest.mark.parametrize("text", ["Call +44 20 7946 0018 today.", "The bench ruled 5-to-4."])
def test_telephone_numbers_and_votes_are_no_figures(text: str) -> None:
    assert read(BLANK(text)) == []


ITEMS = [
    ("Tariffs/NNS of/IN 25/CD percent/NN hurt/VBP ./.", "tariff"),
    ("They/PRP kept/VBD the/DT rate/NN at/IN 2/CD percent/NN ./.", "rate"),
    ("Crude/NN sold/VBD at/IN $/$ 64/CD a/DT barrel/NN ./.", "crude"),
    ("A/DT gauge/NN caught/VBD 540/CD mm/NN (/-LRB- 21/CD inches/NNS )/-RRB- of/IN rain/NN ./.", "rain"),
    ("Temperatures/NNS near/IN 40/CD degrees/NNS Celsius/NNP hurt/VBP crops/NNS ./.", "temperature"),
    ("It/PRP holds/VBZ a/DT fifth/NN of/IN Utopia/NNP ./.", None),
    ("The/DT ferry/NN takes/VBZ seven/CD times/NNS its/PRP$ usual/JJ load/NN ./.", "load"),
]


@pytest.mark.parametrize(("text", "item"), ITEMS)
def test_what_an_amount_is_the_amount_of(text: str, item: str | None) -> None:
    assert read(tagged(text))[0].item == item


def test_a_share_of_a_count_is_of_what_is_counted() -> None:
    share, whole = read(BLANK("Nearly a third of the city's 90,000 residents left."))
    assert (share.item, whole.item) == ("resident", "resident")


def test_a_sum_holds_for_the_country_that_its_sentence_is_about() -> None:
    doc = tagged("Utopia/NNP exported/VBD 8,000/CD tonnes/NNS of/IN maize/NN ./.")
    place = Place(place_id="place_Utopia", name="Utopia", kind="country", country="UT")
    doc._.places = (PlaceMention(start=0, end=6, text="Utopia", sentence=0, score=1.0, rule="test", place=place, method="test"),)
    assert read(doc)[0].place == "Utopia"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"He was 29," she said.', ["year"]),
        ("The eldest of the miners was 71.", ["year"]),
        ("Some of the recruits are as young as 17.", ["year"]),
        ("Six were under 12, the doctor said.", ["count", "year"]),
        ("The message came from Olena Moroz, a line supervisor, 41.", ["year"]),
        ("A signalman of 58 was questioned.", ["year"]),
        ("It left with a crew of nine.", ["count"]),
        ("It was 29 in the morning.", ["count"]),
        ("The toll was 29.", ["person"]),
    ],
)
def test_how_old_somebody_is_said_to_be(text: str, expected: list[str]) -> None:
    assert [figure.unit for figure in read(BLANK(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stocks fell to 260,000 tonnes. At the last count it was 410,000.", ["t", "t"]),
        ("They share 817 km of border, of which 195 have yet to be agreed.", ["km", "km"]),
        ("Shares fell 11.3 percent on Monday and another 4 on Tuesday.", ["percent", "percent"]),
        ("Shipments fell to 8.6 million tonnes from 9.4 million.", ["t", "t"]),
        ("Stocks fell to 260,000 tonnes. It was 410 people who came.", ["t", "person"]),
    ],
)
def test_an_amount_said_anew_has_the_unit_of_the_one_before(text: str, expected: list[str]) -> None:
    assert [figure.unit for figure in read(BLANK(text))] == expected
