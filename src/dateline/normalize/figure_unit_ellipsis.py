"""Units that a number takes over from another: the ends of a move, what it is held against, rates of exchange, lists of shares."""

from __future__ import annotations

import itertools

from dateline.extract.figure_units import Unit, currency_named, unit_named
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_modifiers import inherits
from dateline.normalize.figure_phrases import NO_PHRASE, borrowed
from dateline.normalize.figure_reading import FigureReading

_BACK = 30  # Words from a currency's name to what it trades at.
_QUAKES = word_set("units quakes")
_RESUMED = word_set("units resumed")
_TRADING = word_set("units trading")
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
            if _is_bare(figure) and before.unit is not None and _is_resumed(before, figure):
                figure.unit, figure.phrase = before.unit, borrowed(before.phrase)
            continue
        if before.change is not None and before.change.role == "change_from":
            start = before
        elif start is not None and start.candidate.sentence != figure.candidate.sentence:
            start = None
        if start is not None and start is not figure and figure.change is not None and figure.change.role == "change_to":
            _take_from_start(start, before, figure)
        _take_from_before(before, figure)
        if _is_bare(figure) and figure.phrase.item in _QUAKES and "." in figure.candidate.pieces.raw(figure.candidate.first):
            figure.unit, figure.phrase = unit_named("magnitude"), NO_PHRASE  # "six aftershocks, the strongest of 5.1"
        if _is_bare(figure) and before.unit is not None and _goes_on(before.unit, figure):
            figure.unit, figure.phrase = before.unit, borrowed(before.phrase)
        if _is_bare(figure) and (_held_against(figure) or _is_more_of(original, figure)) and original.unit is not None:
            figure.unit, figure.phrase = original.unit, borrowed(original.phrase)


def _rates_of_exchange(figures: list[FigureReading]) -> None:
    """Give "1,441 to the dollar" the currency that trades at it, and the numbers that it moves from or to the same."""
    before: FigureReading | None = None
    rate: FigureReading | None = None
    for index, figure in enumerate(figures):
        candidate, pieces = figure.candidate, figure.candidate.pieces
        here = before is not None and before.candidate.sentence == candidate.sentence
        if figure.unit is None and (quoted := _quoted_in(figure)) is not None:
            traded = currency_named(pieces, max(candidate.sentence_first, candidate.first - _BACK), candidate.first)
            if traded is not None and traded != quoted:
                _trade(figure, traded)
                if before is not None and here and before.unit is None and _stands_behind(before, "from") and _stands_behind(figure, "to"):
                    _trade(before, traded)
        elif before is not None and here and before.traded and figure.unit is None and _moves(figure):
            _trade(figure, before.unit)
        elif rate is not None and figure.unit is None and figures[index - 1] is rate and _is_quoted(figure):
            _trade(figure, rate.unit)  # "On the parallel market dealers quoted it at 1,510."
        before = figure
        rate = figure if figure.traded else rate


def _quoted_in(figure: FigureReading) -> Unit | None:
    """Return the currency that a rate is given for: "to the dollar", "against one euro", "per U.S. dollar"."""
    pieces, right = figure.candidate.pieces, figure.candidate.right
    last = min(right + 5, figure.candidate.sentence_last)
    if pieces.at(right) in {"to", "against", "for"} and pieces.at(right + 1) in {"the", "one", "a"}:
        return currency_named(pieces, right + 2, last)
    return currency_named(pieces, right + 1, min(right + 4, last)) if pieces.at(right) == "per" else None


def _stands_behind(figure: FigureReading, word: str) -> bool:
    return figure.candidate.pieces.at(figure.modifier.left - 1) == word


def _moves(figure: FigureReading) -> bool:
    """Return whether a number that counts nothing of its own is an end of a move."""
    moved = _stands_behind(figure, "from") or (figure.change is not None and figure.change.role == "change_to")
    return moved and (figure.phrase.item is None or figure.phrase.borrowed)


def _is_quoted(figure: FigureReading) -> bool:
    """Return whether "at" with a verb of trading stands before a number ("changed hands at", "quoted it at")."""
    pieces, at = figure.candidate.pieces, figure.modifier.left - 1
    return pieces.at(at) == "at" and not _TRADING.isdisjoint(pieces.lower[max(figure.candidate.sentence_first, at - 5) : at])


def _trade(figure: FigureReading, unit: Unit | None) -> None:
    figure.unit, figure.phrase, figure.traded = unit, NO_PHRASE, True


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


def _goes_on(unit: Unit, figure: FigureReading) -> bool:
    """Return whether a price or a speed follows another: "a seat that cost 8,000 francs now costs 25,000", "winds of 95 km/h and gusts up to 120"."""
    pieces, at = figure.candidate.pieces, figure.modifier.left - 1
    if unit.dimension == "money":
        return pieces.at(at) in _PRICING
    return unit.dimension == "speed" and not {"gust", "gusts", "gusting", "winds"}.isdisjoint(pieces.lower[at - 3 : at + 1])


_PRICING = word_set("units pricing")


def _is_bare(figure: FigureReading) -> bool:
    return figure.unit is None and not figure.candidate.age and (figure.phrase.item is None or figure.phrase.borrowed)


def _is_more_of(before: FigureReading, figure: FigureReading) -> bool:
    """Return whether a number is more, a part, or the former state of the amount before it: "another 4", "of which 195", "664 of that"."""
    pieces, at = figure.candidate.pieces, figure.modifier.left - 1
    if before.change is not None and before.change.role == "change_to" and figure.change is not None and figure.change.role == "change_from":
        return True  # "fell to 8.6 million tonnes from 9.4 million"
    part = pieces.lower[at - 1 : at + 1] == ["of", "which"] or pieces.lower[figure.candidate.right : figure.candidate.right + 2] == ["of", "that"]
    return part or pieces.at(at) in {"another", "further"}


def _is_resumed(before: FigureReading, figure: FigureReading) -> bool:
    """Return whether a sentence says the amount of the one before anew: "Stocks fell to 260,000 tonnes. At the last count it was 410,000."."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    if candidate.sentence != before.candidate.sentence + 1 or pieces.at(candidate.right)[:1].isalnum():
        return False
    at = figure.modifier.left - 1
    at -= pieces.at(at) == "at"
    while pieces.at(at) in _RESUMED:
        at -= 1
    return pieces.at(at) == "it" and at < figure.modifier.left - 1


def _held_against(figure: FigureReading) -> bool:
    """Return whether a number is what another is held against: "against 95", "down from 14", "compared with 80", "slower than last year's 26"."""
    pieces, at = figure.candidate.pieces, figure.modifier.left - 1
    word, before = pieces.at(at), pieces.at(at - 1)
    if word in {"against", "versus"} or (word == "from" and before in {"up", "down"}) or (word in {"with", "to"} and before == "compared"):
        return True
    return (word.removesuffix("'s").removesuffix("’s") in _YEARS and word[-2:] in {"'s", "’s"}) or (word in {"'s", "’s"} and before in _YEARS)
