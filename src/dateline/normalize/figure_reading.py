"""Read each number in its sentence: how exact, what is counted, what moved, what happened. The records are made from these readings.

A reading is richer than a record: it keeps the tokens of the counted phrase, so that programs with other conventions (benchmarks) need no second
analysis.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_units import Unit
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_changes import Change, change_of, rate_of
from dateline.normalize.figure_kinds import Event, events_in, kind_of
from dateline.normalize.figure_modifiers import Modifier, governed, inherits, modifier_of
from dateline.normalize.figure_nouns import NO_PHRASE, Phrase, Reading, borrowed, class_of, lemma_of, phrase_after

_PERSONS = word_set("reading persons")
_PERSON_KINDS = word_set("reading person kinds")
# Words behind a bare number that say what it counts without a noun: "19 wounded", "171 were hurt".
_STATES = word_set("reading states")
_BEFORE_STATES = word_set("reading before states")


@dataclass(slots=True)
class FigureReading:
    """A number as read in its sentence.

    Attributes:
        candidate: Where and how it is written.
        unit: Unit of measure, also one taken over from the number before.
        phrase: The counted noun phrase.
        change: The move it is part of.
        per: What a rate is per.
        kind: What happened to what; `event` is the word that says so.
        concept: Tokens of the Doc that say what the figure is about; `about` is the noun at their head.
        lender: The figure whose noun it takes over ("13 assaults ... and the other nine").
    """

    candidate: FigureCandidate
    modifier: Modifier
    unit: Unit | None
    phrase: Phrase = NO_PHRASE
    change: Change | None = None
    per: str | None = None
    kind: str = "other"
    event: Event | None = None
    concept: tuple[int, ...] = ()
    about: str | None = None
    lender: FigureReading | None = None

    @property
    def share(self) -> bool:
        """Whether it is a part of something: percent, a fraction, one in five."""
        return self.candidate.rule in {"fraction", "ratio"} or (self.unit is not None and self.unit.dimension == "share")

    @property
    def unit_name(self) -> str:
        """Unit of docs/facts.md or a finer one."""
        if self.unit is not None:
            return "degree" if self.unit.dimension == "temperature" else self.unit.name
        if self.candidate.rule in {"fraction", "ratio"}:
            return "ratio"
        if self.phrase.group in _PERSONS or (self.phrase.item is None and self.kind in _PERSON_KINDS):
            return "person"
        return "count"


_NEAR = 12  # Numbers looked at to either side: what is farther lends nothing, and the work stays linear.


def read_figures(reading: Reading, candidates: Sequence[FigureCandidate]) -> list[FigureReading]:
    """Return one reading a candidate, in order."""
    figures = [FigureReading(candidate, modifier_of(candidate), candidate.unit) for candidate in candidates]
    for index, figure in enumerate(figures):
        _inherit(figures, index)
        figure.change = change_of(figure.candidate, figure.modifier.left)
    _phrases(reading, figures)
    _take_units(figures)
    _read_kinds(figures)
    return figures


def _inherit(figures: list[FigureReading], index: int) -> None:
    """Take over the modifier of the number before, where this one converts it or a verb of bound governs both."""
    figure = figures[index]
    if not index or figure.modifier.approx != "exact" or figure.modifier.text is not None:
        return
    before = figures[index - 1]
    if inherits(figure.candidate, before.candidate) or governed(figure.candidate, before.candidate, before.modifier):
        figure.modifier = Modifier(before.modifier.approx, before.modifier.text, figure.modifier.left)


def _phrases(reading: Reading, figures: list[FigureReading]) -> None:
    for index, figure in enumerate(figures):
        candidate, pieces = figure.candidate, figure.candidate.pieces
        last_char = pieces.ends[candidate.right - 1]
        stop = pieces.ends[candidate.sentence_last - 1]
        following = figures[index + 1] if index + 1 < len(figures) else None
        if following is not None and following.candidate.sentence == candidate.sentence:
            stop = min(stop, pieces.starts[following.modifier.left])
        if not _part_of_next(figure, following):
            figure.phrase = phrase_after(reading, candidate, last_char, stop)
        counted = figure.phrase.item is not None and figure.unit is None
        right = piece_after(figure) if counted else candidate.right
        figure.per = rate_of(pieces, right, candidate.sentence_last, counted=counted)
        if figure.per is None and not counted and figure.phrase.item is not None and pieces.at(candidate.right) == "of":
            figure.per = rate_of(pieces, piece_after(figure), candidate.sentence_last, counted=True)  # "2 million tons of copper a year"
    for index, figure in enumerate(figures):
        if figure.phrase.item is None:
            figure.phrase = _borrow(figures, index)


def piece_after(figure: FigureReading) -> int:
    """Return the first piece behind the number with its unit and counted phrase."""
    if not figure.phrase.heads or figure.phrase.borrowed:
        return figure.candidate.right
    pieces = figure.candidate.pieces
    at = figure.candidate.right
    while at < figure.candidate.sentence_last and pieces.starts[at] < figure.phrase.end_char:
        at += 1
    return at


def _borrow(figures: list[FigureReading], index: int) -> Phrase:
    """Return the noun that an elliptic number stands for: "58 of 70 drones", "13 assaults and the other sector nine", "38 of them"."""
    figure = figures[index]
    candidate, pieces = figure.candidate, figure.candidate.pieces
    if figure.unit is not None or candidate.rule in {"fraction", "ratio"}:
        return figure.phrase
    following = figures[index + 1] if index + 1 < len(figures) else None
    if following is not None and _part_of_next(figure, following):
        figure.unit = following.unit
        return borrowed(following.phrase)
    if _stated(pieces, candidate.right):
        return _gapped(figures, index)
    named = _number_of(pieces, figure)
    if named is not None:
        return named
    if _toll(pieces, figure, figures[index - 1] if index else None):
        figure.lender = figures[index - 1] if index and candidate.sentence - figures[index - 1].candidate.sentence <= 1 else None
        return figure.phrase
    if pieces.at(figure.modifier.left - 1) == "of" and pieces.at(figure.modifier.left - 2) in _HOMES:
        return Phrase(-1, -1, (), None, "dweller")
    for other in reversed(figures[max(0, index - _NEAR) : index]):
        if candidate.sentence - other.candidate.sentence > 1:
            break
        if other.unit is None and other.phrase.item is not None and not other.candidate.age:
            figure.lender = other
            return borrowed(other.phrase)
    return figure.phrase


_HOMES = word_set("reading homes")
_TOLLS = word_set("reading tolls")


def _toll(pieces: Pieces, figure: FigureReading, before: FigureReading | None) -> bool:
    """Return whether a bare number is what a toll comes to: "the death toll reached 46", "put the dead at 694"."""
    begin = max(figure.candidate.sentence_first, figure.modifier.left - 14)
    if before is not None and before.unit is None:
        begin = max(begin, before.candidate.right)
    words = pieces.lower[begin : figure.modifier.left]
    linked = pieces.at(figure.modifier.left - 1) in {
        "at",
        "to",
        "reached",
        "was",
        "is",
        "exceed",
        "exceeded",
        "passed",
        "topped",
        "stood",
        "be",
        "hit",
    }
    return linked and not _TOLLS.isdisjoint(words)


def _part_of_next(figure: FigureReading, following: FigureReading | None) -> bool:
    """Return whether a number is part of the one behind it: "58 of the 70 drones", "30,000 of Derna's 90,000 people"."""
    if following is None or figure.candidate.sentence != following.candidate.sentence or figure.unit is not None:
        return False
    pieces = figure.candidate.pieces
    at = figure.candidate.last + (pieces.at(figure.candidate.last) == "out")
    if pieces.at(at) != "of" or following.modifier.left - at > 4 or figure.candidate.rule in {"fraction", "ratio"}:
        return False
    between = pieces.lower[at + 1 : following.modifier.left]
    return all(word in {"the", "all", "its", "their", "some"} or word.endswith(("'s", "’s", "s'")) or pieces.raw(at + 1 + i)[0].isupper()
               for i, word in enumerate(between))  # fmt: skip


def _number_of(pieces: Pieces, figure: FigureReading) -> Phrase | None:
    """Return the noun of "the number of bombs was cut from three to two"; without one where a state is counted ("the number of wounded")."""
    begin = max(figure.candidate.sentence_first, figure.modifier.left - 14)
    for at in range(figure.modifier.left - 1, begin, -1):
        word = pieces.at(at)
        if word in {";", ",", "said", "that"}:
            return None
        if word == "of" and pieces.at(at - 1) in {"number", "numbers", "count", "tally", "total"}:
            last = at + 1
            while pieces.at(last + 1).endswith("s") and last - at < 3 and pieces.at(last + 1) not in {"was", "is", "has"}:
                last += 1
            item = lemma_of(pieces.raw(last))
            return Phrase(-1, -1, (), None, None) if pieces.at(last) in _STATES else Phrase(-1, -1, (), item, class_of(item), True)
    return None


def _stated(pieces: Pieces, at: int) -> bool:
    """Return whether a bare number is followed by what became of those it counts: "19 wounded", "171 were hurt"."""
    while pieces.at(at) in _BEFORE_STATES:
        at += 1
    return pieces.at(at) in _STATES


def _gapped(figures: list[FigureReading], index: int) -> Phrase:
    """Return the people of the first half of "killed two people and wounded 19", "12 people were killed and 37 wounded"."""
    figure = figures[index]
    for other in reversed(figures[max(0, index - _NEAR) : index]):
        if other.candidate.sentence != figure.candidate.sentence:
            break
        if other.unit is None and other.phrase.group in {"person", "dweller", "soldier"} and not other.phrase.borrowed:
            return borrowed(other.phrase)
    return figure.phrase


def _take_units(figures: list[FigureReading]) -> None:
    """Give a bare end point the unit of the other: "from 1,376 square kilometers to 140", "from 3,300 to 6,000 francs", "110 km against 95"."""
    start: FigureReading | None = None
    for before, figure in itertools.pairwise(figures):
        if figure.candidate.sentence != before.candidate.sentence:
            continue
        if before.change is not None and before.change.role == "change_from":
            start = before
        elif start is not None and start.candidate.sentence != figure.candidate.sentence:
            start = None
        if start is not None and start is not figure and figure.change is not None and figure.change.role == "change_to":
            if figure.unit is None and start.unit is not None:
                figure.unit, figure.phrase = start.unit, borrowed(start.phrase)
            elif start is before and start.unit is None and figure.unit is not None and start.phrase.item is None:
                start.unit, start.phrase = figure.unit, borrowed(figure.phrase)
        large = figure.candidate.scale >= 1e6 and figure.candidate.rule != "vague"
        if figure.unit is None and large and figure.phrase.item is None and before.unit is not None and before.unit.dimension == "money":
            figure.unit = before.unit  # "released 2 billion dinars; parliament voted 10 billion"
        pieces = figure.candidate.pieces
        if before.unit is None and figure.unit is not None and pieces.lower[before.candidate.right : figure.candidate.left] == ["or"]:
            before.unit = figure.unit  # "8 or $9"
        decimals = "." in pieces.raw(figure.candidate.first) and figure.candidate.rule == "digits" and figure.change is None
        alike = before.unit is not None and before.unit.dimension in {"share", "money"} and "." in pieces.raw(before.candidate.first)
        if figure.unit is None and decimals and alike and (figure.phrase.item is None or figure.phrase.borrowed):
            figure.unit = before.unit  # "Georgian Dream 53.9 percent, Strong Georgia 8.8"
        bare = figure.unit is None and (figure.phrase.item is None or figure.phrase.borrowed)
        against = figure.candidate.pieces.at(figure.modifier.left - 1) in {"against", "versus"}
        if bare and against and before.unit is not None and before.unit.dimension != "money":
            figure.unit, figure.phrase = before.unit, borrowed(before.phrase)


def _read_kinds(figures: list[FigureReading]) -> None:
    events: dict[int, list[Event]] = {}
    for index, figure in enumerate(figures):
        candidate, pieces = figure.candidate, figure.candidate.pieces
        if candidate.sentence not in events:
            events[candidate.sentence] = events_in(pieces, candidate.sentence_first, candidate.sentence_last)
        near = figures[max(0, index - _NEAR) : index + _NEAR + 1]
        numbers = [f.candidate.first for f in near if f.candidate.sentence == candidate.sentence and f is not figure]
        found = kind_of(candidate, figure.unit, figure.phrase, events[candidate.sentence], figure.modifier.left, piece_after(figure), numbers)
        figure.kind, figure.event = found.kind, found.event
        before = figures[index - 1] if index and figures[index - 1].candidate.sentence == candidate.sentence else None
        if figure.unit is None and figure.phrase.item is None and figure.phrase.group == "dweller":
            figure.kind = "population"
        elif figure.unit is None and figure.lender is not None and found.cost > _OWN and figure.lender.kind != "other":
            figure.kind = figure.lender.kind  # "13 assaults and the Kramatorsk sector nine"
        elif figure.change is not None and figure.unit is not None and figure.unit.dimension == "length":
            figure.kind = "size"  # The water fell by 3 metres: no distance between places.
        elif before is not None and before.kind == "troops" and figure.phrase.group == "vehicle" and figure.event is None:
            figure.kind = "troops"  # "an attack by 200 fighters with five tanks"
        elif before is not None and _part_of_next(before, figure):
            figure.kind = _WHOLES.get(before.kind, figure.kind)


_OWN = 5.0  # An event nearer than this speaks of the elliptic number itself.
# "Shot down 58 of 70": of those intercepted, all had been launched; of those killed, the rest is not.
_WHOLES = {"intercepted": "launched", "killed": "other", "injured": "other", "displaced": "population", "evacuated": "population"}
