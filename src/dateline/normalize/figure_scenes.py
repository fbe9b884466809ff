"""Places that a text points back to: "the city", "in the country", "nationwide", and the offices that speak for a place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_number_words import role
from dateline.model import PlaceMention
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_spots import Spot, link_words

_KINDS = {
    "city": frozenset({"city", "village"}),
    "region": frozenset({"admin1", "admin2", "region", "district"}),
    "facility": frozenset({"facility"}),
    "country": frozenset({"country"}),
    "capital": frozenset({"city"}),
}
_DETERMINERS = frozenset({"the", "that", "this"})
_WIDE = frozenset({"country", "region", "natural"})
_BACK = 400  # Mentions looked back at; the work stays linear.


@cache
def _means() -> dict[str, str]:
    return {word: kind for kind in _KINDS for word in link_words(f"means_{kind}")}


def pointers(
    pieces: Pieces, first: int, last: int, mentions: Sequence[PlaceMention], firsts: Sequence[int], scene: PlaceMention | None
) -> list[tuple[PlaceMention, Spot, bool]]:
    """Return what the words of a sentence that point back to places stand for, each as a scene.

    Args:
        pieces: The text.
        first: Pieces [first, last) are the sentence.
        last: Its end.
        mentions: All places of the text, in order.
        firsts: The first piece of each.
        scene: Where the figures told last happened; it goes before a place named later.
    """
    table = _means()
    found = []
    for at in range(first, last):
        kind = table.get(pieces.lower[at].removesuffix("'s").removesuffix("’s"))
        if kind is None or not _points(pieces, at, first):
            continue
        seen = bisect_left(firsts, at)
        here = {m.place.country for m in mentions[bisect_left(firsts, first) : seen] if m.place is not None}
        place = _meant(kind, mentions[max(0, seen - _BACK) : seen], scene, here)
        if place is not None:
            found.append((place, Spot(at, at + 1, pieces.starts[at], pieces.ends[at]), True))
    return found


def _points(pieces: Pieces, at: int, first: int) -> bool:
    """Return whether a noun points back: behind "in the", as "the city's 40", or at the head of its sentence; "nationwide" always."""
    word, before = pieces.lower[at], pieces.at(at - 2)
    if word in {"nationwide", "countrywide", "nationally"}:
        return True
    if pieces.at(at - 1) not in _DETERMINERS or pieces.at(at + 1) in {"of", "where", "that", "which"} or pieces.raw(at + 1)[:1].isupper():
        return False
    if word.endswith(("'s", "’s")):
        return any(pieces.numeric[i] or role(pieces.lower[i]) for i in range(at + 1, min(at + 4, len(pieces))))
    if before == "near" or (before == "of" and pieces.at(at - 3).endswith(("north", "south", "east", "west"))):
        return False  # Where something else lies.
    return at - 1 == first or before in link_words("locative") or before == "from"


def _meant(kind: str, before: Sequence[PlaceMention], scene: PlaceMention | None, here: set[str | None]) -> PlaceMention | None:
    """Return the place that a noun of a kind stands for: the scene or the last of that kind; the country is that of the scene.

    Args:
        kind: What the noun means.
        before: The places named before it.
        scene: Where the figures told last happened.
        here: Countries of the places named in the same sentence, which "the country" does not mean.
    """
    known = [mention for mention in (*before, *((scene,) if scene is not None else ())) if mention.place is not None]
    fitting = [m for m in known if m.place is not None and m.place.kind in _KINDS[kind] and (kind == "country" or not m.metonym)]
    if kind == "capital":
        return max(fitting, key=lambda mention: (mention.place.population or 0) if mention.place else 0, default=None)
    if kind == "country":
        told = [m.place.country for m in known if m.place is not None and m.place.kind not in _WIDE and not m.metonym and m.place.country not in here]
        own = [m for m in fitting if m.place is not None and m.place.country not in here and (not told or m.place.country == told[-1])]
        return own[-1] if own else None
    return fitting[-1] if fitting else None


def holders(pieces: Pieces, mentions: Sequence[PlaceMention], spots: Sequence[Spot]) -> list[tuple[Spot, PlaceMention]]:
    """Return the places whose own offices speak: "Kharkiv governor", "Lebanon's health ministry", "officials in Pakistan", "Kenya recorded"."""
    found = []
    for mention, spot in zip(mentions, spots, strict=True):
        before = range(max(0, spot.first - 4), spot.first)
        words = {pieces.at(at) for at in (*range(spot.last, spot.last + 4), *before[-3:])}
        counts = mention.place is not None and mention.place.kind == "country" and pieces.at(spot.last) in link_words("country_counts")
        people = pieces.at(spot.first - 1) == "in" and any(pieces.at(at) in link_words("holder_people") for at in before)
        if counts or people or not words.isdisjoint(link_words("holder")):
            found.append((spot, mention))
    return found


def held_place(figure: FigureReading, found: Sequence[tuple[Spot, PlaceMention]]) -> PlaceMention | None:
    """Return the place whose office gives a figure in this sentence."""
    first = figure.candidate.sentence_first
    low = bisect_left(found, first, key=lambda holder: holder[0].first)
    return next((mention for spot, mention in found[low : low + 3] if spot.first < figure.candidate.first), None)
