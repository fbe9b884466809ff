"""The words of a noun phrase in the parse, for what a figure is about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.extract.figure_candidate import change_words
from dateline.extract.figure_words import word_set

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})

_INSIDE = frozenset({"compound", "amod", "nmod:poss", "flat", "nmod", "fixed", "goeswith", "nmod:unmarked", "nmod:desc", "flat:name"})

_EMPTY = word_set("concepts empty")

_MAX_WORDS = 20

_TIME_DETERMINERS = frozenset({"last", "this", "next", "past"})

_POINTERS = frozenset({"PRP", "PRP$", "DT", "CD", "WP", "WP$", "WDT"})

_BEFORE_NOUN = NOUNS | {"JJ", "JJS", "JJR", "AFX"}


def noun_words(noun: Token, skip: frozenset[int]) -> tuple[int, ...]:
    """Return the words of a noun phrase without articles, numbers, relative clauses and appositions.

    Neighbouring adjectives and nouns belong to it whatever the parse says of them: tags are surer than arcs.
    """
    doc = noun.doc
    noun = before_slip(noun)
    words = set(_walk(noun, skip, 0))
    for at in tuple(words):
        words.update(_beside(doc, at, -1, _BEFORE_NOUN, skip))
        words.update(_beside(doc, at, 1, NOUNS, skip))
    return tuple(sorted(words)[:_MAX_WORDS])


def is_verb(token: Token) -> bool:
    """Return whether the arcs make a verb of a word that is tagged as a noun ("flights that should have cost $5m")."""
    return any(child.dep_.startswith("aux") for child in token.children)


def before_slip(noun: Token) -> Token:
    """Return the subject that a verb read as its plural noun follows ("The stock trades on ..."), else the noun itself."""
    doc = noun.doc
    if not noun.i or noun.i + 1 >= len(doc) or noun.tag_ not in {"NN", "NNS"}:
        return noun
    before, after = noun.nbor(-1), noun.nbor(1)
    if before.tag_ not in NOUNS or before.dep_ not in {"compound", "nsubj"} or after.lower_ in {"of", "and"}:
        return noun
    amount = after.tag_ in {"CD", "RB", "$", "TO"}
    moves = amount and change_words().get(noun.lower_, ("", ""))[1] == "verb"  # "the producer slid 0.8%"
    plural = amount and before.tag_ == "NNS" and noun.tag_ == "NN"  # "The stars spin 70 times a minute"
    single = (amount or after.tag_ == "IN") and before.tag_ in {"NN", "NNP"} and noun.tag_ == "NNS" and noun.dep_ == "ROOT"
    return before if moves or plural or single else noun


def _of_name(doc: Doc, at: int, step: int) -> bool:
    """Return whether a hyphen, or the number of a name ("Stoxx 600"), goes on a run of nouns."""
    return doc[at].tag_ == "HYPH" or (step > 0 and doc[at].tag_ == "CD" and doc[at - 1].tag_ == "NNP" and not doc[at].is_sent_start)


def _beside(doc: Doc, at: int, step: int, tags: frozenset[str], skip: frozenset[int]) -> list[int]:
    """Return the run of words with these tags beside a word."""
    run = []
    at += step
    while 0 <= at < len(doc) and at not in skip and (doc[at].tag_ in tags or _of_name(doc, at, step) or (step < 0 and _describing(doc, at))):
        if (step < 0 and follows_time_word(doc, at)) or (step > 0 and before_slip(doc[at]).i != at):
            break
        if doc[at].lower_ not in _EMPTY:
            run.append(at)
        elif step > 0:
            break
        at += step
    return run


def follows_time_word(doc: Doc, at: int) -> bool:
    """Return whether a noun says when, not what ("last season the club sold nine players", "this year sales fell")."""
    return at > 0 and doc[at - 1].lower_ in _TIME_DETERMINERS


def _describing(doc: Doc, at: int) -> bool:
    """Return whether a participle describes the noun behind it ("fuming acid", "best performing sector"), not governs it."""
    token = doc[at]
    return token.tag_ == "VBG" and (token.dep_ == "amod" or (at > 0 and doc[at - 1].tag_ in {"JJS", "RBS", "RB"}))


def _counted_apart(noun: Token, joined: Token, skip: frozenset[int]) -> bool:
    """Return whether another number stands before the second of two nouns ("6.5 times earnings and 1.4 times book value")."""
    return any(at in skip and noun.doc[at].tag_ in {"CD", "$"} for at in range(noun.i + 1, joined.i))


def _walk(noun: Token, skip: frozenset[int], depth: int) -> Iterator[int]:
    yield noun.i
    if depth > 3:
        return
    for child in noun.children:
        joined = child.dep_ == "conj" and child.tag_ in NOUNS and depth < 2 and not _counted_apart(noun, child, skip)
        worth = child.lower_ == "worth" and child.i > noun.i
        if worth or child.i in skip or not (joined or child.dep_ in _INSIDE) or child.tag_ in _POINTERS or child.lower_ in _EMPTY:
            continue
        yield from _walk(child, skip, depth + 1)
