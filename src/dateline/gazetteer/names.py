"""Fold place names to keys, so that "Chasiv Yar", "CHASIV YAR" and "Chasív-Yar" are one, and "Saint John's" is "St. John's".

A key is lower case, without diacritics, apostrophes and dots; hyphens are spaces; a leading article is dropped. A skeleton key goes further for
names romanized from Ukrainian, Russian and Belarusian, where Kharkiv and Kharkov, Avdiivka and Avdeevka are one place in two languages: it is a
second, weaker way in (see `skeleton`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dateline.resources import rows

# Letters that NFKD leaves alone.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ŋ": "n", "ħ": "h"}
    | dict.fromkeys("'’‘ʼʻ`´ʹʺ′″.ʿʾ", "")
    | dict.fromkeys("-‐‑‒–—/_,\u00a0\n\r\t", " ")
)
_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
_LONGEST = 80  # No toponym of the gazetteer is longer; a longer string is not looked up.


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return the key of a name; "" when nothing is left of it.

    >>> fold("Île-de-France"), fold("The Gambia"), fold("Saint John's")
    ('ile de france', 'gambia', 'st johns')
    """
    if len(name) > _LONGEST:
        return ""
    key = name.lower()
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c)).lower()
    words = key.translate(_LETTERS).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_SHORT.get(word, word) for word in words)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["becomes"]) for row in rows("place_spellings.csv"))


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """Return what is left of a folded name when the differences between romanizations are taken out (place_spellings.csv, in order).

    >>> skeleton("kharkiv") == skeleton("kharkov"), skeleton("avdiivka") == skeleton("avdeevka")
    (True, True)
    """
    for pattern, becomes in _rules():
        key = pattern.sub(becomes, key)
    return key
