"""Tie figures to who gave them, where and when: the claim that contains a figure, the nearest compatible place and date.

Nearest alone is wrong as often as right: in "Ukraine's air force said 178 clashes took place on Wednesday, including 32 at Lyman" neither Ukraine nor
Lyman is where the 178 were. So a place counts only where it is written as a place (behind a preposition, as head of a list item), not behind another
number, and not as part of a speaker's name; a date only within the same claim. What a sentence does not say is carried on from the scene before it
for the kinds of figures of which reports go on telling (casualties, damage), and from the opening of a list item for all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from dateline.extract.figure_lexer import Pieces
from dateline.model import Claim, Date, PlaceMention
from dateline.normalize.figure_reading import FigureReading, piece_after
from dateline.resources import rows


@dataclass(slots=True)
class Links:
    """What a figure is tied to; None where the text says nothing."""

    claim: Claim | None = None
    source_name: str | None = None
    place: PlaceMention | None = None
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place or date in pieces: [first, last)."""

    first: int
    last: int
    start: int
    end: int


@cache
def _words(role: str) -> frozenset[str]:
    return frozenset(word for row in rows("figure_links.csv") if row["role"] == role for word in row["words"].split("|"))


def link_figures(doc: Doc, figures: Sequence[FigureReading]) -> list[Links]:
    """Return the ties of each figure, in order."""
    links = [Links() for _ in figures]
    if not figures:
        return links
    pieces = figures[0].candidate.pieces
    _sources(doc, figures, links)
    _places(doc, pieces, figures, links)
    _dates(doc, pieces, figures, links)
    return links


def _attribute(doc: Doc, name: str) -> tuple[object, ...]:
    return tuple(doc._.get(name)) if Doc.has_extension(name) else ()


def _claims(doc: Doc) -> list[Claim]:
    return [claim for claim in _attribute(doc, "claims") if isinstance(claim, Claim)]


def _sources(doc: Doc, figures: Sequence[FigureReading], links: list[Links]) -> None:
    """Give each figure the innermost claim around it."""
    claims = _claims(doc)
    for figure, link in zip(figures, links, strict=True):
        start, end = figure.candidate.start, figure.candidate.end
        around = [claim for claim in claims if claim.start <= start and end <= claim.end]
        if around:
            link.claim = min(around, key=lambda claim: claim.end - claim.start)
            link.source_name = link.claim.source_name or link.claim.source_text


def _spot(pieces: Pieces, start: int, end: int) -> _Spot:
    first = max(0, bisect_right(pieces.starts, start) - 1)
    last = first
    while last < len(pieces) and pieces.starts[last] < end:
        last += 1
    return _Spot(first, last, start, end)


def _speakers(doc: Doc) -> list[tuple[int, int]]:
    """Return spans of who speaks and of organisations: places inside name no scene."""
    spans = [(c.source_start, c.source_end) for c in _claims(doc) if c.source_start is not None and c.source_end is not None]
    for entity in _attribute(doc, "entities"):
        if getattr(entity, "type", "") in {"ORG", "PERSON", "EVENT", "WEAPON"}:
            spans.append((entity.start, entity.end))  # type: ignore[attr-defined]  # every entity has them; the tuple is typed as objects
    return spans


def _places(doc: Doc, pieces: Pieces, figures: Sequence[FigureReading], links: list[Links]) -> None:
    speakers = _speakers(doc)
    mentions = [p for p in _attribute(doc, "places") if isinstance(p, PlaceMention) and not p.metonym]
    mentions = [p for p in mentions if not any(a <= p.start and p.end <= b for a, b in speakers)]
    spots = [_spot(pieces, p.start, p.end) for p in mentions]
    scenes = [_is_scene(pieces, spot) for spot in spots]
    header: tuple[int, PlaceMention] | None = None
    last_scene: PlaceMention | None = None
    seen = 0
    for figure, link in zip(figures, links, strict=True):
        candidate = figure.candidate
        line = pieces.text.rfind("\n", 0, candidate.start)
        # The scenes written before this sentence, the last of them foremost.
        while seen < len(spots) and spots[seen].first < candidate.sentence_first:
            if scenes[seen]:
                last_scene = mentions[seen]
            if _opens_item(pieces, spots[seen]):
                header = (pieces.text.rfind("\n", 0, spots[seen].start), mentions[seen])
            seen += 1
        best = _nearest_place(pieces, figure, figures, mentions, spots, scenes)
        if best is not None:
            link.place = best
        elif header is not None and header[0] == line:
            link.place = header[1]
        elif figure.kind in _words("place_carry"):
            before = next((li.place for f, li in zip(figures, links, strict=True) if f is not figure and li.place and f.candidate.sentence == candidate.sentence and f.candidate.start < candidate.start), None)
            link.place = before or last_scene
        if link.place is not None and figure.kind in _words("place_carry"):
            last_scene = link.place


def _is_scene(pieces: Pieces, spot: _Spot) -> bool:
    """Return whether a place is written as a place: behind a preposition, or before "direction", "region" and the like."""
    if pieces.at(spot.last) in _words("header"):
        return True
    at = spot.first - 1
    for _ in range(6):
        word = pieces.at(at)
        if word in _words("locative"):
            return True
        if word not in _words("skip") and not word.endswith(("'s", "’s")):
            return False
        at -= 1
    return False


