"""How exact a figure is: "almost 70" is below, "at least 12" at_least, "107 or more" at_least, "neared 60,000" below (modifiers.csv).

The value stays as said; a bound belongs to the number it stands at and is not copied to the next one ("At least 12 killed and 37 wounded" bounds
12 alone), except that a number in brackets which converts another takes over its modifier.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_lexer import Phrases, Pieces
from dateline.extract.figure_words import word_set
from dateline.resources import rows

# Words that may stand between a modifier and its number: "as many as an additional 60,000", "about another 20".
_FILLERS = word_set("modifiers fillers")
_NEGATIONS = frozenset({"not", "n't", "never"})
_PHRASAL = word_set("modifiers phrasal")
_NEGATED_PAIRS = word_set("modifiers negated pairs")


@dataclass(frozen=True, slots=True)
class Modifier:
    """What `approx` is and the words that say so, as written; pieces before `left` are outside the expression."""

    approx: str
    text: str | None
    left: int
    negated: bool = False


@cache
def _before() -> Phrases[str]:
    sides = {"before", "verb"}
    return Phrases(((row["phrase"], row["approx"]) for row in rows("modifiers.csv") if row["side"] in sides), backwards=True)


@cache
def _after() -> Phrases[str]:
    return Phrases((row["phrase"], row["approx"]) for row in rows("modifiers.csv") if row["side"] == "after")


def _written(pieces: Pieces, first: int, last: int) -> str:
    return pieces.text[pieces.starts[first] : pieces.ends[last - 1]]


def modifier_of(candidate: FigureCandidate) -> Modifier:
    """Return the modifier before or after a number; exact when there is none."""
    pieces, begin = candidate.pieces, candidate.sentence_first
    found = _look_left(pieces, candidate.left, begin)
    if found is not None and found.approx != "exact":
        return found
    after = _look_right(pieces, candidate)
    if after is not None:
        return after
    if found is not None:
        return found
    approx = "about" if candidate.rule == "vague" else "exact"
    return Modifier(approx, None, candidate.left, _negated(pieces, candidate.left, begin))


def _look_left(pieces: Pieces, left: int, begin: int) -> Modifier | None:
    table = _before()
    at = left - 1
    for _ in range(4):
        if at < begin:
            return None
        found = table.match(pieces, at)
        if found is not None and at - found[1] + 1 >= begin and not _is_preposition(pieces, at, found[1], left):
            first = at - found[1] + 1
            approx = found[0]
            if approx == "exact":
                outer = _look_left(pieces, first, begin)
                if outer is not None and outer.approx != "exact":
                    return outer
            return Modifier(approx, _written(pieces, first, at + 1), first, _negated(pieces, first, begin))
        if pieces.at(at) not in _FILLERS and pieces.at(at) != "between":
            return None
        at -= 1
    return None


def _is_preposition(pieces: Pieces, at: int, length: int, left: int) -> bool:
    """Return whether a word of the table is no modifier here: "under the 2015 deal", "over the two sides", "near the 10 villages"."""
    if pieces.at(at) == "over" and length == 1 and pieces.at(at - 1) in _PHRASAL:
        return True  # "to hand over three towns"
    if length > 1 or at == left - 1:
        return pieces.at(at) in {"near", "beyond", "below", "c"} and at != left - 1
    return pieces.at(at) in {"under", "over", "near", "about", "around", "above", "below", "beyond"} and pieces.at(at + 1) in {
        "the", "its", "their", "his", "her", "of", "just", "only",
    }  # fmt: skip


def _look_right(pieces: Pieces, candidate: FigureCandidate) -> Modifier | None:
    table = _after()
    for at in {candidate.last, candidate.right}:
        if at >= candidate.sentence_last:
            continue
        hyphen = pieces.at(at) == "-" and pieces.glued(at) and pieces.at(at + 1) in {"plus", "odd"}
        found = table.match(pieces, at + 1 if hyphen else at)
        if found is None:
            continue
        first = at + 1 if hyphen else at
        last = first + found[1]
        word = pieces.at(first)
        if word in {"+", "odd", "plus"} and not pieces.glued(first) and not (word == "plus" and pieces.at(last) in {"", ".", ",", ";"}):
            continue
        return Modifier(found[0], _written(pieces, first, last), candidate.left)
    return None


def _negated(pieces: Pieces, left: int, begin: int) -> bool:
    """Return whether the text denies the figure: "not 70", "no 30 tanks" ("not only 70" does not)."""
    at = left - 1
    return at >= begin and pieces.at(at) in _NEGATIONS and pieces.at(left) not in _NEGATED_PAIRS


def inherits(candidate: FigureCandidate, before: FigureCandidate) -> bool:
    """Return whether a number converts the one before it in brackets: "60 kilometers (37 miles)"."""
    pieces = candidate.pieces
    if candidate.sentence != before.sentence or candidate.unit is None or before.unit is None:
        return False
    if candidate.unit.dimension != before.unit.dimension:
        return False
    gap = [pieces.at(at) for at in range(before.right, candidate.left)]
    return gap in (["("], ["["], ["-", "("], [",", "or"]) or (len(gap) == 2 and gap[0] == "(" and gap[1] in {"or", "some", "about"})


def governed(candidate: FigureCandidate, before: FigureCandidate, modifier: Modifier) -> bool:
    """Return whether a verb of bound holds for this figure too: "had passed 6,600 troops and 73 tanks"."""
    pieces = candidate.pieces
    if candidate.sentence != before.sentence or modifier.text is None:
        return False
    if modifier.text.lower() not in _verbs() and not (modifier.text.lower() == "up to" and pieces.at(modifier.left - 1) == "at"):
        return False
    gap = [pieces.at(at) for at in range(before.right, candidate.left)]
    return len(gap) <= 5 and bool(gap) and gap[-1] in {"and", ","} and all(word.isalpha() or word in {",", "-"} for word in gap)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(row["phrase"] for row in rows("modifiers.csv") if row["side"] == "verb")
