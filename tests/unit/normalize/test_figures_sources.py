"""Whose figure it is: lists of an issuer, parts of a count, numbers that count the speakers; over the shipped pipeline."""

from functools import cache

import pytest
from spacy.language import Language

from dateline.nlp.load import load_nlp


@cache
def nlp() -> Language:
    return load_nlp()


def owners(text: str) -> list[tuple[str, str | None]]:
    doc = nlp()(text)
    return [(figure.text, figure.source_name) for figure in doc._.figures]


LIST = (
    "The General Staff of the Armed Forces of Ukraine listed 147 clashes on Sunday:\n\n- Lyman sector: 31 assaults;\n\n"
    "- Kupiansk sector: 12 attacks;\n\n- Sumy sector: eight attempts to advance.\n\n"
    "Analyst Petro Melnyk doubted that. Melnyk said 3 towns fell.\n\nA volunteer came with 40 cars."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurses reported 16 dead and about 40 wounded; five of the dead were women.", [("16", "Nurses"), ("40", "Nurses"), ("five", "Nurses")]),
        ("Nurses reported 16 dead; the mayor opened 3 schools.", [("16", "Nurses"), ("3", None)]),
        ("The road was cut and 12 people died, three local officials said.", [("12", "three local officials"), ("three", None)]),
        ("The Interior Ministry gave a lower toll: 44 dead and 100 wounded.", [("44", "Interior Ministry"), ("100", "Interior Ministry")]),
        ("The General Staff reported 22 attacks. It listed among the losses 33 tanks.", [("22", "General Staff"), ("33", "General Staff")]),
        ("The camp filled in May. UNHCR has asked for $9.5 million; the road is 40 km long.", [("9.5 million", "UNHCR"), ("40", None)]),
        ("A poll by Cifra showed the party at 43 percent. Some 11 percent are undecided.", [("43", "Cifra"), ("11", "Cifra")]),
        ("The agency said 64,000 people fled. Of those, 23,000 are in Cucuta.", [("64,000", "agency"), ("23,000", "agency")]),
        ("The relief agency Senapred raised its count of homes from 1,140 to 1,850.", [("1,140", "Senapred"), ("1,850", "Senapred")]),
        ("Police said 3 cars burned. The fire put 60 people in tents.", [("3", "Police"), ("60", None)]),
        ('"We ran," said Marie, 29, a nurse.', [("29", None)]),
        ("The utility Eskom will cut 3,000 megawatts of demand on Monday, it said.", [("3,000", "Eskom")]),
    ],
)
def test_within_a_sentence(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert owners(text) == expected


def test_a_list_whose_items_name_sources_of_their_own_has_no_issuer() -> None:
    text = "- Some 36,000 people fled, according to the Norwegian Refugee Council.\n\n- Cholera: 31 deaths.\n\n- Food: 4 trucks.\n\nRoads are cut."
    found = dict(owners(text))
    assert found == {"36,000": "Norwegian Refugee Council", "31": None, "4": None}


def test_a_list_belongs_to_its_issuer_and_ends_with_it() -> None:
    found = dict(owners(LIST))
    issuer = "General Staff of the Armed Forces of Ukraine"
    assert [found[number] for number in ("147", "31", "12", "eight")] == [issuer] * 4
    assert found["3"] == "Petro Melnyk"
    assert found["40"] is None
