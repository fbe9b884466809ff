"""One key for all spellings of a person's or body's name: what makes names of different reports one entity.

The key looks at the name and at fixed tables, at nothing else: no warehouse, no similarity threshold. Equality of keys is transitive, so the entities
of a set of reports do not depend on the order in which they were loaded, nor on which others are there, and an id once given stays. Similarity of
strings would need the whole set of names at hand, and would join what lies in a chain between two people.

People: the given name is looked up with all its spellings (seeds/reference/given_names.csv: Mohamed, Muhammad); it says from which tradition the name
comes, and by which rules the surname is compared (name_spellings.csv: Gaddafi, Qadhafi). Without a known given name only the usual transliteration
variants are made equal. Initials, second names and "Jr." stay in the key: they tell father from son.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.normalize.entity_names import fold, sound
from dateline.resources import rows

_ARTICLES = frozenset({"al", "el", "ul"})
_ASSIMILATED = frozenset({"ad", "an", "ar", "as", "ash", "at", "az", "ed", "er", "es", "ez"})  # "ash-Sharaa": the article before its own consonant.
_SERVANT = ("abd", "abdel", "abdul", "abdal", "abdol", "abdoul", "abdur", "abder", "abdu")
_SONS = frozenset({"bin", "ben", "ibn"})
_KUNYA = frozenset({"abu", "abou", "umm"})
_SHORTEST_REST = 3  # Letters behind "Abdul" in one word.


@dataclass(frozen=True, slots=True)
class _Rule:
    written: str
    key: str
    place: str
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    written: dict[str, tuple[str, str]]
    heard: dict[str, tuple[str, str]]


@cache
def _given() -> _Given:
    """Return tradition and key of given names by their spellings, and by their sound where only one name sounds so."""
    written: dict[str, tuple[str, str]] = {}
    heard: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows("given_names.csv"):
        for spelling in (row["name"], *filter(None, row["spellings"].split("|"))):
            written[fold(spelling)] = (row["tradition"], sound(row["name"]))
            heard[sound(spelling)].add((row["tradition"], sound(row["name"])))
    return _Given(written, {key: next(iter(names)) for key, names in heard.items() if len(names) == 1})


@cache
def _rules(tradition: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(row["written"], row["key"], row["place"], tuple(filter(None, row["endings"].split("|"))))
        for row in rows("name_spellings.csv")
        if row["tradition"] == tradition
    )


@lru_cache(maxsize=65536)
def person_key(name: str) -> tuple[str, str | None]:
    """Return the key under which spellings of a person's name meet, and the tradition whose rules made it (None: the usual variants only).

    >>> person_key("Muammar Gaddafi")[0] == person_key("Moammar al-Qadhafi")[0], person_key("Ivan Petrov") == person_key("Igor Petrov")
    (True, False)
    """
    words = fold(name).split()
    tradition = _tradition(words)
    if tradition == "sinic":
        return (sound(f"{words[0]} {''.join(words[1:])}"), tradition) if len(words) == 3 else (sound(name), None)
    if tradition == "arabic":
        words = _without_articles(words)
    elif tradition == "slavic":
        endings = tuple(rule.written for rule in _rules(tradition) if rule.place == "middle")
        words = [w for i, w in enumerate(words) if not (0 < i < len(words) - 1 and w.endswith(endings))]
    else:
        return sound(name), None
    return " ".join(_word(w, tradition) for w in words), tradition


@lru_cache(maxsize=65536)
def body_key(name: str) -> str:
    """Return the key of a body, facility or event: its folded name, in American spelling.

    >>> body_key("Ministry of Defence") == body_key("Ministry of Defense")
    True
    """
    spelt = {rule.written: rule.key for rule in _rules("english")}
    return " ".join(spelt.get(word, word) for word in fold(name).split())


def _tradition(words: list[str]) -> str | None:
    if len(words) < 2:
        return None
    first = words[1] if words[0] in _KUNYA and len(words) > 2 else words[0]
    if first in _SERVANT or _serves(first):
        return "arabic"
    found = _known(first)
    return found[0] if found else None


def _known(word: str) -> tuple[str, str] | None:
    given = _given()
    return given.written.get(word) or given.heard.get(sound(word))


def _serves(word: str) -> str | None:
    """Return what follows "Abdul" where both are written as one word ("Abdulrahman")."""
    if _given().written.get(word):
        return None  # "Abdullah" is a name of its own.
    start = next((s for s in sorted(_SERVANT, key=len, reverse=True) if word.startswith(s) and len(word) - len(s) >= _SHORTEST_REST), None)
    return word[len(start) :] if start and start not in {"abd", "abdu"} else None


def _without_articles(words: list[str]) -> list[str]:
    """Return an Arabic name without its articles, "Abd al-Rahman" as one word, sons all "bin"."""
    out: list[str] = []
    servant = False
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        if i and following and (word in _ARTICLES or (word in _ASSIMILATED and following.startswith(word[1:]))):
            continue
        if word in _SERVANT and following:
            servant = True
        elif servant or (rest := _serves(word)) is None:
            out.append(f"abd{_plain(word)}" if servant else "bin" if word in _SONS and i else word)
            servant = False
        else:
            out.append(f"abd{_plain(rest)}")
    return out


def _plain(word: str) -> str:
    return "".join(letter for n, letter in enumerate(word) if n == 0 or letter != word[n - 1])


def _word(word: str, tradition: str) -> str:
    known = _known(word)
    if known is not None and known[0] == tradition:
        return known[1]
    for rule in _rules(tradition):
        if rule.endings and not word.endswith(rule.endings):
            continue
        if rule.place == "any":
            word = word.replace(rule.written, rule.key)
        elif rule.place == "end" and word.endswith(rule.written):
            word = word[: -len(rule.written)] + rule.key
        elif rule.place == "start" and word.startswith(rule.written):
            word = rule.key + word[len(rule.written) :]
    return sound(word)
