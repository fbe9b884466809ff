"""Say what the places found in a Doc mean."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.places import PlaceCandidate
from dateline.model import PlaceMention, Rejection


def normalize_places(doc: Doc, candidates: Sequence[PlaceCandidate], *, demonyms: bool = False) -> tuple[list[PlaceMention], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    return [], []
