"""The alias table (seeds/reference/aliases.csv): names across articles, with Wikidata items.

A spelling that belongs to two rows of one type decides nothing by itself. Generic names ("Defence Ministry") count only together with the country
that the article gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.normalize.entity_names import fold, sound
from dateline.normalize.entity_spellings import person_key
from dateline.resources import rows


@dataclass(frozen=True, slots=True)
class Alias:
    """One row of the table; `key` identifies it: the Wikidata item where there is one, else type and folded name."""

    key: str
    name: str
    type: str
    country: str | None
    wikidata_id: str | None


@dataclass(frozen=True, slots=True)
class _Tables:
    exact: dict[tuple[str, str], frozenset[Alias]]
    sounds: dict[tuple[str, str], frozenset[Alias]]
    generic: dict[tuple[str, str, str], Alias]


@cache
def _tables() -> _Tables:
    exact: dict[tuple[str, str], set[Alias]] = {}
    sounds: dict[tuple[str, str], set[Alias]] = {}
    generic: dict[tuple[str, str, str], Alias] = {}
    for row in rows("aliases.csv"):
        item = row["wikidata_id"] or None
        alias = Alias(item or f"{row['type']}:{fold(row['name'])}", row["name"], row["type"], row["country"] or None, item)
        for written in (row["name"], *filter(None, row["aliases"].split("|"))):
            exact.setdefault((alias.type, fold(written)), set()).add(alias)
            if alias.type == "PERSON" and " " in written:
                sounds.setdefault((alias.type, sound(written)), set()).add(alias)
                sounds.setdefault((alias.type, person_key(written)[0]), set()).add(alias)
        if alias.country:
            for written in filter(None, row["generic"].split("|")):
                generic[alias.type, alias.country, fold(written)] = alias
    freeze = {key: frozenset(value) for key, value in exact.items()}
    return _Tables(freeze, {key: frozenset(value) for key, value in sounds.items()}, generic)


def lookup(name: str, kind: str, country: str | None = None) -> Alias | None:
    """Return the table's entity of a name, or None when it is unknown or could be two.

    Args:
        country: ISO 3166 alpha-2 that the article gives to a body ("Russian", "Russia's"); it decides generic and shared names.
    """
    tables = _tables()
    if country is not None and (hit := tables.generic.get((kind, country, fold(name)))) is not None:
        return hit
    found = tables.exact.get((kind, fold(name)))
    if not found and kind == "PERSON":
        found = tables.sounds.get((kind, sound(name))) or tables.sounds.get((kind, person_key(name)[0]))
    if not found:
        return None
    if len(found) > 1 and country is not None:
        found = frozenset(a for a in found if a.country == country) or found
    return next(iter(found)) if len(found) == 1 else None
