"""Sentence borders that layout and spelling decide, before the parser decides the rest.

A blank line, a list bullet or a newline after a full stop always starts a sentence; the parser then cannot join a headline to the first paragraph.
Within a line no sentence starts at a small letter behind a word or behind a closed quotation, at a weekday or month behind a word ("told reporters
Friday"), at the number of "No. 5", at a mark that closes, or behind a dateline's dash: there the parser now and then cuts a sentence in two. What
goes on for hundreds of words without a full stop is cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any, cast

import numpy
from spacy.attrs import IS_ALPHA, IS_LOWER, IS_PUNCT, IS_SPACE, ORTH, SENT_START, SPACY  # type: ignore[import-not-found]  # A Cython module without stubs.
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc

from dateline import resources

Bits = numpy.ndarray[Any, numpy.dtype[Any]]
_BULLETS = frozenset("•‣▪●◦*-–—·")
_CLOSED = frozenset(".!?:;\"”’')…")
_CLOSING = frozenset("\"”’'»")
# Tokens without a full stop; what reads a sentence asks its words about each other, and would take hours for one of 100,000. None of 13,900 texts of
# news, letters and encyclopaedias has as many.
LONGEST = 250
_STOPS = (".", "!", "?", "…", "...")
# Behind which a number does not start a sentence; the full stop may be a token of its own.
_NUMBERED = re.compile(r"\b(?:No|Nos|no|nos)\.$")
# "KYIV, Ukraine, Aug. 5 (Reuters) -" at the start of a line.
_DATELINE = re.compile(r"^[^\S\n]*[A-Z][A-Z.'’-]{2,}[^\n!?;]{0,60}[^\S\n][-–—]+(?=[^\S\n])", re.MULTILINE)


@cache
def _ids(*words: str) -> Bits:
    return numpy.array([get_string_id(word) for word in words], dtype="uint64")


@cache
def day_words() -> tuple[str, ...]:
    """Return the names of weekdays and months, capitalized."""
    return tuple(row["word"].capitalize() for row in resources.rows("time_words.csv") if row["role"] in {"WEEKDAY", "MONTH"})


def mark_lines(doc: Doc) -> Doc:
    """Set `is_sent_start`: True where the layout starts a sentence, False where the spelling shows that none starts."""
    if not len(doc):
        return doc
    space = doc.to_array([IS_SPACE]).astype(bool)
    starts = doc.to_array([SENT_START]).astype("int64")
    for i in numpy.flatnonzero(space).tolist():
        if _starts_after(doc, i):
            starts[i + 1] = 1
    starts[_barred(doc, space)] = -1
    starts[_endless(doc, starts)] = 1
    doc.from_array([SENT_START], cast(Any, starts.astype("uint64")))
    return doc


def _barred(doc: Doc, space: Bits) -> Bits:
    """Return, token by token, whether the spelling shows that no sentence starts there."""
    orth, after = doc.to_array([ORTH]), doc.to_array([SPACY]).astype(bool)
    alpha, lower, punct = doc.to_array([IS_ALPHA, IS_LOWER, IS_PUNCT]).astype(bool).T
    small, behind_word, tight = alpha & lower, _shifted(~(punct | space)), _shifted(~after)
    after[-1] = True
    closing = numpy.isin(orth, _ids(*_CLOSING)) & tight & after
    barred = (small | numpy.isin(orth, _ids(*day_words()))) & behind_word
    barred |= closing | (small & _shifted(closing)) | numpy.isin(orth, _ids(",", ";"))
    barred[0] = False
    text = doc.text
    if "o. " in text or "os. " in text:
        for token in doc[1:]:
            barred[token.i] |= token.text[0].isdigit() and bool(_NUMBERED.search(doc[max(token.i - 2, 0) : token.i].text))
    for match in _DATELINE.finditer(text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and span.end < len(doc):
            barred[span.end] = True
    return cast(Bits, barred)


def _endless(doc: Doc, starts: Bits) -> Bits:
    """Return the tokens at which what goes on without a full stop or a start is cut: a list of thousands of numbers, also one with "5. 6. 7."."""
    ends = (numpy.isin(doc.to_array([ORTH]), _ids(*_STOPS)) & _shifted(doc.to_array([IS_ALPHA]).astype(bool))) | (starts == 1)
    borders = numpy.concatenate([[-1], numpy.flatnonzero(ends), [len(doc)]])
    cuts = [numpy.arange(begin + LONGEST, end - 1, LONGEST) for begin, end in pairwise(borders.tolist()) if end - begin > LONGEST + 1]
    return numpy.concatenate(cuts) if cuts else numpy.zeros(0, dtype="int64")


def _shifted(marks: Bits) -> Bits:
    """Return each token's predecessor's mark; the first has none."""
    shifted: Bits = numpy.concatenate([[False], marks[:-1]])
    return shifted


def _starts_after(doc: Doc, i: int) -> bool:
    """Return whether the layout starts a sentence behind a token of space."""
    breaks, following = doc[i].text.count("\n"), i + 1
    if not breaks or following >= len(doc) or doc[following].is_space:
        return False
    last = i - 1
    while last >= 0 and doc[last].is_space:
        last -= 1
    return last >= 0 and (breaks > 1 or doc[last].text[-1] in _CLOSED or doc[following].text in _BULLETS)


@Language.factory("dateline_lines")
def make_lines(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component form of `mark_lines`; stands before the parser or senter."""
    return mark_lines
