"""Find the unit written after (or, for money, before) a number: seeds/reference/units.csv and currencies.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.extract.figure_lexer import Phrases, Pieces
from dateline.extract.figure_number_words import role
from dateline.resources import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure. `factor` and `offset` lead to the base unit; None where there is no fixed length (a month)."""

    name: str
    dimension: str
    base: str
    factor: float | None
    offset: float = 0.0


Scaled = tuple[Unit, float]
Table = Phrases[Scaled]


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit with the pieces [first, last) that write it; `scale` is 1e6 in "30 MUSD"."""

    unit: Unit
    first: int
    last: int
    scale: float = 1.0


@cache
def _tables() -> tuple[Table, Table, Table]:
    """Return word units, symbol units, currencies before a number; each with the scale that its form carries."""
    words: list[tuple[str, Scaled]] = []
    symbols: list[tuple[str, Scaled]] = []
    before: list[tuple[str, Scaled]] = []
    for row in rows("units.csv"):
        unit = Unit(row["unit"], row["dimension"], row["base"], float(row["factor"]) if row["factor"] else None, float(row["offset"]))
        forms = row["forms"].split("|")
        # Before a noun the words of a unit are joined: "a 4.6-square-km strip".
        joined = [form.replace(" ", "-") for form in forms if " " in form and "." not in form] if row["kind"] == "word" else []
        (words if row["kind"] == "word" else symbols).extend((form, (unit, 1.0)) for form in dict.fromkeys([*forms, *joined]))
    for row in rows("currencies.csv"):
        unit = Unit(row["code"], "money", row["code"], float(row["factor"]))
        codes: list[tuple[str, Scaled]] = [(form, (unit, 1.0)) for form in row["symbols"].split("|") if form]
        # Company reports write "MEUR 60" and "30 MUSD".
        codes += [(f"M{form}", (unit, 1e6)) for form, _ in codes if len(form) == 3 and form.isupper()]
        before.extend(codes)
        symbols.extend(code for code in codes if not _is_letter(code[0]))  # "R5.00", but "5K" are thousands.
        words.extend((form, (unit, 1.0)) for form in row["words"].split("|") if form)
    return Phrases(words), Phrases(symbols, fold=False), Phrases(before, backwards=True, fold=False)


@cache
def _cues() -> dict[str, tuple[Unit, frozenset[str]]]:
    """Return by unit what it can mean instead, and the words of the sentence that say so."""
    return {row["unit"]: (Unit(row["instead"], "money", row["instead"], 1.0), frozenset(row["cues"].split("|"))) for row in rows("unit_cues.csv")}


def in_context(pieces: Pieces, unit: Unit | None, *, scale: float, first: int, last: int, right: int) -> Unit | None:
    """Return the unit that an ambiguous word means here: pounds of weight or sterling."""
    if unit is None or unit.name not in _cues():
        return unit
    instead, cues = _cues()[unit.name]
    if pieces.at(right) == "of":
        return unit
    if scale >= 1e6 or not cues.isdisjoint(pieces.lower[max(first, right - 40) : min(last, right + 40)]):
        return instead
    return unit


@cache
def unit_named(name: str) -> Unit | None:
    """Return a unit by its name in units.csv."""
    for row in rows("units.csv"):
        if row["unit"] == name:
            return Unit(name, row["dimension"], row["base"], float(row["factor"]) if row["factor"] else None, float(row["offset"]))
    return None


@cache
def _dollar() -> Unit:
    return Unit("usd", "money", "usd", 1.0)


def currency_before(pieces: Pieces, index: int) -> UnitMatch | None:
    """Return the currency whose sign or code ends just before `index`."""
    found = _tables()[2].match(pieces, index - 1)
    if found is None:
        return None
    (unit, scale), length = found
    first = index - length
    if length == 1 and _is_letter(pieces.raw(first)) and not _is_sum(pieces, index):
        return None  # "R372 billion" are rand, "R2" is a road.
    if length > 1 and pieces.raw(first) == "A" and not pieces.glued(first + 1):
        return UnitMatch(_dollar(), index - 1, index, scale)  # "A $61 billion package": an article.
    if pieces.words[first][0].isalpha() and pieces.glued(first) and pieces.words[first - 1][-1].isalnum():
        return None  # The tail of a longer word.
    return UnitMatch(unit, first, index, scale)


def _is_letter(sign: str) -> bool:
    """Return whether a sign is a Latin letter, which may mean much else; "元" means one thing."""
    return len(sign) == 1 and sign.isascii() and sign.isalpha()


def _is_sum(pieces: Pieces, index: int) -> bool:
    """Return whether a number glued to a letter is written as a sum of money: with cents, thousands separators or a scale behind it."""
    word = pieces.raw(index)
    written = re.fullmatch(r"\d+\.\d{2}|\d{1,3}(?:,\d{3})+(?:\.\d+)?", word) is not None
    return pieces.glued(index) and (written or role(pieces.at(index + 1)) == "scale" or pieces.at(index + 1) in _SCALES)


_SCALES = frozenset({"bn", "mn", "tn", "m", "b"})


def currency_named(pieces: Pieces, first: int, last: int) -> Unit | None:
    """Return the currency whose name stands last between two pieces ("the lari, which traded at")."""
    words = _tables()[0]
    for at in range(last - 1, first - 1, -1):
        found = words.match(pieces, at)
        if found is not None and found[0][0].dimension == "money" and found[0][0].factor == 1:
            return found[0][0]
    return None


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
    words, symbols, _ = _tables()
    found = words.match(pieces, at)
    if from_digits:
        symbol = symbols.match(pieces, at)
        if symbol is not None and (found is None or symbol[1] > found[1]) and _symbol_fits(pieces, at, at + symbol[1]):
            found = symbol
    if found is None and not from_digits:
        coded = symbols.match(pieces, at)
        apart = pieces.raw(at) in _WRITTEN_APART and not pieces.glued(at)  # "three km"
        found = coded if coded is not None and (coded[0][1] > 1 or apart) else None  # "twenty MUSD"
    if found is None:
        return None
    (unit, scale), length = found
    last = at + length
    if bracket:
        if pieces.at(last) not in {")", "}", "]"}:
            return None
        last += 1
    return UnitMatch(unit, at, last, scale)


# Signs that stand behind numbers in words, too, and mean nothing else.
_WRITTEN_APART = frozenset({"km", "kg", "cm", "mm", "km2", "km²", "sq", "mph", "kph", "km/h", "kW", "MW", "GW", "kWh", "MWh", "GWh", "TWh", "ha"})


def _symbol_fits(pieces: Pieces, first: int, last: int) -> bool:
    """Return whether a symbol stands as a unit: not the head of a longer glued token, and a lone letter only close to its digits."""
    if pieces.numeric[last - 1] and not pieces.glued(last - 1):
        return False  # "12 m 2 dm" holds no square metre.
    if pieces.words[last - 1][-1].isalpha() and pieces.glued(last) and (pieces.numeric[last] or pieces.raw(last)[0] in "_@"):
        return False
    word = pieces.raw(first)
    if word in {'"', "”"} and (pieces.raw(first - 2) == '"' or (pieces.glued(last) and not pieces.glued(first))):
        return False  # The number "75" in quotes, or 12 "bases".
    if word == "s" and pieces.glued(first) and "." not in pieces.raw(first - 1):
        return False  # "the 1990s", "in her 20s"
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
