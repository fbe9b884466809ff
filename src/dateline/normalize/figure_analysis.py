"""Read each number in its sentence: how exact, what is counted, what moved, what happened. The records are made from these readings."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_changes import change_of, rate_of
from dateline.normalize.figure_ellipsis import borrow, part_noun, part_of_next
from dateline.normalize.figure_events import Event, events_in
from dateline.normalize.figure_kinds import Setting, kind_by_name, kind_of
from dateline.normalize.figure_measure_choice import choose_measures, is_bare
from dateline.normalize.figure_modifiers import Modifier, governed, inherits, modifier_of
from dateline.normalize.figure_phrases import NO_PHRASE, phrase_after
from dateline.normalize.figure_reading import NEAR, FigureReading, piece_after
from dateline.normalize.figure_spots import list_head
from dateline.normalize.figure_tokens import Reading
from dateline.normalize.figure_unit_ellipsis import take_units


def read_figures(reading: Reading, candidates: Sequence[FigureCandidate]) -> list[FigureReading]:
    """Return one reading a candidate, in order."""
    figures = [FigureReading(candidate, modifier_of(candidate), candidate.unit) for candidate in candidates]
    for index, figure in enumerate(figures):
        _inherit(figures, index)
        figure.change = change_of(figure.candidate, figure.modifier.left)
    _phrases(reading, figures)
    bare = {index: figure.phrase for index, figure in enumerate(figures) if is_bare(figure)}
    take_units(figures)
    _read_kinds(reading, figures)
    if choose_measures(reading, figures, bare):
        _read_kinds(reading, figures)
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
        if not part_of_next(figure, following):
            figure.phrase = phrase_after(reading, candidate, last_char, stop)
        counted = figure.phrase.item is not None and figure.unit is None
        right = piece_after(figure) if counted else candidate.right
        figure.per = rate_of(pieces, right, candidate.sentence_last, counted=counted)
        if figure.per is None and not counted and figure.phrase.item is not None and pieces.at(candidate.right) == "of":
            figure.per = rate_of(pieces, piece_after(figure), candidate.sentence_last, counted=True)  # "2 million tons of copper a year"
    for index, figure in enumerate(figures):
        if figure.phrase.item is None or (figure.unit is None and part_noun(figure) is not None):
            figure.phrase = borrow(figures, index)


def _read_kinds(reading: Reading, figures: list[FigureReading]) -> None:
    events: dict[int, list[Event]] = {}
    verbs: dict[int, list[int]] = {}
    for index, figure in enumerate(figures):
        candidate, pieces = figure.candidate, figure.candidate.pieces
        if candidate.sentence not in events:
            events[candidate.sentence] = events_in(pieces, candidate.sentence_first, candidate.sentence_last)
            verbs[candidate.sentence] = _finite_verbs(reading, candidate)
        near = figures[max(0, index - NEAR) : index + NEAR + 1]
        others = [f for f in near if f.candidate.sentence == candidate.sentence and f is not figure]
        _class_of_part(figure, figures[index - 1] if index else None)
        here = events[candidate.sentence]
        numbers, lefts = [f.candidate.first for f in others], [f.modifier.left for f in others]
        if figure.toll:
            here, numbers = [e for e in here if e.last <= figure.modifier.left and not _TOLLED.isdisjoint(e.names)], []
        setting = Setting(here, figure.modifier.left, candidate.right, numbers, lefts, verbs[candidate.sentence])
        _own_state(figure, setting)
        found = kind_of(candidate, figure.unit, figure.phrase, replace(setting, right=piece_after(figure)))
        figure.kind, figure.event = found.kind, found.event
        if found.event is None and figure.unit is None:
            figure.kind = _kind_of_list(figure) or figure.kind
        _kind_beside(figures, index, found.cost, verbs[candidate.sentence])
    for figure, following in reversed(list(itertools.pairwise(figures))):
        _kind_of_row_before(figure, following)


def _own_state(figure: FigureReading, bare: Setting) -> None:
    """Leave out a noun that a bare number took over from things, where an event right beside it befalls people ("we pulled nine out alive")."""
    if not figure.phrase.borrowed or figure.phrase.group not in _THINGS or figure.part or figure.unit is not None:
        return
    found = kind_of(figure.candidate, None, NO_PHRASE, bare)  # As if it counted people.
    if found.kind in _TOLL_KINDS | {"rescued", "evacuated", "captured"} and found.cost < _BESIDE and found.event is not None:
        figure.phrase, figure.lender = NO_PHRASE, None


def _kind_of_list(figure: FigureReading) -> str | None:
    """Return the kind that the line gives which opens the list of an item: "Over the past week the enemy lost:"."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    head = list_head(pieces.text, candidate.start)
    if head is None:
        return None
    first, last = bisect_left(pieces.starts, head[0]), bisect_left(pieces.starts, head[1])
    for event in reversed(events_in(pieces, first, last)):
        kind = next((kind for name in event.names if (kind := kind_by_name(name, figure.phrase)) is not None), None)
        if kind is not None:
            return kind
    return None


