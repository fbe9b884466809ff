"""Units that a number takes over from another: the ends of a move, what it is held against, rates of exchange, lists of shares."""

from __future__ import annotations

import itertools

from dateline.extract.figure_units import currency_named
from dateline.normalize.figure_modifiers import inherits
from dateline.normalize.figure_phrases import NO_PHRASE, borrowed
from dateline.normalize.figure_reading import FigureReading

_BACK = 30  # Words from a currency's name to what it trades at.
_YEARS = frozenset({"year", "month", "week", "quarter", "season", "day"})


def take_units(figures: list[FigureReading]) -> None:
    """Give a bare number the unit that the text leaves out: "from 1,376 square kilometers to 140", "110 km against 95", "53.9 percent to 8.8"."""
    _rates_of_exchange(figures)
    start: FigureReading | None = None
    original: FigureReading | None = None  # Behind a conversion in brackets, what was converted.
    for before, figure in itertools.pairwise(figures):
        if original is None or not inherits(before.candidate, original.candidate):
            original = before
        if figure.candidate.sentence != before.candidate.sentence:
            continue
        if before.change is not None and before.change.role == "change_from":
            start = before
        elif start is not None and start.candidate.sentence != figure.candidate.sentence:
            start = None
        if start is not None and start is not figure and figure.change is not None and figure.change.role == "change_to":
            _take_from_start(start, before, figure)
        _take_from_before(before, figure)
        if _is_bare(figure) and _held_against(figure) and original.unit is not None:
            figure.unit, figure.phrase = original.unit, borrowed(original.phrase)


def _rates_of_exchange(figures: list[FigureReading]) -> None:
    """Give "1,441 to the dollar" the currency that trades at it, and the number that it moves to the same."""
    before: FigureReading | None = None
    for figure in figures:
        candidate, pieces = figure.candidate, figure.candidate.pieces
        if figure.unit is None and pieces.at(candidate.right) in {"to", "against"} and pieces.at(candidate.right + 1) in {"the", "one"}:
            quoted = currency_named(pieces, candidate.right + 2, min(candidate.right + 5, candidate.sentence_last))
            traded = currency_named(pieces, max(candidate.sentence_first, candidate.first - _BACK), candidate.first) if quoted is not None else None
            if traded is not None:
                figure.unit, figure.phrase, figure.traded = traded, NO_PHRASE, True
        elif before is not None and before.traded and before.candidate.sentence == candidate.sentence and figure.unit is None:
            moved = figure.change is not None and figure.change.role == "change_to" and (figure.phrase.item is None or figure.phrase.borrowed)
            if moved:
                figure.unit, figure.phrase, figure.traded = before.unit, NO_PHRASE, True
        before = figure


def _take_from_start(start: FigureReading, before: FigureReading, figure: FigureReading) -> None:
    if figure.unit is None and start.unit is not None:
        figure.unit, figure.phrase = start.unit, borrowed(start.phrase)
    elif start is before and start.unit is None and figure.unit is not None and start.phrase.item is None:
        start.unit, start.phrase = figure.unit, borrowed(figure.phrase)


def _take_from_before(before: FigureReading, figure: FigureReading) -> None:
    """Take the unit of a list that goes on: "2 billion dinars; parliament voted 10 billion", "Georgian Dream 53.9 percent, Strong Georgia 8.8"."""
    pieces = figure.candidate.pieces
    large = figure.candidate.scale >= 1e6 and figure.candidate.rule != "vague"
    money = before.unit is not None and before.unit.dimension == "money"
    if figure.unit is None and large and money and (figure.phrase.item is None or figure.phrase.borrowed):
        figure.unit = before.unit
    if before.unit is None and figure.unit is not None and pieces.lower[before.candidate.right : figure.candidate.left] == ["or"]:
        before.unit = figure.unit  # "8 or $9"
    decimals = "." in pieces.raw(figure.candidate.first) and figure.candidate.rule == "digits" and figure.change is None
    alike = before.unit is not None and before.unit.dimension in {"share", "money"} and "." in pieces.raw(before.candidate.first)
    if figure.unit is None and decimals and alike and (figure.phrase.item is None or figure.phrase.borrowed):
        figure.unit, figure.phrase = before.unit, NO_PHRASE


def _is_bare(figure: FigureReading) -> bool:
    return figure.unit is None and not figure.candidate.age and (figure.phrase.item is None or figure.phrase.borrowed)


def _held_against(figure: FigureReading) -> bool:
    """Return whether a number is what another is held against: "against 95", "down from 14", "compared with 80", "slower than last year's 26"."""
    pieces, at = figure.candidate.pieces, figure.modifier.left - 1
    word, before = pieces.at(at), pieces.at(at - 1)
    if word in {"against", "versus"} or (word == "from" and before in {"up", "down"}) or (word in {"with", "to"} and before == "compared"):
        return True
    return (word.removesuffix("'s").removesuffix("’s") in _YEARS and word[-2:] in {"'s", "’s"}) or (word in {"'s", "’s"} and before in _YEARS)
