"""Nouns that are counted: their lemma and their class (person, vehicle, building, ...), by figure_nouns.csv and by their form."""

from __future__ import annotations

from functools import cache, lru_cache

from dateline.resources import rows

_REMEMBERED = 20_000  # Words whose lemma or class is remembered.


@cache
def noun_forms() -> dict[str, str]:
    """Return the lemma of each irregular plural."""
    return {row["plural"]: row["lemma"] for row in rows("noun_forms.csv")}


@cache
def noun_classes() -> dict[str, str]:
    """Return the class of each known noun, by lemma; the first class that lists a noun holds."""
    table: dict[str, str] = {}
    for row in rows("figure_nouns.csv"):
        for lemma in row["lemmas"].split("|"):
            table.setdefault(lemma, row["class"])
    return table


@lru_cache(maxsize=_REMEMBERED)
def lemma_of(word: str) -> str:
    """Return the singular of a noun: lower case, except names and abbreviations.

    >>> [lemma_of(w) for w in ("drones", "children", "bodies", "troops", "UAVs", "Ukrainians", "losses")]
    ['drone', 'child', 'body', 'troops', 'UAV', 'Ukrainian', 'loss']
    """
    lower = word.lower()
    if lower in noun_forms():
        return noun_forms()[lower]
    keep = word if word[:1].isupper() else lower
    if len(word) > 2 and word[:-1].isupper() and word.endswith("s"):
        return word[:-1]
    if word.isupper() or any(sign.isdigit() for sign in word):
        return word[:-1] if word.endswith("s") and len(word) > 2 else word
    if word[:1].isupper() and lower.endswith("is") and lower[:-1] in _smallpeoples():
        return word[:-1]  # "Israelis"
    if len(lower) <= 3 or not lower.endswith("s") or lower.endswith(("ss", "us", "is", "'s", "’s")):
        return keep
    if lower.endswith("ies"):
        return keep[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return keep[:-2]
    return keep[:-1]


@lru_cache(maxsize=_REMEMBERED)
def class_of(item: str | None) -> str | None:
    """Return the class of a noun by its lemma: listed, or a person by its ending or as the name of a people."""
    if not item or item.isspace():
        return None
    table = noun_classes()
    for part in (item.lower(), item.lower().split()[-1], lemma_of(item.lower().split()[-1]), item.lower().split("-")[-1]):
        if part in table:
            return table[part]
    if item[0].isupper() and (item.endswith(("an", "ese", "ish", "i", "ya", "er")) or item in peoples()):
        return "person"
    if item.lower().endswith(("ist", "man", "woman", "worker", "keeper", "maker", "holder", "ologist", "goer", "seeker", "eer", "crat", "fighter")):
        return "person"
    return None


@cache
def peoples() -> frozenset[str]:
    """Return the names of peoples as written: "Lebanese", "Kurds"."""
    try:
        return frozenset(row["demonym"] for row in rows("demonyms.csv"))
    except FileNotFoundError:
        return frozenset()


@cache
def _smallpeoples() -> frozenset[str]:
    return frozenset(name.lower() for name in peoples())
