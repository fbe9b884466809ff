"""Cut a text into the pieces that the number grammar reads: digits, words, single signs.

The grammar has its own pieces because tokenizers disagree about exactly the places that matter here ("35bn", "19-year-old", "$5-10m", "155mm"):
digits never stick to letters, and `glued` tells what touched what. One regular expression without nested repetition reads the text once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

# Digits with thousands separators (Indian or Western groups; comma, apostrophe, no-break or thin space), an optional decimal part;
# dotted codes ("2.0.1", "21.06.2025") whole. No number has more groups than these; without a bound a list of thousands is looked over from each.
PIECE = re.compile(
    r"(?P<piece>[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\d{1,2}(?:,\d{2}){1,12},\d{3}(?:\.\d+)?(?![\d,]\d)|\d{1,3}(?:,\d{3}){1,12}(?:\.\d+)?(?![\d,]\d)"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009'’]\d{3}){1,12}(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:\.\d+)*"
    r"|\S) ?"  # The blank behind a piece is passed over with it.
)
T = TypeVar("T")


@dataclass(slots=True)
class Pieces:
    """A text as pieces. Parallel lists, because the grammar looks at neighbours by index.

    Attributes:
        words: The pieces as written.
        lower: The same in lower case.
        starts, ends: Character offsets into `text`.
        numeric: Whether a piece starts with a digit.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    numeric: list[bool]

    def __len__(self) -> int:
        return len(self.words)

    def glued(self, index: int) -> bool:
        """Return whether a piece touches the one before it."""
        return 0 < index < len(self.words) and self.starts[index] == self.ends[index - 1]

    def at(self, index: int) -> str:
        """Return a piece in lower case, "" outside the text."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def raw(self, index: int) -> str:
        """Return a piece as written, "" outside the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def breaks(self, index: int) -> bool:
        """Return whether a line break lies before a piece."""
        return index == 0 or index >= len(self.words) or "\n" in self.text[self.ends[index - 1] : self.starts[index]]


def cut(text: str) -> Pieces:
    """Return the pieces of a text."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in PIECE.finditer(text):
        start, end = match.span("piece")
        words.append(text[start:end])
        starts.append(start)
        ends.append(end)
    return Pieces(text, words, [word.lower() for word in words], starts, ends, [word[0].isdecimal() for word in words])


class Phrases(Generic[T]):
    """Phrases to look up by pieces, longest first; each phrase carries a value."""

    def __init__(self, entries: Iterable[tuple[str, T]], *, backwards: bool = False, fold: bool = True) -> None:
        self.fold = fold
        self.backwards = backwards
        self._table: dict[str, list[tuple[int, list[str], T]]] = {}
        for phrase, value in entries:
            pieces = cut(phrase)
            key = pieces.lower if fold else pieces.words
            self._table.setdefault(key[-1] if backwards else key[0], []).append((len(key), key, value))
        for choices in self._table.values():
            choices.sort(key=lambda choice: -choice[0])

    def match(self, pieces: Pieces, index: int) -> tuple[T, int] | None:
        """Return the value of the longest phrase that starts at `index` (or ends there, when backwards), and how many pieces it has."""
        source = pieces.lower if self.fold else pieces.words
        if not 0 <= index < len(source):
            return None
        choices = self._table.get(source[index])
        if choices is None:
            return None
        for size, key, value in choices:
            if size == 1:  # It was looked up by its only piece.
                return value, 1
            begin = index - size + 1 if self.backwards else index
            if begin >= 0 and source[begin : begin + size] == key:
                return value, size
        return None
