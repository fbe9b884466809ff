"""What is known of an article beside its text: where it was filed (the dateline cut off it) and where its publisher is at home.

A paper writes mostly of its own country and town, and need not say so. Both come from outlets.csv, from the country domain of the address, and from
names such as "Kyiv Independent" or springfieldnewssun.com; without any of them nothing is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from dateline.gazetteer import Gazetteer
from dateline.model import Article
from dateline.resources import rows

FILED = 0.9  # Trust in the dateline's place being a place, as in a name's recognition.
AT_HOME = 0.5  # The same of a paper's name.
_TOWN = 3.7  # Weight (log10 of people) of a town that a paper is named for.
_KINDS = frozenset(("city", "admin1", "country", "region"))
_SHORTEST = 4  # Letters of a town's name in an address.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from.

    Attributes:
        country: ISO 3166 alpha-2 of the publisher, None where unknown.
        names: Names of places it comes from, each with the name it lies in ("RALEIGH" in "N.C."), "" without one, and how far it is to be trusted.
    """

    country: str | None = None
    names: tuple[tuple[str, str, float], ...] = ()


NOWHERE = Origin()


@cache
def _outlets() -> dict[str, tuple[str, str]]:
    """Return domain, domain ending (".uk") or lower-case name -> country and place."""
    found = {row["domain"]: (row["country"], row["place"]) for row in rows("outlets.csv") if row["domain"]}
    return found | {row["name"].lower(): (row["country"], row["place"]) for row in rows("outlets.csv") if row["name"]}


@cache
def _paper_words() -> tuple[str, ...]:
    return tuple(sorted((row["word"] for row in rows("outlet_words.csv")), key=len, reverse=True))


def origin_of(article: Article | None, gaz: Gazetteer) -> Origin:
    """Return where an article comes from, as far as its dateline, address and publisher tell."""
    if article is None:
        return NOWHERE
    names = []
    if article.dateline_place:
        place, _, region = article.dateline_place.partition(",")
        names.append((place.strip(), region.strip(), FILED))
    country, home = _publisher(article.publisher or "", _host(article.url), gaz)
    if home:
        names.append((home, "", AT_HOME))
    return Origin(country or None, tuple(names))


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def _publisher(name: str, host: str, gaz: Gazetteer) -> tuple[str, str]:
    """Return country and home town of a publisher, "" where unknown."""
    known = _outlets()
    labels = host.split(".")
    for start in range(len(labels) - 1):
        if (found := known.get(".".join(labels[start:]))) is not None:
            return found
    if name and (found := known.get(name.lower())) is not None:
        return found
    country = _national(labels[-1]) if len(labels) > 1 else ""
    return country, _named_for(name, gaz) or _address_for(labels, gaz)


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["country"] for row in rows("countries.csv"))


def _national(ending: str) -> str:
    """Return the country of a domain ending; endings that are sold worldwide (.io, .tv) stand without one in outlets.csv."""
    found = _outlets().get("." + ending)
    if found is not None:
        return found[0]
    return ending.upper() if len(ending) == 2 and ending.upper() in _countries() else ""


def _is_home(name: str, gaz: Gazetteer) -> bool:
    return any(entry.kind in _KINDS and entry.weight >= _TOWN and entry.name_type != "skeleton" for entry in gaz.lookup(name))


def _named_for(name: str, gaz: Gazetteer) -> str:
    """Return the place of "The Kyiv Independent" or "Times of Malta"; only words of newspapers may stand beside it."""
    words = name.replace("-", " ").split()[:6]
    if words and words[0].lower() == "the":
        words = words[1:]
    paper = [word.lower() in _paper_words() for word in words]
    for size in range(len(words) - 1, 0, -1):
        if all(paper[size:]) and not paper[0] and _is_home(" ".join(words[:size]), gaz):
            return " ".join(words[:size])
    if len(words) > 2 and "of" in words[1:-1]:
        at = words.index("of")
        rest = " ".join(words[at + 1 :])
        if all(paper[:at]) and _is_home(rest, gaz):
            return rest
    return ""


def _address_for(labels: list[str], gaz: Gazetteer) -> str:
    """Return the town in springfieldnewssun.com: a place's name with nothing but words of newspapers around it."""
    label = max(labels[:-1], key=len, default="")
    if not _SHORTEST < len(label) <= _LONGEST:
        return ""
    for front in ("the", "daily", "my", ""):
        if label.startswith(front):
            label = label.removeprefix(front)
            break
    parts = label.split("-")
    label = "".join(parts)
    for size in range(len(label), _SHORTEST - 1, -1):
        if _are_papers(label[size:]) and (name := _spaced(label[:size], gaz)):
            return name
    return ""


def _are_papers(letters: str) -> bool:
    """Return whether letters without blanks are words of newspapers; the longest word first."""
    while letters:
        word = next((word for word in _paper_words() if letters.startswith(word)), None)
        if word is None:
            return False
        letters = letters[len(word) :]
    return True


def _spaced(letters: str, gaz: Gazetteer) -> str:
    """Return a place's name from letters whose blanks are lost ("lasvegas"), "" when there is none."""
    if letters in _paper_words():
        return ""
    for cut in (len(letters), *range(2, len(letters) - 1)):
        name = f"{letters[:cut]} {letters[cut:]}".strip()
        if _is_home(name, gaz):
            return name
    return ""
