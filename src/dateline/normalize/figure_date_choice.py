"""Which of the dates of a text a figure holds for, or none: see figure_choice for how it is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from dateline.extract.figure_lexer import Pieces
from dateline.model import Date
from dateline.normalize import figure_choice
from dateline.normalize.figure_choice import WORDED, Offer, Owned, between, group_of, last_of_each, lines_between, step
from dateline.normalize.figure_reading import FigureReading, piece_after
from dateline.normalize.figure_spots import ClaimIndex, Links, Spot, in_reach, neighbours

MODEL = "figure_date"
_EARLIER = 4  # Dates told before the sentence that are weighed: the last ones, each value once.
_FAR = 9  # Sentences back beyond which all is far.
_BACK = 40  # Dates looked back over for them; the work stays linear.
_BEFORE = frozenset("in on since by over during for from before after until between and of than within at to as , .".split())
_OPENING = frozenset("the past last this next now a two three early late".split())
_BEHIND = frozenset(", . and said when to ago as that in after".split())


class DateChoice:
    """The choice of dates in one text, figure by figure."""

    def __init__(
        self,
        pieces: Pieces,
        dates: Sequence[Date],
        spots: Sequence[Spot],
        verbs: Sequence[int],
        usable: Sequence[str],
        claims: ClaimIndex,
        bulletin: bool,
    ) -> None:
        """Take the dates of a text.

        Args:
            pieces: The text.
            dates: Its dates in order.
            spots: Where each stands.
            verbs: The verb that governs each, -1 without a parse.
            usable: What the rules say of each as the date of a figure, whatever the figure.
            claims: Who says what.
            bulletin: The text is a list of a staff's figures.
        """
        self._pieces = pieces
        self._dates = dates
        self._spots = spots
        self._firsts = [spot.first for spot in spots]
        self._verbs = verbs
        self._usable = usable
        self._claims = claims
        self._bulletin = bulletin
        self._own = Owned(MODEL)
        self._values = [date.value for date in dates]
        self._index = {date.start: at for at, date in enumerate(dates)}
        self._before: tuple[FigureReading, str | None] | None = None  # The figure decided last, and its date.

    def decide(self, figures: Sequence[FigureReading], index: int, verb: int, proposed: Date | None) -> Date | None:
        """Return the date of a figure that hangs on a verb; those before it have been decided."""
        figure = figures[index]
        chosen = figure_choice.decide(MODEL, figure, list(self._offers(figures, index, verb, proposed)))
        date = chosen if isinstance(chosen, Date) else None
        self._before = figure, date.value if date is not None else None
        return date

    def _offers(self, figures: Sequence[FigureReading], index: int, verb: int, proposed: Date | None) -> Iterator[Offer[Date]]:
        figure = figures[index]
        candidate, group = figure.candidate, group_of(figure.kind)
        here = in_reach(figure, self._firsts)
        low, high = here.start, here.stop
        inside = self._claims.around(candidate.start, candidate.end)
        yield Offer(None, (), 0.0, self._none(figure, group, proposed, low, high, claimed=bool(inside)))
        others = neighbours(figures, index)
        for at in range(low, high):
            if of_other_end(figure, others, self._spots[at]):
                continue
            date, left = self._dates[at], self._spots[at].last <= figure.modifier.left
            outside = any(not (claim.start <= date.start and date.end <= claim.end) for claim in inside)
            tied = self._tied(at, figure, group, proposed, here=True)
            said = _said(outside, left, group, date.type, self._verbs[at] == verb)
            yield self._own.offer(
                (at, "here"), date, partial(self._features, at, "here"), [*tied, *said, *self._beside(figures, index, at, low, high, group)]
            )
        also = self._index.get(proposed.start) if proposed is not None else None
        for rank, at in enumerate(last_of_each(self._values, low, most=_EARLIER, back=_BACK, also=also)):
            date = self._dates[at]
            back, lines = min(candidate.sentence - date.sentence, _FAR), lines_between(self._pieces.text, date.end, candidate.start)
            apart = _earlier_date(group, back, lines, rank, high > low, min(date.sentence, 2))
            tied = self._tied(at, figure, group, proposed, here=False) + apart
            yield self._own.offer((at, "earlier"), date, partial(self._features, at, "earlier"), tied)
        if proposed is not None and (also is None or also >= high):
            # Of a later sentence, which only a rule finds.
            yield Offer(proposed, (), 0.0, [f"later pick yes {group}", "later pick yes"])

    def _features(self, at: int, where: str) -> list[str]:
        """Return what a date is like whatever the figure."""
        pieces, date, spot = self._pieces, self._dates[at], self._spots[at]
        before, opening, behind = pieces.at(spot.first - 1), pieces.at(spot.first), pieces.at(spot.last)
        before = pieces.at(spot.first - 2) if before == "the" else before
        before = before if before in _BEFORE else "other"
        return [
            "date",
            where,
            f"{where} type {date.type}",
            f"{where} unit {self._unit(at)}",
            f"{where} {self._usable[at]}",
            f"{where} behind {before}",
            f"{date.type} behind {before}",
            f"{where} opens {opening if opening in _OPENING else 'other'}",
            f"{where} before {behind if behind in _BEHIND else 'other'}",
            f"{where} bulletin {self._bulletin}",
        ]

    def _unit(self, at: int) -> str | None:
        date = self._dates[at]
        return date.value if date.value.endswith("REF") else date.granularity

    def _none(self, figure: FigureReading, group: str, proposed: Date | None, low: int, high: int, *, claimed: bool) -> tuple[str, ...]:
        """Return what speaks for no date."""
        before = self._before
        told = _no_date(
            group,
            figure.kind,
            figure.unit.dimension if figure.unit is not None else None,
            proposed is not None,
            min(high - low, 2),
            any(self._usable[at] == "usable" for at in range(low, high)),
            min(figure.candidate.sentence, 3),
            claimed,
            figure.per is not None,
            figure.change.role if figure.change is not None else None,
            figure.part,
            before is not None and before[1] is None,
            before is not None and before[0].candidate.sentence == figure.candidate.sentence,
            before is not None and before[0].kind == figure.kind,
        )
        return (*told, f"none bulletin {self._bulletin}")

    def _tied(self, at: int, figure: FigureReading, group: str, proposed: Date | None, *, here: bool) -> tuple[str, ...]:
        """Return how a date stands to a figure, whichever sentence it is in."""
        value, before, same = self._dates[at].value, "first", False
        if self._before is not None:
            told = self._before[1]
            before = "none" if told is None else str(told == value)
            same = self._before[0].candidate.sentence == figure.candidate.sentence
        return _date(
            "here" if here else "earlier",
            group,
            self._unit(at),
            "no" if proposed is None else "yes" if value == proposed.value else "other",
            self._spots[at].first - figure.candidate.sentence_first <= 2,
            before,
            same,
            self._before is not None and self._before[0].kind == figure.kind,
        )

    def _beside(self, figures: Sequence[FigureReading], index: int, at: int, low: int, high: int, group: str) -> list[str]:
        """Return how a date stands to a figure of its own sentence."""
        figure, pieces, spot = figures[index], self._pieces, self._spots[at]
        if spot.last <= figure.modifier.left:
            side, first, last = "left", spot.last, figure.modifier.left
        else:
            side, first, last = "right", max(piece_after(figure), figure.candidate.right), spot.first
        numbers = sum(first <= other.candidate.first < last for other in figures[max(0, index - 6) : index + 7] if other is not figure)
        others = sum(first <= self._firsts[other] < last for other in range(low, high) if other != at)
        before = pieces.at(spot.first - 1)
        return [
            f"{side} {step(last - first, (0, 1, 2, 4, 7, 12, 20))}",
            f"{side} {group}",
            f"{side} behind {before if before in _BEFORE else 'other'}",
            f"{side} numbers {min(numbers, 2)}",
            f"{side} dates {min(others, 2)}",
            f"among {min(high - low - 1, 2)}",
            *between(pieces, first, last, side),
        ]


# The features are made of few values each, so the same ones come again and again: they are put into words once.
@lru_cache(maxsize=WORDED)
def _no_date(
    group: str,
    kind: str,
    unit: str | None,
    proposed: bool,
    here: int,
    usable: bool,
    sentence: int,
    claimed: bool,
    rate: bool,
    change: str | None,
    part: bool,
    undated: bool,
    same: bool,
    same_kind: bool,
) -> tuple[str, ...]:
    return (
        "none",
        f"none {group}",
        f"none kind {kind}",
        f"none unit {unit}",
        f"none proposed {proposed}",
        f"none proposed {proposed} {group}",
        f"none here {here}",
        f"none here {min(here, 1)} {group}",
        f"none usable {usable} {group}",
        f"none sentence {sentence}",
        f"none claimed {claimed} {group}",
        f"none rate {rate}",
        f"none change {change}",
        f"none part {part}",
        f"none last {undated} same {same}",
        f"none last {undated} kind {same_kind}",
    )


@lru_cache(maxsize=WORDED)
def _date(where: str, group: str, unit: str | None, pick: str, opening: bool, before: str, same: bool, same_kind: bool) -> tuple[str, ...]:
    return (
        f"{where} {group}",
        f"unit {unit} {group}",
        f"{where} pick {pick}",
        f"{where} pick {pick} {group}",
        f"{where} opening {opening}",
        *([f"before {before} {where} same {same}"] if before != "first" else []),
        *([f"before kind {same_kind}"] if before == "True" else []),
    )


@lru_cache(maxsize=WORDED)
def _said(outside: bool, left: bool, group: str, kind: str, same_verb: bool) -> tuple[str, ...]:
    return (f"outside {outside}", f"outside {outside} {group}", f"outside {outside} {left} {kind}", f"verb {same_verb} {left}")


@lru_cache(maxsize=WORDED)
def _earlier_date(group: str, back: int, lines: int, rank: int, others: bool, sentence: int) -> tuple[str, ...]:
    return (
        f"back {step(back, (1, 2, 3, 5, 8))}",
        f"back {step(back, (1, 3, 8))} {group}",
        f"lines {lines}",
        f"rank {step(rank, (0, 1, 2))}",
        f"rank {min(rank, 1)} {group}",
        f"others {others}",
        f"of sentence {sentence}",
    )


def of_other_end(figure: FigureReading, others: Sequence[FigureReading], spot: Spot) -> bool:
    """Return whether a date belongs to the other end of a move: "from 38 to 74 on Friday", "from 12 the day before to 17"."""
    if figure.change is None:
        return False
    first, role = figure.candidate.first, figure.change.role
    if role == "change_from":
        return any(o.change is not None and o.change.role == "change_to" and first < o.candidate.first < spot.first for o in others)
    if role == "change_to":
        return any(o.change is not None and o.change.role == "change_from" and o.candidate.first < spot.first < first for o in others)
    return False


def choose_dates(choice: DateChoice, figures: Sequence[FigureReading], verbs: Sequence[int], links: Sequence[Links]) -> None:
    """Put the chosen date in the stead of the proposed one."""
    for index, (link, verb) in enumerate(zip(links, verbs, strict=True)):
        link.date = choice.decide(figures, index, verb, link.date)
