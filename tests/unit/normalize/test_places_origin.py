"""Where an article comes from, by its dateline, its address and its publisher; and what that does to its places."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

from dateline import gazetteer
from dateline.extract.places import extract_places
from dateline.model import Article, Place
from dateline.nlp.load import load_nlp
from dateline.normalize.place_origin import NOWHERE, origin_of
from dateline.normalize.places import normalize_places
from dateline.pipeline import make_doc


def article(text: str = "", **more: str) -> Article:
    return Article(document_id="d", text=text, **more)  # type: ignore[arg-type]  # All of them are strings.


@pytest.mark.parametrize(
    ("publisher", "url", "country", "home"),
    [
        ("Kyiv Independent", None, None, "Kyiv"),
        ("The Kyiv Independent", None, "UA", "Kyiv"),
        (None, "https://www.kyivindependent.com/a", "UA", "Kyiv"),
        (None, "https://news.example.com.au/x", "AU", None),
        (None, "https://www.daily.example.ie/", "IE", None),
        (None, "https://www.somewhere.co.uk/story", "GB", None),
        (None, "https://startup.io/story", None, None),
        (None, "https://www.springfieldnewssun.com/1", None, "springfield"),
        (None, "https://lasvegastribune.com/1", None, "las vegas"),
        ("Times of Malta", None, None, "Malta"),
        ("Reuters", "https://www.reuters.com/world", None, None),
        ("The Nation", None, "US", None),
        ("Border Desk", "https://border-desk.example/2024", None, None),
        ("Morning Star", None, None, None),
        (None, "not a url", None, None),
        (None, "http://[::1", None, None),
    ],
)
def test_publishers(publisher: str | None, url: str | None, country: str | None, home: str | None) -> None:
    known = {key: value for key, value in (("publisher", publisher), ("url", url)) if value is not None}
    origin = origin_of(article(**known), gazetteer.load())
    assert (origin.country, [name for name, _, _ in origin.names]) == (country, [home] if home else [])


def test_datelines() -> None:
    assert origin_of(article(dateline_place="RALEIGH, N.C."), gazetteer.load()).names[0][:2] == ("RALEIGH", "N.C.")
    assert origin_of(article(), gazetteer.load()) == origin_of(None, gazetteer.load()) == NOWHERE


@cache
def nlp() -> Language:
    return load_nlp(extractors=())


def place_of(name: str, source: Article) -> Place | None:
    doc = make_doc(nlp(), source)
    for _, component in nlp().pipeline:
        doc = component(doc)
    return next(mention.place for mention in normalize_places(doc, extract_places(doc))[0] if mention.text == name)


TEXT = "Police in Cambridge closed two streets on Friday after a gas leak."


@pytest.mark.parametrize(("url", "country"), [("https://paper.example.co.uk/1", "GB"), ("https://paper.example.ca/1", "CA")])
def test_a_paper_writes_of_its_own_country(url: str, country: str) -> None:
    place = place_of("Cambridge", article(TEXT, url=url))
    assert place is not None and place.country == country


@pytest.mark.parametrize(("dateline", "country"), [("LONDON", "GB"), ("TORONTO, Ontario", "CA"), ("BOSTON", "US")])
def test_the_dateline_tells_namesakes_apart(dateline: str, country: str) -> None:
    place = place_of("Cambridge", article(TEXT, dateline_place=dateline))
    assert place is not None and place.country == country


def test_the_origin_is_no_mention() -> None:
    doc = make_doc(nlp(), article("Rain fell.", dateline_place="LONDON", publisher="Kyiv Post"))
    assert normalize_places(doc, extract_places(doc))[0] == []
