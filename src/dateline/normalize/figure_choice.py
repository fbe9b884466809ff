"""The choice among what a text offers a figure: named features of each offer, weights fitted on annotated articles, the heaviest wins.

Rules find what the build of a sentence says (figure_places, figure_dates); how far they are to be believed where a text is written otherwise, and
when a figure has no place or date at all, is weighed here. What they propose is one feature among those of distance, wording, kind and the figure
before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Generic, TypeVar

from dateline.extract.figure_lexer import Pieces
from dateline.loglinear import score, weights
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
    if len(offers) == 1:
        return offers[0].answer
    get = weights(model).get
    return max(offers, key=lambda offer: offer.weight + sum(map(get, offer.tied, repeat(0.0)))).answer


# How a figure's answer is decided; fitting puts the annotated answer in its place.
decide: Callable[[str, FigureReading, Sequence[Offer[Any]]], object] = heaviest


class Owned:
    """What offers have whatever the figure, worked out once a text.

    Args:
        model: The model whose weights count.
    """

    def __init__(self, model: str) -> None:
        self._model = model
        self._known: dict[Hashable, tuple[Sequence[str], float]] = {}

    def offer(self, key: Hashable, answer: T, features: Callable[[], Sequence[str]], tied: Sequence[str]) -> Offer[T]:
        """Return an offer; `features` is asked once for each key."""
        own = self._known.get(key)
        if own is None:
            named = features()
            own = self._known[key] = named, score(self._model, named)
        return Offer(answer, own[0], own[1], tied)


def last_of_each(names: Sequence[str], end: int, *, most: int, back: int, also: int | None) -> list[int]:
    """Return where the last names before `end` stand, each name once, the nearest first.

    Args:
        names: What a text names, in order.
        end: Index before which they stand.
        most: How many at most.
        back: How many are looked back over; the work stays linear.
        also: Index of one that is among them in any case, if it stands before `end`.
    """
    found: dict[str, int] = {}
    for at in range(end - 1, max(-1, end - 1 - back), -1):
        if len(found) == most:
            break
        found.setdefault(names[at], at)
    if also is not None and also < end:
        found.setdefault(names[also], also)
    return list(found.values())


_GROUPS = {
    **dict.fromkeys(("attack", "launched", "intercepted"), "attack"),
    **dict.fromkeys(("troops", "captured"), "forces"),
    **dict.fromkeys(("killed", "injured", "missing", "displaced", "evacuated", "rescued", "affected", "destroyed", "damaged"), "harm"),
}


WORDED = 20_000  # Features of a kind remembered in words.


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
