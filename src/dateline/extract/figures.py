"""Find figures in a Doc: what is written, and where."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCandidate:
    """What was found, before it is given a meaning."""

    start: int
    end: int
    rule: str


def extract_figures(doc: Doc) -> list[FigureCandidate]:
    """Return the figures written in a doc, in text order."""
    return []
