"""The alias table and the decisions of users."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.model import ENTITY_TYPES
from dateline.normalize import entity_decisions
from dateline.normalize.entity_aliases import lookup
from dateline.normalize.entity_names import fold
from dateline.resources import rows


def test_table_is_sound() -> None:
    table = list(rows("aliases.csv"))
    assert len(table) >= 400
    ids = [row["wikidata_id"] for row in table if row["wikidata_id"]]
    assert len(ids) == len(set(ids)) >= 300
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in ids)
    assert all(row["type"] in ENTITY_TYPES and re.fullmatch(r"([A-Z]{2})?", row["country"]) for row in table)
    countries = {row["country"] for row in rows("countries.csv")}
    assert {row["country"] for row in table if row["country"]} <= countries


def test_no_spelling_of_one_type_belongs_to_two() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("aliases.csv"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            owners[row["type"], fold(name)].add(row["name"])
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", ["Zelenskyy", "Zelenskiy", "Zelensky", "Volodymyr Zelenskyi", "Vladimir Zelensky"])
def test_one_president(name: str) -> None:
    found = lookup(name, "PERSON")
    assert found is not None
    assert (found.name, found.wikidata_id) == ("Volodymyr Zelenskyy", "Q3874799")


def test_generic_names_need_a_country() -> None:
    assert lookup("Defence Ministry", "ORG") is None
    ours, theirs = lookup("Defence Ministry", "ORG", "UA"), lookup("Ministry of Defence", "ORG", "RU")
    assert ours is not None and theirs is not None
    assert ours.name == "Ukrainian Defence Ministry"
    assert theirs.name == "Russian Defence Ministry"


def test_unknown_is_none() -> None:
    assert lookup("Nobody Inparticular", "PERSON") is None
    assert lookup("Kyiv", "PERSON") is None


def test_decisions_are_kept_and_the_last_counts(tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    assert entity_decisions.decisions(file).target("Ana Petrova", "PERSON") is None
    entity_decisions.append(entity_decisions.Decision("merge", "PERSON", "Ana Petrowa", "Ana Petrova"), file)
    rules = entity_decisions.decisions(file)
    assert rules.target("ana petrowa", "PERSON") == "Ana Petrova"
    assert rules.target("Ana Petrowa", "ORG") is None
    entity_decisions.append(entity_decisions.Decision("split", "PERSON", "Ana Petrowa", "", "another one"), file)
    rules = entity_decisions.decisions(file)
    assert rules.target("Ana Petrowa", "PERSON") is None
    assert rules.is_split("Ana Petrowa", "PERSON")
    assert len(rules.rows) == 2


def test_merges_that_run_in_a_circle_end() -> None:
    rules = entity_decisions.in_force([entity_decisions.Decision("merge", "ORG", "A1", "B1"), entity_decisions.Decision("merge", "ORG", "B1", "A1")])
    assert rules.target("A1", "ORG") in {"A1", "B1"}


@pytest.mark.parametrize("line", ["join,PERSON,Ana,Bea,", "merge,ANIMAL,Ana,Bea,", "merge,PERSON,,Bea,", "merge,PERSON,Ana,,"])
def test_a_wrong_row_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text("action,type,name,into,note\n" + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"decisions\.csv:2"):
        entity_decisions.decisions(file)