def _opens_item(pieces: Pieces, spot: _Spot) -> bool:
    """Return whether a place heads a list item: "Lyman direction: ...", "- Kupiansk axis:"."""
    at = spot.last
    while pieces.at(at) in _words("header") and at - spot.last < 2:
        at += 1
    return pieces.at(at) == ":"


def _nearest_place(
    pieces: Pieces, figure: FigureReading, figures: Sequence[FigureReading], mentions: list[PlaceMention], spots: list[_Spot], scenes: list[bool]
) -> PlaceMention | None:
    candidate = figure.candidate
    right = max(piece_after(figure), candidate.right)
    numbers = [f.candidate.first for f in figures if f.candidate.sentence == candidate.sentence and f is not figure]
    best: tuple[float, PlaceMention] | None = None
    for mention, spot, scene in zip(mentions, spots, scenes, strict=True):
        if not candidate.sentence_first <= spot.first < candidate.sentence_last:
            continue
        before = spot.last <= figure.modifier.left
        allowed = scene or figure.kind in {"population", "distance"} and mention.place is not None
        if figure.kind == "distance" and not scene and pieces.at(spot.first - 1) in _words("from"):
            allowed = True
        if not allowed:
            continue
        if before:
            cost = 1.0 + _gap(pieces, spot.last, figure.modifier.left)
        elif any(right <= number < spot.first for number in numbers):
            continue
        else:
            cost = _gap(pieces, right, spot.first)
        if best is None or cost < best[0]:
            best = (cost, mention)
    return best[1] if best is not None else None


def _gap(pieces: Pieces, low: int, high: int) -> float:
    cost = 0.0
    for at in range(low, high):
        word = pieces.at(at)
        cost += {",": 3.0, ";": 12.0, "and": 2.0, "but": 8.0, "while": 8.0, ":": 1.0}.get(word, 1.0)
    return cost


def _dates(doc: Doc, pieces: Pieces, figures: Sequence[FigureReading], links: list[Links]) -> None:
    dates = [d for d in _attribute(doc, "dates") if isinstance(d, Date)]
    spots = [_spot(pieces, d.start, d.end) for d in dates]
    claims = _claims(doc)
    carried: Date | None = None
    carried_line = -1
    for figure, link in zip(figures, links, strict=True):
        if figure.kind in _words("undated"):
            continue
        candidate = figure.candidate
        best = _nearest_date(pieces, figure, figures, dates, spots, claims)
        line = pieces.text.count("\n", 0, candidate.start)
        if best is not None:
            link.date = best
        elif figure.kind in _words("date_carry") and carried is not None and line - carried_line <= 2:
            link.date = carried
        if figure.kind in _words("date_carry") and link.date is not None:
            carried, carried_line = link.date, line


def _nearest_date(
    pieces: Pieces, figure: FigureReading, figures: Sequence[FigureReading], dates: list[Date], spots: list[_Spot], claims: list[Claim]
) -> Date | None:
    candidate = figure.candidate
    right = max(piece_after(figure), candidate.right)
    numbers = [f.candidate.first for f in figures if f.candidate.sentence == candidate.sentence and f is not figure]
    inside = [claim for claim in claims if claim.start <= candidate.start and candidate.end <= claim.end]
    best: tuple[float, Date] | None = None
    for date, spot in zip(dates, spots, strict=True):
        if not candidate.sentence_first <= spot.first < candidate.sentence_last or date.value == "UNRESOLVED" and False:
            continue
        if date.end > candidate.start and date.start < candidate.end:
            continue
        if not _dates_figures(pieces, date, spot):
            continue
        if any(not (claim.start <= date.start and date.end <= claim.end) for claim in inside):
            continue
        before = spot.last <= figure.modifier.left
        if before:
            cost = 1.0 + _gap(pieces, spot.last, figure.modifier.left)
        elif any(right <= number < spot.first for number in numbers) and pieces.at(spot.first - 1) not in {"since"}:
            cost = 12.0 + _gap(pieces, right, spot.first)
        else:
            cost = _gap(pieces, right, spot.first)
        if best is None or cost < best[0]:
            best = (cost, date)
    return best[1] if best is not None else None


def _dates_figures(pieces: Pieces, date: Date, spot: _Spot) -> bool:
    """Return whether a date can be when a figure holds: not "before 2022", no length of time that is not a period of reckoning."""
    left = pieces.at(spot.first - 1)
    if left in _words("bad_before"):
        return False
    if date.type == "SET":
        return False
    if date.type == "DURATION":
        first = pieces.at(spot.first)
        return (left in {"in", "over", "during", "within", "throughout"} or first in {"the", "past", "last"} and left in {"in", "over", "during", "within", "for"}) and pieces.at(spot.last) not in {
            "ago", "later", "earlier", "before", "after", "of", "into",
        }  # fmt: skip
    return date.value not in {"PAST_REF", "FUTURE_REF"}
