"""What the ties of a figure share: places and dates as pieces, the words of figure_links.csv, what distance costs, whether a text is a bulletin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

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
    source_text: str | None = None
    source_entity_id: str | None = None
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


# Blanks are bounded: thousands of empty lines would be looked over from each.
_ITEM = re.compile(r"(?m)^\s{0,20}(?:[-–—•*·▪]\s|\d{1,2}[.)]\s|[^\n:]{3,60}\b(?:direction|sector|axis|front|region)s?:)")


_DATELINE = re.compile(r"\s*(?:[^\W\d_a-z]{3,}[^.\n]{0,60}?|[^.\n]{2,40}?\d[^.\n]{0,30}?)\s[-–—]{1,2}\s")


def dateline_end(text: str) -> int:
    """Return where the dateline of a text ends ("KYIV, Aug 13 (Desk) - "), 0 without one: it says where and when was written, not what happened."""
    match = _DATELINE.match(text, 0, 100)
    return match.end() if match else 0


@lru_cache(maxsize=1)  # Asked of a text by several rules in a row.
def is_bulletin(text: str) -> bool:
    """Return whether a text is a list of a staff's figures: three or more list items."""
    return len(_ITEM.findall(text, 0, 20000)) >= 3


def is_item(text: str, begin: int) -> bool:
    """Tell whether a line that begins at an offset is an item of such a list."""
    return _ITEM.match(text, begin) is not None


_ITEMS = 60  # Items of a list looked back over; the work stays linear.
_BULLET = re.compile(r"\s*(?:[-–—•*·▪]\s|\d{1,2}[.)]\s)")


def list_head(text: str, start: int) -> tuple[int, int] | None:
    """Return where the line lies that opens the list in which a character stands ("Over the past week the enemy lost:"), None without one."""
    begin = text.rfind("\n", 0, start) + 1
    for _ in range(_ITEMS):
        if begin == 0 or not _BULLET.match(text, begin):
            break
        begin = text.rfind("\n", 0, begin - 1) + 1
    end = text.find("\n", begin)
    return (begin, end) if 0 <= end <= start and text[begin:end].rstrip().endswith(":") else None


def spot_of(pieces: Pieces, start: int, end: int) -> Spot:
    first = max(0, bisect_right(pieces.starts, start) - 1)
    last = first
    while last < len(pieces) and pieces.starts[last] < end:
        last += 1
    return Spot(first, last, start, end)


_NEIGHBOURS = 12  # Numbers looked at to either side; a sentence with more is a table, and the work stays linear.
_REACH = 80  # Pieces to either side within which a place or date can belong to a number.
_NESTED = 40  # Claims looked back at for one that contains a number.


def neighbours(figures: Sequence[FigureReading], index: int) -> list[FigureReading]:
    """Return the other numbers near one in its sentence, ages left out."""
    here = figures[index].candidate.sentence
    near = figures[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
    return [f for f in near if f.candidate.sentence == here and f is not figures[index] and not f.candidate.age]


def in_reach(figure: FigureReading, firsts: Sequence[int]) -> range:
    """Return which of the spots, by their sorted first pieces, lie in the sentence of a figure and not too far from it."""
    candidate = figure.candidate
    low = max(candidate.sentence_first, candidate.first - _REACH)
    high = min(candidate.sentence_last, candidate.last + _REACH)
    return range(bisect_left(firsts, low), bisect_left(firsts, high))


class ClaimIndex:
    """The claims of a Doc in text order, to look up by offset."""

    __slots__ = ("claims", "starts")

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = sorted(claims, key=lambda claim: (claim.start, -claim.end))
        self.starts = [claim.start for claim in self.claims]

    def around(self, start: int, end: int) -> list[Claim]:
        """Return the claims whose content contains a span."""
        last = bisect_right(self.starts, start)
        return [claim for claim in self.claims[max(0, last - _NESTED) : last] if end <= claim.end]

    def starting(self, begin: int, end: int) -> list[Claim]:
        """Return the claims whose content begins between two offsets."""
        return self.claims[bisect_left(self.starts, begin) : bisect_left(self.starts, end)]


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
