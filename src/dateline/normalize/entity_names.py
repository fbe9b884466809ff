"""Names as strings: folding that makes spellings of one name equal, surnames, acronyms.

Traps: Slavic and Arabic names are transliterated in many ways (Zelenskyy, Zelenskiy, Zelensky, Selenskyj), acronyms come with and without dots, and
headlines are in capitals.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "del", "der", "von", "van", "et", "y", "a", "an", "&"})
PARTICLES = frozenset(
    {"al", "el", "bin", "ben", "ibn", "abu", "van", "von", "de", "der", "den", "di", "da", "dos", "du", "la", "le", "ter", "ten", "mc", "st"}
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‘": "'", "–": "-", "—": "-", "\xa0": " "})
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
# Ordered: longer spellings first. The result is a key, not a name for people to read.
_TRANSLITERATION = (
    ("shch", "sc"), ("sch", "sh"), ("tch", "ch"), ("tsch", "ch"), ("cz", "ch"), ("sz", "sh"), ("zh", "z"), ("kh", "h"), ("ck", "k"),
    ("ph", "f"), ("ts", "c"), ("tz", "c"), ("dj", "j"), ("dzh", "j"), ("ei", "i"), ("ey", "i"), ("ai", "i"), ("ay", "i"), ("oe", "o"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("yi", "i"), ("yj", "i"), ("ij", "i"), ("yy", "i"), ("ii", "i"), ("ie", "e"),
    ("ye", "e"), ("je", "e"), ("io", "o"), ("yo", "o"), ("iu", "u"), ("yu", "u"), ("ju", "u"), ("ia", "a"), ("ya", "a"), ("ja", "a"),
    ("y", "i"), ("j", "i"), ("w", "v"), ("q", "k"), ("x", "ks"), ("'", ""),
)  # fmt: skip
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Return a mention without line breaks, a leading article or a closing possessive."""
    name = " ".join(text.translate(_APOSTROPHES).split())
    while len(name) > 3 and name != (cut := _POSSESSIVE.sub("", name)):
        name = cut
    while name[:4].lower() == "the ":
        name = name[4:]
    return name


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return lower-case words without accents, dots and hyphens: the key under which equal names meet.

    >>> fold("the U.S."), fold("el-Fasher’s")
    ('us', 'el fasher')
    """
    name = clean(text)
    name = _DOTTED.sub(lambda m: m.group().replace(".", ""), name).casefold().translate(_PLAIN)
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    key = " ".join(_WORDS.findall(name))
    while len(key) > 3 and key != (cut := _POSSESSIVE.sub("", key)):  # One that only the dropped mark behind it lets show: "Reuters's."
        key = cut
    while key.startswith("the ") and len(key) > 4:  # An article that only the dropped dots or hyphens let show.
        key = key[4:]
    return key


@lru_cache(maxsize=65536)
def sound(text: str) -> str:
    """Return `fold` with the usual transliteration variants made equal.

    >>> sound("Zelenskyy") == sound("Zelenskiy") == sound("Zelensky")
    True
    """
    out = []
    for word in fold(text).split():
        if word[:1] == "s" and word.endswith(("skyj", "skij")):
            word = "z" + word[1:]  # The German spelling: Selenskyj.
        for written, key in _TRANSLITERATION:
            word = word.replace(written, key)
        out.append(_REPEATED.sub(r"\1", word))
    return " ".join(out)


def words(text: str) -> list[str]:
    """Return the folded words of a name."""
    return fold(text).split()


def surname(text: str) -> str:
    """Return the folded last name, particles cut ("Abdel Fattah al-Burhan" gives "burhan")."""
    parts = [w for w in words(text) if w not in SUFFIXES]
    while len(parts) > 1 and parts[0] in PARTICLES and len(parts) == 2:
        parts = parts[1:]
    return parts[-1] if parts else ""


def initials(text: str) -> str:
    """Return the acronym of a name without its small words ("World Health Organization" gives "who")."""
    parts = [w for w in re.split(r"[\s\-/]+", clean(text)) if w]
    return "".join(w[0] for w in parts if w.lower() not in SMALL).casefold()


@lru_cache(maxsize=65536)
def is_acronym(text: str) -> bool:
    """Tell whether a mention is written as an acronym (2 to 7 capitals, dots and a plural s allowed)."""
    bare = clean(text).replace(".", "").rstrip("s")
    return 2 <= len(bare) <= 7 and bare.isupper() and bare.isalnum() and " " not in bare


def readable(text: str) -> str:
    """Return a name in capitals in title case; other names as they are."""
    name = clean(text)
    if name.isupper() and len(name) > 3 and not is_acronym(name):
        return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name)
    return name
