"""Places that the build of a sentence gives its figures, however far: openings ("In Poland, ..."), clauses with "where", "Taipei, 150 km away"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_words import word_set
from dateline.model import Claim, PlaceMention
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_spots import Spot, in_reach, link_words

_LYING = word_set("places lying")
_AWAY = word_set("places away")
_PARTS_IN = frozenset({"in", "at", "from", "near"})
_WITHIN = 8  # Words from a place to the one that says where it lies.
_INSERTED = 7  # Words of an insertion between a place and "where": ", 22 kilometres away, where".


def lies_in(pieces: Pieces, last: int, first: int) -> bool:
    """Return whether the place at `first` says where the one that ends at `last` lies: "Bucha near Kyiv", "X, a village in the west of Y"."""
    between = pieces.lower[last:first]
    if not between or len(between) > _WITHIN or between[-1] in {"and", "or"}:
        return False
    if len(between) <= 2:
        return between[-1] in _LYING
    described = between[0] == "," and between[1] in {"a", "an", "the", "on", "in", "near"}
    return (described or len(between) <= 4) and not {",", "and", "or"} & set(between[1:]) and between[-1] in _LYING | {"the"}


def beside(
    pieces: Pieces, figure: FigureReading, mentions: Sequence[PlaceMention], spots: Sequence[Spot], firsts: Sequence[int]
) -> PlaceMention | None:
    """Return the place of a number that has it right beside: "Taipei, 150 km away", "three from Barishal and one each from Chattogram"."""
    left, right = figure.modifier.left, figure.candidate.right
    if figure.kind == "distance" and pieces.at(left - 1) == "," and pieces.at(right) in _AWAY:
        at = bisect_left(firsts, left) - 1
        return mentions[at] if at >= 0 and spots[at].last == left - 1 else None
    if figure.unit is not None or not (figure.phrase.borrowed or figure.phrase.item is None) or figure.candidate.age:
        return None
    first = right + (pieces.at(right) == "each")
    if pieces.at(first) not in _PARTS_IN:
        return None
    first += 1 + (pieces.at(first + 1) == "the")
    at = bisect_left(firsts, first)
    return mentions[at] if at < len(firsts) and spots[at].first == first else None


def antecedent(
    pieces: Pieces, figure: FigureReading, mentions: Sequence[PlaceMention], spots: Sequence[Spot], firsts: Sequence[int]
) -> tuple[PlaceMention, int] | None:
    """Return the place that "where" takes up in whose clause a number stands, and the character at which the clause begins."""
    begin, end = figure.candidate.sentence_first, figure.modifier.left
    where = next((at for at in range(end - 1, begin, -1) if pieces.lower[at] in {"where", ";"}), None)
    if where is None or pieces.lower[where] == ";":
        return None
    at = bisect_left(firsts, where) - 1
    if at < 0 or spots[at].first < begin:
        return None
    while at > 0 and lies_in(pieces, spots[at - 1].last, spots[at].first):
        at -= 1  # "El Obeid, in North Kordofan, where"
    between = pieces.lower[spots[at].last : where]
    inserted = len(between) <= _INSERTED + 1 and between[:1] == [","] and between[-1:] == [","]
    if between in ([], [","]) or inserted:
        return mentions[at], pieces.starts[where]
    return None


def opening_place(
    pieces: Pieces, figure: FigureReading, mentions: Sequence[PlaceMention], spots: Sequence[Spot], firsts: Sequence[int], inside: Sequence[Claim]
) -> PlaceMention | None:
    """Return the place with which a sentence opens ("In Poland, the commission put ..."): it holds for all that the sentence counts."""
    first = figure.candidate.sentence_first
    for at in in_reach(figure, firsts)[:1]:
        spot = spots[at]
        opened = pieces.at(first) in _OPENINGS and spot.first - first <= 2 and spot.last <= figure.modifier.left
        if opened and all(claim.start <= mentions[at].start or claim.source_start is None for claim in inside):
            return mentions[at]
        if opened and pieces.at(first) == "in" and not any(word in link_words("contest") for word in pieces.lower[first : spot.first]):
            return mentions[at]
    return None


_OPENINGS = frozenset({"in", "at", "near", "across", "around", "outside", "on"})
