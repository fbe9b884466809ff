"""Find dates in a Doc: what is written, and where."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """What was found, before it is given a meaning."""

    start: int
    end: int
    rule: str


def extract_dates(doc: Doc) -> list[DateCandidate]:
    """Return the dates written in a doc, in text order."""
    return []
