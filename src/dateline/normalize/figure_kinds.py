"""What happened to what a figure counts: killed, intercepted, territory, ... (kinds of docs/facts.md and finer ones).

Units decide first (money, ages, distances). Then the event that governs the number: verbs and nouns of figure_events.csv in the same sentence, each
with the distance from the counted phrase; crossing a clause or another number costs more than a word does. An event counts only for the classes of
things that it fits (figure_kinds.csv): "missiles killed 60" launches no missiles and shoots no people. What is left follows from the noun alone.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_units import Unit
from dateline.extract.figure_vetoes import HYPHENS
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_events import Event, acts_on_other, distance
from dateline.normalize.figure_phrases import Phrase
from dateline.resources import rows

_WINDOW = 50  # Pieces to either side that an event can govern from.
_FAR = 20.0  # Cost beyond which an event says nothing about a number.
_NEAR = 8.0  # Cost up to which a verb of many meanings, or any verb for a noun of no class, speaks of a number.
_STATES = frozenset({"patient", "refugee"})  # People by what has become of them; what happens to them besides happens to people.
_PEOPLE = frozenset({"soldier", "person", "dweller", "inmate", "captive", "body", "death", "loss", "group", "injury"})
_DESCRIBING = word_set("events describing")
_OUTCOMES = frozenset({None, "death", "injury", "loss", "body", "disappearance", "case", "patient"})  # "Half of the deaths" is a share of them.
_LEAVING = word_set("kinds leaving")
_LEFT_SO = word_set("kinds left so")
_STATED = 8  # Words behind what is left within which stands how it is left.
_FLAMES = word_set("kinds flames")
_EPIDEMICS = word_set("kinds epidemics")
_SUFFERED = frozenset(
    {"killed", "injured", "captured", "destroyed", "damaged", "intercepted", "rescued", "released", "exchanged", "evacuated", "displaced",
     "missing", "launched", "affected", "territory"}
)  # fmt: skip


@cache
def _kinds() -> dict[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for row in rows("figure_kinds.csv"):
        for group in row["class"].split("|"):
            table.setdefault((row["event"], group), row["kind"])
    return table


@cache
def _class_kinds() -> dict[str, str]:
    return {row["class"]: row["kind"] for row in rows("figure_class_kinds.csv")}


@dataclass(frozen=True, slots=True)
class Found:
    """A kind with the event that gave it and how far that stands (0 beside the phrase)."""

    kind: str
    event: Event | None = None
    cost: float = _FAR


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a counted phrase stands in its sentence.

    Attributes:
        events: Events of the sentence.
        left, right: Pieces [left, right) are the counted phrase with its modifiers.
        numbers: First pieces of the other numbers of the sentence.
        lefts: The same with their modifiers.
        verbs: Finite verbs of the sentence; empty without tags.
    """

    events: list[Event]
    left: int
    right: int
    numbers: list[int]
    lefts: list[int]
    verbs: list[int]


def kind_by_event(pieces: Pieces, at: Setting, group: str | None) -> Found | None:
    """Return the kind that the nearest fitting event gives; `group` is the class of what is counted, "unknown" of a noun that has none."""
    events, left, right = at.events, at.left, at.right
    table = _kinds()
    best: Found | None = None
    low = bisect_left(events, left - _WINDOW, key=lambda event: event.first)
    for event in events[low : bisect_left(events, right + _WINDOW, key=lambda event: event.first)]:
        if event.last - event.first == 1 and pieces.at(event.first) in _DESCRIBING and group not in _STATES | _PEOPLE:
            continue  # "four deadly earthquakes": who died of them is another number.
        if event.last <= left and pieces.at(event.first) in _LEAVING and not _LEFT_SO.isdisjoint(pieces.lower[right : right + _STATED]):
            continue  # "leaving 300,000 households without light"
        cost = -1.0
        for name in event.names:
            kind = table.get((name, "person" if group in _STATES else group or "none"))
            if kind is None:
                continue
            if kind in _SUFFERED and acts_on_other(pieces, event, left, right, at.lefts):
                continue
            if cost < 0:
                cost = distance(pieces, event, left, right, at.numbers, at.verbs)
                if cost > _NEAR and (event.weak or group == "unknown"):
                    break
            # Of "shot down a missile fired from X" the defence tells what became of it.
            total = cost - (1.5 if name == "down" else 0.0)
            if total < _FAR and (best is None or total < best.cost):
                best = Found(kind, event, total)
    if best is not None and best.kind in {"killed", "injured"} and best.event is not None and _both(pieces, best.event, events):
        return Found("troops", best.event, best.cost)
    return best


def _both(pieces: Pieces, event: Event, events: list[Event]) -> bool:
    """Return whether an event is half of "killed and wounded", "dead or injured": losses of either sort."""
    at = bisect_left(events, event.first, key=lambda e: e.first)
    for other in events[max(0, at - 2) : at + 3]:
        if ("kill" in event.names and "injure" in other.names) or ("injure" in event.names and "kill" in other.names):
            low, high = sorted((event, other), key=lambda e: e.first)
            if high.first - low.last == 1 and pieces.at(low.last) in {"and", "or", "/"}:
                return True
    return False


def kind_by_name(event: str, phrase: Phrase) -> str | None:
    """Return the kind that an event gives to what is counted, wherever it stands."""
    return _kinds().get((event, phrase.group or ("unknown" if phrase.item else "none")))


def kind_by_class(group: str | None) -> str:
    """Return the kind that the noun alone gives."""
    return _class_kinds().get(group or "", "other")


