"""Two numbers that make one figure: "3-5", "between 10 and 12", "$5 million to $10 million", "one in five".

The scale and unit of the second end hold for the first where it has none ("two to three million", "5-10 km"); a lower end that is not lower makes
no range (a score, a ratio, a fall).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_numbers import Number, number_at
from dateline.extract.figure_units import Unit, UnitMatch, currency_before, unit_after, unit_named
from dateline.extract.figure_vetoes import HYPHENS

_QUAKES = frozenset({"earthquake", "quake", "aftershock", "tremor", "temblor", "foreshock"})
_SCALES = (1e3, 1e5, 1e6, 1e7, 1e9, 1e12)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit at either side: pieces [left, right) hold currency, number and unit, [first, last) the number alone."""

    first: int
    last: int
    left: int
    right: int
    low: float
    high: float | None
    number: Number
    unit: Unit | None
    form: str


def amount_at(pieces: Pieces, index: int, *, money: Unit | None = None) -> Amount | None:
    """Return the number at a piece with the unit beside it."""
    currency = currency_before(pieces, index)
    if currency is None and pieces.at(index - 1) in {"-", "−"} and pieces.glued(index) and pieces.glued(index - 1):
        signed = currency_before(pieces, index - 1)  # "$-50.8bn"
        currency = signed if signed is not None and not pieces.raw(signed.first)[0].isalpha() else None
    number = number_at(pieces, index, money=currency is not None or money is not None)
    if number is None:
        return None
    left, unit, right = number.first, money, number.last
    if currency is not None:
        unit, left = currency.unit, currency.first
        number = _times(number, currency.scale)
    match = _unit_behind(pieces, number)
    if match is not None and (unit is None or match.unit.dimension == "money"):
        # "C$10", "$10 US": the more specific of the two; "$10 dollars" says it twice.
        unit = match.unit if unit is None or unit.name == "usd" else unit
        right = match.last
        number = _times(_money_scale(pieces, number, match), match.scale)
    elif unit is None and _is_magnitude(pieces, number):
        unit = unit_named("magnitude")
    elif unit is None:
        scaled = _letters(pieces, number)
        if scaled is not None:
            number, unit, right = scaled
    low = number.value
    return Amount(number.first, number.last, left, right, low, None if number.form == "vague" else low, number, unit, number.form)


def _is_magnitude(pieces: Pieces, number: Number) -> bool:
    """Return whether a number below 10 tells the strength of an earthquake: "magnitude 7.7", "an aftershock of 6.4"."""
    left = number.first - 1
    if number.decimals and pieces.at(number.last) in _QUAKES:
        return number.value < 10
    if pieces.at(left) in {"of", "at"}:
        left -= 1
        if number.decimals and pieces.at(left) in _QUAKES:
            return number.value < 10
    if pieces.at(left) in {"-", "a", "preliminary"}:
        left -= 1
    return number.value < 10 and pieces.at(left) in {"magnitude", "magnitudes"}


def _times(number: Number, scale: float) -> Number:
    return number if scale == 1 else replace(number, value=round(number.value * scale, 6), scaled=scale)


def _unit_behind(pieces: Pieces, number: Number) -> UnitMatch | None:
    at = number.last
    if number.form == "vague" and pieces.at(at) == "of":
        at += 1  # "tens of thousands of dollars"
    elif number.form == "fraction" and pieces.at(at) in {"a", "an"}:
        at += 1  # "half a mile"
    elif number.scaled >= 1e3 and pieces.at(at) == "of":
        at += 1
    if at > number.last:
        match = unit_after(pieces, at, from_digits=False)
        return match
    digits = number.form == "digits"
    if pieces.at(at) == "-" and pieces.at(at + 1) in {"odd", "plus"} and pieces.glued(at):
        return unit_after(pieces, at + 2, from_digits=digits)  # "500-odd kilometres"
    if pieces.at(at) == "or" and pieces.at(at + 1) in {"so", "more"}:
        return unit_after(pieces, at + 2, from_digits=False)  # "34,000 or so square kilometres"
    return unit_after(pieces, at, from_digits=digits)


def _money_scale(pieces: Pieces, number: Number, match: UnitMatch) -> Number:
    """Apply a scale that stands behind the currency: "75 USD million"."""
    if match.unit.dimension != "money" or number.scaled > 1:
        return number
    if pieces.at(match.last) in {"million", "billion", "trillion", "mn", "bn"}:
        behind = number_at_scale(pieces.at(match.last))
        return Number(number.first, match.last + 1, round(number.value * behind, 6), number.form, behind, number.decimals)
    return number


