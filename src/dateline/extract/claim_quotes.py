"""Quotations: where quotation marks open and close, paragraph by paragraph, in one pass.

Straight marks alternate within a paragraph; a paragraph that opens a quotation without closing it is quoted to its end (newswire repeats the
opening mark in the next paragraph). Marks inside words and after numbers (inches) are no quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

OPENING = frozenset({"“", "„", "«", "``"})
CLOSING = frozenset({"”", "»"})
STRAIGHT = frozenset({'"', "″", "''"})  # Two apostrophes stand for one mark in some archives.
MARKS = OPENING | CLOSING | STRAIGHT


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation by token indices: `start` is the opening mark, `end` one past the closing one; `first`:`last` lie inside the marks."""

    start: int
    end: int
    first: int
    last: int
    closed: bool
    paragraph: int


def _is_opening(doc: Sequence[Token], i: int, inside: bool) -> bool:
    token = doc[i]
    if token.text in OPENING:
        return True
    # A straight mark glued to the word before it closes; glued to the word after it, it opens. Both or neither: alternate.
    space_before = i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space or doc[i - 1].text in {"(", "[", "—", "–", "-"}
    space_after = bool(token.whitespace_) or i + 1 == len(doc) or doc[i + 1].is_space
    if space_before != space_after:
        return space_before
    return not inside


def _begins(doc: Sequence[Token], i: int) -> bool:
    """Tell whether a mark of the wrong kind opens a paragraph: ”We stay,” she said."""
    return (i == 0 or (doc[i - 1].is_space and "\n" in doc[i - 1].text)) and not doc[i].whitespace_ and i + 1 < len(doc) and not doc[i + 1].is_space


def _ends(doc: Sequence[Token], i: int) -> bool:
    """Tell whether an opening mark closes: glued to the end of a sentence, with nothing glued to it (“We stay.“)."""
    return (
        i > 0
        and doc[i - 1].text in {".", ",", "!", "?"}
        and not doc[i - 1].whitespace_
        and (bool(doc[i].whitespace_) or i + 1 == len(doc) or doc[i + 1].is_space)
    )


def quotes(doc: Sequence[Token]) -> list[Quote]:
    """Return the quotations of a doc in text order; none nests."""
    found: list[Quote] = []
    opened: int | None = None
    paragraph = nested = 0
    for i, token in enumerate(doc):
        mark = token.text
        if "\n" in mark and token.is_space:
            if opened is not None:
                _close(found, opened, i, i, False, paragraph)
                opened, nested = None, 0
            paragraph += 1
            continue
        if mark not in MARKS:
            continue
        if opened is None:
            if (mark not in CLOSING and _is_opening(doc, i, False)) or (mark in CLOSING and _begins(doc, i)):
                opened = i
        elif (mark in STRAIGHT) != (doc[opened].text in STRAIGHT):
            # Curly marks within straight ones, or the other way round: words quoted by the one quoted.
            nested += 1 if _is_opening(doc, i, nested > 0) else -1
            if nested < 0 and (mark in CLOSING or mark == '"'):
                _close(found, opened, i + 1, i, True, paragraph)
                opened, nested = None, 0
        elif mark in CLOSING or not _is_opening(doc, i, True) or _ends(doc, i):
            _close(found, opened, i + 1, i, True, paragraph)
            opened, nested = None, 0
        else:
            # A second opening mark: the first was never closed, or was no quotation mark at all.
            opened, nested = i, 0
    if opened is not None:
        _close(found, opened, len(doc), len(doc), False, paragraph)
    return found


def _close(found: list[Quote], start: int, end: int, last: int, closed: bool, paragraph: int) -> None:
    if last - start > 1:
        found.append(Quote(start, end, start + 1, last, closed, paragraph))


def inside(found: list[Quote], size: int) -> bytearray:
    """Return one byte a token: the number of the quotation (1-based, modulo 255) that it stands in, else 0."""
    mask = bytearray(size)
    for number, quote in enumerate(found):
        for i in range(quote.first, min(quote.last, size)):
            mask[i] = number % 255 + 1
    return mask


def paragraphs(doc: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs as token ranges (line breaks end them)."""
    start = 0
    for i, token in enumerate(doc):
        if "\n" in token.text and token.is_space:
            if i > start:
                yield start, i
            start = i + 1
    if start < len(doc):
        yield start, len(doc)
