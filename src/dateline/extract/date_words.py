"""The words of time expressions: cut a text into small tokens and give each the roles that the date grammar knows.

The cut is finer than a tokenizer's ("24-hour" is three tokens, "10pm" two, "21.06.2025" one) and depends on no language model, so the spans of
dates are the same whatever pipeline made the Doc. Every alternative of the one regex is anchored by its first characters and has no nested
repetition: linear time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.resources import rows

OTHER = " "  # The code of a token without any role; no rule can match it.
_POOL = 0xE000  # Codes are private-use characters: one for each set of roles that occurs.

_PUNCTUATION = {
    ",": "COMMA", "-": "HYPHEN", "–": "HYPHEN", "—": "DASH", ".": "DOT", "/": "SLASH", "(": "LPAR", ")": "RPAR",
    "'": "APOS", "’": "APOS", "‘": "APOS", "$": "MONEY", "€": "MONEY", "£": "MONEY", "%": "PERCENT", "&": "AND",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Roles and values of words: `codes` maps a written form to its code, `chars` a role to all codes that include it."""

    codes: Mapping[str, str]
    chars: Mapping[str, str]
    values: Mapping[tuple[str, str], str]

    def value(self, role: str, word: str) -> str | None:
        """Return what a word means in a role ("MONTH", "sept." -> "9"), None when it has not that role."""
        return self.values.get((role, word.lower().rstrip(".")))


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as tokens: offsets, words as written, and one character of code a token, so that rules are regexes over `codes`."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    codes: str


def _forms(word: str, case: str) -> set[str]:
    if case == "upper":
        return {word.upper()}
    capital = {word[:1].upper() + word[1:], word.upper()}
    return capital if case in {"cap", "title"} else capital | {word}


# What has no word list: numbers and punctuation, by the name of the lexer's alternative or the size of the number.
_NUMBER_ROLES = {
    "shift": {"SHIFT"},
    "iso": {"ISODATE"},
    "numdate": {"NUMDATE"},
    "clock": {"CLOCK"},
    "dotclock": {"DOTCLOCK"},
    "decade": {"DECADE"},
    "ordnum": {"ORDNUM"},
    "decimal": {"DECIMAL"},
    "para": {"PARA"},
    "named": {"NAMED"},
    "olddecade": {"OLD_DECADE"},
    "mixed": {"MIXED"},
    "int12": {"INT", "DAYNUM", "HOUR", "HOUR12", "MONTHNUM", "YY"},
    "int24": {"INT", "DAYNUM", "HOUR", "YY"},
    "int31": {"INT", "DAYNUM", "YY"},
    "int99": {"INT", "YY"},
    "year": {"INT", "YEAR", "MILITARY"},
    "military": {"INT", "MILITARY"},
    "military3": {"INT", "SHORT_MILITARY"},
    "int": {"INT"},
}


@cache
def lexicon() -> Lexicon:
    """Return the word list of seeds/reference/time_words.csv, ready for lookups."""
    roles: dict[str, set[str]] = {}
    values: dict[tuple[str, str], str] = {}
    for row in rows("time_words.csv"):
        values[(row["role"], row["word"])] = row["value"]
        for form in _forms(row["word"], row["case"]):
            roles.setdefault(form, set()).add(row["role"])
    for row in rows("timezones.csv"):
        if row["name"].isupper() and len(row["name"]) > 1:  # What is written behind a clock time; "Eastern time" is read from the words behind it.
            roles.setdefault(row["name"], set()).add("TZ")
    for kind, names in _NUMBER_ROLES.items():
        roles["\x00" + kind] = set(names)
    for mark, name in _PUNCTUATION.items():
        roles.setdefault(mark, set()).add(name)
    code_of: dict[frozenset[str], str] = {}
    codes: dict[str, str] = {}
    chars: dict[str, str] = {}
    for form, names in roles.items():
        key = frozenset(names)
        if key not in code_of:
            code_of[key] = chr(_POOL + len(code_of))
            for name in names:
                chars[name] = chars.get(name, "") + code_of[key]
        codes[form] = code_of[key]
    return Lexicon(codes=codes, chars=chars, values=values)


