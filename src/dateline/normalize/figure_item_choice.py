"""Which noun says what a figure counts or measures, or none: see figure_choice for how it is weighed.

Rules (figure_items) find the noun that the build of a sentence gives; where it is built otherwise ("Turnout, 71.6 percent", "Complaints went the
other way, to 4,086"), the nouns around the number and those of the figures before are weighed against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from dateline.normalize import figure_choice
from dateline.normalize.figure_choice import WORDED, Offer
from dateline.normalize.figure_modifiers import inherits
from dateline.normalize.figure_nouns import class_of, lemma_of
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_tokens import Reading, within

MODEL = "figure_item"
_LEFT, _RIGHT = 14, 8  # Tokens looked at to either side of a number, in its sentence.
_NOUNS = 3  # Nouns weighed to either side.
_BEFORE = 3  # Figures before whose nouns are weighed.
_GO_ON = frozenset({"NN", "NNS"})  # Behind a noun: it only says what sort of the next one is meant.
_LINKS = frozenset("a an the of at to from in on for by with than and or but , ; : ( is are was were be been who that which per as".split())


def choose_items(reading: Reading, figures: Sequence[FigureReading], proposed: Sequence[str | None]) -> list[str | None]:
    """Return the noun of each figure, in order; `proposed` is what the rules say."""
    if not reading.tagged:
        return list(proposed)
    items: list[str | None] = []
    for index, figure in enumerate(figures):
        if index and inherits(figure.candidate, figures[index - 1].candidate):
            items.append(items[-1])
            continue
        if figure.multiple:  # "seven times its usual load": the noun follows.
            items.append(proposed[index])
            continue
        offers = _offers(reading, figures, index, proposed[index], items)
        chosen = figure_choice.decide(MODEL, figure, offers)
        items.append(chosen if isinstance(chosen, str) else None)
    return items


def _offers(reading: Reading, figures: Sequence[FigureReading], index: int, proposed: str | None, items: Sequence[str | None]) -> list[Offer[str]]:
    figure = figures[index]
    sort, kind = _sort(figure), figure.kind
    left, right = _around(figure)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for where, noun in _nouns(reading, figure):
        found[noun].append(where)
    if figure.about is not None:
        found[figure.about if figure.about.isupper() else figure.about.lower()].append("about")
    if figure.phrase.item is not None:
        found[figure.phrase.item].append("borrowed" if figure.phrase.borrowed else "phrase")
    for far, item in enumerate(reversed(items[-_BEFORE:])):
        if item is not None:
            found[item].append(f"before {far}")
    if proposed is not None:
        found[proposed].append("pick yes")
    before = None if not items else items[-1]
    same = index > 0 and figures[index - 1].candidate.sentence == figure.candidate.sentence
    offers: list[Offer[str]] = [Offer(None, (), 0.0, _none(sort, kind, left, right, proposed is not None, before is not None, same))]
    for noun, places in found.items():
        group = class_of(noun) or ("Name" if noun[:1].isupper() else "other")
        alike = same and index > 0 and _sort(figures[index - 1]) == sort
        tied = [feature for place in places for feature in _placed(place, sort, kind)]
        offers.append(Offer(noun, (), 0.0, [*tied, *_named(noun, group, sort, alike and noun == before)]))
    return offers


def _sort(figure: FigureReading) -> str:
    """Return what sort of figure it is: an age, a share, an amount by its dimension, a count with or without a noun of its own."""
    if figure.candidate.age:
        return "age"
    if figure.unit is not None and figure.unit.dimension != "share":
        return figure.unit.dimension
    if figure.share:
        return "share"
    return "bare" if figure.phrase.item is None else "lent" if figure.phrase.borrowed else "count"


def _around(figure: FigureReading) -> tuple[str, str]:
    candidate, pieces = figure.candidate, figure.candidate.pieces
    left = pieces.at(figure.modifier.left - 1) if figure.modifier.left > candidate.sentence_first else "."
    right = pieces.at(candidate.right) if candidate.right < candidate.sentence_last else "."
    return left if left in _LINKS or left == "." else "other", right if right in _LINKS or right == "." else "other"


def _nouns(reading: Reading, figure: FigureReading) -> list[tuple[str, str]]:
    """Return place and lemma of the common nouns around a number in its sentence."""
    doc, pieces, candidate = reading.doc, figure.candidate.pieces, figure.candidate
    first, last = reading.at_char(pieces.starts[figure.modifier.left]), reading.from_char(pieces.ends[candidate.right - 1])
    begin = max(reading.at_char(pieces.starts[candidate.sentence_first]), first - _LEFT)
    end = min(reading.from_char(pieces.ends[candidate.sentence_last - 1]), last + _RIGHT)
    found = []
    for side, nouns in (("left", reversed(within(reading.nouns, begin, first))), ("right", iter(within(reading.nouns, last, end)))):
        rank = 0
        for at in nouns:
            token = doc[at]
            if (at + 1 < len(doc) and doc[at + 1].tag_ in _GO_ON) or not token.is_alpha:
                continue
            rank += 1
            found.append((f"{side} {rank}", lemma_of(token.lower_)))
            if rank == _NOUNS:
                break
    return found


# The features are made of few values each, so the same ones come again and again: they are put into words once.
@lru_cache(maxsize=WORDED)
def _none(sort: str, kind: str, left: str, right: str, proposed: bool, before: bool, same: bool) -> tuple[str, ...]:
    pick = "no" if proposed else "yes"
    return (
        "none",
        f"none pick {pick}",
        f"none {sort} pick {pick}",
        f"none {sort} {kind} pick {pick}",
        f"none {kind}",
        f"none left {left} {sort}",
        f"none right {right} {sort}",
        f"none before {before} same {same}",
        f"none before {before} same {same} {sort}",
    )


@lru_cache(maxsize=WORDED)
def _placed(place: str, sort: str, kind: str) -> tuple[str, ...]:
    if place == "pick yes":
        return (place, f"{sort} {place}", f"{sort} {kind} {place}")
    return (place, f"{place} {sort}", f"{place} {kind}")


@lru_cache(maxsize=WORDED)
def _named(noun: str, group: str, sort: str, again: bool) -> tuple[str, ...]:
    return ("noun", f"noun {sort}", f"class {group}", f"class {group} {sort}", f"word {noun}", f"word {noun} {sort}", f"again {again} {sort}")
