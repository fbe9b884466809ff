"""What a number without a unit and a noun of its own measures or counts: see figure_choice for how it is weighed.

"Its quota is 1.468 million; output was 1.767" speaks of barrels, "the youngest victim was two" of years, "we brought in 39" of people. Offered are
the reading as the rules have it (figure_ellipsis, figure_unit_ellipsis), nothing, people, an age, and the nouns and units of the figures before.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dateline.extract.figure_units import Unit, unit_named
from dateline.extract.figure_words import word_set
from dateline.normalize import figure_choice
from dateline.normalize.figure_choice import WORDED, Offer, last_of_each, lines_between, step
from dateline.normalize.figure_nouns import class_of, lemma_of
from dateline.normalize.figure_phrases import NO_PHRASE, Phrase, borrowed
from dateline.normalize.figure_reading import NEAR, FigureReading
from dateline.normalize.figure_tokens import Reading, within

MODEL = "figure_unit"
_UNITS = 7  # Units weighed that figures before have, none among them: the last ones, each once.
_NOUNS = 5  # Nouns weighed that they count, likewise.
_BACK = 40  # Figures looked back over for them; the work stays linear.
_WORDS = 12  # Words looked back over for nouns and verb.
_OLDEST = 120
_STRONGEST = 10  # Magnitude that no earthquake reaches.
_COUNTED = Phrase(-1, -1, (), None, "person")
_PERSONS = word_set("reading persons")
_DIMENSIONS = frozenset({"money", "share", "mass", "length", "area", "volume", "temperature", "magnitude", "time"})
_LEFT = frozenset(
    "a an the of at to from in on for by with than and or but , ; : . ( is are was were be been put got get gets costs cost only some".split()
)
_RIGHT = frozenset(", . ; : ) and or but of in on at to from for a an per by with were was are have had who more less this last now then".split())
_AMOUNTS = {lemma: name for name in ("money", "share", "size", "warmth", "quake") for lemma in word_set(f"measure {name} nouns")}


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


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a bare number is written, and among which words."""

    left: str
    right: str
    form: str
    nouns: tuple[str, str] = field(compare=False)  # Of no account for the words put down below.
    classes: tuple[str, str]
    verb: str
    role: str


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
    worded = _Wordings(reading, figures)
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


class _Wordings(dict[int, _Wording]):
    """How figures are written, each worked out when it is first asked for."""

    def __init__(self, reading: Reading, figures: Sequence[FigureReading]) -> None:
        super().__init__()
        self._reading = reading
        self._figures = figures

    def __missing__(self, index: int) -> _Wording:
        return self.setdefault(index, _wording_of(self._reading, self._figures[index]))


def _offers(
    figures: Sequence[FigureReading],
    index: int,
    phrase: Phrase,
    units: Sequence[str],
    nouns: Sequence[str],
    worded: Mapping[int, _Wording],
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
        if "quake" in words.classes and "magnitude" not in units[:index] and candidate.low < _STRONGEST:
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


def _lent(figures: Sequence[FigureReading], index: int, at: int, nouns: Sequence[str], worded: Mapping[int, _Wording]) -> tuple[str, ...]:
    return _apart("lent", figures[at].phrase.group or "thing", *_distance(figures, index, at, nouns, worded), -1)


def _distance(
    figures: Sequence[FigureReading], index: int, at: int, names: Sequence[str], worded: Mapping[int, _Wording]
) -> tuple[str, str, int, str, bool, bool, bool, bool, str, str]:
    """Return how a figure stands to the one that lends it a unit or noun."""
    figure, lender, words = figures[index], figures[at], worded[index]
    return (
        step(index - at, (1, 2, 4, 8)),
        step(figure.candidate.sentence - lender.candidate.sentence, (0, 1, 3)),
        lines_between(figure.candidate.pieces.text, lender.candidate.end, figure.candidate.start),
        _ratio(figure, lender),
        _form(figure) == _form(lender),
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


def _wording_of(reading: Reading, figure: FigureReading) -> _Wording:
    candidate, pieces = figure.candidate, figure.candidate.pieces
    nouns, verb = _before(reading, figure)
    right = pieces.at(candidate.right) if candidate.right < candidate.sentence_last else "."
    return _Wording(
        _left(figure),
        right if right in _RIGHT else "other",
        _form(figure),
        (nouns[0], nouns[1]),
        (_noun_class(nouns[0]), _noun_class(nouns[1])),
        verb,
        figure.change.role if figure.change is not None else "",
    )


def _left(figure: FigureReading) -> str:
    pieces, at = figure.candidate.pieces, figure.modifier.left - 1
    word = pieces.at(at) if at >= figure.candidate.sentence_first else ""
    return word if word in _LEFT or not word else "other"


def _before(reading: Reading, figure: FigureReading) -> tuple[list[str], str]:
    """Return the lemmas of the last two nouns before a number in its sentence ("" for none, "Name" for names), and the verb."""
    doc, pieces = reading.doc, figure.candidate.pieces
    last = reading.at_char(pieces.starts[figure.modifier.left])
    first = max(reading.at_char(pieces.starts[figure.candidate.sentence_first]), last - _WORDS)
    nouns = [(at, lemma_of(doc[at].lower_)) for at in within(reading.nouns, first, last)[-2:]]
    nouns += [(at, "Name") for at in within(reading.names, first, last)[-2:]]
    found = [noun for _, noun in sorted(nouns, reverse=True)]
    verb = "".join(doc[at].lemma_ or doc[at].lower_ for at in within(reading.verbs, first, last)[-1:])
    return [*found, "", ""][:2], verb


def _noun_class(noun: str) -> str:
    return _AMOUNTS.get(noun) or ("name" if noun == "Name" else "" if not noun else class_of(noun) or "other")


def _form(figure: FigureReading) -> str:
    candidate = figure.candidate
    if candidate.scale >= 1e6:
        return "millions"
    if candidate.rule != "digits":
        return candidate.rule
    if "." in candidate.pieces.text[candidate.start : candidate.end]:
        return "decimal"
    return "small" if candidate.low < 100 else "middling" if candidate.low < 1000 else "large"


def _ratio(figure: FigureReading, lender: FigureReading) -> str:
    """Return by how many powers of ten two numbers lie apart."""
    a, b = abs(figure.candidate.low), abs(lender.candidate.low)
    ratio = a / b if b else 0.0
    return step(round(2 * abs(math.log10(ratio))), (0, 1, 2, 4)) if 0 < ratio < math.inf else "none"


# The features are made of few values each, so the same ones come again and again: they are put into words once.
@lru_cache(maxsize=WORDED)
def _worded(what: str, words: _Wording, group: str | None, picked: bool) -> tuple[str, ...]:
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
