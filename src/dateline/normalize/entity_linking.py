"""Which mentions of an article are one entity: surnames, acronyms, shortened names, spellings.

Returns for every mention the cluster it belongs to and how it got there. Only mentions of one type are linked. Each step is deterministic in the
order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import JaroWinkler, Levenshtein

from dateline.normalize.entity_names import SMALL, SUFFIXES, fold, initials, is_acronym, readable, sound, surname, words
from dateline.normalize.entity_spellings import body_key, person_key

_PLURAL = re.compile(r"(?<=[a-z0-9])s$")


@dataclass(slots=True)
class Cluster:
    """Mentions of one entity in one article: their indices, the names they used and how each was linked."""

    type: str
    members: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    known: str | None = None

    def fullest(self) -> str:
        """Return the name with the most words, the longest of them, the first of those; acronyms and capitals lose."""
        if self.type == "NORP":
            return min(self.names, key=lambda n: (len(n), self.names.index(n)))
        return max(self.names, key=lambda n: (not is_acronym(n), len(words(n)), not n.isupper(), len(n), -self.names.index(n)))


@dataclass(frozen=True, slots=True)
class Linked:
    """Cluster number of a mention and the method that put it there."""

    cluster: int
    method: str


def link(
    mentions: Sequence[tuple[str, str]],
    known: Callable[[str, str], str | None] = lambda name, kind: None,
    defined: Mapping[int, int] | None = None,
) -> tuple[list[Linked], list[Cluster]]:
    """Link mentions, given as (text, type) in text order.

    Args:
        known: Returns the key of the alias table's entity for a name of a type, None where the table does not know it or is not sure.
        defined: Index of the mention whose short form another one is, by the index of the short one: "National Elections Committee (CNE)".
    """
    clusters: list[Cluster] = []
    result: list[Linked | None] = [None] * len(mentions)
    # Full names first, so that "Putin" in a headline finds the "Vladimir Putin" of the body.
    order = sorted(range(len(mentions)), key=lambda i: (-_weight(*mentions[i]), i))
    for i in order:
        text, kind = mentions[i]
        long_form = result[defined[i]] if defined and i in defined else None
        hit = (long_form.cluster, "acronym") if long_form is not None else _find(text, kind, i, clusters, known)
        if hit is None:
            clusters.append(Cluster(kind, known=known(text, kind)))
            hit = len(clusters) - 1, "name"
        number, method = hit
        cluster = clusters[number]
        cluster.members.append(i)
        cluster.known = cluster.known or known(text, kind)
        name = _display(text, kind)
        if name not in cluster.names:
            cluster.names.append(name)
        result[i] = Linked(number, method)
    return [entry for entry in result if entry is not None], clusters


def _weight(text: str, kind: str) -> int:
    if is_acronym(text):
        return 0
    return len(words(text))


def _display(text: str, kind: str) -> str:
    name = readable(text)
    if kind == "WEAPON":
        return _singular(name)
    return name


def _find(text: str, kind: str, position: int, clusters: list[Cluster], known: Callable[[str, str], str | None]) -> tuple[int, str] | None:
    same = [(n, c) for n, c in enumerate(clusters) if c.type == kind]
    key = _key(text, kind)
    for n, cluster in same:
        if any(_key(name, kind) == key for name in cluster.names):
            return n, "name"
    item = known(text, kind)
    if item is not None:
        for n, cluster in same:
            if cluster.known == item:
                return n, "alias"
    if kind == "PERSON":
        return _person(text, position, same)
    if kind in {"ORG", "FAC", "EVENT", "LOC", "GPE"}:
        return _body(text, kind, same)
    if kind == "NORP":
        stem = _PLURAL.sub("", key)
        return next(((n, "plural") for n, c in same if any(_PLURAL.sub("", _key(name, kind)) == stem for name in c.names)), None)
    return None


def _key(text: str, kind: str) -> str:
    key = fold(text)
    return _singular(key) if kind == "WEAPON" else key


def _singular(name: str) -> str:
    """Return "Shahed" for "Shaheds", "F-16" for "F-16s"; names of several words without a number ("Star Wars") stay."""
    if len(name) > 3 and (" " not in name or any(c.isdigit() for c in name.split()[-1])):
        return _PLURAL.sub("", name)
    return name


def _person(text: str, position: int, same: list[tuple[int, Cluster]]) -> tuple[int, str] | None:
    parts = words(text)
    if not parts:
        return None
    last, heard, key = surname(text), sound(surname(text)), person_key(text)[0]
    found: list[tuple[int, str]] = []
    for n, cluster in same:
        full = cluster.fullest()
        theirs = words(full)
        generation = _generation(parts)
        if len(parts) - len(generation) == 1:
            if generation and generation != _generation(theirs):
                continue
            if surname(full) == last:
                found.append((n, "surname"))
            elif sound(surname(full)) == heard or _misspelt(last, surname(full)):
                found.append((n, "spelling"))
            elif len(theirs) > 1 and last in theirs:
                found.append((n, "part of name"))
        elif generation != _generation(theirs):
            continue  # "Jr." tells son from father.
        elif len(theirs) > 1 and (
            person_key(full)[0] == key or ((sound(surname(full)) == heard or _misspelt(last, surname(full))) and _same_given(parts[0], theirs[0]))
        ):
            found.append((n, "spelling"))
        elif len(theirs) > len(parts) and theirs[: len(parts)] == parts:
            found.append((n, "part of name"))
    if not found:
        return None
    best = min(("surname", "spelling", "part of name").index(method) for _, method in found)
    found = [hit for hit in found if ("surname", "spelling", "part of name").index(hit[1]) == best]
    by_number = dict(same)
    return min(found, key=lambda hit: _distance(by_number[hit[0]], position))


def _generation(parts: list[str]) -> frozenset[str]:
    return SUFFIXES.intersection(parts[1:])


def _distance(cluster: Cluster, position: int) -> tuple[bool, int]:
    """Prefer the entity named last before the mention, then the first one after it."""
    before = [position - m for m in cluster.members if m < position]
    return (not before, min(before) if before else min(m - position for m in cluster.members))


def _same_given(a: str, b: str) -> bool:
    if a == b or sound(a) == sound(b) or ((len(a) == 1 or len(b) == 1) and a[0] == b[0]):
        return True
    return len(a) > 3 and len(b) > 3 and (JaroWinkler.similarity(sound(a), sound(b)) > 0.84 or a.startswith(b) or b.startswith(a))


def _misspelt(a: str, b: str) -> bool:
    return min(len(a), len(b)) > 5 and a[0] == b[0] and Levenshtein.distance(sound(a), sound(b)) <= 1


def _body(text: str, kind: str, same: list[tuple[int, Cluster]]) -> tuple[int, str] | None:
    parts = words(text)
    if not parts:
        return None
    if is_acronym(text):
        short = fold(text).replace(" ", "")
        for n, cluster in same:
            if any(short in (initials(name), initials(name).rstrip("s")) for name in cluster.names if not is_acronym(name)):
                return n, "acronym"
        return None
    parts = body_key(text).split()
    content = [w for w in parts if w not in SMALL]
    found = []
    for n, cluster in same:
        for name in cluster.names:
            theirs = body_key(name).split()
            if len(theirs) > len(parts) and not is_acronym(name):
                ends = theirs[-len(parts) :] == parts or [sound(w) for w in theirs[-len(parts) :]] == [sound(w) for w in parts]
                starts = theirs[: len(parts)] == parts and kind == "ORG"
                inner = kind == "ORG" and _contains(theirs, parts) and len(content) > 1
                if kind == "ORG" and (ends or starts or inner):
                    found.append((n, "part of name"))
                    break
            elif len(theirs) == len(parts) and theirs != parts and _spelt_alike(theirs, parts):
                found.append((n, "spelling"))
                break
    if len({n for n, _ in found}) == 1:
        return found[0]
    return None


def _contains(whole: list[str], part: list[str]) -> bool:
    return any(whole[k : k + len(part)] == part for k in range(len(whole) - len(part) + 1))


def _spelt_alike(a: list[str], b: list[str]) -> bool:
    """Tell whether two names differ only in spelling ("Defence", "Defense"; "Untied Nations")."""
    if len(" ".join(a)) < 8:
        return False
    return all(x == y or sound(x) == sound(y) or (len(x) > 4 and Levenshtein.distance(x, y) <= 2 and x[0] == y[0] and sorted(x) == sorted(y))
               or (len(x) > 5 and Levenshtein.distance(x, y) == 1 and {x[-2:], y[-2:]} == {"ce", "se"}) or x.replace("z", "s") == y.replace("z", "s")
               for x, y in zip(a, b, strict=True))  # fmt: skip
