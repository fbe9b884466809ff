"""Places that the build of a sentence gives its figures, however far: openings ("In Poland, ..."), clauses with "where", "Taipei, 150 km away"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_vetoes import Taken
from dateline.extract.figure_words import word_set
from dateline.model import Claim, PlaceMention
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_spots import Spot, in_reach

_LYING = word_set("places lying")
_AWAY = word_set("places away")
_PARTS_IN = frozenset({"in", "at", "from", "near"})
_WITHIN = 8  # Words from a place to the one that says where it lies.
_INSERTED = 7  # Words of an insertion between a place and "where": ", 22 kilometres away, where".


@dataclass(frozen=True, slots=True)
class Places:
    """Mentions of places in text order, where each stands, and the first piece of each."""

    mentions: Sequence[PlaceMention]
    spots: Sequence[Spot]
    firsts: Sequence[int]


def lies_in(pieces: Pieces, last: int, first: int) -> bool:
    """Return whether the place at `first` says where the one that ends at `last` lies: "Bucha near Kyiv", "X, a village in the west of Y"."""
    between = pieces.lower[last:first]
    if not between or len(between) > _WITHIN or between[-1] in {"and", "or"}:
        return False
    if len(between) <= 2:
        return between[-1] in _LYING
    described = between[0] == "," and between[1] in {"a", "an", "the", "on", "in", "near"}
    return (described or len(between) <= 4) and not {",", "and", "or"} & set(between[1:]) and between[-1] in _LYING | {"the"}


def beside(pieces: Pieces, figure: FigureReading, places: Places) -> PlaceMention | None:
    """Return the place of a number that has it right beside: "Taipei, 150 km away", "three from Barishal and one each from Chattogram"."""
    left, right = figure.modifier.left, figure.candidate.right
    if figure.kind == "distance" and pieces.at(left - 1) == "," and pieces.at(right) in _AWAY:
        at = bisect_left(places.firsts, left) - 1
        return places.mentions[at] if at >= 0 and places.spots[at].last == left - 1 else None
    if figure.unit is not None or not (figure.phrase.borrowed or figure.phrase.item is None) or figure.candidate.age:
        return None
    first = right + (pieces.at(right) == "each")
    if pieces.at(first) not in _PARTS_IN:
        return None
    first += 1 + (pieces.at(first + 1) == "the")
    at = bisect_left(places.firsts, first)
    return places.mentions[at] if at < len(places.firsts) and places.firsts[at] == first else None


def antecedent(pieces: Pieces, figure: FigureReading, places: Places) -> tuple[PlaceMention, int] | None:
    """Return the place that "where" takes up in whose clause a number stands, and the character at which the clause begins."""
    begin, end = figure.candidate.sentence_first, figure.modifier.left
    where = next((at for at in range(end - 1, begin, -1) if pieces.lower[at] in {"where", ";"}), None)
    if where is None or pieces.lower[where] == ";":
        return None
    spots = places.spots
    at = bisect_left(places.firsts, where) - 1
    if at < 0 or spots[at].first < begin:
        return None
    while at > 0 and lies_in(pieces, spots[at - 1].last, spots[at].first):
        at -= 1  # "El Obeid, in North Kordofan, where"
    between = pieces.lower[spots[at].last : where]
    inserted = len(between) <= _INSERTED + 1 and between[:1] == [","] and between[-1:] == [","]
    if between in ([], [","]) or inserted:
        return places.mentions[at], pieces.starts[where]
    return None


def opening_place(pieces: Pieces, figure: FigureReading, places: Places, inside: Sequence[Claim]) -> PlaceMention | None:
    """Return the place with which a sentence opens ("In Poland, the commission put ..."): it holds for all that the sentence counts.

    "At a forum in Lviv, the minister said" only says where somebody spoke.
    """
    first = figure.candidate.sentence_first
    at = next(iter(in_reach(figure, places.firsts)), None)
    if at is None or pieces.at(first) not in _OPENINGS:
        return None
    mention, spot = places.mentions[at], places.spots[at]
    if spot.first - first > _OPENED or spot.last > figure.modifier.left:
        return None
    spoken = any(claim.start > mention.start and claim.source_start is not None for claim in inside)
    return mention if pieces.at(first) == "in" or not spoken else None


_OPENED = 2  # Words from the head of a sentence to the place that it opens with: "In the".
_OPENINGS = frozenset({"in", "at", "near", "across", "around", "outside", "on"})


def subject_place(doc: Doc, pieces: Pieces, figure: FigureReading, places: Places, speakers: Taken, opening: int) -> PlaceMention | None:
    """Return the place that a sentence is about: its subject, or the owner of what is told ("Zambia exported", "Turkey's annual inflation")."""
    for at in in_reach(figure, places.firsts):
        mention, spot = places.mentions[at], places.spots[at]
        if spot.first >= figure.candidate.first:
            return None
        if mention.start < opening or speakers.over(mention.start, mention.end) is not None or spot.last >= len(pieces):
            continue
        after = doc.char_span(pieces.starts[spot.last], pieces.ends[spot.last], alignment_mode="expand")
        owns = pieces.at(spot.last - 1).endswith(("'s", "’s", "s'")) or pieces.at(spot.last) in {"'s", "’s"}
        begins = spot.first - (pieces.at(spot.first - 1) == "the")
        acts = begins == figure.candidate.sentence_first and after is not None and after[0].tag_ in _AFTER_SUBJECT
        if owns or acts:
            return mention
    return None


def peopled_place(doc: Doc, pieces: Pieces, figure: FigureReading, places: Places) -> PlaceMention | None:
    """Return the place whose people are counted where another only says where it lies: "X, on Lake Y, has about 650,000 inhabitants"."""
    spots = places.spots
    near = [at for at in in_reach(figure, places.firsts) if spots[at].first < figure.modifier.left]
    if len(near) < 2 or not lies_in(pieces, spots[near[-2]].last, spots[near[-1]].first):
        return None
    verb = doc.char_span(pieces.starts[spots[near[-1]].last], pieces.ends[figure.modifier.left - 1], alignment_mode="expand")
    told = verb is not None and any(token.tag_ in _AFTER_SUBJECT and token.is_alpha for token in verb)
    return places.mentions[near[-2]] if told else None


_AFTER_SUBJECT = frozenset({"VBD", "VBZ", "VBP", "MD", ","})
