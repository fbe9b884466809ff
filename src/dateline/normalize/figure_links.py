"""Tie figures to who gave them, where and when: the claim that contains a figure, the nearest compatible place and date.

Nearest alone is wrong as often as right: in "Ukraine's air force said 178 clashes took place on Wednesday, including 32 at Lyman" neither Ukraine nor
Lyman is where the 178 were. So a place counts only where it is written as a place (behind a preposition, as head of a list item), not behind another
number, and not as part of a speaker's name; a date only within the same claim. What a sentence does not say is carried on from the scene before it
for the kinds of figures of which reports go on telling (casualties, damage), and from the opening of a list item for all.
"""

from __future__ import annotations

import re
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
    if not claims:
        return
    bulletin = _is_bulletin(doc.text)
    carried: tuple[Claim, int, str] | None = None
    for figure, link in zip(figures, links, strict=True):
        start, end = figure.candidate.start, figure.candidate.end
        around = [claim for claim in claims if claim.start <= start and end <= claim.end]
        line = doc.text.rfind("\n", 0, start)
        if around:
            link.claim = min(around, key=lambda claim: claim.end - claim.start)
        else:
            link.claim = _same_sentence(figure, claims)
            goes_on = carried is not None and (bulletin or (carried[1] == line and figure.kind in _words("source_carry")))
            if link.claim is None and goes_on and carried is not None and (bulletin or carried[2] == figure.kind):
                link.claim = carried[0]
        if link.claim is not None:
            link.source_name = link.claim.source_name or link.claim.source_text
            carried = (link.claim, line, figure.kind)
        elif carried is not None and carried[2] != figure.kind and not bulletin:
            carried = None


def _same_sentence(figure: FigureReading, claims: list[Claim]) -> Claim | None:
    """Return the only claim of a sentence for a number that stands behind its content ("..., the ministry said, after 307 on Saturday")."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    begin, end = pieces.starts[candidate.sentence_first], pieces.ends[candidate.sentence_last - 1]
    here = [claim for claim in claims if begin <= claim.start < end]
    if len(here) != 1 or here[0].source_start is None or here[0].end > candidate.start:
        return None
    gap = pieces.text[here[0].end : candidate.start]
    if ";" in gap and figure.kind not in _words("source_carry"):
        return None
    return None if " while " in gap or " but " in gap or "day after" in gap else here[0]


_ITEM = re.compile(r"(?m)^\s*(?:[-–—•*·▪]\s|\d{1,2}[.)]\s|[^\n:]{3,60}\b(?:direction|sector|axis|front|region)s?:)")


def _is_bulletin(text: str) -> bool:
    """Return whether a text is a list of a staff's figures: three or more list items."""
    return len(_ITEM.findall(text, 0, 20000)) >= 3


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
    claims = _claims(doc)
    mentions = [p for p in _attribute(doc, "places") if isinstance(p, PlaceMention) and not p.metonym]
    mentions = [p for p in mentions if not any(a <= p.start and p.end <= b for a, b in speakers)]
    spots = [_spot(pieces, p.start, p.end) for p in mentions]
    firsts = {spot.first for spot in spots}
    scenes = [_is_scene(pieces, spot) and not _owns_place(pieces, spot, firsts) for spot in spots]
    carries = _words("place_carry")
    header: tuple[int, PlaceMention] | None = None
    scene: PlaceMention | None = None  # Where the figures told last happened.
    named: tuple[int, PlaceMention] | None = None  # The last place written as one, with its sentence.
    seen = 0
    for figure, link in zip(figures, links, strict=True):
        candidate = figure.candidate
        line = pieces.text.rfind("\n", 0, candidate.start)
        while seen < len(spots) and spots[seen].first < candidate.first:
            if scenes[seen] and not _is_water(mentions[seen]):
                named = (spots[seen].first, mentions[seen])
            if _opens_item(pieces, spots[seen]):
                header = (pieces.text.rfind("\n", 0, spots[seen].start), mentions[seen])
            seen += 1
        if header is not None and header[0] == line:
            link.place = header[1]
            continue
        link.place = _nearest_place(figure, figures, mentions, spots, scenes, claims)
        if link.place is None and (figure.kind in carries or _here(pieces, figure)):
            link.place = scene or (named[1] if named is not None else None)
        if link.place is not None and figure.kind in carries and not _is_water(link.place):
            scene = link.place


def _is_water(mention: PlaceMention) -> bool:
    """Return whether a place is a sea, river or mountain, which no later sentence is about."""
    return mention.place is not None and mention.place.kind in {"natural", "region"} and mention.place.country is None


def _here(pieces: Pieces, figure: FigureReading) -> bool:
    """Return whether the sentence points back to the scene: "in the region", "there"."""
    first, last = figure.candidate.sentence_first, figure.candidate.sentence_last
    anaphors = _words("anaphor")
    return any(
        (pieces.at(at) in anaphors and pieces.at(at - 1) in {"the", "that", "this"} and pieces.at(at - 2) in _words("locative")) or pieces.at(at) == "there"
        for at in range(first + 1, last)
    )


