"""Say what the figures found in a Doc mean."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.figures import FigureCandidate
from dateline.model import Figure, Rejection


def normalize_figures(doc: Doc, candidates: Sequence[FigureCandidate]) -> tuple[list[Figure], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    return [], []
