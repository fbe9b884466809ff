"""What a number without a unit and a noun of its own measures or counts: see figure_choice for how it is weighed.

"Its quota is 1.468 million; output was 1.767" speaks of barrels, "the youngest victim was two" of years, "we brought in 39" of people. Offered are
the reading as the rules have it (figure_ellipsis, figure_unit_ellipsis), nothing, people, an age, and the nouns and units of the figures before.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.extract.figure_units import Unit, unit_named
from dateline.extract.figure_words import word_set
from dateline.normalize import figure_choice
from dateline.normalize.figure_choice import WORDED, Offer, last_of_each, lines_between, step
from dateline.normalize.figure_measure_wording import Wording, Wordings, form_of
from dateline.normalize.figure_phrases import NO_PHRASE, Phrase, borrowed
from dateline.normalize.figure_reading import NEAR, FigureReading
from dateline.normalize.figure_tokens import Reading

MODEL = "figure_unit"
_UNITS = 7  # Units weighed that figures before have, none among them: the last ones, each once.
_NOUNS = 5  # Nouns weighed that they count, likewise.
_BACK = 40  # Figures looked back over for them; the work stays linear.
_OLDEST = 120
_STRONGEST = 10  # Magnitude that no earthquake reaches.
_COUNTED = Phrase(-1, -1, (), None, "person")
_PERSONS = word_set("reading persons")
_DIMENSIONS = frozenset({"money", "share", "mass", "length", "area", "volume", "temperature", "magnitude", "time"})


@dataclass(frozen=True, slots=True)
class Measure:
    """An answer.

    Attributes:
        name: The unit as reported.
        how: How the figure comes to it: "own", "plain", "people", "age", "lent" a noun or "taken" a unit.
        unit: The unit of measure.
        lender: The figure whose noun it takes over.
        item: That noun, also where the rules lent it.
    """

    name: str
    how: str
    unit: Unit | None = None
    lender: FigureReading | None = None
    item: str | None = None


def is_bare(figure: FigureReading) -> bool:
    """Return whether a number has neither a unit nor a noun of its own."""
    plain = figure.unit is None and not figure.candidate.age and not figure.share and not figure.multiple
    return plain and (figure.phrase.item is None or figure.phrase.borrowed)


def choose_measures(reading: Reading, figures: Sequence[FigureReading], bare: Mapping[int, Phrase]) -> bool:
    """Give bare numbers what they measure or count; return whether any is read otherwise than the rules had it.

    Args:
        reading: The Doc.
        figures: Its figures as the rules read them, with kinds.
        bare: Index of each bare number, and the phrase that it had before the rules looked for a unit.
    """
    if not bare or not reading.tagged:
        return False
    changed = False
    units, nouns = [_unit_of(figure) for figure in figures], [_noun_of(figure) for figure in figures]
    worded = Wordings(reading, figures)
    for index, phrase in bare.items():
        figure = figures[index]
        if index and figures[index - 1].unit is not None and figures[index - 1].candidate.right == figure.candidate.left:
            continue  # "64.2 cents a dozen", "12 ft 2 in": it belongs to the amount before.
        chosen = figure_choice.decide(MODEL, figure, list(_offers(figures, index, phrase, units, nouns, worded)))
        if isinstance(chosen, Measure) and _take(figure, chosen, phrase):
            changed = True
        units[index], nouns[index] = _unit_of(figure), _noun_of(figure)
    return changed


def _unit_of(figure: FigureReading) -> str:
    """Return the unit of measure that a figure can lend, "" for none; ages and durations have their own ways of being told."""
    unit = figure.unit
    return unit.name if unit is not None and unit.dimension != "time" and not figure.candidate.age else ""


def _noun_of(figure: FigureReading) -> str:
    """Return the noun that a figure counts and can lend, "" for none."""
    return figure.phrase.item or "" if figure.unit is None and not figure.candidate.age and not figure.share and not figure.multiple else ""


def _take(figure: FigureReading, measure: Measure, phrase: Phrase) -> bool:
    """Let a figure have what was chosen for it; return whether that changes it."""
    if measure.how == "own":
        if figure.unit is None:
            return False
        figure.unit, figure.phrase, figure.traded = None, phrase, False
        return True
    if measure.how == "taken" and figure.unit == measure.unit:
        return False
    if measure.how == "age":
        figure.candidate = replace(figure.candidate, age=True, unit=measure.unit)
    figure.unit, figure.lender, figure.traded = measure.unit, measure.lender, False
    figure.phrase = borrowed(measure.lender.phrase) if measure.lender is not None else _COUNTED if measure.how == "people" else NO_PHRASE
    return True


def _offers(
    figures: Sequence[FigureReading],
    index: int,
    phrase: Phrase,
    units: Sequence[str],
    nouns: Sequence[str],
    worded: Mapping[int, Wording],
) -> Iterator[Offer[Measure]]:
    figure, words = figures[index], worded[index]
    candidate = figure.candidate
    counted = figure.unit_name if figure.unit is None else "person" if phrase.group in _PERSONS else "count"
    own = f"own {counted} {'lent' if phrase.item is not None else 'bare'}"
    tied = _worded(own, words, phrase.group, figure.unit is None)
    if phrase.item is not None and figure.lender is not None:
        at = next((at for at in range(index - 1, max(-1, index - _BACK), -1) if figures[at] is figure.lender), index - 1)
        tied = (*tied, *_lent(figures, index, at, nouns, worded))
    yield Offer(Measure(counted, "own", item=phrase.item), (), 0.0, tied)
    if phrase.item is not None:
        yield Offer(Measure("count", "plain"), (), 0.0, _worded("plain", words, phrase.group, picked=False))
    if counted == "count":
        yield Offer(Measure("person", "people"), (), 0.0, _worded("people", words, phrase.group, picked=False))
    if candidate.scale == 1 and candidate.rule in {"digits", "words"} and 0 < candidate.low <= _OLDEST:
        yield Offer(Measure("year", "age", unit_named("year")), (), 0.0, _worded("age", words, phrase.group, picked=False))
        if "quake" in words.classes and "magnitude" not in units[max(0, index - _BACK) : index] and candidate.low < _STRONGEST:
            yield Offer(Measure("magnitude", "taken", unit_named("magnitude")), (), 0.0, _worded("magnitude", words, phrase.group, picked=False))
    for at in last_of_each(nouns, index, most=_NOUNS, back=NEAR, also=None):
        lender = figures[at]
        if nouns[at] and nouns[at] != phrase.item:
            tied = _worded(f"lent {lender.unit_name}", words, lender.phrase.group, picked=False)
            measure = Measure(lender.unit_name, "lent", lender=lender, item=nouns[at])
            yield Offer(measure, (), 0.0, (*tied, *_lent(figures, index, at, nouns, worded)))
    picked = figure.unit
    for rank, at in enumerate(last_of_each(units, index, most=_UNITS, back=_BACK, also=None)):
        unit = figures[at].unit
        if unit is None or not units[at]:
            continue
        tied = _worded(_dimension(unit), words, phrase.group, unit == picked)
        apart = _apart("taken", _dimension(unit), *_distance(figures, index, at, units, worded), min(rank, 3))
        yield Offer(Measure(_reported(unit), "taken", unit), (), 0.0, (*tied, *apart))
        if unit == picked:
            picked = None
    if picked is not None:  # A rule found it elsewhere: behind the number, or by the noun.
        tied = _worded(_dimension(picked), words, phrase.group, picked=True)
        yield Offer(Measure(_reported(picked), "taken", picked), (), 0.0, (*tied, "found"))


def _lent(figures: Sequence[FigureReading], index: int, at: int, nouns: Sequence[str], worded: Mapping[int, Wording]) -> tuple[str, ...]:
    return _apart("lent", figures[at].phrase.group or "thing", *_distance(figures, index, at, nouns, worded), -1)


def _distance(
    figures: Sequence[FigureReading], index: int, at: int, names: Sequence[str], worded: Mapping[int, Wording]
) -> tuple[str, str, int, str, bool, bool, bool, bool, str, str]:
    """Return how a figure stands to the one that lends it a unit or noun."""
    figure, lender, words = figures[index], figures[at], worded[index]
    return (
        step(index - at, (1, 2, 4, 8)),
        step(figure.candidate.sentence - lender.candidate.sentence, (0, 1, 3)),
        lines_between(figure.candidate.pieces.text, lender.candidate.end, figure.candidate.start),
        _ratio(figure, lender),
        form_of(figure) == form_of(lender),
        words.nouns[0] != "" and words.nouns[0] in worded[at].nouns,
        not any(names[at + 1 : index]),
        words.left == worded[at].left,
        worded[at].role,
        words.role,
    )


def _reported(unit: Unit) -> str:
    return "degree" if unit.dimension == "temperature" else unit.name


def _dimension(unit: Unit) -> str:
    return unit.dimension if unit.dimension in _DIMENSIONS else "measure"


def _ratio(figure: FigureReading, lender: FigureReading) -> str:
    """Return by how many powers of ten two numbers lie apart."""
    a, b = abs(figure.candidate.low), abs(lender.candidate.low)
    ratio = a / b if b else 0.0
    return step(round(2 * abs(math.log10(ratio))), (0, 1, 2, 4)) if 0 < ratio < math.inf else "none"


# The features are made of few values each, so the same ones come again and again: they are put into words once.
@lru_cache(maxsize=WORDED)
def _worded(what: str, words: Wording, group: str | None, picked: bool) -> tuple[str, ...]:
    return (
        what,
        f"{what} pick {'yes' if picked else 'no'}",
        f"any pick {'yes' if picked else 'no'}",
        f"{what} left {words.left}",
        f"{what} right {words.right}",
        f"{what} form {words.form}",
        f"{what} left {words.left} form {words.form}",
        f"{what} class {words.classes[0]}",
        f"{what} class {words.classes[0]} left {words.left}",
        f"{what} second {words.classes[1]}",
        f"{what} verb {words.verb}",
        f"{what} role {words.role}",
        f"{what} group {group}",
        f"{what} group {group} right {words.right}",
    )


@lru_cache(maxsize=WORDED)
def _apart(
    how: str,
    what: str,
    far: str,
    back: str,
    lines: int,
    ratio: str,
    same_form: bool,
    same_noun: bool,
    directly: bool,
    same_left: bool,
    lender_role: str,
    role: str,
    rank: int,
) -> tuple[str, ...]:
    return (
        how,
        f"{how} far {far} back {back}",
        f"{how} {what} back {back}",
        f"{how} {what} far {far}",
        f"{how} lines {lines}",
        f"{how} rank {rank}",
        f"{how} ratio {ratio}",
        f"{how} {what} ratio {ratio}",
        f"{how} form {same_form} ratio {ratio}",
        f"{how} noun {same_noun} back {back}",
        f"{how} directly {directly} back {back}",
        f"{how} left {same_left} back {back}",
        f"{how} role {lender_role} {role}",
    )
