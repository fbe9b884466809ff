"""When a figure holds: the date in the same sentence and claim, a list's opening line, or the day that a run of reports is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Doc

from dateline.extract.doc_text import annotated
from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_lexer import Pieces
from dateline.model import Claim, Date
from dateline.normalize.figure_date_choice import DateChoice, choose_dates, of_other_end
from dateline.normalize.figure_modifiers import inherits
from dateline.normalize.figure_reading import FigureReading, piece_after
from dateline.normalize.figure_spots import (
    ClaimIndex,
    Links,
    Spot,
    claims_of,
    crossing,
    dateline_end,
    gap,
    in_reach,
    is_bulletin,
    left_on,
    link_words,
    list_head,
    neighbours,
    spot_of,
)
from dateline.normalize.figure_tokens import token_starts


def _verb_at(doc: Doc, char: int, starts: list[int]) -> int:
    """Return the verb that governs the token at a character, -1 without a parse."""
    token = doc[max(0, bisect_right(starts, char) - 1)]
    for _ in range(12):
        if token.tag_.startswith("VB") and token.dep_ not in {"amod", "compound", "aux", "aux:pass"}:
            return token.i
        if token.head.i == token.i:
            return token.i
        token = token.head
    return -1


def tie_dates(doc: Doc, pieces: Pieces, figures: Sequence[FigureReading], links: list[Links]) -> None:
    opening = dateline_end(pieces.text)
    dates = [d for d in left_on(doc, "dates") if isinstance(d, Date) and d.start >= opening]
    spots = [spot_of(pieces, d.start, d.end) for d in dates]
    dates = _periods(pieces, dates, spots)
    claims = ClaimIndex(claims_of(doc))
    firsts = [spot.first for spot in spots]
    breaks = [match.start() for match in re.finditer("\n", pieces.text)]
    bulletin = is_bulletin(pieces.text)
    carries = link_words("date_carry")
    starts = token_starts(doc) if dates and annotated(doc, "DEP") else []
    verbs = [_verb_at(doc, date.start, starts) if starts else -1 for date in dates]
    carried: Date | None = None
    carried_line = -1
    earlier: dict[tuple[int, str], Date] = {}
    for index, (figure, link) in enumerate(zip(figures, links, strict=True)):
        if figure.kind in link_words("undated"):
            continue
        candidate = figure.candidate
        verb = _verb_at(doc, candidate.start, starts) if starts else -1
        near = [(dates[at], spots[at], verb >= 0 and verbs[at] >= 0 and verbs[at] != verb) for at in in_reach(figure, firsts)]
        link.date = _nearest_date(figure, neighbours(figures, index), near, claims.around(candidate.start, candidate.end)) if near else None
        if link.date is None:
            link.date = _rate_date(figure, [(dates[at], spots[at]) for at in in_reach(figure, firsts)])
        line = bisect_left(breaks, candidate.start)
        if link.date is None and bulletin:
            link.date = _list_date(pieces.text, candidate.start, dates)
        lately = line - carried_line <= 2 and figure.kind in carries
        if link.date is None and carried is not None and lately and not bulletin:
            link.date = carried
        before = earlier.get((candidate.sentence, figure.kind))
        if link.date is None and before is not None:
            link.date = before
        if link.date is None and pieces.at(candidate.sentence_first) in {"they", "it"}:
            link.date = earlier.get((candidate.sentence - 1, "any")) if figure.kind in link_words("date_same_line") else None
        if index and inherits(candidate, figures[index - 1].candidate):
            link.date = links[index - 1].date  # "1,376 square kilometres (531 square miles)" is one amount.
        if link.date is not None:
            earlier[candidate.sentence, figure.kind] = earlier[candidate.sentence, "any"] = link.date
        if figure.kind in carries and link.date is not None:
            carried, carried_line = link.date, line
    _share_dates(pieces, figures, links)
    _subject_dates(pieces, figures, links)
    _night_dates(figures, links, _night_told(pieces.text, dates))
    _bulletin_dates(pieces, figures, links)
    usable = [_standing(pieces, date, spot) for date, spot in zip(dates, spots, strict=True)]
    governing = [_verb_at(doc, figure.candidate.start, starts) if starts else -1 for figure in figures]
    choose_dates(DateChoice(pieces, dates, spots, verbs, usable, claims, bulletin=bulletin), figures, governing, links)


def _standing(pieces: Pieces, date: Date, spot: Spot) -> str:
    """Return what the words around a date say of it as the date of a figure."""
    if _compared(pieces, spot):
        return "compared"
    if _unequalled(pieces, spot.first - 1, date):
        return "unequalled"
    return "usable" if _dates_figures(pieces, date, spot) else "unusable"


def _night_dates(figures: Sequence[FigureReading], links: list[Links], night: Date | None) -> None:
    """Give what was sent and shot down in the air the night that the report is about, where the text says no other time."""
    kinds = link_words("night")
    for figure, link in zip(figures, links, strict=True):
        if night is not None and link.date is None and figure.kind in kinds:
            link.date = night


def _bulletin_dates(pieces: Pieces, figures: Sequence[FigureReading], links: list[Links]) -> None:
    """Carry the period that a bulletin's opening reckons over to its issuer's other figures ("in its weekly bulletin ... over the past seven days").

    "Since the start of the campaign" in a sentence opens another reckoning.
    """
    kinds, opening = link_words("date_same_line"), link_words("bulletin")
    paragraph = pieces.text.find("\n\n")
    period: Date | None = None
    issuer: str | None = None
    for figure, link in zip(figures, links, strict=True):
        candidate = figure.candidate
        if period is None:
            told = pieces.lower[candidate.sentence_first : candidate.sentence_last]
            opens = 0 <= candidate.start < paragraph and link.source_name is not None and not opening.isdisjoint(told)
            if opens and link.date is not None and link.date.type == "DURATION":
                period, issuer = link.date, link.source_name
        elif link.date is None and link.source_name == issuer and figure.kind in kinds and not _since(pieces, candidate):
            link.date = period


def _since(pieces: Pieces, candidate: FigureCandidate) -> bool:
    return "since" in pieces.lower[candidate.sentence_first : candidate.first]


def _periods(pieces: Pieces, dates: list[Date], spots: Sequence[Spot]) -> list[Date]:
    """Return the dates with "between Dec. 1 and May 31" as one period, in the place of both."""
    out = list(dates)
    for at in range(len(dates) - 1):
        first, second = dates[at], dates[at + 1]
        between = pieces.lower[spots[at].last : spots[at + 1].first]
        opened = pieces.at(spots[at].first - 1) in {"between", "from"}
        if opened and between == ["and"] and _is_night(first, second):
            night = f"{first.value[:10]}TNI"  # "Between Monday evening and Tuesday morning".
            out[at], out[at + 1] = replace(first, value=night, date_to=second.date_to), replace(second, value=night, date_from=first.date_from)
            continue
        if not opened or between not in (["and"], ["to"], ["until"], ["through"]) or "T" in first.value + second.value:
            continue
        if first.date_from is None or second.date_to is None or first.date_from >= second.date_to:
            continue
        last = second.date_to - timedelta(days=1)
        value = f"{first.date_from:%Y-%m-%d}/{last:%Y-%m-%d}"
        out[at], out[at + 1] = replace(first, value=value, date_to=second.date_to), replace(second, value=value, date_from=first.date_from)
    return out


def _is_night(first: Date, second: Date) -> bool:
    if first.date_from is None or second.date_from is None or not second.value.endswith("TMO"):
        return False
    return first.value.endswith(("TEV", "TNI")) and (second.date_from.date() - first.date_from.date()).days == 1


def _night_told(text: str, dates: Sequence[Date]) -> Date | None:
    """Return the night that a report is about: the only one of its opening paragraph."""
    end = text.find("\n\n", dateline_end(text))
    nights = {date.value: date for date in dates if date.value.endswith("TNI") and date.start < (end if end >= 0 else len(text))}
    return next(iter(nights.values())) if len(nights) == 1 else None


def _share_dates(pieces: Pieces, figures: Sequence[FigureReading], links: list[Links]) -> None:
    """Give the first of two joined counts the date behind the second: "killed 8 and injured 25 on Friday"."""
    for at in range(len(figures) - 2, -1, -1):
        first, second, date = figures[at], figures[at + 1], links[at + 1].date
        if date is None or links[at].date is not None or first.candidate.sentence != second.candidate.sentence or date.start < second.candidate.start:
            continue
        between = pieces.lower[first.candidate.right : second.modifier.left]
        kinds = link_words("date_same_line")
        if len(between) <= _JOINED and {"and", ","} & set(between) and {first.kind, second.kind} <= kinds:
            links[at].date = date


def _subject_dates(pieces: Pieces, figures: Sequence[FigureReading], links: list[Links]) -> None:
    """Give the subject the date of what it did: "two attacks killed 14 people on Wednesday"."""
    kinds = link_words("date_same_line")
    for at in range(len(figures) - 1):
        first, second, date = figures[at], figures[at + 1], links[at + 1].date
        if date is None or links[at].date is not None or first.candidate.sentence != second.candidate.sentence or date.start < second.candidate.start:
            continue
        between = pieces.lower[first.candidate.right : second.modifier.left]
        if {first.kind, second.kind} <= kinds and len(between) < _CLAUSE and _BREAKS.isdisjoint(between) and first.change is None:
            links[at].date = date


_CLAUSE = 16  # Words between a subject and what it did.
_BREAKS = frozenset({",", ";", "and", "or", "but", "said", "says", "that", "as", "from", "while", "including"})
_JOINED = 6  # Words between two counts that one date can follow.


def _list_date(text: str, start: int, dates: list[Date]) -> Date | None:
    """Return the date in the line that opens the list of an item: "Yesterday the enemy carried out:"."""
    head = list_head(text, start)
    return next((date for date in dates if head[0] <= date.start < head[1]), None) if head is not None else None


def _nearest_date(
    figure: FigureReading, others: Sequence[FigureReading], near: Sequence[tuple[Date, Spot, bool]], inside: Sequence[Claim]
) -> Date | None:
    """Return the date of the same sentence that a number holds for; `near` says of each whether it hangs on another verb."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    right = max(piece_after(figure), candidate.right)
    best: tuple[float, Date] | None = None
    for date, spot, other in near:
        if not _dates_figures(pieces, date, spot) or of_other_end(figure, others, spot) or _compared(pieces, spot):
            continue
        framing = spot.first - candidate.sentence_first <= 2 and spot.first < candidate.first
        follows = pieces.at(spot.last) == "when" or (pieces.at(spot.last) == "," and pieces.at(spot.last + 1) == "when")
        outside = not framing and any(not (claim.start <= date.start and date.end <= claim.end) for claim in inside)
        if outside and (date.type == "DURATION" or figure.kind not in link_words("stated")):
            continue
        if spot.last <= figure.modifier.left:
            cost = 1.0 + gap(pieces, spot.last, figure.modifier.left) + _taken_by_other(pieces, others, spot, candidate.first)
        else:
            crossed = crossing(pieces, figure, others, right, spot.first)
            cost = gap(pieces, right, spot.first) + (min(crossed, 12.0))
        cost += (15.0 if outside else 0.0) + (_OTHER_VERB if other and not framing and not follows else 0.0)
        cost -= 8.0 if framing or (follows and spot.first < candidate.first) else 0.0
        if cost < _DATE_REACH and (best is None or cost < best[0]):
            best = (cost, date)
    return best[1] if best is not None else None


