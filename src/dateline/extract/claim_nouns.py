"""Cues that are nouns or adjectives: "the ministry's claim that ...", "X is confident that ..."."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.extract.claim_candidate import ClaimCandidate, candidate
from dateline.extract.claim_content import Content, trim
from dateline.extract.claim_cues import negated
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_lexicon import Sense, senses
from dateline.extract.claim_reach import clause_end
from dateline.extract.claim_right import right_content
from dateline.extract.claim_sources import NOMINAL, as_source, subject
from dateline.extract.claim_voices import can_speak


def _is_said(clause: Token) -> bool:
    """Tell whether a clause behind a noun is what the noun says ("the point that prices rose"), and not about it ("the point that he made")."""
    if clause.dep_ == "acl:relcl":
        inner = {c.dep_: c for c in clause.children if c.i < clause.i}
        return "mark" in inner and inner["mark"].lower_ == "that" and any(dep.startswith("nsubj") for dep in inner)
    return clause.dep_ in {"acl", "ccomp"}


def nominal(lay: Layout, noun: Token, sense: Sense) -> ClaimCandidate | None:
    """Return the attribution of "the ministry's claim that ..."."""
    owner = next((c for c in noun.children if c.dep_ in {"nmod:poss", "poss"}), None)
    if owner is None:
        owner = next(
            (c for c in noun.children if c.dep_ == "nmod" and any(g.dep_ == "case" and g.lower_ in {"by", "from"} for g in c.children)), None
        )
    clause = next((c for c in noun.children if c.i > noun.i and c.tag_ not in {"VBN", "VBG"} and _is_said(c)), None)
    if clause is None:
        return _that_behind(lay, noun, sense, owner)
    if owner is None and noun.dep_ == "obj" and noun.head.pos_ == "VERB" and not any(s.mode == "denied" for s in senses().get(noun.head.lower_, ())):
        owner = subject(noun.head)  # "She made the point that ...", "he voiced concern that ...".
        if owner is not None and not (lay.low[noun.i] <= owner.i < noun.i and can_speak(lay, owner)):
            owner = None
    finite = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    infinitive = any(c.dep_ == "mark" and c.lower_ == "to" for c in clause.children)
    if not (finite or (infinitive and "infinitive" in sense.stances)):
        return None
    lead = clause.left_edge.i
    start, end = trim(lay, lead + 1 if finite else lead, min(clause.right_edge.i + 1, lay.high[noun.i]))
    if end <= start:
        return None
    content = Content(start, end, "noun", lead=lead)
    source = as_source(lay, owner, noun.i) if owner is not None else None
    return candidate(lay, noun, sense, content, source, stance=not finite or owner is None or "clause" not in sense.claims)


def _that_behind(lay: Layout, noun: Token, sense: Sense, owner: Token | None) -> ClaimCandidate | None:
    """Return the attribution of "the ministry's claim that there had been ..." where the parse hangs the clause elsewhere."""
    doc, high, lead = lay.doc, lay.high[noun.i], noun.i + 1
    if owner is None or owner.i > noun.i or lead + 2 >= high or doc[lead].lower_ != "that" or doc[lead].tag_ != "IN":
        return None
    start, end = trim(lay, lead + 1, clause_end(lay, lead + 1, lead + 2, high))
    if end <= start or doc[start].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return None
    content = Content(start, end, "noun", lead=lead)
    return candidate(lay, noun, sense, content, as_source(lay, owner, noun.i), stance="clause" not in sense.claims)


def adjectival(lay: Layout, word: Token, sense: Sense) -> ClaimCandidate | None:
    """Return the attribution of "X is confident that ..."."""
    owner = next((c for c in word.children if c.dep_ in {"nsubj", "nsubj:pass"} and c.i < word.i and c.pos_ in NOMINAL), None)
    if owner is None:
        return None
    for frames, stance in ((sense.claims, False), (sense.stances, True)):
        content = right_content(lay, word, frames)
        if content is not None:
            denied = negated(word)
            return candidate(lay, word, sense, content, as_source(lay, owner, word.i), stance=stance or denied, negated=denied)
    return None
