"""Numbers that are no quantities: dates, clock times, designations, calibres, scores, list numbers, telephone numbers, pronouns.

Each check returns the name of its veto (a rule name of the rejection) or None. They look at pieces only, so they hold without a parser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_number_words import role
from dateline.extract.figure_units import Unit
from dateline.extract.figure_words import word_set
from dateline.resources import rows

_NUMBER_ROLES = frozenset({"unit", "teen", "ten", "scale"})
PHONES = re.compile(r"\+\d{1,3}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]\d{2,4}){2,5}\b")
# A mail address is looked for once a word, from its first sign on: a long word without one must not be searched from each of its signs.
LINKS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S[^\s@]*@\S+\.\w+|(?<!\w)[@#]\w+")
HYPHENS = frozenset({"-", "‐", "‑", "–", "−", "—"})
MONTHS = word_set("vetoes months")
_YEAR_BEFORE = word_set("vetoes year before")
_PRONOUN_LEFT = word_set("vetoes pronoun left")
_PRONOUN_RIGHT = word_set("vetoes pronoun right")
_FUNCTION = word_set("vetoes function")


@dataclass(frozen=True, slots=True)
class Taken:
    """Character intervals that belong to something else, sorted, with what they are."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    labels: tuple[str, ...]

    def over(self, start: int, end: int) -> str | None:
        """Return the label of an interval that overlaps, None when there is none."""
        at = bisect_right(self.starts, end - 1) - 1
        if at >= 0 and self.ends[at] > start:
            return self.labels[at]
        return None


def taken(intervals: Sequence[tuple[int, int, str]]) -> Taken:
    """Return intervals for look-up; where they nest, the outer one is kept."""
    kept: list[tuple[int, int, str]] = []
    for interval in sorted(intervals, key=lambda item: (item[0], -item[1])):
        if kept and interval[1] <= kept[-1][1]:
            continue
        kept.append(interval)
    return Taken(tuple(i[0] for i in kept), tuple(i[1] for i in kept), tuple(i[2] for i in kept))


def links(text: str) -> list[tuple[int, int, str]]:
    """Return addresses, handles, hashtags and international telephone numbers, whose digits are part of a name."""
    phones = [(match.start(), match.end(), "telephone") for match in PHONES.finditer(text)] if "+" in text else []
    return [*phones, *_addresses(text)]


def _addresses(text: str) -> list[tuple[int, int, str]]:
    if "@" not in text and "#" not in text and "www." not in text and "://" not in text:
        return []
    return [(match.start(), match.end(), "link") for match in LINKS.finditer(text)]


@cache
def _designators() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {"before": {}, "after": {}}
    for row in rows("designators.csv"):
        table[row["side"]][row["word"]] = row["case"]
    return table


def names(pieces: Pieces, index: int) -> bool:
    """Return whether the piece at `index` is a word that a number after it names ("Resolution 1701")."""
    case = _designators()["before"].get(pieces.at(index))
    return case == "plain" or (case == "capital" and pieces.raw(index)[:1].isupper())


def glued_name(pieces: Pieces, first: int, last: int, *, unit_ends: int) -> str | None:
    """Return "designation" for digits that touch letters: "F-16", "MQ-9", "H07", "3D", "401(k)", "5G"."""
    left = first - 1
    if pieces.glued(first) and left >= 0:
        sign = pieces.raw(left)
        if sign[0].isalpha() or sign == "_":
            return "designation"
        if sign in HYPHENS and sign != "—" and pieces.glued(left) and left >= 1 and pieces.raw(left - 1)[0].isalpha():
            before = pieces.at(left - 1)
            # "eight-to-10", "mid-20s", "twenty-5" write numbers; anything else is a name.
            return None if role(before) in _NUMBER_ROLES or before in {"to", "or", "sub", "pre", "post", "non", "plus", "minus"} else "designation"
        if sign in HYPHENS and names(pieces, left - 1):
            return "designation"  # "COVID -19"
        if sign in {".", ":"} and left >= 1 and pieces.glued(left) and pieces.numeric[left - 1]:
            return "code"
    if last < len(pieces) and pieces.glued(last):
        sign = pieces.raw(last)
        if sign[0].isalpha() and unit_ends <= last and pieces.at(last) not in {"x", "s", "odd", "plus"}:
            return "ordinal" if pieces.at(last) in {"st", "nd", "rd", "th"} else "designation"
        if sign == "(" and len(pieces.raw(last + 1)) == 1 and pieces.raw(last + 1).isalpha():
            return "designation"
    return None


