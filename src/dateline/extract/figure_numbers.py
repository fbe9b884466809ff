"""The number grammar: one number, written in any way, starting at a given piece.

Digits with separators and glued or following scales ("35bn", "1.5 million", "35 lakh"), words ("two hundred and six"), mixed and plain fractions
("10 1/2", "two-thirds", "half a million"), dozens, and vague plurals ("tens of thousands", "several hundred"). Values follow docs/facts.md: a vague
plural has a lower bound (twice its scale, since it is a plural; dozens 24, scores 40) and no upper one.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_number_words import digits, word_table


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the pieces [first, last) that write it. `form` is digits, words, vague, fraction or ratio."""

    first: int
    last: int
    value: float
    form: str
    scaled: float = 1.0
    decimals: bool = False


def _joined(pieces: Pieces, index: int) -> int:
    """Return the index of the next number word, over one glued hyphen, else -1."""
    if pieces.at(index) in {"-", "‐", "‑"} and pieces.glued(index) and pieces.glued(index + 1):
        return index + 1
    return index if index < len(pieces) and not pieces.breaks(index) else -1


def _scale(pieces: Pieces, index: int, *, money: bool, glued_only: bool = False) -> tuple[float, int]:
    """Return the product of the scale words at `index` and the index after them (1, index when there are none)."""
    words = word_table()
    factor = 1.0
    while True:
        at = _joined(pieces, index)
        word = pieces.at(at) if at >= 0 else ""
        kind = words.role.get(word, "")
        if (
            (kind == "scale" and not (glued_only and at > index + 1))
            or (kind == "suffix" and factor == 1.0 and at == index and _not_word(pieces, at, word))
            or (kind == "money_suffix" and factor == 1.0 and at == index and money)
        ):
            factor *= words.value[word]
        else:
            return factor, index
        index = at + 1


def _not_word(pieces: Pieces, index: int, word: str) -> bool:
    """Return whether "k" or "bn" stands alone and not for a letter of a name ("40 K Street" is rare enough to lose)."""
    return word != "k" or pieces.glued(index)


def _mixed(pieces: Pieces, index: int) -> tuple[float, int] | None:
    """Return the fraction after a whole number: "1/2", "½", "-1/2"."""
    words = word_table()
    if words.role.get(pieces.at(index)) == "glyph":
        return words.value[pieces.at(index)], index + 1
    at = index + 1 if pieces.at(index) == "-" and pieces.glued(index) else index
    if pieces.at(at + 1) == "/" and pieces.glued(at + 1) and pieces.glued(at + 2) and not pieces.glued(at + 3):
        above, below = pieces.raw(at), pieces.raw(at + 2)
        if above.isdecimal() and below.isdecimal() and len(above) < 3 and len(below) < 3 and 0 < int(above) < int(below):
            return int(above) / int(below), at + 3
    return None


def _digit_number(pieces: Pieces, index: int, *, money: bool) -> Number | None:
    raw = pieces.raw(index)
    value = digits(raw)
    if value is None:
        return None
    end = index + 1
    decimals = "." in raw
    # "80, 000" and "10 000": a thousands separator that lost or is a plain space.
    if raw.isdecimal() and len(raw) <= 3 and raw[0] != "0":
        at = end
        while True:
            comma = pieces.at(at) == "," and pieces.glued(at) and not pieces.glued(at + 1)
            group = pieces.raw(at + 1 if comma else at)
            if not (len(group) == 3 and group.isdecimal() and _one_space(pieces, at + 1 if comma else at) and (comma is False or group == "000")):
                break
            value = value * 1000 + int(group)
            at += 2 if comma else 1
        end = at
    elif raw.isdecimal() and pieces.at(end) == "," and pieces.glued(end) and pieces.glued(end + 1) and pieces.raw(end + 1).isdecimal():
        end = end  # "12,34": a decimal comma or a list; settled below.
    if pieces.at(end) == "," and pieces.glued(end) and pieces.glued(end + 1) and pieces.raw(end + 1).isdecimal() and len(pieces.raw(end + 1)) <= 2:
        value, end, decimals = float(f"{int(value)}.{pieces.raw(end + 1)}"), end + 2, True
    fraction = _mixed(pieces, end) if not decimals else None
    if pieces.at(index + 1) == "/" and end == index + 1:
        alone = _mixed(pieces, index)
        if alone is None:
            return None
        factor, last = _scale(pieces, alone[1], money=money)
        return Number(index, last, alone[0] * factor, "digits", factor, True)
    if fraction is not None:
        value, end, decimals = value + fraction[0], fraction[1], True
    factor, last = _scale(pieces, end, money=money)
    return Number(index, last, _times(value, factor), "digits", factor, decimals)


