"""What a number is when it has been found and not yet given a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_units import Unit
from dateline.resources import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCandidate:
    """A number as found, before it is given a meaning.

    Attributes:
        start: Characters of the number expression, without unit and modifier.
        rule: Name of the form: digits, words, vague, fraction, ratio, range.
        low: Lower end of the value as written; `high` its upper end, None for a vague plural.
        scale: Factor that the words carry ("million" 1e6).
        unit: Unit written beside it.
        first: Pieces [first, last) are the number, [left, right) the number with currency and unit.
        sentence: Index of the sentence; pieces [sentence_first, sentence_last) are its.
        change: "from" or "to" where two figures tell a move ("rose from 12 to 17"), else "".
        age: Whether it tells how old somebody or something is.
        veto: Why it is no figure, None when it is one.
    """

    start: int
    end: int
    rule: str
    low: float
    high: float | None
    scale: float
    unit: Unit | None
    first: int
    last: int
    left: int
    right: int
    sentence: int
    sentence_first: int
    sentence_last: int
    pieces: Pieces = field(repr=False)
    change: str = ""
    age: bool = False
    veto: str | None = None


@cache
def change_words() -> dict[str, tuple[str, str]]:
    """Return (trend, kind) of the words that say that a quantity moved."""
    return {row["word"]: (row["trend"], row["kind"]) for row in rows("change_words.csv")}