def before_name(pieces: Pieces, first: int, last: int, sentence: int) -> str | None:
    """Return "designation" for a number that a word before it makes a name."""
    left = first - 1
    if left < sentence:
        return None
    if pieces.at(left) == "." and left - 1 >= sentence and pieces.at(left - 1) in {"no", "nos", "nr", "vol", "art", "sec", "apt", "p", "pp", "fig"}:
        return "designation"
    if pieces.at(left) in {"no", "nos"} and (pieces.raw(left) == "no" or not pieces.numeric[first]):
        return None  # "no two accounts": a determiner.
    if names(pieces, left) and not pieces.breaks(first):
        return "designation"
    if (
        pieces.at(left) == "of"
        and left - 1 >= sentence
        and pieces.at(left - 1) in {"group", "big", "gang", "class"}
        and pieces.raw(first)[0].isupper()
    ):
        return "designation"
    return None


def capital_name(pieces: Pieces, first: int, last: int, sentence: int, *, followed: bool) -> str | None:
    """Return "designation" for digits after a capitalised word that nothing countable follows ("Studio 54 opened", "Act 1974")."""
    left = first - 1
    if left < sentence or followed or pieces.breaks(first) or not pieces.numeric[first]:
        return None
    word = pieces.raw(left)
    if not word[0].isupper() or pieces.at(left) in _FUNCTION or pieces.at(left) in MONTHS:
        return None
    if "." in pieces.raw(first) and not {"%", "percent", "cent"}.isdisjoint(pieces.lower[max(sentence, first - 60) : first]):
        return None  # Results of an election: "Georgian Dream 53.9 percent, Strong Georgia 8.8".
    inside = left > sentence and pieces.raw(left - 1) not in {'"', "“", "‘", ":", "-", "–", "—"}
    after = pieces.raw(last)
    if (inside or after[:1].isupper()) and not pieces.text[pieces.starts[first] : pieces.ends[last - 1]].count(","):
        return "designation"
    return None


def capital_words(pieces: Pieces, first: int, last: int, sentence: int) -> str | None:
    """Return "designation" for number words in a name: "Formula One", "Big Ten", "Air Force One", "Premier League Two"."""
    left = first - 1
    if pieces.numeric[first] or not pieces.raw(first)[0].isupper() or first == sentence or pieces.breaks(first):
        return None
    if left >= sentence and pieces.raw(left)[0].isupper() and pieces.raw(left) not in {"A", "The"} and pieces.at(left) not in _FUNCTION:
        return "designation"
    return None


def calibre(pieces: Pieces, last: int, unit: Unit | None) -> str | None:
    """Return "calibre" for millimetres that tell a weapon's bore: "155mm artillery", "82-mm mortar", "12.7 mm machine guns"."""
    if unit is None or unit.name not in {"millimeter", "centimeter"}:
        return None
    after = _designators()["after"]
    if any(pieces.at(at) in after for at in range(last, min(last + 3, len(pieces)))):
        return "calibre"
    return None


def year(pieces: Pieces, first: int, last: int, sentence: int, *, followed: bool) -> str | None:
    """Return "year" for four plain digits that read as a year; only asked where no date expression covers them."""
    if pieces.raw(last + (pieces.raw(last) in HYPHENS)) in {"AD", "BC", "BCE", "CE"} or (pieces.raw(first - 1) == "AD" and pieces.numeric[first]):
        return "year"
    raw = pieces.raw(first)
    if last != first + 1 or len(raw) != 4 or not raw.isdecimal() or not 1000 <= int(raw) <= 2100:
        return None
    left = pieces.at(first - 1) if first > sentence else ""
    if left in MONTHS or pieces.raw(first - 1) in {"'", "’"}:
        return "year"
    if left in _YEAR_BEFORE and not followed:
        return "year"
    if int(raw) >= 1800 and (left in {"in", "since", "until", "during", "year", "early", "late", "mid", ","} or not followed):
        return "year"
    if int(raw) >= 1900 and pieces.raw(last)[:1].isupper():
        return "year"
    return None


def clock(pieces: Pieces, first: int, last: int) -> str | None:
    """Return "clock" for times of day: "10:30", "5am", "10 p.m."."""
    for at in (first - 1, last):
        if pieces.at(at) == ":" and pieces.glued(at) and pieces.glued(at + 1):
            other = at - 1 if at < first else at + 1
            if 0 <= other < len(pieces) and pieces.numeric[other]:
                return "clock"
    if pieces.at(last) in {"am", "pm"} and len(pieces.raw(first)) <= 5:
        return "clock"
    if pieces.at(last) in {"a", "p"} and pieces.at(last + 1) == "." and pieces.glued(last + 1) and pieces.at(last + 2) == "m":
        return "clock"
    if pieces.at(last) in {"o'clock", "o’clock", "gmt", "utc"}:
        return "clock"
    return None


