"""Which currency a name means that countries share ("dinars", "crowns"): that of the country that the text speaks of there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from dateline.normalize.figure_reading import FigureReading
from dateline.resources import rows


@cache
def _shared_names() -> dict[tuple[str, str], str]:
    return {(row["code"], row["country"]): row["currency"] for row in rows("currency_countries.csv")}


@cache
def _shared_codes() -> frozenset[str]:
    return frozenset(code for code, _ in _shared_names())


@cache
def _peoples() -> dict[str, str]:
    return {row["demonym"]: row["country"] for row in rows("demonyms.csv")}


def unit_here(doc: Doc, reading: FigureReading) -> str:
    """Return the unit; of a shared currency name the currency of the country named last before it in its paragraph, else of that named most."""
    name = reading.unit_name
    if reading.unit is None or reading.unit.dimension != "money" or name not in _shared_codes():
        return name
    pieces, candidate = reading.candidate.pieces, reading.candidate
    if candidate.right - candidate.last > 1 and pieces.raw(candidate.last)[0].isupper():
        return name  # "Swiss francs" says which.
    table = _shared_names()
    begin = pieces.text.rfind("\n", 0, candidate.start) + 1
    named = [(at, country) for at, country in _countries(doc) if (name, country) in table]
    near = max(((at, country) for at, country in (*named, *_nationals(reading, begin)) if begin <= at < candidate.start), default=None)
    if near is not None and (name, near[1]) in table:
        return table[name, near[1]]
    counts = Counter(country for _, country in named)
    return table[name, counts.most_common(1)[0][0]] if counts else name


def _countries(doc: Doc) -> Iterator[tuple[int, str]]:
    for mention in doc._.places if Doc.has_extension("places") else ():
        if mention.place is not None and mention.place.country:
            yield mention.start, mention.place.country


def _nationals(reading: FigureReading, begin: int) -> Iterator[tuple[int, str]]:
    """Yield the countries of the peoples named in the paragraph before a figure ("Danish drug maker")."""
    pieces, at = reading.candidate.pieces, reading.candidate.first - 1
    while at >= 0 and pieces.starts[at] >= begin and reading.candidate.first - at < _FAR:
        country = _peoples().get(pieces.raw(at))
        if country is not None and (reading.unit_name, country) in _shared_names():
            yield pieces.starts[at], country
        at -= 1


_FAR = 120  # Words looked back over.
