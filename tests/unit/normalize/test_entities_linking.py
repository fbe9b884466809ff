"""Which mentions of an article are one entity."""

import pytest

from dateline.normalize.entity_aliases import lookup
from dateline.normalize.entity_linking import link


def known(name: str, kind: str) -> str | None:
    alias = lookup(name, kind)
    return alias.key if alias else None


def groups(mentions: list[tuple[str, str]]) -> list[list[str]]:
    linked, clusters = link(mentions, known)
    out: list[list[str]] = [[] for _ in clusters]
    for (text, _), entry in zip(mentions, linked, strict=True):
        out[entry.cluster].append(text)
    return sorted(sorted(set(group)) for group in out)


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([("Ana Petrova", "PERSON"), ("Petrova", "PERSON")], [["Ana Petrova", "Petrova"]]),
        ([("Petrova", "PERSON"), ("Ana Petrova", "PERSON")], [["Ana Petrova", "Petrova"]]),
        ([("Ana Petrova", "PERSON"), ("Ivan Kovach", "PERSON"), ("Kovach", "PERSON")], [["Ana Petrova"], ["Ivan Kovach", "Kovach"]]),
        ([("Volodymyr Zelenskyy", "PERSON"), ("Zelenskiy", "PERSON")], [["Volodymyr Zelenskyy", "Zelenskiy"]]),
        ([("World Health Organization", "ORG"), ("WHO", "ORG")], [["WHO", "World Health Organization"]]),
        ([("Rapid Support Forces", "ORG"), ("RSF", "ORG")], [["RSF", "Rapid Support Forces"]]),
        ([("US State Department", "ORG"), ("State Department", "ORG")], [["State Department", "US State Department"]]),
        (
            [("Russian Defence Ministry", "ORG"), ("Ukrainian Defence Ministry", "ORG"), ("Defence Ministry", "ORG")],
            [["Defence Ministry"], ["Russian Defence Ministry"], ["Ukrainian Defence Ministry"]],
        ),
        ([("U.S.", "GPE"), ("United States", "GPE"), ("KYIV", "GPE"), ("Kyiv", "GPE")], [["KYIV", "Kyiv"], ["U.S.", "United States"]]),
        ([("F-16", "WEAPON"), ("F-16s", "WEAPON")], [["F-16", "F-16s"]]),
        ([("Jordan", "GPE"), ("Jordan", "PERSON")], [["Jordan"], ["Jordan"]]),
    ],
)
def test_one_entity(mentions: list[tuple[str, str]], expected: list[list[str]]) -> None:
    assert groups(mentions) == expected


def test_shared_surname_goes_to_the_one_named_last() -> None:
    linked, _ = link([("Ana Kovach", "PERSON"), ("Ivan Kovach", "PERSON"), ("Kovach", "PERSON")])
    assert linked[2].cluster == linked[1].cluster


def test_acronym_defined_in_brackets() -> None:
    linked, _ = link([("National Elections Committee", "ORG"), ("CNE", "ORG")], defined={1: 0})
    assert linked[0].cluster == linked[1].cluster
    assert linked[1].method == "acronym"


def test_bodies_are_one_in_british_and_american_spelling() -> None:
    assert groups([("Japanese Self-Defense Forces", "ORG"), ("Self-Defence Forces", "ORG")]) == [
        ["Japanese Self-Defense Forces", "Self-Defence Forces"]
    ]
    assert groups([("Second World War", "EVENT"), ("World War II", "EVENT")]) == [["Second World War", "World War II"]]


def test_fullest_name() -> None:
    _, clusters = link(
        [("KYIV", "GPE"), ("Kyiv", "GPE"), ("IAEA", "ORG"), ("International Atomic Energy Agency", "ORG"), ("Shaheds", "WEAPON")], known
    )
    assert {c.fullest() for c in clusters} == {"Kyiv", "International Atomic Energy Agency", "Shahed"}


def test_a_junior_is_not_his_father() -> None:
    mentions = ["Donald Trump", "Donald Trump Jr.", "Trump Jr.", "Donald Trump"]
    assert groups([(name, "PERSON") for name in mentions]) == [["Donald Trump"], ["Donald Trump Jr.", "Trump Jr."]]


def test_spellings_within_one_article_are_one() -> None:
    names = ["Yevhen Balytskyi", "Evgeny Balitsky", "Balitskiy", "Moammar Qaddafi", "Muammar al-Gadhafi"]
    assert len(groups([(name, "PERSON") for name in names])) == 2