def calendar(pieces: Pieces, first: int, last: int) -> str | None:
    """Return "date" for a day beside a month name, for texts on which no date extractor ran."""
    raw = pieces.raw(first)
    end = pieces.raw(last - 1)
    if not raw.isdecimal() or not end.isdecimal() or len(raw) > 2 or len(end) > 2 or not 1 <= int(end) <= 31:
        return None
    left = first - 1
    if pieces.at(left) == "." and pieces.glued(left):
        left -= 1
    month_left = pieces.at(left) in MONTHS and (pieces.raw(left)[0].isupper() or pieces.at(left) not in _ALSO_WORDS or pieces.at(left - 1) == "on")
    month_right = pieces.at(last) in MONTHS and (pieces.raw(last)[0].isupper() or pieces.at(last) not in _ALSO_WORDS or pieces.at(first - 1) == "on")
    return "date" if month_left or month_right else None


_ALSO_WORDS = word_set("vetoes also words")


def rank(pieces: Pieces, first: int, last: int, *, followed: bool) -> str | None:
    """Return "rank" for places in a table with nothing counted: "the bottom three", "the final four"."""
    return "rank" if not followed and last == first + 1 and pieces.at(first - 1) in {"top", "bottom", "final"} else None


def address(pieces: Pieces, last: int) -> str | None:
    """Return "designation" for house numbers: "16-18 Industrial Avenue"."""
    for at in range(last, min(last + 4, len(pieces))):
        if not pieces.raw(at)[:1].isupper():
            return None
        if at > last and pieces.at(at) in _STREETS:
            return "designation"
    return None


_STREETS = word_set("vetoes streets")


def listing(pieces: Pieces, first: int, last: int) -> str | None:
    """Return "list number" for "1. ", "2) ", "(3) " that open a line."""
    if not pieces.numeric[first] or len(pieces.raw(first)) > 2 or last != first + 1:
        return None
    if pieces.at(last) == ")" and "(" not in pieces.words[max(0, first - 12) : first] and pieces.at(first - 1) != "(":
        return "list number"
    opened = pieces.at(first - 1) == "("
    head = first - 1 if opened else first
    if pieces.breaks(head) and pieces.at(last) in {".", ")"} and pieces.glued(last) and not pieces.glued(last + 1) and not pieces.breaks(last + 1):
        return "list number"
    return None


def score(pieces: Pieces, first: int, last: int) -> str | None:
    """Return "score" for hyphened pairs that are no range ("won 3-1", "a 2-2 draw", "50-50"), "telephone" for longer chains of groups.

    Asked only where the range rules refused the pair.
    """
    if _vote(pieces, first, last):
        return "score"
    groups, low, high = 1, first, last
    while pieces.raw(low - 1) in HYPHENS | {"/"} and pieces.glued(low) and low >= 2 and pieces.numeric[low - 2] and pieces.glued(low - 1):
        low, groups = low - 2, groups + 1
    while (
        pieces.raw(high) in HYPHENS | {"/"} and pieces.glued(high) and high + 1 < len(pieces) and pieces.numeric[high + 1] and pieces.glued(high + 1)
    ):
        high, groups = high + 2, groups + 1
    if groups == 1:
        return None
    return "score" if groups == 2 else "telephone"


def _vote(pieces: Pieces, first: int, last: int) -> bool:
    """Return whether a number is half of a result in words and hyphens ("lost 5-to-4")."""
    before = (
        pieces.at(first - 2) == "to" and pieces.at(first - 1) in HYPHENS and pieces.at(first - 3) in HYPHENS and pieces.numeric[max(0, first - 4)]
    )
    after = pieces.at(last) in HYPHENS and pieces.at(last + 1) == "to" and pieces.at(last + 2) in HYPHENS
    return before or (after and last + 3 < len(pieces) and pieces.numeric[last + 3])


def pronoun(pieces: Pieces, first: int, last: int, sentence: int) -> str | None:
    """Return "pronoun" for "one" that counts nothing: "no one", "one another", "the one", "one of the ..."."""
    if pieces.at(first) != "one" or last != first + 1:
        return None
    left, right = (pieces.at(first - 1) if first > sentence else ""), pieces.at(last)
    if right in _PRONOUN_RIGHT and not (right == "of" and pieces.at(last + 1) == "them"):
        return "pronoun"
    if left in _PRONOUN_LEFT:
        return "pronoun"
    if pieces.raw(last) in HYPHENS and pieces.glued(last) and pieces.glued(last + 1):
        return None if not pieces.numeric[last + 1] and pieces.at(last + 1) not in _ONE_COMPOUNDS else "pronoun"
    if right in {"'s", "’s"} or right.startswith(("one's", "one’s")):
        return "pronoun"
    if left == "by" and right == "by":
        return "pronoun"
    return None


_ONE_COMPOUNDS = word_set("vetoes one compounds")
