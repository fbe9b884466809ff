"""What a sentence says of where one place lies by another, and whether two places lie so."""

from __future__ import annotations

import pytest

from dateline import gazetteer
from dateline.extract.places import PlaceCandidate
from dateline.gazetteer import Entry
from dateline.normalize.place_groups import Group, make_groups
from dateline.normalize.place_relations import Relation, holds, stated
from dateline.normalize.place_resolution import resolve


@pytest.mark.parametrize(
    ("between", "relation"),
    [
        (", ", Relation("inside")),
        (" in the ", Relation("inside")),
        (", a fishing town in southwestern ", Relation("loose")),
        (" in the south of ", Relation("loose")),
        (", 60 km west of ", Relation("at", 60.0, 270.0)),
        (", some 40 kilometres (25 miles) south-east of the city of ", Relation("at", 40.0, 135.0)),
        (", a town twenty kilometers from ", Relation("at", 20.0, None)),
        (" about 10 to 20 km north of ", Relation("at", 15.0, 0.0)),
        (", just north of ", Relation("at", None, 0.0)),
        (" near the border town of ", Relation("near")),
        (", on the outskirts of ", Relation("near")),
    ],
)
def test_what_is_stated(between: str, relation: Relation) -> None:
    assert stated(between) == relation


@pytest.mark.parametrize(
    "between",
    [" and ", "", ". ", ". It lies north of ", " and passes 3 km north of ", "; 5 km west of ", "\n5 km west of ", " with " + "a " * 200, " km of "],
)
def test_what_is_not(between: str) -> None:
    assert stated(between) is None


def town(name: str, country: str) -> Entry:
    return next(entry for entry in gazetteer.load().lookup(name) if entry.country == country and entry.kind in ("city", "village"))


@pytest.mark.parametrize(
    ("relation", "there", "here", "right"),
    [
        (Relation("at", 55.0, 270.0), ("Irpin", "UA"), ("Kyiv", "UA"), False),
        (Relation("at", 20.0, 315.0), ("Irpin", "UA"), ("Kyiv", "UA"), True),
        (Relation("at", 20.0, 135.0), ("Irpin", "UA"), ("Kyiv", "UA"), False),
        (Relation("near"), ("Irpin", "UA"), ("Kyiv", "UA"), True),
        (Relation("near"), ("Odesa", "UA"), ("Kyiv", "UA"), False),
    ],
)
def test_what_holds(relation: Relation, there: tuple[str, str], here: tuple[str, str], right: bool) -> None:
    assert holds(relation, town(*there), town(*here)) is right


def test_a_country_has_no_point_to_measure_from() -> None:
    ukraine = next(entry for entry in gazetteer.load().lookup("Ukraine") if entry.kind == "country")
    assert holds(Relation("near"), town("Kyiv", "UA"), ukraine) is None
    assert holds(Relation("inside"), town("Kyiv", "UA"), ukraine) is True
    assert holds(Relation("inside"), town("Kyiv", "UA"), town("Odesa", "UA")) is None


def groups_of(text: str, *names: str) -> list[Group]:
    found = []
    for name in names:
        at = text.index(name)
        found.append(PlaceCandidate(start=at, end=at + len(name), rule="test", first=0, last=1, name=name, score=1.0))
    return make_groups(text, found, gazetteer.load())[0]


def choice(groups: list[Group]) -> Entry:
    resolve(groups, {})
    return groups[0].entries[int(groups[0].shares.argmax())]


@pytest.mark.parametrize(
    ("place", "name", "landmark", "country"),
    [
        ("180 km south of", "Alexandria", "Minneapolis", "US"),
        ("10 km south of", "Alexandria", "Washington", "US"),
        ("100 km southwest of", "Cambridge", "Toronto", "CA"),
        ("80 km north of", "Cambridge", "London", "GB"),
    ],
)
def test_distance_and_direction_choose_among_namesakes(place: str, name: str, landmark: str, country: str) -> None:
    groups = groups_of(f"Fire broke out in {name}, {place} {landmark}.", name, landmark)
    assert groups[0].relations
    assert choice(groups).country == country


def test_a_stated_distance_makes_the_difference() -> None:
    groups = groups_of("Fire broke out in Springfield, 130 km west of Boston.", "Springfield", "Boston")
    assert choice(groups).admin1 == "Massachusetts"
    resolve(groups, {})
    sure = float(groups[0].shares.max())
    groups[0].relations.clear()
    resolve(groups, {})
    assert float(groups[0].shares.max()) < sure


def test_both_the_region_and_the_landmark_are_said_of_the_village() -> None:
    groups = groups_of("They hold Gornal, in Kursk region, 12 km west of Sudzha.", "Gornal", "Kursk", "Sudzha")
    assert {(groups[other].name, relation.kind) for other, relation in groups[0].relations} == {("Kursk", "inside"), ("Sudzha", "at")}
    assert not groups[1].relations


def test_lists_are_no_statements() -> None:
    groups = groups_of("He went to Rome, Paris and Lima.", "Rome", "Paris", "Lima")
    assert {relation.kind for _, relation in groups[0].relations} == {"listed"}
