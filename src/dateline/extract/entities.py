"""Find entities in a Doc: what is written, and where."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCandidate:
    """What was found, before it is given a meaning."""

    start: int
    end: int
    label: str
    rule: str


def extract_entities(doc: Doc) -> list[EntityCandidate]:
    """Return the entities written in a doc, in text order."""
    return [EntityCandidate(start=e.start_char, end=e.end_char, label=e.label_, rule=f"entities.{e.ent_id_ or 'model'}") for e in doc.ents]
