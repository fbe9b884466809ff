"""Sentence borders that layout and spelling decide, before the parser decides the rest.

A blank line, a list bullet or a newline after a full stop always starts a sentence; the parser then cannot join a headline to the first paragraph.
Within a line no sentence starts at a small letter behind a word or behind a closed quotation, at a weekday or month behind a word ("told reporters
Friday"), at the number of "No. 5", at a mark that closes, or behind a dateline's dash: there the parser now and then cuts a sentence in two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import numpy
from spacy.attrs import IS_ALPHA, IS_LOWER, IS_PUNCT, IS_SPACE  # type: ignore[import-not-found]  # A Cython module without stubs.
from spacy.language import Language
from spacy.tokens import Doc

from dateline import resources

_BULLETS = frozenset("•‣▪●◦*-–—·")
_CLOSED = frozenset(".!?:;\"”’')…")
_CLOSING = frozenset("\"”’'»")
# Behind which a number does not start a sentence; the full stop may be a token of its own.
_NUMBERED = re.compile(r"\b(?:No|Nos|no|nos)\.$")
# "KYIV, Ukraine, Aug. 5 (Reuters) -" at the start of a line.
_DATELINE = re.compile(r"^[^\S\n]*[A-Z][A-Z.'’-]{2,}[^\n!?;]{0,60}[^\S\n][-–—]+(?=[^\S\n])", re.MULTILINE)


@cache
def day_words() -> frozenset[str]:
    """Return the names of weekdays and months, capitalized."""
    return frozenset(row["word"].capitalize() for row in resources.rows("time_words.csv") if row["role"] in {"WEEKDAY", "MONTH"})


def mark_lines(doc: Doc) -> Doc:
    """Set `is_sent_start`: True where the layout starts a sentence, False where the spelling shows that none starts."""
    if not len(doc):
        return doc
    alpha, lower, punct, space = doc.to_array([IS_ALPHA, IS_LOWER, IS_PUNCT, IS_SPACE]).astype(bool).T
    for i in numpy.flatnonzero(space).tolist():
        _mark_after_space(doc, i)
    behind_word = ~(punct | space)[:-1]
    for i in (numpy.flatnonzero(alpha[1:] & lower[1:] & behind_word) + 1).tolist():
        doc[i].is_sent_start = False
    for i in (numpy.flatnonzero(behind_word & ~lower[1:] & alpha[1:]) + 1).tolist():
        if doc[i].text in day_words():
            doc[i].is_sent_start = False
    for i in (numpy.flatnonzero(punct[1:] & ~space[:-1]) + 1).tolist():
        _mark_at_quote(doc, i)
    if "o. " in doc.text or "os. " in doc.text:
        for token in doc[1:]:
            if token.text[0].isdigit() and _NUMBERED.search(doc[max(token.i - 2, 0) : token.i].text):
                token.is_sent_start = False
    for match in _DATELINE.finditer(doc.text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and span.end < len(doc):
            doc[span.end].is_sent_start = False
    return doc


def _mark_after_space(doc: Doc, i: int) -> None:
    breaks, following = doc[i].text.count("\n"), i + 1
    if not breaks or following >= len(doc) or doc[following].is_space:
        return
    last = i - 1
    while last >= 0 and doc[last].is_space:
        last -= 1
    if last >= 0 and (breaks > 1 or doc[last].text[-1] in _CLOSED or doc[following].text in _BULLETS):
        doc[following].is_sent_start = True


def _mark_at_quote(doc: Doc, i: int) -> None:
    """Look at a mark that is not the first of its line: does it close what stands before, and does the sentence go on behind it."""
    if doc[i].text in _CLOSING and not doc[i - 1].whitespace_ and (doc[i].whitespace_ or i + 1 == len(doc)):
        doc[i].is_sent_start = False
        if i + 1 < len(doc) and doc[i + 1].is_alpha and doc[i + 1].is_lower:
            doc[i + 1].is_sent_start = False
    elif doc[i].text in {",", ";"}:
        doc[i].is_sent_start = False


@Language.factory("dateline_lines")
def make_lines(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component form of `mark_lines`; stands before the parser or senter."""
    return mark_lines
