"""Tell a capital that stands for its government ("Moscow denied") from the town."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.extract.places import PlaceCandidate
from dateline.gazetteer import Entry


def is_metonym(doc: Doc, candidate: PlaceCandidate, entry: Entry) -> bool:
    """Return whether a mention of a capital means the government there."""
    return False
