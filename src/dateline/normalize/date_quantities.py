"""Amounts of time as TIMEX3 durations, and the modifiers that stand before them."""

from __future__ import annotations

import re
from functools import cache

from dateline.extract.date_words import lexicon
from dateline.resources import rows

_UNIT_FORM = {
    "S": "PT{}S",
    "MIN": "PT{}M",
    "H": "PT{}H",
    "D": "P{}D",
    "NIGHT": "P{}D",
    "W": "P{}W",
    "WE": "P{}WE",
    "M": "P{}M",
    "Q": "P{}Q",
    "Y": "P{}Y",
}
_FOLDED = {"FORTNIGHT": ("W", 2), "DEC": ("Y", 10), "CENT": ("Y", 100), "MILL": ("Y", 1000)}
_VAGUE_FORM = {"FORTNIGHT": "PXW", "DEC": "PXDE", "CENT": "PXCE", "MILL": "PXML"}
# Half a unit in the next finer one.
_HALF = {"H": ("MIN", 30), "Y": ("M", 6), "D": ("H", 12), "MIN": ("S", 30), "DEC": ("Y", 5), "CENT": ("Y", 50)}
_AND_HALF = {"Y": "P{}Y6M", "H": "PT{}H30M", "MIN": "PT{}M30S", "D": "P{}DT12H"}
_WORD = re.compile(r"\d+[ -]1/2|\d*½|\d[\d,]*(?:\.\d+)?|[a-z]+|[-–]")


@cache
def _modifiers(use: str) -> tuple[tuple[str, str], ...]:
    return tuple((row["phrase"], row["mod"]) for row in rows("date_modifiers.csv") if row["use"] == use)


def modifier(words: str | None) -> str | None:
    """Return the TIMEX3 mod of "more than", "about", ...; None where the words say none."""
    return next((mod for phrase, mod in _modifiers("amount") if words and phrase in words), None)


def edge(words: str | None) -> str | None:
    """Return START, MID or END for "early", "the middle of", "later"; None where the words say none."""
    return next((mod for phrase, mod in _modifiers("period") if words and phrase in words), None)


def unit_of(word: str) -> str:
    """Return the unit code ("D", "W", "MIN") of a unit word in singular or plural."""
    return lexicon().value("UNIT", word) or lexicon().value("UNITS", word) or "D"


def number_of(words: str) -> float | None:
    """Return the number that digits or number words name; None for vague amounts ("few", "several").

    >>> number_of("twenty-four"), number_of("two and a half"), number_of("several")
    (24.0, 2.5, None)
    """
    found = _WORD.findall(words.lower())
    total, group, seen = 0.0, 0.0, False
    value = lexicon().value
    for index, word in enumerate(found):
        if word[0].isdigit() or word == "½":
            whole = re.match(r"\d[\d,.]*", word)
            half = 0.5 if word.endswith(("1/2", "½")) else 0.0
            group, seen = (float(whole.group().replace(",", "")) if whole else 0.0) + half, True
            continue
        card = value("CARD", word)
        if card is not None:
            size = float(card)
            seen = True
            if size >= 1000:
                total, group = total + max(group, 1.0) * size, 0.0
            elif size == 100:
                group = max(group, 1.0) * size
            else:
                group += size
        elif word in {"to", "or"} and seen and index:
            break
        elif word == "half":
            group, seen = group + 0.5, True
        elif word == "couple":
            return 2.0
        elif word == "dozen":
            group, seen = max(group, 1.0) * 12, True
        elif value("VAGUE", word) is not None or word in {"dozens", "many"}:
            return None
    if seen:
        return total + group
    return 1.0 if found and found[0] in {"a", "an", "another"} else None


def duration(words: str, unit: str) -> str:
    """Return the TIMEX3 duration of an amount and a unit code; vague amounts give X."""
    amount = number_of(words)
    if amount is None:
        return _VAGUE_FORM.get(unit) or _UNIT_FORM[unit].format("X")
    if unit in _FOLDED:
        folded, times = _FOLDED[unit]
        return duration(f"{amount * times:g}" if amount * times < 1e15 else "few", folded)
    if amount == 0.5 and unit in _HALF:
        finer, count = _HALF[unit]
        return _UNIT_FORM[finer].format(count)
    if amount % 1 == 0.5 and unit in _AND_HALF:
        return _AND_HALF[unit].format(int(amount))
    shown = f"{amount:.4f}".rstrip("0").rstrip(".")
    return _UNIT_FORM[unit].format(shown)