def _one_space(pieces: Pieces, index: int) -> bool:
    return pieces.text[pieces.ends[index - 1] : pieces.starts[index]] == " "


def _times(value: float, factor: float) -> float:
    """Return the product without binary noise (1.1 million is 1100000, not 1100000.0000000002)."""
    product = value * factor
    return round(product, 6) if factor >= 10 else product


def _word_number(pieces: Pieces, index: int) -> Number | None:
    """Return the number written in words from `index`; "and" joins only after hundred and higher ("a hundred and five")."""
    words = word_table()
    total = current = 0.0
    last_scale = float("inf")
    smallest = 1e30  # What the next word must stay under: "twenty" admits units, "two" admits scales only.
    at, end, seen = index, index, False
    if pieces.at(index) in {"a", "an"}:
        if words.role.get(pieces.at(index + 1)) != "scale":
            return None
        current, at, seen, smallest = 1.0, index + 1, True, 0.0
    while at >= 0:
        word = pieces.at(at)
        kind = words.role.get(word)
        value = words.value.get(word, 0.0)
        if kind in {"unit", "teen", "ten"} and value < smallest and not (kind != "unit" and smallest <= 10):
            current += value
            smallest = 10.0 if kind == "ten" else 0.0
            seen = True
        elif kind == "scale" and seen and word == "hundred" and 0 < current < 100:
            current *= 100
            smallest = 100.0
        elif kind == "scale" and seen and current and word != "hundred":
            if value >= last_scale:
                break
            total += current * value
            current, last_scale, smallest = 0.0, value, value
        elif kind == "scale" and seen and not current and total and word != "hundred":
            total *= value  # "hundred thousand million"
        else:
            break
        end = at + 1
        at = _joined(pieces, end)
        after_and = pieces.at(end) == "and" and smallest >= 100 and words.role.get(pieces.at(end + 1)) in {"unit", "teen", "ten"}
        if after_and and not pieces.breaks(end + 1):
            at = end + 1
    if not seen or end == index:
        return None
    return Number(index, end, total + current, "words", last_scale if last_scale < 1e30 else 1.0)


def _vague(pieces: Pieces, index: int) -> Number | None:
    """Return "dozens", "tens of thousands", "several hundred", "hundreds of millions"; `value` is the lower bound."""
    words = word_table()
    first = words.role.get(pieces.at(index), "")
    if first == "vague":
        factor, end = words.value[pieces.at(index)], index + 1
        while pieces.at(end) == "of" and words.role.get(pieces.at(end + 1)) == "vague":
            factor, end = factor * words.value[pieces.at(end + 1)], end + 2
        return Number(index, end, 2 * factor, "vague", factor)
    start = index
    if pieces.at(index) == "a" and pieces.at(index + 1) in {"few", "couple"}:
        index += 1
    if words.role.get(pieces.at(index)) == "several":
        at = index + 1
        if pieces.at(index) == "couple" and pieces.at(at) == "of":
            at += 1
        factor = 1.0
        while words.role.get(pieces.at(at)) == "scale":
            factor, at = factor * words.value[pieces.at(at)], at + 1
        if factor > 1 and at > index + 1:
            return Number(start, at, 2 * factor, "vague", factor)
    return None