def _rate_date(figure: FigureReading, near: Sequence[tuple[Date, Spot]]) -> Date | None:
    """Return what a rate of things counted is reckoned on: "1,100 patients a week"; how fast something flows is no count."""
    right = max(piece_after(figure), figure.candidate.right)
    if figure.per is None or (figure.unit is not None and figure.unit.dimension not in _COUNTED_UNITS):
        return None
    return next((date for date, spot in near if date.type == "SET" and date.value.startswith("P") and 0 <= spot.first - right <= 1), None)


_COUNTED_UNITS = frozenset({"money", "mass", "volume"})


def _compared(pieces: Pieces, spot: Spot) -> bool:
    """Return whether a date is what another time is held against: "14 percent less than a year earlier", "2.4 percent less than in October"."""
    at = spot.first - 1
    while pieces.at(at) in {"in", "on", "at", "during", "the"}:
        at -= 1
    return pieces.at(at) == "than" and any(pieces.at(back) in _COMPARATIVES for back in range(at - 4, at))


_COMPARATIVES = frozenset(
    {"more", "less", "fewer", "higher", "lower", "cheaper", "dearer", "greater", "smaller", "larger", "bigger", "better", "worse"}
)


_OTHER_VERB = 12.0

_DATE_REACH = 26.0


def _taken_by_other(pieces: Pieces, others: Sequence[FigureReading], spot: Spot, first: int) -> float:
    """Return what it costs that a date before a number closes the phrase of another number ("594 captured since Aug. 6 and about 30,000 ...")."""
    if pieces.lower[spot.last : spot.last + 2] == [",", "and"] and pieces.at(spot.first - 1) == "since":
        return 30.0  # "has held no vote since 2016, and half its people are hungry": a clause of its own.
    owner = any(spot.first - 7 <= other.candidate.first < spot.first for other in others)
    if not owner or any(pieces.at(at) in {"including", ":", "of", "among", "with"} for at in range(spot.last, first)):
        return 0.0
    return 30.0 if "and" in (pieces.at(spot.last), pieces.at(spot.last + 1)) else 8.0