def number_at_scale(word: str) -> float:
    """Return the value of a scale word that must be money: "million", "bn"."""
    return {"million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}[word]


def _letters(pieces: Pieces, number: Number) -> tuple[Number, Unit | None, int] | None:
    """Read a glued "m" or "b" as a scale where a countable plural or a currency follows: "35m people", "1.8M dollars", "2.5m euros"."""
    at = number.last
    if number.form != "digits" or number.scaled > 1 or pieces.at(at) not in {"m", "b"} or not pieces.glued(at):
        return None
    factor = 1e6 if pieces.at(at) == "m" else 1e9
    widened = Number(number.first, at + 1, round(number.value * factor, 6), "digits", factor, number.decimals)
    match = unit_after(pieces, at + 1, from_digits=True)
    if match is not None and match.unit.dimension in {"money", "mass", "volume", "area"}:
        return widened, match.unit, match.last
    if pieces.at(at) == "b" or pieces.raw(at) == "M":
        return widened, None, at + 1
    return None


def metres_or_millions(pieces: Pieces, amount: Amount) -> Amount:
    """Return the amount with a metre sign read as millions where people or things follow it ("35m people")."""
    if amount.unit is None or amount.unit.name != "m" or pieces.at(amount.last) != "m" or not pieces.glued(amount.last):
        return amount
    after = pieces.at(amount.right)
    match = unit_after(pieces, amount.right, from_digits=True)
    if match is not None and match.unit.dimension in {"money", "mass", "volume", "area"}:
        factor, unit, right = 1e6, match.unit, match.last
    elif after.isalpha() and len(after) > 3 and (after.endswith("s") or after == "people") and after not in {"across", "less", "this", "does", "was"}:
        factor, unit, right = 1e6, None, amount.right
    else:
        return amount
    value = round(amount.low * factor, 6)
    number = Number(amount.first, amount.last + 1, value, "digits", factor, amount.number.decimals)
    return Amount(amount.first, amount.last + 1, amount.left, right, value, value, number, unit, amount.form)


def range_from(pieces: Pieces, head: Amount, *, between: bool, end: int) -> Amount | None:
    """Return the range that `head` opens, None when what follows makes none."""
    at = head.right
    word = pieces.at(at)
    hyphen = word in HYPHENS
    if word == "to" or (word == "and" and between) or word == "or":
        at += 1
    elif hyphen and pieces.at(at + 1) == "to" and pieces.at(at + 2) in HYPHENS:
        at += 3
    elif hyphen and (pieces.glued(at) == pieces.glued(at + 1) or word != "-"):
        if word == "—" and not pieces.glued(at):
            return None
        at += 1
    else:
        return None
    if word == "to" and pieces.at(at) in {"as", "up", "about", "around", "nearly", "more", "over", "some", "possibly", "perhaps"}:
        skip = {"as": 3, "up": 2, "more": 2}.get(pieces.at(at), 1)
        at += skip
    if at >= end or (pieces.breaks(at) and not pieces.glued(at)):
        return None
    at, money = _past_currency(pieces, at, head)
    tail = amount_at(pieces, at, money=money) if at < end else None
    if tail is None or (tail.form in {"vague", "fraction"} and head.form != tail.form):
        return None
    return _merge(pieces, head, tail, word)


def _past_currency(pieces: Pieces, index: int, head: Amount) -> tuple[int, Unit | None]:
    """Step over a currency sign before the second number; without one the head's currency holds."""
    sign_before = head.left < head.first
    for length in (1, 2, 3):
        if index + length < len(pieces) and (pieces.numeric[index + length] or length == 1):
            found = currency_before(pieces, index + length)
            if found is not None and found.first == index:
                return index + length, found.unit
    return index, head.unit if sign_before else None


def _merge(pieces: Pieces, head: Amount, tail: Amount, word: str) -> Amount | None:
    if head.form == "vague" or tail.form == "vague":
        return None
    low, high = head.low, tail.low
    own_unit = head.right > head.last
    if own_unit and tail.unit is not head.unit:
        return None
    scale = tail.number.scaled
    if scale >= 1e3 and head.number.scaled == 1 and not own_unit and low < high / scale:
        low = round(low * scale, 6)
    elif (
        word in HYPHENS
        and low < 1000 <= high
        and high % 1000 == 0
        and "," in pieces.raw(tail.first)
        and low < high / 1000
        and low == int(low)
        and low >= 2
    ):
        low *= 1000  # "10-12,000"
    if low >= high:
        return None
    if word == "or" and tail.left < tail.first and head.left == head.first:
        return None
    if word == "or" and (head.number.form != tail.number.form or high > 1.5 * low + 1 or own_unit):
        return None
    return Amount(head.first, tail.last, head.left, tail.right, low, high, tail.number, tail.unit or head.unit, "range")


def ratio_from(pieces: Pieces, head: Amount, end: int) -> Amount | None:
    """Return "one in five", "nine out of every 10" as a share, "eight to one" as a ratio."""
    if head.unit is not None or head.number.scaled > 1 or head.low != int(head.low) or head.form not in {"words", "digits"}:
        return None
    at, every = head.last, False
    if pieces.at(at) == "to":
        tail = number_at(pieces, at + 1) if at + 1 < end else None
        if tail is not None and tail.value == 1 and head.form == "words" == tail.form and head.low > 1:
            return Amount(head.first, tail.last, head.first, tail.last, head.low, head.low, tail, None, "ratio")
        return None
    if pieces.at(at) == "in":
        at += 1
    elif pieces.at(at) == "out" and pieces.at(at + 1) == "of":
        at += 2
    else:
        return None
    if pieces.at(at) in {"every", "each"}:
        at, every = at + 1, True
    tail = number_at(pieces, at) if at < end else None
    if tail is None or tail.form not in {"words", "digits"} or not head.low < tail.value <= 1e6 or tail.value < 2:
        return None
    unit = unit_after(pieces, tail.last, from_digits=tail.form == "digits")
    if unit is not None and unit.unit.dimension == "time":
        return None
    small = head.low <= 10 and tail.value in {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10000, 100000, 1000000}
    out_of = pieces.at(head.last) == "out"
    if every or (small and not out_of and (head.form == "words" or head.low < 10)) or (out_of and tail.value in {10.0, 100.0} and head.low <= 10):
        share = head.low / tail.value
        return Amount(head.first, tail.last, head.first, tail.last, share, share, tail, None, "ratio")
    return None