def _owns_place(pieces: Pieces, spot: _Spot, firsts: set[int]) -> bool:
    """Return whether a place only says whose another place is: "Russia's Kursk region"."""
    return spot.last in firsts and pieces.at(spot.last - 1).endswith(("'s", "’s", "s'", "s’"))


def _is_scene(pieces: Pieces, spot: _Spot) -> bool:
    """Return whether a place is written as a place: behind a preposition, or before "direction", "region" and the like."""
    if pieces.at(spot.last) in _words("header"):
        return True
    at = spot.first - 1
    for _ in range(6):
        word = pieces.at(at)
        if word in _words("locative") or (word == "for" and pieces.at(at - 1) in _words("contest")):
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
    figure: FigureReading,
    figures: Sequence[FigureReading],
    mentions: list[PlaceMention],
    spots: list[_Spot],
    scenes: list[bool],
    claims: list[Claim],
) -> PlaceMention | None:
    """Return the place of the same sentence that a number applies to."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    right = max(piece_after(figure), candidate.right)
    others = [f for f in figures if f.candidate.sentence == candidate.sentence and f is not figure and not f.candidate.age]
    inside = [claim for claim in claims if claim.start <= candidate.start and candidate.end <= claim.end]
    best: tuple[float, PlaceMention] | None = None
    previous = -1
    for mention, spot, scene in zip(mentions, spots, scenes, strict=True):
        if not candidate.sentence_first <= spot.first < candidate.sentence_last:
            continue
        distance = figure.kind == "distance" and (scene or pieces.at(spot.first - 1) in _words("from"))
        if not (scene or distance or (figure.kind == "population" and mention.place is not None)):
            continue
        if any(_framed(claim, mention, figure) for claim in inside):
            continue
        nested = previous >= 0 and spot.first - previous <= 4  # "the Bucha district near Kyiv": the first is the scene, the second says where it is.
        previous = spot.last
        if spot.last <= figure.modifier.left:
            cost = 1.0 + _gap(pieces, spot.last, figure.modifier.left) + (4.0 if nested else 0.0) + (3.0 if figure.kind == "distance" else 0.0)
        else:
            cost = _gap(pieces, right, spot.first) + _crossing(pieces, figure, others, right, spot.first)
        limit = 30.0 if figure.kind in _words("place_carry") else 16.0
        if cost < limit and (best is None or cost < best[0]):
            best = (cost, mention)
    return best[1] if best is not None else None


def _framed(claim: Claim, mention: PlaceMention, figure: FigureReading) -> bool:
    """Return whether a place only says where somebody spoke: before the speaker, outside of what is claimed ("At a forum in Kyiv, Syrskyi said ...")."""
    if claim.start <= mention.start and mention.end <= claim.end:
        return False
    pieces, left = figure.candidate.pieces, figure.modifier.left
    if claim.start >= pieces.starts[max(0, left - 2)]:
        return False  # "In Kursk it counted 15": the claim is the number itself.
    return claim.source_start is None or claim.source_start <= claim.start


def _crossing(pieces: Pieces, figure: FigureReading, others: Sequence[FigureReading], right: int, target: int) -> float:
    """Return what it costs to reach a word behind other numbers: little along a plain list of counts ("20 villages and 50 houses in X"), else all."""
    cost = 0.0
    at = right
    for other in others:
        if not right <= other.candidate.first < target:
            continue
        between = [pieces.at(index) for index in range(at, other.modifier.left)]
        if not all(word in {",", "and", "or", "(", ")"} for word in between):
            return 100.0
        cost += 1.0
        at = max(piece_after(other), other.candidate.right)
    return cost


def _gap(pieces: Pieces, low: int, high: int) -> float:
    costs = _gap_costs()
    return sum(costs.get(pieces.at(at), 1.0) for at in range(low, high))


@cache
def _gap_costs() -> dict[str, float]:
    return {",": 3.0, ";": 12.0, "and": 2.0, "but": 8.0, "while": 8.0, "which": 8.0, "who": 4.0, "it": 6.0, "they": 6.0, "he": 6.0, "she": 6.0, ":": 1.0}


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


def _dates(doc: Doc, pieces: Pieces, figures: Sequence[FigureReading], links: list[Links]) -> None:
    dates = [d for d in _attribute(doc, "dates") if isinstance(d, Date) and not _in_dateline(doc.text, d)]
    spots = [_spot(pieces, d.start, d.end) for d in dates]
    claims = _claims(doc)
    bulletin = _is_bulletin(doc.text)
    carries = _words("date_carry")
    starts = [token.idx for token in doc] if dates and doc.has_annotation("DEP") else []
    verbs = [_verb_at(doc, date.start, starts) if starts else -1 for date in dates]
    carried: Date | None = None
    carried_line = -1
    earlier: dict[tuple[int, str], Date] = {}
    for figure, link in zip(figures, links, strict=True):
        if figure.kind in _words("undated"):
            continue
        candidate = figure.candidate
        verb = _verb_at(doc, candidate.start, starts) if starts else -1
        link.date = _nearest_date(figure, figures, dates, spots, claims, [-1 if verb < 0 or v < 0 else int(v != verb) for v in verbs])
        line = pieces.text.count("\n", 0, candidate.start)
        if link.date is None and bulletin:
            link.date = _list_date(pieces.text, candidate.start, dates)
        near = line - carried_line <= 2 and figure.kind in carries
        if link.date is None and carried is not None and near and not bulletin:
            link.date = carried
        before = earlier.get((candidate.sentence, figure.kind))
        if link.date is None and before is not None:
            link.date = before
        if link.date is None and pieces.at(candidate.sentence_first) in {"they", "it"}:
            link.date = earlier.get((candidate.sentence - 1, "any")) if figure.kind in _words("date_same_line") else None
        if link.date is not None:
            earlier[candidate.sentence, figure.kind] = earlier[candidate.sentence, "any"] = link.date
        if figure.kind in carries and link.date is not None:
            carried, carried_line = link.date, line


def _list_date(text: str, start: int, dates: list[Date]) -> Date | None:
    """Return the date in the line that opens the list of an item: "Yesterday the enemy carried out:"."""
    begin = text.rfind("\n", 0, start) + 1
    while begin > 0 and _BULLET.match(text, begin):
        begin = text.rfind("\n", 0, begin - 1) + 1
    end = text.find("\n", begin)
    if end > start or end < 0 or not text[begin:end].rstrip().endswith(":"):
        return None
    return next((date for date in dates if begin <= date.start < end), None)


_BULLET = re.compile(r"\s*(?:[-–—•*·▪]\s|\d{1,2}[.)]\s)")


def _in_dateline(text: str, date: Date) -> bool:
    """Return whether a date belongs to the dateline ("KYIV, Aug 13 - ...")."""
    return date.start < 60 and re.match(r"\s*(?:\([^)\n]{1,40}\)\s*)?[-–—]", text[date.end : date.end + 50]) is not None and "." not in text[: date.start]


def _nearest_date(
    figure: FigureReading, figures: Sequence[FigureReading], dates: list[Date], spots: list[_Spot], claims: list[Claim], apart: list[int]
) -> Date | None:
    """Return the date of the same sentence that a number holds for; `apart` is 1 for dates that hang on another verb."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    right = max(piece_after(figure), candidate.right)
    others = [f for f in figures if f.candidate.sentence == candidate.sentence and f is not figure and not f.candidate.age]
    inside = [claim for claim in claims if claim.start <= candidate.start and candidate.end <= claim.end]
    best: tuple[float, Date] | None = None
    for date, spot, other in zip(dates, spots, apart, strict=True):
        if not candidate.sentence_first <= spot.first < candidate.sentence_last or not _dates_figures(pieces, date, spot):
            continue
        framing = spot.first - candidate.sentence_first <= 2 and spot.first < candidate.first
        follows = pieces.at(spot.last) == "when" or (pieces.at(spot.last) == "," and pieces.at(spot.last + 1) == "when")
        outside = not framing and any(not (claim.start <= date.start and date.end <= claim.end) for claim in inside)
        if outside and (date.type == "DURATION" or figure.kind not in _words("stated")):
            continue
        if spot.last <= figure.modifier.left:
            cost = 1.0 + _gap(pieces, spot.last, figure.modifier.left) + _taken_by_other(pieces, others, spot, candidate.first)
        else:
            crossed = _crossing(pieces, figure, others, right, spot.first)
            cost = _gap(pieces, right, spot.first) + (min(crossed, 12.0))
        cost += (15.0 if outside else 0.0) + (_OTHER_VERB if other == 1 and not framing and not follows else 0.0)
        cost -= 8.0 if framing or (follows and spot.first < candidate.first) else 0.0
        if cost < _DATE_REACH and (best is None or cost < best[0]):
            best = (cost, date)
    return best[1] if best is not None else None