def _unequalled(pieces: Pieces, at: int, date: Date) -> bool:
    """Return whether a date says how long nothing was like it: "the bloodiest riots there since 1947", "the highest level in two decades"."""
    while pieces.at(at) in {"at", "least", "almost", "nearly", "more", "than", "about", "over"} and pieces.at(at) != "since":
        at -= 1
    if pieces.at(at) not in {"since", "in", "for"}:
        return False
    if pieces.at(at) != "since" and date.type != "DURATION":
        return False
    words = pieces.lower[max(0, at - 7) : at]
    return any((word.endswith("est") and len(word) > 5) or word in {"first", "worst", "most", "best", "biggest", "last"} for word in words)


def _dates_figures(pieces: Pieces, date: Date, spot: Spot) -> bool:
    """Return whether a date can be when a figure holds: not "before 2022", no length of time that is not a period of reckoning."""
    left, right = pieces.at(spot.first - 1), pieces.at(spot.last)
    if _unequalled(pieces, spot.first - 1, date):
        return False
    if left in link_words("bad_before") or date.type == "SET":
        return False
    if date.type != "DURATION":
        return date.value not in {"PAST_REF", "FUTURE_REF"}
    over = link_words("over")
    reckoned = left in over or (pieces.at(spot.first) in {"the", "past", "last"} and left in over | {"for", "after"})
    return (reckoned or pieces.at(spot.first) in {"over", "within"}) and right not in {"ago", "later", "earlier", "before", "after", "of", "into"}