def _finite_verbs(reading: Reading, candidate: FigureCandidate) -> list[int]:
    """Return the pieces of the finite verbs of a sentence, auxiliaries left out."""
    pieces, first, last = candidate.pieces, candidate.sentence_first, candidate.sentence_last
    if not reading.tagged:
        return []
    tokens = reading.doc[reading.at_char(pieces.starts[first]) : reading.from_char(pieces.ends[last - 1])]
    starts = [token.idx for token in tokens if token.tag in reading.finite and token.lower_ not in _AUXILIARIES]
    return [bisect_left(pieces.starts, start, first, last) for start in starts]


def _class_of_part(figure: FigureReading, before: FigureReading | None) -> None:
    """Give a noun of no class that of the things it is said to be among: "five jets, including three Rafales"."""
    if before is None or before.candidate.sentence != figure.candidate.sentence or figure.phrase.group is not None or figure.phrase.item is None:
        return
    gap = figure.candidate.pieces.lower[before.candidate.right : figure.modifier.left]
    if not _PARTS.isdisjoint(gap[-3:]) and len(gap) < 12:
        figure.phrase = replace(figure.phrase, group=before.phrase.group)


def _kind_beside(figures: list[FigureReading], index: int, cost: float, verbs: list[int]) -> None:
    """Correct the kind by what the numbers beside it are."""
    figure = figures[index]
    before = figures[index - 1] if index and figures[index - 1].candidate.sentence == figure.candidate.sentence else None
    if figure.multiple:
        figure.kind = "rate_or_share"  # "seven times its usual flow"
    elif figure.unit is None and figure.phrase.item is None and figure.phrase.group == "dweller":
        figure.kind = "population"
    elif _lent(figure, cost):
        assert figure.lender is not None
        figure.kind = figure.lender.kind  # "13 assaults and the Kramatorsk sector nine"
    elif before is not None and (told := _kind_of_row(figure, before, cost, verbs)) is not None:
        figure.kind, figure.event = told, before.event
    elif figure.change is not None and figure.unit is not None and figure.unit.dimension == "length":
        figure.kind = "size"  # The water fell by 3 metres: no distance between places.
    elif before is not None and before.kind == "troops" and figure.phrase.group == "vehicle" and figure.kind == "other":
        figure.kind = "troops"  # "an attack by 200 fighters with five tanks"
    elif before is not None and before.kind == "territory" and figure.phrase.group == "settlement" and figure.kind == "other":
        between = figure.candidate.pieces.lower[before.candidate.right : figure.modifier.left]
        figure.kind = "territory" if between[-1:] == ["and"] and len(between) <= _LISTED else figure.kind  # "held 1,000 square km and 80 villages"
    elif before is not None and part_of_next(before, figure) and (cost > _TOLD or figure.phrase.item is not None):
        figure.kind = _WHOLES.get(before.kind, figure.kind)
    elif (
        before is not None
        and figure.change is not None
        and figure.kind == "other"
        and figure.phrase.group is None
        and figure.unit is None
        and not before.share
    ):
        figure.kind = before.kind  # "had shot down 77 drones, up from the 25 announced a day earlier"


