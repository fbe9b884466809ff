"""Say what the dates found in a Doc mean."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.dates import DateCandidate
from dateline.model import Date, Rejection


def normalize_dates(doc: Doc, candidates: Sequence[DateCandidate], *, vague: bool = True) -> tuple[list[Date], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    return [], []
