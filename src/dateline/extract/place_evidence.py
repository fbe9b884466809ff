"""What speaks for and against a name being a place's: the words around it, the name itself, the gazetteer, the rest of the article.

Every piece of evidence is a named binary feature; what each weighs is fitted (training/fit_places.py) and lies in place_weights.csv.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from dateline.extract.place_names import Name
from dateline.extract.place_text import PlaceText
from dateline.gazetteer import Gazetteer
from dateline.resources import rows

_GIVEN, _SURNAME = 1, 2


@cache
def _people() -> tuple[frozenset[str], dict[str, str]]:
    given, surnames = set(), {}
    for number, row in enumerate(rows("us_names.csv")):
        if row["kind"] == "given":
            given.add(row["name"].lower())
        else:
            surnames[row["name"].lower()] = "often" if number < 2000 else "seldom"
    return frozenset(given), surnames


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.lower() for row in rows("titles.csv") for word in row["title"].split()[-1:])


def is_given(text: PlaceText, i: int) -> bool:
    """Whether a token is a given name in either list."""
    return text.capital[i] and (text.lower[i] in _people()[0] or text.codes[i] & 3 == _GIVEN)


def evidence(text: PlaceText, names: Sequence[Name], gaz: Gazetteer) -> Callable[[Name], list[str]]:
    """Return a function that lists the features of one name of this text."""
    counts = Counter(name.name for name in names)
    lowered = {word for word, capital in zip(text.lower, text.capital, strict=True) if not capital}
    surnames = _surnames(text)
    strong = {name.name for name in names if _strong(text, name)}
    starts = {name.first: name for name in names}

    def describe(name: Name) -> list[str]:
        features = ["bias"]
        features += _around(text, name)
        features += _itself(text, name)
        features += _known(gaz, name.name)
        features += _article(name, counts, lowered, surnames, strong)
        features += _region_follows(text, name, starts, gaz)
        features += _entity(text, name)
        return features

    return describe


def _surnames(text: PlaceText) -> set[str]:
    """Return words that stand behind a given name or a title somewhere in the article: there they are people's."""
    found = set()
    titles = _titles()
    for i in range(1, len(text.words)):
        if text.capital[i] and (is_given(text, i - 1) or (text.capital[i - 1] and text.lower[i - 1].rstrip(".") in titles)):
            found.add(text.words[i])
        if text.label[i] == "PERSON":
            found.add(text.words[i])
    return found


_IN = frozenset(("in", "at", "near", "from", "outside", "around", "across", "throughout", "toward", "towards"))


def _strong(text: PlaceText, name: Name) -> bool:
    first = name.first
    return first > 0 and (text.lower[first - 1] in _IN) and not text.sentence_start[first]


def _shape(text: PlaceText, i: int) -> str:
    if i < 0 or i >= len(text.words):
        return "none"
    word = text.words[i]
    if text.capital[i]:
        return "caps" if len(word) > 1 and word.isupper() else "capital"
    if word[0].isdigit():
        return "digit"
    return "lower" if word[0].isalpha() else "mark"


def _around(text: PlaceText, name: Name) -> list[str]:
    first, last = name.first, name.last
    size = len(text.words)
    before = text.lower[first - 1] if first else "<s>"
    after = text.lower[last] if last < size else "</s>"
    features = [f"prev={before}", f"next={after}"]
    before2 = text.lower[first - 2] if first > 1 else "<s>"
    after2 = text.lower[last + 1] if last + 1 < size else "</s>"
    features += [f"prev2={before2} {before}", f"next2={after} {after2}"]
    left, right = _shape(text, first - 1), _shape(text, last)
    if text.sentence_start[first]:
        left = "start"
    features += [f"left={left}", f"right={right}"]
    if right == "lower" or right == "capital":
        features.append(f"next_class={(text.codes[last] >> 2) & 15}")
        features.append(f"next_class={right} {(text.codes[last] >> 2) & 15}")
        if right == "capital":
            run = last
            while run < size and text.capital[run] and run - last < 5:
                run += 1
            features.append(f"tail={text.lower[run - 1]}")
            features.append(f"tail_class={(text.codes[run - 1] >> 2) & 15}")
    if left == "capital":
        if is_given(text, first - 1):
            features.append("after_given")
        features.append(f"prev_class={(text.codes[first - 1] >> 2) & 15}")
        if text.lower[first - 1].rstrip(".") in _titles():
            features.append("after_title")
        if len(text.words[first - 1].rstrip(".")) == 1:
            features.append("after_initial")
    if right == "capital" and text.codes[last] & 3:
        features.append("before_surname")
    if name.cue:
        features.append(f"cue={name.cue}")
    return features


