"""When words of parts are shares: "half of", "nearly a third", and when they are not: the second half, a third attack, a quarter of the year."""

from __future__ import annotations

from functools import cache

from dateline.extract import figure_vetoes as vetoes
from dateline.extract.figure_lexer import Phrases, Pieces
from dateline.extract.figure_number_words import role
from dateline.extract.figure_units import unit_after
from dateline.extract.figure_words import word_set
from dateline.resources import rows


@cache
def modifiers_before() -> Phrases[str]:
    return Phrases(((row["phrase"], row["approx"]) for row in rows("modifiers.csv") if row["side"] == "before"), backwards=True)


def is_share(pieces: Pieces, first: int, last: int, sentence: int) -> bool:
    """Return whether "half", "a third" are shares here, and not the second half, a quarter of the year, or an ordinal."""
    before = pieces.at(first - 1) if first > sentence else ""
    after = pieces.at(last)
    if after in vetoes.HYPHENS and pieces.glued(last):
        return last - first > 1 and after == "-" and role(pieces.at(first)) in {"unit", "teen"}
    modified = first > sentence and modifiers_before().match(pieces, first - 1) is not None
    word = pieces.at(last - 1)
    if word == "half" and last - first == 1:
        if before in _HALF_NAMES or after in _HALF_AFTER:
            return False
        unit = unit_after(pieces, last + 1, from_digits=False) if after in {"a", "an"} else unit_after(pieces, last, from_digits=False)
        if unit is not None:
            return unit.unit.dimension != "time"
        return modified or after in _SHARE_AFTER or before in {"by", "nearly", "than"}
    if last - first == 1:
        return False
    if pieces.at(first) in {"a", "an"}:
        return after == "of" or modified or before == "by" or (after in _SHARE_AFTER and word not in {"half", "second"}) or not after.isalpha()
    return before not in {"last", "past", "next", "first", "previous", "these", "those"} or after == "of"


_HALF_NAMES = word_set("shares half names")

_HALF_AFTER = word_set("shares half after")

_SHARE_AFTER = word_set("shares after") | frozenset({".", ",", ";", ")", "'", '"', "”", "’"})