def kind_of(candidate: FigureCandidate, unit: Unit | None, phrase: Phrase, at: Setting) -> Found:
    """Return the kind of a figure with the event that decided it, none where unit or noun did."""
    if candidate.age:
        return Found("age")
    share = candidate.rule in {"fraction", "ratio"} or (unit is not None and unit.dimension == "share")
    if unit is not None and not share:
        return _measured_kind(candidate, unit, phrase, at)
    if _per_head(candidate):
        return Found("rate_or_share")
    group = phrase.group
    if group == "point" and candidate.pieces.at(candidate.left - 1) in {"at", "in", "from"}:
        return Found("other")  # "blocked at 14 points"
    if share and group is None and phrase.item and phrase.item[0].isupper():
        group = "area"  # "20% of Ukraine"
    elif share and group == "nation":
        group = "area"
    if unit is None and group == "person" and phrase.item == "man" and _lost_men(candidate):
        return Found("troops")
    known = group if group is not None or phrase.item is None else "unknown"
    found = kind_by_event(candidate.pieces, at, known)
    if group == "captive" and not share and (found is None or found.kind == "captured"):
        freed = next((event for event in at.events if not _FREED.isdisjoint(event.names)), None)
        if freed is not None:  # "agreed to free 900 detainees: 500 held by one side, 400 by the other"
            return Found("released", freed)
    if share:
        if (found is not None and found.kind == "territory") or phrase.group == "area":
            return Found("territory", found.event if found else None)
        of_them = candidate.pieces.lower[candidate.last : candidate.last + 2] in (["of", "them"], ["of", "whom"], ["of", "those"])
        told = found is not None and found.event is not None and of_them and found.event.last <= at.left  # What befell all of them.
        if found is not None and not told and found.kind in _SUFFERED and candidate.rule in {"fraction", "ratio"} and group not in _OUTCOMES:
            return found  # "three in four houses collapsed"
        if group == "dweller" and candidate.rule in {"fraction", "ratio"}:
            return Found("population")
        return Found("rate_or_share")
    if found is None and group == "case" and not (_EPIDEMICS - {"cases"}).isdisjoint(candidate.pieces.lower):
        return Found("affected")  # Of the disease that the report is about; courts have cases, too.
    return found if found is not None else Found(kind_by_class(phrase.group))


def _lost_men(candidate: FigureCandidate) -> bool:
    """Return whether a side's men were lost, killed or not: "the enemy lost 515 men"."""
    return any(candidate.pieces.at(at) in {"lost", "lose", "losing", "losses"} for at in range(candidate.left - 4, candidate.left))


def _per_head(candidate: FigureCandidate) -> bool:
    """Return whether a number is what a rate is reckoned on: "38 per 100,000 residents"."""
    return candidate.pieces.at(candidate.left - 1) == "per" and candidate.low >= _ROUND


def _measured_kind(candidate: FigureCandidate, unit: Unit, phrase: Phrase, at: Setting) -> Found:
    """Return the kind of an amount: that of its dimension, but what became of land where the sentence says so."""
    kind = _size_kind(candidate, unit)
    if unit.dimension not in {"area", "length"}:
        return Found(kind)
    found = kind_by_event(candidate.pieces, at, unit.dimension)
    if (
        unit.dimension == "area"
        and found is None
        and not _FLAMES.isdisjoint(candidate.pieces.lower[candidate.sentence_first : candidate.sentence_last])
    ):
        return Found("affected")  # "the flames have covered 38,500 hectares"
    if found is not None and found.cost <= _NEAR:
        return found
    return Found("size" if kind == "territory" and _is_covered(phrase) else kind)


def _is_covered(phrase: Phrase) -> bool:
    """Return whether an area is measured by what grows or stands on it ("9,000 hectares of wheat"): nobody holds that as territory."""
    return phrase.group is None and phrase.item is not None and not phrase.item[0].isupper()


def _size_kind(candidate: FigureCandidate, unit: Unit) -> str:
    pieces = candidate.pieces
    behind = pieces.at(candidate.right)
    if unit.dimension == "angle" and not _HEAT.isdisjoint(pieces.lower[candidate.sentence_first : candidate.sentence_last]):
        return "other"  # "temperatures of 27 to 31 degrees"
    within = pieces.at(candidate.left - 1) in {"within", "to"}
    small = unit.name in _SMALL or (behind == "deep" and unit.name in {"m", "foot"})  # Rain, waves and floods are measured so.
    measured = unit.name in {"m", "foot"} and candidate.pieces.at(candidate.left - 1) == "of" and candidate.left >= 2  # "waves of 3 metres"
    if (
        unit.dimension == "length"
        and behind in _COMPARED
        and pieces.at(candidate.right + 1) in {"than", "normal", "usual", "average", "the", "flood"}
    ):
        return "size"  # "the river is 2 metres lower than usual"
    if unit.name in {"m", "foot"} and pieces.at(candidate.last) in HYPHENS:
        return "size"  # "a nine-metre boat"
    if unit.dimension == "length" and (small or measured or behind in _EXTENT or (behind == "of" and not within)):
        return "size"
    return _UNIT_KINDS.get(unit.dimension, "size")


_SMALL = word_set("kinds small lengths")
_EXTENT = word_set("kinds extent")
_COMPARED = word_set("kinds compared")
_HEAT = frozenset({"temperature", "temperatures", "celsius", "fahrenheit", "heat", "cold", "heatwave", "frost", "thermometer", "thermometers"})
_FREED = frozenset({"release", "exchange"})
_ROUND = 100  # Rates are reckoned on a hundred, a thousand or more.
_UNIT_KINDS = {"money": "money", "length": "distance", "area": "territory", "magnitude": "other", "temperature": "other", "speed": "other"}
