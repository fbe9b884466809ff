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
from dateline.extract.figure_lexer import Phrases, Pieces
from dateline.extract.figure_units import Unit
from dateline.normalize.figure_nouns import Phrase
from dateline.resources import rows

_WINDOW = 50  # Pieces to either side that an event can govern from.
_FAR = 24.0  # Cost beyond which an event says nothing about a number.
_CLAUSE = frozenset({":", "while", "but", "although", "because", "after", "before", "when", "as", "since", "that"})


@dataclass(frozen=True, slots=True)
class Event:
    """An event word in a sentence: pieces [first, last)."""

    name: str
    first: int
    last: int


@cache
def _events() -> Phrases[str]:
    return Phrases((form, row["event"]) for row in rows("figure_events.csv") for form in row["forms"].split("|"))


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


def events_in(pieces: Pieces, first: int, last: int) -> list[Event]:
    """Return the event words of a sentence, longest phrases first, without overlaps."""
    found = []
    table = _events()
    at = first
    every: list[Event] = []
    while at < last:
        hit = table.match(pieces, at)
        if hit is None:
            at += 1
            continue
        name, length = hit
        if at + length > last:
            at += 1
            continue
        found.append(Event(name, at, at + length))
        at += length
    every.extend(found)
    return every


@cache
def _forms_of() -> dict[str, tuple[str, ...]]:
    """Return all events that a form can mean: "seized" captures people and takes places."""
    table: dict[str, tuple[str, ...]] = {}
    for row in rows("figure_events.csv"):
        for form in row["forms"].split("|"):
            table[form] = (*table.get(form, ()), row["event"])
    return table


@dataclass(frozen=True, slots=True)
class Found:
    """A kind with the event that gave it and how far that stands (0 beside the phrase)."""

    kind: str
    event: Event | None = None
    cost: float = _FAR


def kind_by_event(pieces: Pieces, events: list[Event], left: int, right: int, group: str | None, numbers: list[int]) -> Found | None:
    """Return the kind that the nearest fitting event gives.

    Args:
        pieces: The text.
        events: Events of the sentence.
        left: Pieces [left, right) are the counted phrase with its modifiers.
        right: End of the phrase.
        group: Class of what is counted.
        numbers: First pieces of the other numbers of the sentence.
    """
    table = _kinds()
    best: Found | None = None
    low = bisect_left(events, left - _WINDOW, key=lambda event: event.first)
    for event in events[low : bisect_left(events, right + _WINDOW, key=lambda event: event.first)]:
        names = _forms_of().get(" ".join(pieces.lower[event.first : event.last]), (event.name,))
        for name in names:
            kind = table.get((name, group or "none"))
            if kind is None:
                continue
            # Of "shot down a missile fired from X" the defence tells what became of it.
            cost = _distance(pieces, event, left, right, numbers) - (1.5 if name == "down" else 0.0)
            if cost < _FAR and (best is None or cost < best.cost):
                best = Found(kind, event, cost)
    if best is not None and best.kind in {"killed", "injured"} and best.event is not None and _both(pieces, best.event, events):
        return Found("troops", best.event, best.cost)
    return best


def _both(pieces: Pieces, event: Event, events: list[Event]) -> bool:
    """Return whether an event is half of "killed and wounded", "dead or injured": losses of either sort."""
    pair = {"kill", "injure"}
    at = bisect_left(events, event.first, key=lambda e: e.first)
    for other in events[max(0, at - 2) : at + 3]:
        if {event.name, other.name} == pair:
            low, high = sorted((event, other), key=lambda e: e.first)
            if high.first - low.last == 1 and pieces.at(low.last) in {"and", "or", "/"}:
                return True
    return False


def _distance(pieces: Pieces, event: Event, left: int, right: int, numbers: list[int]) -> float:
    if event.first >= right:
        low, high, side = right, event.first, 0.0
    elif event.last <= left:
        low, high, side = event.last, left, 0.5
    else:
        return 0.0  # Inside the phrase: "13,300 civilian deaths", "1,168 injured civilians".
    cost = side
    for at in range(low, high):
        word = pieces.at(at)
        if word == ";":
            cost += 12
        elif word in _CLAUSE:
            cost += 6
        elif word == ",":
            cost += 2.5
        elif word in {"and", "or"}:
            cost += 2
        elif word in {"(", ")", '"', "“", "”", "-"}:
            cost += 0.5
        else:
            cost += 1
    cost += 3 * sum(1 for number in numbers if low <= number < high)
    return cost


def kind_by_class(group: str | None) -> str:
    """Return the kind that the noun alone gives."""
    return _class_kinds().get(group or "", "other")


def kind_of(candidate: FigureCandidate, unit: Unit | None, phrase: Phrase, events: list[Event], left: int, right: int, numbers: list[int]) -> Found:
    """Return the kind of a figure with the event that decided it, none where unit or noun did."""
    if candidate.age:
        return Found("age")
    share = candidate.rule in {"fraction", "ratio"} or (unit is not None and unit.dimension == "share")
    if unit is not None and not share:
        return Found(_size_kind(candidate, unit))
    group = phrase.group
    if share and group is None and phrase.item and phrase.item[0].isupper():
        group = "area"  # "20% of Ukraine"
    found = kind_by_event(candidate.pieces, events, left, right, group, numbers)
    if share:
        if (found is not None and found.kind == "territory") or phrase.group == "area":
            return Found("territory", found.event if found else None)
        if found is not None and found.kind in {"damaged", "destroyed"} and candidate.rule == "fraction":
            return found
        if group == "dweller" and candidate.rule in {"fraction", "ratio"}:
            return Found("population")
        return Found("rate_or_share")
    return found if found is not None else Found(kind_by_class(phrase.group))


def _size_kind(candidate: FigureCandidate, unit: Unit) -> str:
    if unit.dimension == "length" and candidate.pieces.at(candidate.right) in {"tall", "high", "wide", "thick", "of"}:
        return "size"
    return _UNIT_KINDS.get(unit.dimension, "size")


_UNIT_KINDS = {"money": "money", "length": "distance", "area": "territory", "magnitude": "other", "temperature": "other"}
