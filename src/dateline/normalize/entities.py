"""Say what the entities found in a Doc mean."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.entities import EntityCandidate
from dateline.model import Entity, Rejection


def normalize_entities(doc: Doc, candidates: Sequence[EntityCandidate]) -> tuple[list[Entity], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    return [], []
