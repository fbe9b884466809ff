"""Which lines of a scraped page are furniture: phrases of seeds/reference/boilerplate.csv matched against whole lines, never inside sentences.

Every match works on one line as a whole and on a folded copy of it (lower case, straight quotes, numbers as "0"), in time linear in the line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from dateline.resources import rows

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "—": "-", "–": "-"})
_NUMBER = re.compile(r"\d[\d.,]*")  # Nothing may have to follow: looking back for it took quadratic time on long numbers.
# Blanks before a sign are taken from their first on or not at all: a run of them must not be looked over from each.
_SEPARATORS = re.compile(r"(?:(?<!\s)\s+)?[·|•»›/>\u2192\u25b6\u25bc]\s*|(?<!\s)\s+[-–—]+\s+")
_EDGES = " \t.,;:!?…*_#=~<>[](){}\"'-–—•·|/→←↓↑▶▼►▲+✕×"
_LONGEST_FURNITURE = 45  # Words. Longer lines are paragraphs, whatever they begin with.
_LONGEST_CAPTION = 70
SENTENCE_END = (".", "!", "?", "…")
_CLOSERS = "\"'”’»)]"


@cache
def phrases(match: str) -> dict[str, str]:
    """Return phrase -> kind for one way of matching (a column of the table)."""
    return {row["phrase"]: row["kind"] for row in rows("boilerplate.csv") if row["match"] == match}


@cache
def _starts() -> dict[str, list[str]]:
    """Return the phrases that begin furniture, by first word: a line is compared with a few, not with all."""
    index: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases("start"):
        index[phrase.split()[0]].append(phrase)
    return dict(index)


def fold(line: str) -> str:
    """Return a line for comparing: lower case, straight quotes, numbers as 0, no bullets or punctuation around it."""
    return " ".join(_NUMBER.sub("0", line.translate(_QUOTES).casefold().strip(_EDGES)).split())


def words(line: str) -> int:
    """Return the number of words."""
    return len(line.split())


def is_sentence(line: str) -> bool:
    """Return whether a line ends like a sentence (quotes and brackets may close behind the stop)."""
    return line.rstrip(_CLOSERS + " ").endswith(SENTENCE_END)


def furniture(line: str) -> str | None:
    """Return the kind of furniture that a whole line is ("advertisement", "cookie"), or None for text."""
    count = words(line)
    if not count:
        return None
    if count <= _LONGEST_FURNITURE and (kind := _whole(line) or _start(line)):
        return kind
    if count <= _LONGEST_CAPTION and is_caption(line):
        return "caption"
    return None


def _whole(line: str) -> str | None:
    table = phrases("whole")
    folded = fold(line)
    if kind := table.get(folded):
        return kind
    parts = [part for part in (fold(part) for part in _SEPARATORS.split(line)) if part]
    if not parts or not all(part in table for part in parts):
        return None
    return table[parts[0]]


def _start(line: str) -> str | None:
    folded = " ".join(_NUMBER.sub("0", line.translate(_QUOTES)).casefold().lstrip(" \t•·*-–—>»►▶→[").split())
    if not folded or line.lstrip()[0] in "\"'“‘«":  # A quotation is somebody's words.
        return None
    # A phrase that ends in punctuation ("photo:") may be written to the next word without a space.
    first = re.split(r"(?<=[:/])", folded.split()[0])[0]
    for phrase in (*_starts().get(folded.split()[0], ()), *(_starts().get(first, ()) if first != folded.split()[0] else ())):
        if folded.startswith(phrase) and (len(folded) == len(phrase) or not phrase[-1].isalnum() or not folded[len(phrase)].isalnum()):
            return phrases("start")[phrase]
    return None


def is_caption(line: str) -> bool:
    """Return whether a line ends in a picture credit: "[File: AP]", "(AP Photo/Name)", "/Getty Images", "| Reuters"."""
    text = line.rstrip(" .")
    if text.endswith((")", "]")):
        opening = max(text.rfind("("), text.rfind("["))
        if opening < 0 or len(text) - opening > 80:
            return False
        inner = text[opening + 1 : -1]
        # "(AP)" or "(AFP, Reuters)" closes the last paragraph of many reports; a caption's brackets name a picture, or a person and an agency.
        kinds = [phrases("credit").get(fold(part)) for part in re.split(r"[/:|]|\bvia\b", inner)]
        return "caption" in kinds or ("agency" in kinds and None in kinds)
    head, separator, tail = _last_part(text)
    return bool(separator) and not is_sentence(line) and len(tail.split()) <= 3 and fold(tail) in phrases("credit") and bool(head)


def _last_part(text: str) -> tuple[str, str, str]:
    cut = max(text.rfind("/"), text.rfind("|"), text.rfind("©"))
    return (text[:cut], text[cut], text[cut + 1 :]) if cut >= 0 else (text, "", "")
