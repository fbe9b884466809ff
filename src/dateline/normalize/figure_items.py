"""What a figure counts or measures, in one word: the counted noun, else whose age it is, what a share is of, what an amount is the amount of."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.figure_candidate import change_words
from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_number_words import role
from dateline.extract.figure_units import unit_named
from dateline.extract.figure_vetoes import HYPHENS
from dateline.extract.figure_vetting import person_nouns
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_modifiers import inherits
from dateline.normalize.figure_nouns import class_of, lemma_of
from dateline.normalize.figure_reading import FigureReading, piece_after
from dateline.normalize.figure_tokens import Reading

_AGE_WORDS = word_set("concepts age leads") | {",", "are", "is", "was", "were", "and"}
_AGE_REACH = 9  # Words from a person to the last of several ages.
_LEADS = word_set("items leads")
_MEASURES = word_set("items measures")
_KEPT = word_set("items kept")
_VAGUE = word_set("items vague")
_NOUNS = frozenset({"NN", "NNS"})
_TOLLS = frozenset({"killed", "injured", "missing"})  # "It had killed 52": of whom, no word before says.
_INSIDE = frozenset({"DT", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$", "HYPH", "VBN", "VBG", "CD"})
_AGENTS = frozenset({"person", "soldier", "group", "unit", "captive", "dweller", "nation", "settlement"})


def items_of(reading: Reading, figures: Sequence[FigureReading]) -> list[str | None]:
    """Return by figure the lemma of what is counted or measured, None where the text does not say it in a noun."""
    items: list[str | None] = []
    for index, figure in enumerate(figures):
        if index and inherits(figure.candidate, figures[index - 1].candidate):
            items.append(items[-1] or (_of_noun(reading, figure, figure.candidate.right) if reading.tagged else None))
            items[-2] = items[-2] or items[-1]  # "400 mm (16 inches) of rain"
        else:
            items.append(_item(reading, figure))
    for index in range(len(figures) - 1):
        if figures[index].share and _of_count(figures[index], figures[index + 1]):
            items[index] = items[index + 1]  # "three quarters of the city's 2 million residents"
    return items


def _of_count(figure: FigureReading, following: FigureReading) -> bool:
    """Return whether a share is one of the count behind it."""
    if figure.candidate.sentence != following.candidate.sentence or following.unit is not None:
        return False
    between = figure.candidate.pieces.lower[figure.candidate.right : following.modifier.left]
    owned = bool(between) and (between[-1] in {"'s", "’s", "'", "its", "their", "the"} or between[-1].endswith(("'s", "’s", "s'")))
    return between[:1] == ["of"] and owned and len(between) <= _OWNER


_OWNER = 6  # Words of whose count it is ("of the city of Utopia's").


def _item(reading: Reading, figure: FigureReading) -> str | None:
    item, candidate = figure.phrase.item, figure.candidate
    if candidate.age:
        bare = candidate.right == candidate.last  # "children under 15 make up": what stands behind is no one's age.
        return aged_person(candidate.pieces, candidate.first) if bare or item is None else item
    if figure.multiple:
        return _behind(reading, candidate.pieces, piece_after(figure))
    if figure.share and item is not None and item[0].isupper() and not figure.phrase.borrowed and _names_place(figure):
        return None  # "a fifth of Ukraine"
    named = _named_before(reading, figure) if figure.unit is not None and reading.tagged else None
    if named is not None:
        return named
    if item is not None:
        far = figure.phrase.borrowed and figure.lender is not None and figure.lender.candidate.sentence != candidate.sentence
        return None if far and not figure.part and figure.kind in _TOLLS else item
    if figure.share and figure.part and figure.lender is not None:
        return figure.lender.phrase.item  # "a third of them"
    if figure.unit is None or figure.traded:
        return None
    priced = _priced(figure) if figure.unit.dimension == "money" else None
    if priced is not None or not reading.tagged:
        return priced or (_moved(reading, figure))
    return _measured(reading, figure) or _moved(reading, figure)


def _named_before(reading: Reading, figure: FigureReading) -> str | None:
    """Return the noun of "tariffs of 25 percent were", unless "of" goes on behind the amount ("a deficit of 9 percent of output")."""
    pieces, right = figure.candidate.pieces, figure.candidate.right
    if pieces.at(figure.modifier.left - 1) != "of" or pieces.at(right) in {"of", "in"} or pieces.at(right) in HYPHENS:
        return None
    return _measured(reading, figure)


def _names_place(figure: FigureReading) -> bool:
    return figure.phrase.group in {None, "nation", "area", "settlement"} and figure.candidate.pieces.at(piece_after(figure)) not in {"'s", "’s"}


def _priced(figure: FigureReading) -> str | None:
    """Return what a price is of, where it is told by the piece: "$64 a barrel", "35 pesos a kilo"."""
    pieces, at = figure.candidate.pieces, figure.candidate.right
    if pieces.at(at) not in {"a", "an", "per"}:
        return None
    unit = unit_named(pieces.at(at + 1))
    timed = unit is not None and unit.dimension == "time"
    return lemma_of(pieces.raw(at + 1)) if pieces.at(at + 1).isalpha() and not timed else None


def _measured(reading: Reading, figure: FigureReading) -> str | None:
    """Return the noun an amount belongs to by the words around it: "tariffs of 25 percent", "turnout was 59 percent", "the rate at 2 percent"."""
    doc, pieces = reading.doc, figure.candidate.pieces
    at = reading.at_char(pieces.starts[figure.modifier.left]) - 1
    while at > 0 and doc[at].lower_ in _LEADS and doc[at].lower_ not in _KEPT:
        at -= 1
    if at < 0:
        return None
    if doc[at].tag_ in _NOUNS and figure.unit is not None and figure.unit.dimension == "temperature":
        return lemma_of(doc[at].text).lower()  # "Temperatures near 40 degrees"
    if at < 1:
        return None
    word, before = doc[at].lower_, doc[at - 1]
    if word == "of" or word in _KEPT:
        fits = before.tag_ in _NOUNS and before.lower_ not in _VAGUE and class_of(lemma_of(before.text)) not in _AGENTS
        if fits:
            return lemma_of(before.text).lower()
        return _about(doc, figure) if word in _KEPT else None
    if word in _MEASURES or (figure.change is not None) or change_words().get(word, ("", ""))[1] == "verb":
        return _about(doc, figure)
    if word in {"between", "up"} and before.tag_ in _NOUNS and class_of(lemma_of(before.text)) not in _AGENTS:
        return lemma_of(before.text)
    return None


def _about(doc: Doc, figure: FigureReading) -> str | None:
    """Return the noun that the parse says an amount is about, unless it names or is somebody."""
    noun = next((doc[at] for at in figure.concept if figure.about is not None and lemma_of(doc[at].text) == figure.about), None)
    if noun is None or noun.tag_ not in _NOUNS or class_of(figure.about) in _AGENTS:
        return None
    return figure.about.lower() if figure.about is not None else None


def _moved(reading: Reading, figure: FigureReading) -> str | None:
    """Return what an amount that moved is about, a common noun in lower case even at the head of a sentence."""
    if figure.change is None:
        return None
    return _about(reading.doc, figure) or figure.about


def _of_noun(reading: Reading, figure: FigureReading, right: int) -> str | None:
    """Return the noun of "of ..." behind an amount and its conversion in brackets: "(16 inches) of rain"."""
    pieces = figure.candidate.pieces
    right += pieces.at(right) == ")"
    return _behind(reading, pieces, right + 1) if pieces.at(right) == "of" else None


def _behind(reading: Reading, pieces: Pieces, piece: int) -> str | None:
    """Return the head of the noun phrase that starts at a piece."""
    if not reading.tagged or piece >= len(pieces):
        return None
    doc, head = reading.doc, None
    for at in range(reading.from_char(pieces.starts[piece]), len(doc)):
        token = doc[at]
        if token.tag_ not in _INSIDE or token.is_punct:
            break
        if token.tag_ in _NOUNS:
            head = token
    return lemma_of(head.text) if head is not None else None


def aged_person(pieces: Pieces, first: int) -> str | None:
    """Return whose age a number is: "a driver, 42", "children under 15", "siblings aged 8, 12 and 17"; None behind a name."""
    at = first - 1
    while at > max(0, first - _AGE_REACH) and (pieces.at(at) in _AGE_WORDS or pieces.numeric[at] or role(pieces.at(at))):
        at -= 1
    return lemma_of(pieces.raw(at)) if pieces.at(at) in person_nouns() else None
