"""What a figure counts or measures, in one word: the counted noun, else whose age it is, what a share is of, what an amount is the amount of."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_number_words import role
from dateline.extract.figure_vetting import person_nouns
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_nouns import lemma_of
from dateline.normalize.figure_reading import FigureReading

_AGE_WORDS = word_set("concepts age leads") | {",", "are", "is", "was", "were", "and"}
_AGE_REACH = 9  # Words from a person to the last of several ages.


def item_of(doc: Doc, reading: FigureReading) -> str | None:
    """Return the lemma of what is counted or measured, None where the text does not say it in a noun."""
    if reading.phrase.item is not None:
        return reading.phrase.item
    if reading.candidate.age:
        return aged_person(reading.candidate.pieces, reading.candidate.first)
    moved = reading.change is not None or (reading.unit is not None and reading.unit.dimension in {"temperature", "magnitude"})
    return reading.about if reading.unit is not None and moved else None


def aged_person(pieces: Pieces, first: int) -> str | None:
    """Return whose age a number is: "a driver, 42", "children under 15", "siblings aged 8, 12 and 17"; None behind a name."""
    at = first - 1
    while at > max(0, first - _AGE_REACH) and (pieces.at(at) in _AGE_WORDS or pieces.numeric[at] or role(pieces.at(at))):
        at -= 1
    return lemma_of(pieces.raw(at)) if pieces.at(at) in person_nouns() else None
