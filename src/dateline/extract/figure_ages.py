"""Ages: "19-year-old", "ten months old", "aged 25 to 60", "age 87", "Olena Moroz, 63, said", "8, 12 and 17" after "aged", "under 18"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_number_words import role
from dateline.extract.figure_units import Unit, unit_named
from dateline.extract.figure_vetoes import HYPHENS
from dateline.extract.figure_words import word_set

_BEFORE = frozenset({"aged", "age", "ages"})
_BOUNDS = frozenset({"under", "over", "above", "below"})
_BEINGS = word_set("ages beings")
_SUBJECTS = word_set("ages subjects")
_GROUPS = word_set("ages groups")  # "A mother of five", "a crew of nine".
_SUPERLATIVES = word_set("ages superlatives")
_COUNTED = word_set("ages counted")
_NAMED_BEFORE = 8  # Words from "the eldest" to how old: "the eldest, Viktor Shabalin, was 71".
_APPOSITION = 5  # Words of what somebody is: ", a line supervisor, 41".
_VERBS = frozenset({"was", "is", "has", "says", "does", "lives"})
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class Age:
    """The unit of an age and the piece after its last word."""

    unit: Unit
    right: int


def age_at(pieces: Pieces, first: int, last: int, right: int, unit: Unit | None, *, named: Callable[[int], bool]) -> Age | None:
    """Return the age that a number [first, last) with unit up to `right` tells, else None.

    Args:
        named: Says whether a person's name ends at a piece; a bare number between commas after one is an age.
    """
    if unit is not None and unit.dimension == "time":
        at = right + 1 if pieces.at(right) in HYPHENS and pieces.glued(right) else right
        if pieces.at(at) in {"old", "olds"}:
            return Age(unit, at + 1)
        if pieces.at(right) == "of" and pieces.at(right + 1) == "age":
            return Age(unit, right + 2)
        return Age(unit, right) if pieces.at(first - 1) in _BEFORE else None
    years = unit_named("year")
    if unit is not None or years is None:
        return None
    if pieces.at(last) in {"yo", "yr", "y"} and pieces.at(last + 1) in {"", "old", "/", "man", "woman", "male", "female", "-"}:
        return Age(years, last + 1)
    if _after_age(pieces, first):
        return Age(years, right)
    if _apposed(pieces, first, last) and named(first - 2):
        return Age(years, right)
    return None


def _after_age(pieces: Pieces, first: int) -> bool:
    """Return whether "aged", "the age of", or such a word over a modifier stands before."""
    at = first - 1
    if pieces.at(at) in {"between", "from", "over", "under", "about", "around", "just", "only", "at"}:
        at -= 1
    return pieces.at(at) in _BEFORE or (pieces.at(at) == "of" and pieces.at(at - 1) in {"age", "ages"})


def _apposed(pieces: Pieces, first: int, last: int) -> bool:
    """Return whether digits below the oldest age stand between a comma and a comma, stop or bracket."""
    raw = pieces.raw(first)
    if last != first + 1 or not raw.isdecimal() or not 0 < int(raw) <= _OLDEST:
        return False
    two = pieces.at(last) == "and" and pieces.raw(last + 1).isdecimal() and pieces.at(last + 2) == ","  # "two brothers, 19 and 24,"
    if two and pieces.at(first - 1) == "," and int(pieces.raw(last + 1)) <= _OLDEST:
        return True
    return pieces.at(first - 1) == "," and pieces.at(last) in {",", ";", ")", ".", ""} and not (pieces.at(last) == "." and pieces.glued(last + 1))


def listed(pieces: Pieces, before: int, first: int, last: int) -> bool:
    """Return whether a bare number goes on a list of ages that ends at `before` ("8, 12 and 17")."""
    gap = [pieces.at(at) for at in range(before, first)]
    if gap not in ([","], ["and"], [",", "and"], ["or"]):
        return False
    after = pieces.at(last)
    return not after[:1].isalpha() or not (after.endswith("s") or after in {"people", "men", "women", "children"})


def bounded(pieces: Pieces, first: int, last: int, persons: frozenset[str], years: float) -> bool:
    """Return whether "children under 18", "half of them are younger than 18", "a girl of 13", "a boy of nine" tells an age."""
    if last != first + 1 or years != int(years) or not 1 < years < 100:
        return False
    after = pieces.at(last)
    if (after[:1].isalpha() and (after.endswith("s") or after in persons) and after not in _VERBS) or after in {"%", "-", "percent"}:
        return False  # "children under 12 tents": a number of things.
    if pieces.at(first - 1) == "than" and pieces.at(first - 2) in {"younger", "older"}:
        return True
    before = pieces.at(first - 2)
    person = (before in persons or before.endswith(("man", "woman"))) and not before.endswith("s") and before not in _GROUPS
    if pieces.at(first - 1) == "of" and person:
        return any(pieces.at(at) in {"a", "an", "one", "the", "his", "her"} for at in (first - 3, first - 4))
    if pieces.at(first - 1) not in _BOUNDS or not pieces.raw(first).isdecimal():
        return False
    being = pieces.at(first - 2) in {"are", "is", "were", "was", "aged"}
    before = pieces.at(first - 3) if being else pieces.at(first - 2)
    counted = being and (role(before) is not None or before[:1].isdecimal())  # "Six were under 12."
    return before in persons or before in _COUNTED or before == "them" or counted


def told(pieces: Pieces, first: int, last: int, begin: int, years: float) -> bool:
    """Return whether "he was 29.", "the youngest victim was 14", "as young as 13", ", a line supervisor, 41." tells an age.

    The sentence opens at `begin`.
    """
    if last != first + 1 or years != int(years) or not 0 < years <= _OLDEST or not _closes(pieces, last):
        return False
    before = pieces.at(first - 1)
    if before == "as" and pieces.at(first - 2) in {"young", "old"}:
        return True
    if before in _BEINGS and (
        pieces.at(first - 2) in _SUBJECTS or not _SUPERLATIVES.isdisjoint(pieces.lower[max(begin, first - _NAMED_BEFORE) : first])
    ):
        return True
    if before != "," or not pieces.numeric[first]:
        return False
    at = first - 2
    while at > max(begin, first - 2 - _APPOSITION) and pieces.raw(at).islower() and pieces.at(at) not in {"a", "an", "the"}:
        at -= 1
    return at < first - 2 and pieces.at(at) in {"a", "an", "the"} and pieces.at(at - 1) == "," and pieces.raw(at - 2)[:1].isupper()


def _closes(pieces: Pieces, at: int) -> bool:
    """Return whether nothing that could be counted follows: a sign, the end, or a word that opens another clause."""
    word = pieces.at(at)
    return (not word[:1].isalnum() and word not in {"%", "-", "$", "€", "£"}) or word in {"and", "but", "when", "at", "now"}
