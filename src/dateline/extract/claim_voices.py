"""Who can speak at all: persons, bodies, groups and documents can; dates, numbers, places in time and abstract nouns cannot."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from dateline.extract.claim_layout import Layout
from dateline.resources import rows

_DATED = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})


@cache
def _kinds() -> dict[str, str]:
    return {row["noun"]: row["kind"] for row in rows("speaker_nouns.csv")}


def _kind(word: str) -> str:
    kinds = _kinds()
    found = kinds.get(word)
    if found is None and word.endswith("s"):
        found = kinds.get(word[:-1]) or (kinds.get(word[:-3] + "y") if word.endswith("ies") else None)
    return found or ""


def is_temporal(token: Token) -> bool:
    """Tell whether a word names a time: "Monday", "December", "week", "today"."""
    return token.ent_type_ in _DATED - {"CARDINAL", "ORDINAL"} or _kind(token.lower_) == "time"


def can_speak(lay: Layout, head: Token) -> bool:
    """Tell whether the head of a phrase can be a source of any verb: no time, mark, or thing that the table rules out."""
    if head.is_punct or head.is_space or head.text in {"-", "%"} or not any(letter.isalnum() for letter in head.text):
        return False
    named = lay.entities.get(head.i)
    if named is not None and named.label_ in {"PERSON", "ORG", "NORP", "GPE", "FAC"}:
        return True
    if head.pos_ in {"ADP", "SCONJ", "CCONJ"}:
        return False
    return not is_temporal(head) and not (_kind(head.lower_) == "mute" and head.is_lower)  # "The Times" can.


def is_person(lay: Layout, head: Token) -> bool:
    """Tell whether a word names a person: by name, or by a noun for one person."""
    named = lay.entities.get(head.i)
    return named.label_ == "PERSON" if named is not None else _kind(head.lower_) == "person" and head.tag_ in {"NN", "NNP"}


def is_voice(lay: Layout, head: Token) -> bool:
    """Tell whether a phrase names somebody who surely speaks: a person, a body, a group, a document; no mere thing or reason."""
    named = lay.entities.get(head.i)
    if named is not None:
        return named.label_ in {"PERSON", "ORG"}
    return head.pos_ == "PRON" or _kind(head.lower_) in {"person", "body", "group", "document"}
