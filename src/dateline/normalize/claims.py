"""Say what the claims found in a Doc mean."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.claims import ClaimCandidate
from dateline.model import Claim, Rejection


def normalize_claims(doc: Doc, candidates: Sequence[ClaimCandidate]) -> tuple[list[Claim], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    return [], []
