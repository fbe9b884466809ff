"""The word that a figure is about, by climbing the dependency parse from the figure's highest word (Universal Dependencies labels)."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.normalize.figure_noun_words import NOUNS, follows_time_word, is_verb

_LIGHT = frozenset("total sum amount maximum minimum average cost price".split()) - {"cost", "price"}

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})

_CLIMB = frozenset({"conj", "xcomp", "advcl", "parataxis", "ccomp", "advmod", "dep", "list", "acl", "obl", "obj", "obl:unmarked", "amod", "orphan"})


def owner_of(top: Token, skip: frozenset[int], own: set[int]) -> Token | None:
    """Return the word that a figure is about, climbing from its highest word."""
    for _ in range(8):
        head, dep = top.head, top.dep_
        if head.i == top.i:
            subject = subject_of(top)
            return subject if subject is not None and answers(subject, skip) else None
        if dep == "conj" and head.i in skip:
            top = head
            continue
        if is_verb(head) and dep not in _SUBJECTS:
            return _from_verb(head, top, skip)
        if dep in _SUBJECTS:
            return _object(head, skip)
        if head.tag_ in NOUNS and (dep in ATTRIBUTES or not _is_predicate(head)):
            if head.lower_ in _LIGHT or head.i in skip:
                top = head
                continue
            return head
        return _from_verb(head, top, skip)
    return None


ATTRIBUTES = frozenset({"nmod", "compound", "amod", "nummod", "appos", "nmod:poss", "nmod:unmarked", "nmod:desc"})


def _is_predicate(noun: Token) -> bool:
    """Return whether a noun is what something is said to be ("have been on a tear")."""
    return any(child.dep_ == "cop" for child in noun.children)


def _from_verb(verb: Token, top: Token, skip: frozenset[int]) -> Token | None:
    """Return the subject of the verb that governs a figure; without a noun there, what else it is said of."""
    at = verb
    for _ in range(6):
        subject = subject_of(at)
        if subject is not None and answers(subject, skip):
            return subject
        if subject is not None and subject.lower_ in {"that", "which", "who"} and at.dep_.startswith("acl"):
            return at.head if at.head.i not in skip else None
        if subject is not None and subject.lower_ in {"it", "they", "he", "she"} and at.dep_ in {"ccomp", "advcl"}:
            # "The company said it has ...": the speaker.
            outer = subject_of(at.head)
            return outer if outer is not None and answers(outer, skip) else _target(verb, top, skip)
        if subject is not None and subject.tag_ in {"PRP", "EX", "DT", "WP"}:
            break
        if at.dep_.startswith("acl") and at.head.i in skip and at.head.head.i != at.head.i:
            at = at.head  # "up 57% after plummeting 65%": on from the other amount.
            continue
        if at.dep_.startswith("acl") and at.head.tag_ in NOUNS and not _is_predicate(at.head):
            return at.head
        if at.dep_ not in _CLIMB or at.head.i == at.i:
            break
        if at.head.tag_ in NOUNS and at.head.i not in skip and at.dep_ != "conj" and not _is_predicate(at.head):
            return at.head
        at = at.head
    return _target(verb, top, skip)


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a verb; of two, the one that says no time ("Last season the club sold 9 players")."""
    found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    return next((child for child in found if not follows_time_word(child.doc, child.i)), found[0] if found else None)


def answers(token: Token, skip: frozenset[int]) -> bool:
    return token.tag_ in NOUNS and token.i not in skip


def _object(verb: Token, skip: frozenset[int]) -> Token | None:
    """Return the object of a verb: what those counted do it to ("14 players left the club")."""
    for child in verb.children:
        particle = child.dep_ == "obl" and any(c.tag_ == "RP" for c in child.children)  # "finish off the plan"
        if (child.dep_ == "obj" or particle) and child.i > verb.i and answers(child, skip):
            return child
    return None


def _target(verb: Token, top: Token, skip: frozenset[int]) -> Token | None:
    """Return what money is paid for, what is made longer: "paid $35,538 for a system"."""
    for child in verb.children:
        if child.i == top.i or not answers(child, skip):
            continue
        if child.dep_ == "obj" or (child.dep_ == "obl" and child.i > verb.i and any(c.lower_ in {"for", "to", "from"} for c in child.children)):
            return child
    return None


def antecedent(clause: Token, skip: frozenset[int]) -> Token | None:
    """Return what "which" stands for; behind an amount, what comes to it ("the package was $11m, which includes ...")."""
    noun = clause.head
    if noun.i in skip or noun.tag_ not in NOUNS:
        found = subject_of(noun)
        return found if found is not None and answers(found, skip) else None
    return noun