def _lent(figure: FigureReading, cost: float) -> bool:
    """Return whether the kind is that of the figure whose noun a number takes over or of which it is a part."""
    lender = figure.lender
    if lender is None or lender.kind == "other" or (figure.unit is not None and not figure.part):
        return False
    if figure.toll:
        return lender.kind in _TOLL_KINDS and cost > _OWN
    if figure.share:
        # "Two thirds of them civilians" says who they were, "a third of them at the port" what happened where.
        things = lender.phrase.group not in _PEOPLE
        return things and figure.candidate.rule in {"fraction", "ratio"} and lender.kind in _PART_KINDS and cost > _BESIDE
    return cost > (_BESIDE if figure.part else _OWN)


def _kind_of_row(figure: FigureReading, before: FigureReading, cost: float, verbs: list[int]) -> str | None:
    """Return the kind that the event of a list gives to its next item: "carried off 14 trucks, two mortars and scores of rifles"."""
    if before.event is None or figure.unit is not None or figure.share or figure.phrase.item is None or cost <= _ROW or figure.change is not None:
        return None
    pieces = figure.candidate.pieces
    between = pieces.lower[piece_after(before) : figure.modifier.left]
    if before.event.first >= piece_after(before) or piece_after(figure) in verbs or between not in ([","], ["and"], [",", "and"], ["or"]):
        return None
    return next((kind for name in before.event.names if (kind := kind_by_name(name, figure.phrase)) is not None), None)


def _kind_of_row_before(figure: FigureReading, following: FigureReading) -> None:
    """Give an item of a list what befalls its last one: "31 rifles, two grenades and 4,000 rounds had been seized"."""
    event = following.event
    if event is None or figure.event is not None or figure.kind != "other" or figure.unit is not None or figure.share or figure.phrase.item is None:
        return
    if figure.candidate.age or figure.candidate.sentence != following.candidate.sentence or not event.passive or event.first < piece_after(following):
        return
    if figure.candidate.pieces.lower[piece_after(figure) : following.modifier.left] in ([","], ["and"], [",", "and"]):
        told = next((kind for name in event.names if (kind := kind_by_name(name, figure.phrase)) is not None), None)
        if told is not None:
            figure.kind, figure.event = told, event


_THINGS = frozenset({None, "building", "vehicle", "facility", "settlement", "air", "case", "truck", "animal", "area", "occasion"})
_PEOPLE = word_set("reading persons") | {"group"}
_ROW = 4.0  # An event nearer than this speaks of an item of a list itself.
_TOLL_KINDS = frozenset({"killed", "injured", "missing", "displaced", "affected"})
_PART_KINDS = word_set("reading person kinds") - {"population", "troops"} | {"launched", "intercepted", "destroyed", "damaged", "money", "attack"}
_TOLLED = frozenset({"kill", "injure", "missing"})
_AUXILIARIES = word_set("analysis auxiliaries")
_PARTS = frozenset({"including", "among", "included", "them", "whom", "which"})
_TOLD = 0.9  # An event at the number itself: "5 of the 18 injured".
_LISTED = 4  # Words from a number to the next one that goes on its list, the unit counted in.
_OWN = 5.0  # An event nearer than this speaks of the elliptic number itself.
_BESIDE = 2.5  # The same for a part of what was counted before: "10 of them were killed".
# "Shot down 58 of 70": of those intercepted, all had been launched; of those killed, the rest is not.
_WHOLES = {"intercepted": "launched", "killed": "other", "injured": "other", "displaced": "population", "evacuated": "population"}
