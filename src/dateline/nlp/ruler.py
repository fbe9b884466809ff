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


_WORD = re.compile(r"\w+")
# Attribute of the patterns, label, strength and rule of what it finds.
_KINDS = (
    ("units", "ORG", True, "unit"),
    ("administrations", "ORG", True, "administration"),
    ("events", "EVENT", True, "event"),
    ("named_events", "EVENT", True, "named_event"),
    ("natural", "LOC", True, "natural"),
    ("facilities", "FAC", True, "facility"),
    ("municipalities", "GPE", True, "municipality"),
    ("combined", "NORP", True, "combined"),
    ("wide", "LOC", False, "wide_place"),
    ("bodies", "ORG", False, "body"),
    ("headed", "ORG", False, "headed_body"),
    ("platforms", "ORG", False, "platform"),
    ("demonyms", "NORP", False, "demonym"),
    ("countries", "GPE", False, "country"),
    ("ministries", "ORG", True, "ministry"),
)


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
    present = frozenset(_WORD.findall(text))
    yield from _weapons(text)
    for kind, label, strong, rule in _KINDS:
        if kind in known.needed and known.needed[kind].isdisjoint(present):
            continue
        pattern: re.Pattern[str] = getattr(known, kind)
        for match in pattern.finditer(text):
            yield Found(*match.span(), label, strong, rule)


def find_in(doc: Doc) -> list[Found]:
    """Return what the patterns find in a doc: strong before weak, longer before shorter."""
    return sorted(find(text_of(doc)), key=lambda f: (not f.strong, f.start - f.end, f.start))


def in_election_names(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of places that are part of an election's name ("the 2019 Ukraine general election")."""
    return [match.span(1) for match in patterns().elections.finditer(text)] if "election" in text else []


def in_diseases(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of diseases' names ("Lassa" before "fever", "MERS")."""
    return [match.span() for match in patterns().diseases.finditer(text)]