_OTHER_VERB = 12.0
_DATE_REACH = 26.0


def _taken_by_other(pieces: Pieces, others: Sequence[FigureReading], spot: _Spot, first: int) -> float:
    """Return what it costs that a date before a number closes the phrase of another number ("594 captured since Aug. 6 and about 30,000 ...")."""
    owner = any(spot.first - 7 <= other.candidate.first < spot.first for other in others)
    if not owner or any(pieces.at(at) in {"including", ":", "of", "among", "with"} for at in range(spot.last, first)):
        return 0.0
    return 30.0 if "and" in (pieces.at(spot.last), pieces.at(spot.last + 1)) else 8.0


def _dates_figures(pieces: Pieces, date: Date, spot: _Spot) -> bool:
    """Return whether a date can be when a figure holds: not "before 2022", no length of time that is not a period of reckoning."""
    left, right = pieces.at(spot.first - 1), pieces.at(spot.last)
    if left in _words("bad_before") or date.type == "SET":
        return False
    if date.type != "DURATION":
        return date.value not in {"PAST_REF", "FUTURE_REF"}
    over = _words("over")
    reckoned = left in over or (pieces.at(spot.first) in {"the", "past", "last"} and left in over | {"for", "after"})
    return (reckoned or pieces.at(spot.first) in {"over", "within"}) and right not in {"ago", "later", "earlier", "before", "after", "of", "into"}
