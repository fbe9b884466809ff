"""Which place a toponym means, what is left open, and what is refused."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

from dateline.extract.places import extract_places
from dateline.model import PlaceMention
from dateline.nlp.load import load_nlp
from dateline.normalize.places import normalize_places


@cache
def nlp() -> Language:
    return load_nlp(extractors=())


def mentions(text: str, **switches: bool) -> dict[str, PlaceMention]:
    doc = nlp()(text)
    return {mention.text: mention for mention in normalize_places(doc, extract_places(doc), **switches)[0]}


def meant(text: str, name: str) -> tuple[str, str, str | None] | None:
    place = mentions(text)[name].place
    return (place.name, place.kind, place.country) if place else None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Fighting went on in the Kursk region of Russia.", "Kursk", ("Kursk Oblast", "admin1", "RU")),
        ("Drones were shot down over Belgorod province, its governor said.", "Belgorod", ("Belgorod Oblast", "admin1", "RU")),
        ("The talks in Rome brought Ukraine and Russia together.", "Rome", ("Rome", "city", "IT")),
        ("He was born in Paris, Texas, and never left Texas.", "Paris", ("Paris", "city", "US")),
        ("The ferry crossed the Red Sea on its way to Yemen.", "Red Sea", ("Red Sea", "natural", None)),
        ("Shelling hit Kharkov and Krasnoarmeysk, Ukraine said.", "Kharkov", ("Kharkiv", "city", "UA")),
        ("Shelling hit Kharkov and Krasnoarmeysk, Ukraine said.", "Krasnoarmeysk", ("Pokrovsk", "city", "UA")),
        ("U.S. officials arrived in Tbilisi, the capital of Georgia.", "Georgia", ("Georgia", "country", "GE")),
        ("Sheriffs in Georgia and Alabama searched the woods.", "Georgia", ("Georgia", "admin1", "US")),
        ("A bomb went off in the southern city of Basra, Iraq.", "Basra", ("Basra", "city", "IQ")),
        ("Helicopters circled over Baghdad, the capital of Iraq.", "Baghdad", ("Baghdad", "city", "IQ")),
        ("Aid trucks waited in southern Gaza on Monday, Israel said.", "Gaza", ("Gaza Strip", "region", "PS")),
        ("A ferry left the Red Sea port of Jeddah in Saudi Arabia.", "Red Sea", ("Red Sea", "natural", None)),
        ("Soldiers entered villages in southern Lebanon.", "Lebanon", ("Lebanon", "country", "LB")),
        ("Envoys flew from South Sudan to Kenya.", "South Sudan", ("South Sudan", "country", "SS")),
        ("Envoys flew from Beijing to North Korea.", "North Korea", ("North Korea", "country", "KP")),
        ("People left Aurora and Isabela provinces in the Philippines.", "Isabela", ("Province of Isabela", "admin2", "PH")),
        ("Rescuers searched in Taiwan's Hualien county; Taipei shook.", "Taiwan", ("Taiwan", "country", "TW")),
        ("The Chenab rose near Multan in Pakistan.", "Chenab", ("Chenab", "natural", "PK")),
        ("Soldiers regained the village of Gornal near Sudzha.", "Gornal", ("Gornal", "village", "RU")),
    ],
)
def test_the_right_place(text: str, name: str, expected: tuple[str, str, str | None]) -> None:
    assert meant(text, name) == expected


def test_diseases_are_no_places() -> None:
    found = mentions("Lassa fever and West Nile virus were found in Nigeria, MERS in Saudi Arabia.")
    assert set(found) == {"Nigeria", "Saudi Arabia"}


def test_a_mention_explains_itself() -> None:
    mention = mentions("He was born in Paris, Texas, and never left Texas.")["Paris"]
    assert mention.method == "containment"
    assert any(runner.place.country == "FR" for runner in mention.candidates)
    assert 0 < mention.score < 1


def test_an_unknown_village_is_a_place_without_a_point() -> None:
    mention = mentions("Rebels burned the village of Qwertyopol on Monday.")["Qwertyopol"]
    assert (mention.place, mention.method) == (None, "unknown_name")


def test_demonyms_are_no_places_unless_asked_for() -> None:
    text = "Ukrainian and European officials met."
    assert mentions(text) == {}
    places = {name: mention.place.name for name, mention in mentions(text, demonyms=True).items() if mention.place}
    assert places == {"Ukrainian": "Ukraine", "European": "Europe"}


@pytest.mark.parametrize(
    ("text", "name", "metonym"),
    [
        ("Moscow denied the report.", "Moscow", True),
        ("Envoys reported a deal between Kyiv and Moscow.", "Kyiv", True),
        ("The village is under Moscow's control.", "Moscow", True),
        ("Two people were hurt in Moscow.", "Moscow", False),
        ("Three drones flew toward Kharkiv, officials said.", "Kharkiv", False),
    ],
)
def test_capitals_that_stand_for_governments(text: str, name: str, metonym: bool) -> None:
    assert mentions(text)[name].metonym is metonym


def test_what_is_refused_says_why() -> None:
    doc = nlp()("He reads The Washington Post in Lima.")
    _, rejections = normalize_places(doc, extract_places(doc))
    assert [(r.rule, r.raw) for r in rejections if r.raw == "Washington"] == [("places.embedded", "Washington")]
