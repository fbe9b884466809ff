"""Tell a capital that stands for its government ("Moscow denied") from the town.

A capital that acts - subject of a verb other than those that befall towns ("Kyiv woke to explosions") - or that owns what governments own is its
government, unless a word of place stands before it. Words: place_metonymy.csv.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from dateline.extract.doc_text import annotated
from dateline.extract.places import PlaceCandidate
from dateline.gazetteer import Entry
from dateline.resources import rows

_SUBJECTS = frozenset(("nsubj", "csubj"))


@cache
def _words(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("place_metonymy.csv") if row["use"] == use)


@cache
def _verbs() -> frozenset[str]:
    forms: set[str] = set()
    for row in rows("report_verbs.csv"):
        lemma = row["lemma"]
        stem = lemma[:-1] + "ie" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma
        forms |= {f"{stem}s", f"{stem}d" if stem.endswith("e") else f"{stem}ed", *row["forms"].split()}
    return frozenset(forms)


def is_metonym(doc: Doc, candidate: PlaceCandidate, entry: Entry) -> bool:
    """Return whether a mention of a capital means the government there."""
    if not entry.capital or candidate.cue is not None:
        return False
    last = doc[candidate.last - 1]
    before = doc[candidate.first - 1].lower_ if candidate.first else ""
    after = doc[candidate.last] if candidate.last < len(doc) else None
    if before in _words("place") or (candidate.first == 0 and after is not None and not after.is_alpha):
        return False
    if after is not None and after.lower_ in ("'s", "’s"):
        owned = doc[candidate.last + 1 : candidate.last + 4]
        return any(token.lower_ in _words("owned") for token in owned)
    if before in _words("before") or (after is not None and after.lower_ in _verbs()):
        return True
    return annotated(doc, "DEP") and not (last.is_upper and candidate.first == 0) and _acts(last)


def _acts(token: Token) -> bool:
    """Whether a token is the subject of a verb that makes it an actor, itself or as one of several ("Kyiv and its allies said")."""
    while token.dep_ == "conj":
        token = token.head
    verb = token.head
    return token.dep_ in _SUBJECTS and verb.pos_ == "VERB" and verb.lemma_ not in _words("event")
