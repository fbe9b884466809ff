"""The words of the number grammar (number_words.csv) and the reading of digits with their separators."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.resources import rows

MAX_DIGITS = 30  # A longer run of digits is an identifier or an attack, not a quantity.


@dataclass(frozen=True, slots=True)
class NumberWords:
    value: dict[str, float]
    role: dict[str, str]


@cache
def word_table() -> NumberWords:
    value, role = {}, {}
    for row in rows("number_words.csv"):
        value[row["word"]] = float(row["value"])
        role[row["word"]] = row["role"]
    return NumberWords(value, role)


@cache
def anchors() -> frozenset[str]:
    """Return the words that a number can start with; a text without them and without digits holds no figure."""
    words = word_table()
    skip = {"suffix", "money_suffix", "several", "fractions"}
    return frozenset(word for word, role in words.role.items() if role not in skip)


def role(word: str) -> str:
    """Return the role of a lower-case word in the grammar, "" when it has none."""
    return word_table().role.get(word, "")


def digits(raw: str) -> float | None:
    """Return the value of a piece that starts with a digit; None for a dotted code such as "2.0.1" or "21.06.2025".

    >>> digits("1,250"), digits("1.234.567"), digits("21.06.2025")
    (1250.0, 1234567.0, None)
    """
    if len(raw) > MAX_DIGITS:
        return None
    plain = "".join(sign for sign in raw if sign not in ",'’\u00a0\u202f\u2009")
    if plain.count(".") > 1:
        groups = plain.split(".")
        if len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:]):
            return None
        plain = "".join(groups)
    return float(plain)