def _itself(text: PlaceText, name: Name) -> list[str]:
    first, last = name.first, name.last
    size = last - first
    features = [f"tokens={min(size, 3)}", f"rule={name.rule}"]
    if text.headline[first]:
        features.append("headline")
    surface = name.name
    if surface.isupper() and len(surface) > 3:
        features.append("allcaps")
    elif surface.isupper() or surface.endswith("."):
        features.append("abbreviation")
    if size == 1:
        code = text.codes[first]
        features.append(f"common={code >> 6}")
        if text.sentence_start[first]:
            features.append(f"common_at_start={code >> 6}")
        features.append(f"class={(code >> 2) & 15}")
        given, surnames = _people()
        lower = text.lower[first]
        if code & 3 or lower in given:
            features.append("person_given" if (code & 3 == _GIVEN or lower in given) else "person_surname")
        if lower in surnames:
            features.append(f"us_surname={surnames[lower]}")
    else:
        if is_given(text, first):
            features.append("begins_given")
        features.append(f"last_class={(text.codes[last - 1] >> 2) & 15}")
    return features


@lru_cache(maxsize=20_000)
def _known(gaz: Gazetteer, name: str) -> tuple[str, ...]:
    entries = gaz.lookup(name) or gaz.lookup_spelling(name)
    if not entries:
        return ("unknown",)
    best = max(entries, key=lambda entry: entry.weight - (1.5 if entry.name_type != "primary" else 0.0))
    features = [
        f"kind={best.kind}",
        f"weight={best.kind} {min(int(best.weight), 8)}",
        f"type={best.name_type}",
        f"weight={min(int(best.weight * 2), 16)}",
        f"entries={min(len(entries), 4)}",
    ]
    if any(entry.kind == "country" for entry in entries):
        features.append("country")
    if any(entry.capital for entry in entries):
        features.append("capital")
    if any(entry.kind == "admin1" and entry.country in ("US", "CA", "GB", "AU") for entry in entries):
        features.append("state")
    return tuple(features)


def _article(name: Name, counts: Counter[str], lowered: set[str], surnames: set[str], strong: set[str]) -> list[str]:
    features = [f"count={min(counts[name.name], 4)}"]
    if name.name.lower() in lowered:
        features.append("also_lower")
    if name.name in surnames:
        features.append("also_surname")
    if name.name in strong:
        features.append("also_strong")
        if name.name in surnames:
            features.append("also_strong_surname")
    return features


def _region_follows(text: PlaceText, name: Name, starts: dict[int, Name], gaz: Gazetteer) -> list[str]:
    """ "Springfield, Ohio": a region or country behind the comma makes both places."""
    features = []
    last = name.last
    if last + 1 < len(text.words) and text.words[last] == "," and (follower := starts.get(last + 1)) is not None:
        kinds = {entry.kind for entry in gaz.lookup(follower.name)}
        if kinds & {"country", "admin1"}:
            features.append("comma_region")
    if name.first >= 2 and text.words[name.first - 1] == "," and text.capital[name.first - 2]:
        kinds = {entry.kind for entry in gaz.lookup(name.name)}
        if kinds & {"country", "admin1"}:
            features.append("region_after_comma")
    if last + 1 < len(text.words) and text.words[last] in ("(", "-", "–"):
        features.append("before_bracket")
    return features


def _entity(text: PlaceText, name: Name) -> list[str]:
    if not text.has_entities:
        return []
    number = text.entity[name.first]
    if number < 0:
        others = {text.label[i] for i in range(name.first, name.last)} - {""}
        return [f"entity_part={min(others)}"] if others else ["entity=none"]
    begin, end, label = text.entities[number]
    exact = begin == name.first and end == name.last
    if exact:
        return [f"entity={label}"]
    if begin <= name.first and end >= name.last:
        where = "head" if begin == name.first else ("tail" if end == name.last else "middle")
        return [f"entity_in={label}", f"entity_in={label} {where}"]
    return [f"entity_cross={label}"]
