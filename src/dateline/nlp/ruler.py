"""What lists and patterns know better than a network: designations, numbered units, ministries, facilities, storms, demonyms, countries.

Every rule yields character spans with a label and a strength. Strong spans replace what the recognizer said where they cover it; weak ones only fill
gaps and settle the type of a span that is exactly theirs. The words are in seeds/reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from dateline.extract.doc_text import text_of
from dateline.nlp.patterns import patterns

# Short designations that are roads, paper sizes, vitamins or visas as often as weapons; beside a weapon word they count all the same.
_DOUBTFUL = re.compile(r"^(?:[ACHJMRDTSPBFX]-\d|[AMDS]-\d{1,2}|C-[1-9]|R-\d|H-\d)$")
_SURE = re.compile(r"^(?:T-\d\d|F-\d\d|A-[15]0|J-\d\d|B-(?:1|2|21|52)|H-6|P-8|D-30)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A span by characters, its label, whether it is strong, and the rule's name."""

    start: int
    end: int
    label: str
    strong: bool
    rule: str


def _weapons(text: str) -> Iterator[Found]:
    known = patterns()
    for match in known.designations.finditer(text):
        word = match[0]
        if not _DOUBTFUL.match(word) or _SURE.match(word) or known.weapon_word.match(text, match.end()):
            yield Found(*match.span(), "WEAPON", True, "designation")
    for match in known.weapons.finditer(text):
        if match[0] not in known.unsure_weapons or known.weapon_word.match(text, match.end()):
            yield Found(*match.span(), "WEAPON", True, "weapon")


def find(text: str) -> Iterator[Found]:
    """Yield what the patterns find in a text, overlapping ones included."""
    known = patterns()
    yield from _weapons(text)
    for pattern, label, strong, rule in (
        (known.units, "ORG", True, "unit"),
        (known.administrations, "ORG", True, "administration"),
        (known.events, "EVENT", True, "event"),
        (known.named_events, "EVENT", True, "named_event"),
        (known.natural, "LOC", True, "natural"),
        (known.facilities, "FAC", True, "facility"),
        (known.municipalities, "GPE", True, "municipality"),
        (known.combined, "NORP", True, "combined"),
        (known.wide, "LOC", False, "wide_place"),
        (known.bodies, "ORG", False, "body"),
        (known.headed, "ORG", False, "headed_body"),
        (known.platforms, "ORG", False, "platform"),
        (known.demonyms, "NORP", False, "demonym"),
        (known.countries, "GPE", False, "country"),
    ):
        for match in pattern.finditer(text):
            yield Found(*match.span(), label, strong, rule)
    if "Ministry" in text:
        for match in known.ministries.finditer(text):
            yield Found(*match.span(), "ORG", True, "ministry")


def find_in(doc: Doc) -> list[Found]:
    """Return what the patterns find in a doc: strong before weak, longer before shorter."""
    return sorted(find(text_of(doc)), key=lambda f: (not f.strong, f.start - f.end, f.start))


def in_election_names(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of places that are part of an election's name ("the 2019 Ukraine general election")."""
    return [match.span(1) for match in patterns().elections.finditer(text)] if "election" in text else []


def in_diseases(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of diseases' names ("Lassa" before "fever", "MERS")."""
    return [match.span() for match in patterns().diseases.finditer(text)]
