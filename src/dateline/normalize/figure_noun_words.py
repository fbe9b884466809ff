"""The words of a noun phrase in the parse, for what a figure is about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.extract.figure_words import word_set

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})

_INSIDE = frozenset({"compound", "amod", "nmod:poss", "flat", "nmod", "fixed", "goeswith", "nmod:unmarked", "nmod:desc", "flat:name"})

_EMPTY = word_set("concepts empty")

_MAX_WORDS = 20

_BEFORE_NOUN = NOUNS | {"JJ", "JJS", "JJR"}


def noun_words(noun: Token, skip: frozenset[int]) -> tuple[int, ...]:
    """Return the words of a noun phrase without articles, numbers, relative clauses and appositions.

    Neighbouring adjectives and nouns belong to it whatever the parse says of them: tags are surer than arcs.
    """
    doc = noun.doc
    words = set(_walk(noun, skip, 0))
    for at in tuple(words):
        words.update(_beside(doc, at, -1, _BEFORE_NOUN, skip))
        words.update(_beside(doc, at, 1, NOUNS, skip))
    return tuple(sorted(words)[:_MAX_WORDS])


def _of_name(doc: Doc, at: int, step: int) -> bool:
    """Return whether a hyphen, or the number of a name ("Stoxx 600"), goes on a run of nouns."""
    return doc[at].tag_ == "HYPH" or (step > 0 and doc[at].tag_ == "CD" and doc[at - 1].tag_ == "NNP" and not doc[at].is_sent_start)


def _beside(doc: Doc, at: int, step: int, tags: frozenset[str], skip: frozenset[int]) -> list[int]:
    """Return the run of words with these tags beside a word."""
    run = []
    at += step
    while 0 <= at < len(doc) and at not in skip and (doc[at].tag_ in tags or _of_name(doc, at, step)) and doc[at].lower_ not in _EMPTY:
        run.append(at)
        at += step
    return run


def _walk(noun: Token, skip: frozenset[int], depth: int) -> Iterator[int]:
    yield noun.i
    if depth > 3:
        return
    for child in noun.children:
        joined = child.dep_ == "conj" and child.tag_ in NOUNS and depth < 2
        if child.i in skip or not (joined or child.dep_ in _INSIDE) or child.tag_ in {"PRP", "PRP$", "DT", "CD"} or child.lower_ in _EMPTY:
            continue
        yield from _walk(child, skip, depth + 1)