@cache
def _lexer() -> re.Pattern[str]:
    abbreviations = {word for role, word in lexicon().values if role == "ABBREVIATED"}
    short = "|".join(sorted((word.capitalize() for word in abbreviations), key=len, reverse=True))
    named = "|".join(re.escape(row["name"]).replace(r"\ ", r"\s") for row in rows("named_days.csv"))
    # Letters that something else than a word begins with; most words begin with others, and take the blank behind them along.
    special = "".join(sorted({name[0] for name in (*short.split("|"), *named.split("|"))} | set("AaPpBOoQqHh")))
    return re.compile(
        rf"""
        (?:
          (?P<plain>[^\W\d_{special}][^\W\d_]*)
        | (?P<shift>(?<=UTC|GMT)(?:\ ?\+\ ?|[−-])\d{{1,2}}(?::?[0-5]\d)?(?!\d))
        | (?P<ampm>[AaPp]\.\ ?[Mm]\.?(?!\w)|[AaPp][Mm]\b)
        | (?P<era>B\.\ ?C\.(?:\ ?E\.)?|A\.\ ?D\.)
        | (?P<abbreviation>\b(?:{short})\.)
        | (?P<named>\b(?:{named})\b)
        | (?P<oclock>\b[Oo]['’]clock\b)
        | (?P<term>\b[QqHh][1-4]\b)
        | (?P<word>[^\W\d_]+)
        | (?P<iso>\d{{4}}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d))
        | (?P<numdate>\d\d?(?:\.\d\d?\.\d{{4}}|/\d\d?/(?:\d{{4}}|\d\d)|-\d\d?-\d{{4}})(?![\d/]))
        | (?P<clock>(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:]))
        | (?P<dotclock>(?:[01]?\d|2[0-4])\.[0-5]\d(?=\ ?[AaPp]\.?[Mm]\b))
        | (?P<decade>(?:\d{{3}}0['’]?|['’]?\d0['’]?)s\b)
        | (?P<olddecade>\d{{2}}0s(?=\ B))
        | (?P<ordnum>\d{{1,3}}(?:st|nd|rd|th)\b)
        | (?P<mixed>\d{{1,3}}[\ -]1/2(?!\d)|\d{{0,3}}½)
        | (?P<decimal>\d+(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+\.\d+)
        | (?P<int>\d+)
        | (?P<possessive>['’]s\b)
        | (?P<para>\n[ \t\r]*\n\s*)
        | (?P<mark>\S)
        )
        (?:\ (?![+−-]))?  # A blank before a sign may belong to a shift.
        """,
        re.VERBOSE,
    )


# Kinds of tokens that are looked up as they are written.
_LISTED = frozenset({"plain", "word", "mark", "possessive", "term"})


def _int_kind(digits: str) -> str:
    size = len(digits)
    if size <= 2:
        number = int(digits)
        return "int12" if 1 <= number <= 12 else "int24" if number <= 24 and number else "int31" if 24 < number <= 31 else "int99"
    if size == 4:
        return "year" if digits[0] == "1" or digits[:2] == "20" else "military"
    return "military3" if size == 3 and digits[0] != "0" and digits[1] < "6" else "int"


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens with codes; offsets are characters of `text`."""
    known = lexicon().codes
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    codes: list[str] = []
    for match in _lexer().finditer(text):
        kind = match.lastgroup or "mark"
        start, end = match.span(kind)
        word = text[start:end]
        if kind in _LISTED:
            code = known.get(word, OTHER)
        elif kind == "int":
            code = known["\x00" + _int_kind(word)]
        elif kind == "abbreviation":
            code = known[word[:-1]]
        elif kind in {"ampm", "era"}:
            bare = word.replace(".", "").replace(" ", "")
            code = known.get(bare.lower() if kind == "ampm" else bare, OTHER)
        elif kind == "oclock":
            code = known["o'clock"]
        else:
            code = known["\x00" + kind]
        starts.append(start)
        ends.append(end)
        words.append(word)
        codes.append(code)
    return Tokens(text=text, starts=starts, ends=ends, words=words, codes="".join(codes))