def _half_scaled(pieces: Pieces, index: int) -> Number | None:
    """Return "half a million", "a quarter of a million", "three quarters of a billion", "a million and a half"."""
    words = word_table()
    at, parts = index, 1.0
    if pieces.at(at) in {"a", "an"}:
        at += 1
    elif words.role.get(pieces.at(at)) == "unit":
        parts, at = words.value[pieces.at(at)], _joined(pieces, at + 1)
    kind = words.role.get(pieces.at(at)) if at >= 0 else None
    if kind not in {"fraction", "fractions"}:
        return None
    share = parts / words.value[pieces.at(at)]
    at += 1
    if pieces.at(at) == "-" and pieces.glued(at) and pieces.glued(at + 1):
        at += 1
    if pieces.at(at) == "of":
        at += 1
    if pieces.at(at) in {"a", "an"}:
        at += 1
    if pieces.at(at) == "-" and pieces.glued(at) and pieces.glued(at + 1):
        at += 1
    factor, end = _scale(pieces, at, money=False)
    if factor == 1.0 or pieces.at(at) in {"k", "bn"}:
        return None
    return Number(index, end, _times(share, factor), "words", factor, True)


def _and_a_half(pieces: Pieces, number: Number) -> Number:
    """Widen "two and a half million", "a million and a half", "two-and-a-half"."""
    words = word_table()
    at = number.last
    if pieces.at(at) == "-" and pieces.glued(at):
        at += 1
    if pieces.at(at) != "and":
        return number
    at += 2 if pieces.at(at + 1) in {"-"} else 1
    if pieces.at(at) in {"a", "one", "three"}:
        parts = words.value.get(pieces.at(at), 1.0)
        at += 2 if pieces.at(at + 1) == "-" and pieces.glued(at + 1) else 1
        if words.role.get(pieces.at(at)) in {"fraction", "fractions"} and words.value[pieces.at(at)] <= 4 and pieces.at(at + 1) != "of":
            share = parts / words.value[pieces.at(at)]
            if number.scaled > 1:
                return Number(number.first, at + 1, _times(number.value / number.scaled + share, number.scaled), number.form, number.scaled, True)
            factor, end = _scale(pieces, at + 1, money=False)
            return Number(number.first, end, _times(number.value + share, factor), number.form, factor, True)
    return number


def number_at(pieces: Pieces, index: int, *, money: bool = False) -> Number | None:
    """Return the longest number that starts at a piece, None when there is none.

    Args:
        pieces: The text.
        index: Where it must start.
        money: A currency stands before it, so that "m", "b" and "t" are scales.
    """
    words = word_table()
    word = pieces.at(index)
    if pieces.numeric[index]:
        found = _digit_number(pieces, index, money=money)
        return _and_a_half(pieces, found) if found else None
    if word == "." and pieces.glued(index + 1) and not pieces.glued(index) and pieces.raw(index + 1).isdecimal() and index + 1 < len(pieces):
        factor, end = _scale(pieces, index + 2, money=money)
        return Number(index, end, _times(float("0." + pieces.raw(index + 1)), factor), "digits", factor, True)
    kind = words.role.get(word)
    if kind == "glyph":
        factor, end = _scale(pieces, index + 1, money=money)
        return Number(index, end, words.value[word] * factor, "fraction" if factor == 1 else "digits", factor, True)
    scaled = _half_scaled(pieces, index)
    if scaled is not None:
        return scaled
    vague = _vague(pieces, index)
    if vague is not None:
        return vague
    found = _word_number(pieces, index)
    return _and_a_half(pieces, found) if found else None


def fraction_at(pieces: Pieces, index: int) -> Number | None:
    """Return a share written in words: "two thirds", "a fifth", "one-half", "half". Whether "a third" is a share or an ordinal is for the caller."""
    words = word_table()
    word = pieces.at(index)
    at, parts = index, 1.0
    if word in {"a", "an"}:
        at += 1
    elif words.role.get(word) in {"unit", "teen"}:
        parts, at = words.value[word], _joined(pieces, index + 1)
    elif pieces.numeric[index]:
        return None
    if at < 0:
        return None
    kind = words.role.get(pieces.at(at))
    if kind == "fraction" and (parts == 1.0) and (at > index or pieces.at(at) == "half"):
        return Number(index, at + 1, 1.0 / words.value[pieces.at(at)], "fraction")
    if kind == "fractions" and at > index and parts > 1.0:
        return Number(index, at + 1, parts / words.value[pieces.at(at)], "fraction")
    return None
