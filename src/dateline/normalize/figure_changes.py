"""Figures that tell a move: "rose by 20% to 1.2 million", "from 12 to 17", "up 37%", and what a rate is per ("70 a day").

`trend` is apart from `approx`: up or down, with the role of the number in the rule's name: change_by (the difference), change_from, change_to, or
change_noun ("a 3 percent drop"). "Shot down 12" moves nothing, "dropped 129 bombs" and "up to 50" neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.extract.figure_candidate import FigureCandidate, change_words
from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_units import unit_after
from dateline.extract.figure_vetoes import HYPHENS
from dateline.extract.figure_words import word_set
from dateline.resources import rows

# Verbs that things do by themselves: a bare amount after them is a difference ("fell $2"), not an object ("raised $2 million", "cut 40 jobs").
_PARTICLE_LEFT = frozenset(
    ", ( - – — ; : was is were are be been being am edged ended closed finished trading traded stood remained and or by now still".split()
)
_NOUNS = word_set("changes nouns")
_NOUN_TREND = {"rise": "up", "increase": "up", "growth": "up", "jump": "up", "surge": "up", "climb": "up", "gain": "up", "hike": "up", "uptick": "up",
               "boost": "up", "spike": "up", "leap": "up", "increment": "up"}  # fmt: skip
_TRANSITIVE = word_set("changes transitive")
_SKIP = word_set("changes skip")
_POINTS = word_set("changes points")


@dataclass(frozen=True, slots=True)
class Change:
    """The direction, None when the text only says that it moved, and the role of the number."""

    trend: str | None
    role: str


def change_of(candidate: FigureCandidate, left: int) -> Change | None:
    """Return the move that a number is part of.

    Args:
        candidate: The number.
        left: First piece of the number with its modifier.
    """
    pieces, begin = candidate.pieces, candidate.sentence_first
    words = change_words()
    at = left - 1
    if at < begin:
        return None
    word = pieces.at(at)
    if word == "of" and pieces.at(at - 1) in {"peak", "high", "low", "record", "total"}:
        at -= 2 + (pieces.at(at - 2) in {"a", "the"})  # "from a peak of 1,376"
        word = pieces.at(at)
    if word in {"from", "to"}:
        verb = _verb_before(pieces, at, begin, limit=20 if word == "to" else 8)
        if verb is not None and (word == "from" or _plain_to(pieces, at, candidate)):
            return Change(words[verb][0] or None, f"change_{word}")
        return None
    if word == "by" and (verb := _verb_before(pieces, at, begin, limit=8)):
        return Change(words[verb][0] or None, "change_by")
    trend, kind = words.get(word, ("", ""))
    measured = (candidate.unit is not None and candidate.unit.dimension in {"share", "money"}) or pieces.at(candidate.right) in _POINTS
    if (
        kind == "particle"
        and word in {"up", "down", "off"}
        and (at == begin or pieces.at(at - 1) in _PARTICLE_LEFT or _ends_noun(pieces, at - 1, measured))
    ):
        return Change(trend, "change_by")
    if kind == "verb" and measured and (word not in _TRANSITIVE or not _is_money(candidate)):
        return Change(trend or None, "change_by")
    after = pieces.at(candidate.right)
    if measured and after in {"higher", "lower", "up", "down"} and pieces.at(candidate.right + 1) != "to":
        return Change(words[after][0], "change_by")
    if candidate.unit is not None and after == "more" and pieces.at(candidate.right + 1) not in {"than", "or"}:
        return Change("up", "change_by")  # "40 square kilometres more had been taken": what was added, not the whole.
    noun = _noun_after(pieces, candidate)
    if noun is not None:
        return Change(_NOUN_TREND.get(noun, "down"), "change_noun")
    return None


def _is_money(candidate: FigureCandidate) -> bool:
    return candidate.unit is not None and candidate.unit.dimension == "money"


def _plain_to(pieces: Pieces, at: int, candidate: FigureCandidate) -> bool:
    """Return whether "to" leads to an end point ("rose to 46"), not to a receiver ("went to 12 people")."""
    return pieces.at(at - 1) not in {"up", "according", "due", "close"}


def _ends_noun(pieces: Pieces, at: int, measured: bool) -> bool:
    """Return whether a particle after a plain word tells a move: only with a measured amount ("shares up 3%")."""
    return measured and pieces.at(at) not in _PHRASAL and pieces.raw(at)[:1].isalnum()


_PHRASAL = word_set("changes phrasal")


def _verb_before(pieces: Pieces, at: int, begin: int, *, limit: int) -> str | None:
    """Return the word of change that governs a preposition, not crossing a clause."""
    words = change_words()
    for index in range(at - 1, max(begin - 1, at - 1 - limit), -1):
        word = pieces.at(index)
        if word in words:
            return word
        if word in {";", "that", "which", "who", "said", "says", ":"}:
            return None
    return None


def _noun_after(pieces: Pieces, candidate: FigureCandidate) -> str | None:
    if candidate.unit is None or candidate.unit.dimension not in {"share", "money"}:
        return None
    for at in range(candidate.right, min(candidate.right + 3, candidate.sentence_last)):
        word = pieces.at(at)
        if word in _NOUNS:
            return word
        if not word.isalpha() and word not in HYPHENS:
            return None
        if word in {"of", "in", "to", "from", "and", "on", "for"}:
            return None
    return None


@cache
def _rates() -> dict[str, tuple[str, bool]]:
    return {row["word"]: (row["per"], row["article"] == "yes") for row in rows("rate_words.csv")}


def rate_of(pieces: Pieces, right: int, end: int, *, counted: bool) -> str | None:
    """Return what a figure is per, None when it is no rate.

    Args:
        pieces: The text.
        right: First piece behind the number with its unit or noun.
        end: End of the sentence.
        counted: A noun was counted: only times and "per" make a rate then ("70 attacks a day", not "70 tickets a person").
    """
    at = right
    while at < end and (pieces.at(at) in {"-", "u", "s"} or (pieces.at(at) == "." and pieces.at(at - 1) in {"u", "s"})):
        at += 1  # "$75 U.S. per barrel"
    word = pieces.at(at)
    if at >= end:
        return None
    found = None
    if word in {"a", "an", "each", "every"} or word in {"per", "/"}:
        step = at + 1
        while step < end and pieces.at(step) in HYPHENS:
            step += 1
        target = pieces.at(step)
        target = target if target in _rates() else target.removesuffix("s")
        found = _rates().get(target)
        if found is None and word in {"per", "/"}:
            unit = unit_after(pieces, step, from_digits=True)
            if unit is not None:
                return unit.unit.name
        if found is None and word == "per" and target.isalpha():
            return target
        if found is None or (word not in {"per", "/"} and not found[1]):
            return None
        if pieces.at(step + 1) in {"earlier", "ago", "later", "before", "after", "from", "old", "long", "s", "'s"} and word in {"a", "an"}:
            return None
        if counted and word in {"a", "an", "each", "every"} and found[0] not in _TIMES:
            return None
        return found[0]
    if word in {"daily", "hourly", "weekly", "monthly", "yearly", "annually"}:
        return {"daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month"}.get(word, "year")
    return None


_TIMES = word_set("changes times")
