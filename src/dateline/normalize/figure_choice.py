"""The choice among what a text offers a figure: named features of each offer, weights fitted on annotated articles, the heaviest wins.

Rules find what the build of a sentence says (figure_places, figure_dates); how far they are to be believed where a text is written otherwise, and
when a figure has no place or date at all, is weighed here. What they propose is one feature among those of distance, wording, kind and the figure
before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Generic, TypeVar

from dateline.extract.figure_lexer import Pieces
from dateline.loglinear import weights
from dateline.normalize.figure_reading import FigureReading

T = TypeVar("T")


@dataclass(slots=True)
class Offer(Generic[T]):
    """One answer, None for none.

    Attributes:
        own: Features that it has for every figure of the text; `weight` is what they weigh together.
        tied: Features that it has for this figure.
    """

    answer: T | None
    own: Sequence[str]
    weight: float
    tied: Sequence[str]


def heaviest(model: str, figure: FigureReading, offers: Sequence[Offer[T]]) -> T | None:
    """Return the answer that weighs most; of equals the first."""
    get = weights(model).get
    if len(offers) == 1:
        return offers[0].answer
    return max(offers, key=lambda offer: offer.weight + sum(map(get, offer.tied, repeat(0.0)))).answer


# How a figure's answer is decided; fitting puts the annotated answer in its place.
decide: Callable[[str, FigureReading, Sequence[Offer[Any]]], object] = heaviest


_GROUPS = {
    **dict.fromkeys(("attack", "launched", "intercepted"), "attack"),
    **dict.fromkeys(("troops", "captured"), "forces"),
    **dict.fromkeys(("killed", "injured", "missing", "displaced", "evacuated", "rescued", "affected", "destroyed", "damaged"), "harm"),
}


def group_of(kind: str) -> str:
    """Return the group of a kind of figure: kinds of which reports tell place and date alike."""
    return _GROUPS.get(kind, kind)


def step(number: int, edges: Sequence[int]) -> str:
    """Return the first of the edges that a number does not go beyond."""
    at = bisect_left(edges, number)
    return str(edges[at]) if at < len(edges) else "more"


_FAR = 5000  # Characters beyond which no line breaks are counted: an offer may stand a megabyte before the figure.


def lines_between(text: str, low: int, high: int) -> int:
    """Return how many lines end between two characters, 3 for more and for what is far."""
    return 3 if high - low > _FAR else min(text.count("\n", low, max(low, high)), 3)


_CLAUSE = frozenset("; : while but and which where who after that said when as to from with including most".split())


def between(pieces: Pieces, low: int, high: int, side: str) -> list[str]:
    """Return what the words between a figure and an offer say: commas, and words that open or join clauses."""
    words = pieces.lower[low:high]
    return [f"{side} commas {min(words.count(','), 2)}", *(f"{side} {word}" for word in _CLAUSE.intersection(words))]
