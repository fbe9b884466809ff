"""Scan a text for names: the longest name of the gazetteer from each capital letter on, demonyms, and what the recognizer calls a place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from dateline.extract.place_text import PlaceText
from dateline.gazetteer import Gazetteer
from dateline.resources import rows

LONGEST = 7  # Tokens of a name.
# Small words inside names ("Port of Spain", "Deir al-Balah", "Stratford-upon-Avon").
_INNER = frozenset("of the and de la le les du des del di da do dos das al el ad as ar an en sur upon on under am der den van von ibn bin".split())
_GLUE = frozenset(("-", "–", "'", "’", "&"))
_ARABIC = frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "az"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_SETTLED = frozenset(("city", "village", "district"))


@dataclass(frozen=True, slots=True)
class Name:
    """A run of tokens that may be a toponym; fields as in extract.places.PlaceCandidate."""

    start: int
    end: int
    first: int
    last: int
    name: str
    rule: str
    cue: str | None = None
    cue_word: str | None = None
    norp: str | None = None
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of place_cues.csv."""

    kind: str
    after: bool
    before: bool
    inside: bool


@cache
def cues() -> dict[str, Cue]:
    """Return the words that state a kind of place."""
    return {
        row["word"]: Cue(row["kind"], row["where"] in ("after", "either"), row["where"] in ("before", "either"), row["inside"] == "yes")
        for row in rows("place_cues.csv")
    }


@cache
def demonyms() -> dict[str, str]:
    """Return demonym -> country code, "" where it names no single country; religions and movements are left out."""
    known = {row["demonym"]: row["country"] for row in rows("demonyms.csv") if row.get("kind", "nationality") in ("nationality", "region", "people")}
    return {row["demonym"]: "" for row in rows("place_demonyms.csv")} | known


@cache
def regional_demonyms() -> dict[str, tuple[str, str]]:
    """Return demonym -> name and kind of the place, for places that are no country ("European", "Chechen")."""
    return {row["demonym"]: (row["place"], row["kind"]) for row in rows("place_demonyms.csv")}


def scan(text: PlaceText, gaz: Gazetteer) -> list[Name]:
    """Return the names of a text from left to right; they do not overlap."""
    found: list[Name] = []
    i, size = 0, len(text.words)
    while i < size:
        if not text.capital[i] and text.lower[i] not in _ARABIC:
            i += 1
            continue
        name = _name_at(text, i, gaz)
        if name is not None:
            found.append(name)
            i = max(name.last, i + 1)
        else:
            found += _split_compound(text, i, gaz)
            i += 1
    return found


def name_of(text: PlaceText, start: int, end: int) -> Name | None:
    """Return the name at given character offsets, None where no token lies there."""
    tokens = [i for i in range(len(text.words)) if text.starts[i] < end and text.ends[i] > start]
    if not tokens:
        return None
    surface = text.text[start:end]
    if surface in demonyms():
        return Name(start, end, tokens[0], tokens[-1] + 1, surface, "places.demonym", norp=demonyms()[surface])
    found = _with_cue(text, tokens[0], tokens[-1] + 1, surface, "places.given")
    return replace(found, start=start, end=end, name=surface)


def _name_at(text: PlaceText, i: int, gaz: Gazetteer) -> Name | None:
    words = text.words
    if not text.capital[i] and not (text.lower[i] in _ARABIC and i + 2 < len(words) and words[i + 1] in "-–" and text.capital[i + 2]):
        return None
    ends = _extents(text, i)
    for last in reversed(ends):
        surface = text.text[text.starts[i] : text.ends[last - 1]]
        if last - i <= 2 and (country := demonyms().get(surface)) is not None:
            return Name(text.starts[i], text.ends[last - 1], i, last, surface, "places.demonym", norp=country)
        if not _may_be_name(text, i, last, surface, gaz):
            continue
        if gaz.has(surface):
            return _with_cue(text, i, last, surface, "places.gazetteer")
    if "-" in text.words[i] and _split_compound(text, i, gaz):
        return None  # Its parts are names of their own.
    return _from_entity(text, i) or _from_cue(text, i, gaz)


def _extents(text: PlaceText, i: int) -> list[int]:
    """Return the token positions at which a name beginning at token i may end, nearest first."""
    words, ends = text.words, [i + 1]
    j = i + 1
    while j < len(words) and j - i < LONGEST:
        gap = text.gap(j - 1)
        if "\n" in gap or len(gap) > 1:
            break
        word = words[j]
        if text.capital[j] or word in ("'s", "’s") or (words[j - 1] in _GLUE and gap == ""):
            ends.append(j + 1)
        elif word in _GLUE:
            if gap and word != "&":
                break
        elif text.lower[j] not in _INNER:
            break
        j += 1
    return ends


