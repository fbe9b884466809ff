"""What the ties of a figure share: places and dates as pieces, the words of figure_links.csv, what distance costs, whether a text is a bulletin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from dateline.extract.figure_lexer import Pieces
from dateline.model import Claim, Date, PlaceMention
from dateline.normalize.figure_reading import FigureReading, piece_after
from dateline.resources import rows


@dataclass(slots=True)
class Links:
    """What a figure is tied to; None where the text says nothing."""

    claim: Claim | None = None
    source_name: str | None = None
    place: PlaceMention | None = None
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place or date in pieces: [first, last)."""

    first: int
    last: int
    start: int
    end: int


@cache
def link_words(role: str) -> frozenset[str]:
    return frozenset(word for row in rows("figure_links.csv") if row["role"] == role for word in row["words"].split("|"))


def left_on(doc: Doc, name: str) -> tuple[object, ...]:
    return tuple(doc._.get(name)) if Doc.has_extension(name) else ()


def claims_of(doc: Doc) -> list[Claim]:
    return [claim for claim in left_on(doc, "claims") if isinstance(claim, Claim)]


_ITEM = re.compile(r"(?m)^\s*(?:[-–—•*·▪]\s|\d{1,2}[.)]\s|[^\n:]{3,60}\b(?:direction|sector|axis|front|region)s?:)")


def is_bulletin(text: str) -> bool:
    """Return whether a text is a list of a staff's figures: three or more list items."""
    return len(_ITEM.findall(text, 0, 20000)) >= 3


def spot_of(pieces: Pieces, start: int, end: int) -> Spot:
    first = max(0, bisect_right(pieces.starts, start) - 1)
    last = first
    while last < len(pieces) and pieces.starts[last] < end:
        last += 1
    return Spot(first, last, start, end)


def crossing(pieces: Pieces, figure: FigureReading, others: Sequence[FigureReading], right: int, target: int) -> float:
    """Return what it costs to reach a word behind other numbers: little along a plain list of counts ("20 villages and 50 houses in X"), else all."""
    cost = 0.0
    at = right
    for other in others:
        if not right <= other.candidate.first < target:
            continue
        between = [pieces.at(index) for index in range(at, other.modifier.left)]
        if not all(word in {",", "and", "or", "(", ")"} for word in between):
            return 100.0
        cost += 1.0
        at = max(piece_after(other), other.candidate.right)
    return cost


def gap(pieces: Pieces, low: int, high: int) -> float:
    costs = _gap_costs()
    return sum(costs.get(pieces.at(at), 1.0) for at in range(low, high))


@cache
def _gap_costs() -> dict[str, float]:
    return {
        ",": 3.0,
        ";": 12.0,
        "and": 2.0,
        "but": 8.0,
        "while": 8.0,
        "which": 8.0,
        "who": 4.0,
        "it": 6.0,
        "they": 6.0,
        "he": 6.0,
        "she": 6.0,
        ":": 1.0,
    }
