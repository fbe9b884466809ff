"""Find the unit written after (or, for money, before) a number: seeds/reference/units.csv and currencies.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.extract.figure_lexer import Phrases, Pieces
from dateline.resources import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure. `factor` and `offset` lead to the base unit; None where there is no fixed length (a month)."""

    name: str
    dimension: str
    base: str
    factor: float | None
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit with the pieces [first, last) that write it, and what it is per ("day")."""

    unit: Unit
    first: int
    last: int
    per: str | None = None


@cache
def _tables() -> tuple[Phrases[Unit], Phrases[Unit], Phrases[Unit], Phrases[Unit]]:
    """Return word units, symbol units, currencies before a number, currencies after one."""
    words, symbols, before, after = [], [], [], []
    for row in rows("units.csv"):
        unit = Unit(row["unit"], row["dimension"], row["base"], float(row["factor"]) if row["factor"] else None, float(row["offset"]))
        (words if row["kind"] == "word" else symbols).extend((form, unit) for form in row["forms"].split("|"))
    for row in rows("currencies.csv"):
        unit = Unit(row["code"], "money", row["code"], float(row["factor"]))
        forms = [form for form in row["symbols"].split("|") if form]
        before.extend((form, unit) for form in forms)
        symbols.extend((form, unit) for form in forms)
        after.extend((form, unit) for form in row["words"].split("|") if form)
    return Phrases(words + after), Phrases(symbols, fold=False), Phrases(before, backwards=True, fold=False), Phrases(after)


@cache
def unit_named(name: str) -> Unit | None:
    """Return a unit by its name in units.csv."""
    for row in rows("units.csv"):
        if row["unit"] == name:
            return Unit(name, row["dimension"], row["base"], float(row["factor"]) if row["factor"] else None, float(row["offset"]))
    return None


def currency_before(pieces: Pieces, index: int) -> tuple[Unit, int] | None:
    """Return the currency whose sign or code ends just before `index`, and the index where it begins."""
    found = _tables()[2].match(pieces, index - 1)
    if found is None:
        return None
    unit, length = found
    first = index - length
    if pieces.words[first][0].isalpha() and pieces.glued(first):
        return None  # The tail of a longer word.
    return unit, first


def unit_after(pieces: Pieces, index: int, *, from_digits: bool) -> UnitMatch | None:
    """Return the unit that starts at `index`: symbols need digits before them, words may hang on a hyphen ("40-kilometer").

    The unit may stand in brackets: "20 (kg)".
    """
    at = index
    if at >= len(pieces):
        return None
    hyphen = pieces.at(at) in {"-", "‐", "‑", "–"} and pieces.glued(at) and pieces.glued(at + 1)
    bracket = pieces.at(at) in {"(", "{", "["} and from_digits
    if hyphen or bracket:
        at += 1
    if at >= len(pieces) or (pieces.breaks(at) and not pieces.glued(at)):
        return None
    words, symbols, _, _ = _tables()
    found = words.match(pieces, at)
    if from_digits:
        symbol = symbols.match(pieces, at)
        if symbol is not None and (found is None or symbol[1] > found[1]) and _symbol_fits(pieces, at, at + symbol[1]):
            found = symbol
    if found is None:
        return None
    unit, length = found
    last = at + length
    if bracket:
        if pieces.at(last) not in {")", "}", "]"}:
            return None
        last += 1
    return UnitMatch(unit, at, last)


def _symbol_fits(pieces: Pieces, first: int, last: int) -> bool:
    """Return whether a symbol stands as a unit: not the head of a longer glued token, and a lone letter only close to its digits."""
    if pieces.words[last - 1][-1].isalpha() and pieces.glued(last) and (pieces.numeric[last] or pieces.raw(last)[0] in "_@"):
        return False
    word = pieces.raw(first)
    if last - first == 1 and len(word) == 1 and word.isalpha():
        gap = pieces.starts[first] - pieces.ends[first - 1]
        if word in "CFVWTLP":
            return gap == 0 or pieces.at(last) in {"", ".", ",", ";", ")"}
        return gap <= 1 and pieces.raw(last)[:1] not in {"'", "’"} and not (word in "lsh" and gap)
    return True


def convert(value: float | None, unit: Unit) -> float | None:
    """Return a value in the base unit of its dimension, None where the unit has no fixed size."""
    if value is None or unit.factor is None:
        return None
    return value * unit.factor + unit.offset
