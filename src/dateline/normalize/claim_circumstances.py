"""When and where a claim's content holds, and when the text puts the saying of it.

Figures name their own place and date; a claim has one only where its content names one and no other, for a claim about two days is about neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from spacy.tokens import Doc

from dateline.model import Claim, Date, PlaceMention
from dateline.spans import Spans

Interval = tuple[datetime, datetime]


def circumstances(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with the interval and the place of their content, and the interval in which it was said."""
    dates = Spans((found.start, found.end, found) for found in doc._.dates if found.date_from is not None and found.date_to is not None)
    places = Spans((mention.start, mention.end, mention) for mention in doc._.places if mention.place is not None)
    contents = Spans((claim.start, claim.end, claim) for claim in claims)
    outside: defaultdict[int, list[Date]] = defaultdict(list)  # What stands outside of what anybody says, by sentence.
    for found in dates:
        if found.type in {"DATE", "TIME"} and not contents.overlap(found.start, found.end):
            outside[found.sentence].append(found)
    return [_with_circumstances(claim, outside[claim.sentence], dates, places) for claim in claims]


def _with_circumstances(claim: Claim, outside: Sequence[Date], dates: Spans[Date], places: Spans[PlaceMention]) -> Claim:
    held = _interval(dates.within(claim.start, claim.end))
    said = _interval(found for found in outside if _beside(found, claim))
    place = _place(places.within(claim.start, claim.end))
    if held is None and said is None and place is None:
        return claim
    return replace(
        claim,
        date_from=held[0] if held else None,
        date_to=held[1] if held else None,
        said_from=said[0] if said else None,
        said_to=said[1] if said else None,
        place_id=place,
    )


def _beside(found: Date, claim: Claim) -> bool:
    """Return whether a date stands on the cue's side of the content: "said on Sunday that ..."."""
    return claim.cue_start is not None and (found.start < claim.start) == (claim.cue_start < claim.start)


def _interval(dates: Iterable[Date]) -> Interval | None:
    """Return the finest interval where all the others hold it ("at 10:30 on Friday"), None where two lie side by side."""
    spans = sorted({(found.date_from, found.date_to) for found in dates if found.date_from and found.date_to}, key=lambda span: span[1] - span[0])
    if not spans:
        return None
    begin, end = spans[0]
    return (begin, end) if all(first <= begin and end <= last for first, last in spans) else None


def _place(mentions: Sequence[PlaceMention]) -> str | None:
    """Return the one place named, where the others are the country or region that it lies in; governments called by their capital are none."""
    places = {mention.place.place_id: mention.place for mention in mentions if mention.place is not None and not mention.metonym}
    wide = {"country": [p for p in places.values() if p.kind == "country"], "admin1": [p for p in places.values() if p.kind == "admin1"]}
    fine = [p for p in places.values() if p.kind not in wide]
    for level, holders in ((fine, [*wide["country"], *wide["admin1"]]), (wide["admin1"], wide["country"]), (wide["country"], [])):
        if level:
            only = level[0]
            within = len(level) == 1 and all(h.country == only.country and (h.kind == "country" or h.admin1 in {None, only.admin1}) for h in holders)
            return only.place_id if within else None
    return None