def _may_be_name(text: PlaceText, first: int, last: int, surface: str, gaz: Gazetteer) -> bool:
    """Refuse what only looks like a name because keys are folded: "It" for IT, "In" for Indiana, "Us" for the US."""
    if text.words[last - 1] in ("'s", "’s") and not any("'" in entry.name or "’" in entry.name for entry in gaz.lookup(surface)):
        return False  # "Canada's" is Canada, not the Cañadas.
    if last - first > 1:
        return text.lower[first] != "the" or any(entry.name[:4].lower() == "the " for entry in gaz.lookup(surface))
    letters = surface.replace(".", "")
    if len(letters) < 2:
        return False
    if len(letters) <= 3:
        if surface.isupper() and len(letters) == 2 and "." not in surface and surface not in ("US", "UK", "UN", "EU"):
            # Postal codes only count after a comma: "Gary, IN".
            return first > 0 and text.words[first - 1] == "," and text.capital[first - 2]
        return surface.isupper() or surface.endswith(".") or (len(letters) == 3 and not text.codes[first] >> 6)
    return True


def _with_cue(text: PlaceText, first: int, last: int, surface: str, rule: str) -> Name:
    """Make a name, with the cue word beside it and, in capitals, taken in ("Kursk Oblast", but "Kursk" of "Kursk region")."""
    known, size = cues(), len(text.words)
    after = text.lower[last] if last < size and text.gap(last - 1) in (" ", "-") else ""
    if last + 1 < size and (cue := known.get(after)) is not None:
        if cue.kind == "pass":  # "Zamzam refugee camp".
            after = text.lower[last + 1]
        elif cue.kind in _SETTLED and text.lower[last + 1] == "of":
            after = ""  # "The Red Sea city of Jeddah": what follows is the city.
    cue = known.get(after) or (known.get(after[:-1]) if after.endswith("s") and not text.capital[last] else None)
    if cue is not None and cue.kind != "pass" and cue.after and (cue.inside or not text.capital[last]):
        # In capitals the cue belongs to the name, unless more capitals follow ("Kursk Region Police").
        taken = text.capital[last] and text.lower[last] == after and not (last + 1 < size and text.capital[last + 1])
        return _name(text, first, last, surface, rule, cue.kind, after, last + taken)
    before = ""
    if first >= 1:
        before = text.lower[first - 1]
        if before == "of" and first >= 2:
            before = text.lower[first - 2]
        elif before == "the" and first >= 3 and text.lower[first - 2] == "of":
            before = text.lower[first - 3]
    cue = known.get(before)
    if cue is not None and cue.before and cue.kind != "pass":
        return _name(text, first, last, surface, rule, cue.kind, before, last)
    return _name(text, first, last, surface, rule, None, None, last)


def _name(text: PlaceText, first: int, last: int, surface: str, rule: str, cue: str | None, word: str | None, stop: int) -> Name:
    return Name(text.starts[first], text.ends[stop - 1], first, stop, surface, rule, cue, word, embedded=_embedded(text, first, last))


def _embedded(text: PlaceText, first: int, last: int) -> bool:
    """Whether the recognizer has the name inside a longer one that is no place."""
    number = text.entity[first]
    if number < 0:
        return False
    begin, end, label = text.entities[number]
    return label not in _PLACES and label != "NORP" and (begin < first or end > last)


def _split_compound(text: PlaceText, i: int, gaz: Gazetteer) -> list[Name]:
    """Find "U.S." in the one token "U.S.-led", and both countries in "U.S.-Canada"."""
    head, dash, tail = text.words[i].partition("-")
    if not (dash and tail and head[:1].isupper() and len(head) > 1 and gaz.has(head) and (tail.islower() or gaz.has(tail))):
        return []
    names = [Name(text.starts[i], text.starts[i] + len(head), i, i + 1, head, "places.gazetteer")]
    if tail[:1].isupper() and len(tail) > 3:
        names.append(Name(text.ends[i] - len(tail), text.ends[i], i, i + 1, tail, "places.gazetteer"))
    return names


def _from_entity(text: PlaceText, i: int) -> Name | None:
    """Take the recognizer's word for a place that the gazetteer does not know."""
    number = text.entity[i]
    if number < 0 or text.entities[number][0] != i or text.entities[number][2] not in _PLACES:
        return None
    last = text.entities[number][1]
    return _with_cue(text, i, last, text.text[text.starts[i] : text.ends[last - 1]], "places.recognizer")


def _from_cue(text: PlaceText, i: int, gaz: Gazetteer) -> Name | None:
    """Take "the village of Xyz" as a place's name, and names that differ from a known one by romanization only."""
    if text.capital[i] and len(text.words[i]) > 4 and gaz.lookup_spelling(text.words[i]):
        return _with_cue(text, i, i + 1, text.words[i], "places.spelling")
    if i >= 2 and text.lower[i - 1] == "of" and text.lower[i - 2] in ("village", "town", "city", "settlement", "hamlet", "villages"):
        return _with_cue(text, i, i + 1, text.words[i], "places.cue")
    return None
