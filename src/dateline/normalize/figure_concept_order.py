"""What a figure is about by the order of words, which holds where the parse of a long sentence goes astray."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dateline.extract.figure_units import unit_named
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_noun_words import NOUNS
from dateline.normalize.figure_nouns import lemma_of
from dateline.normalize.figure_reading import FigureReading

_MAX_BACK = 40
_CLAUSES = word_set("concepts clauses")


def measured_noun(doc: Doc, figure: FigureReading, skip: frozenset[int]) -> Token | None:
    """Return the noun that a measure stands before ("an 80-yard touchdown", "a sharp 3 percent drop"), None where there is none."""
    if figure.unit is None or figure.phrase.borrowed or not figure.phrase.heads or figure.per is not None:
        return None
    first, head = figure.phrase.start, figure.phrase.heads[-1]
    between = doc[first - 1]
    if between.lower_ in {"of", "in", "the"} or head in skip or doc[head].tag_ not in NOUNS or figure.phrase.start - 1 not in skip:
        return None
    return doc[head]


def served_noun(doc: Doc, figure: FigureReading, own: Sequence[int], skip: frozenset[int]) -> Token | None:
    """Return the noun of "for ..." right behind an amount: what was paid for, what a rate holds for ("24 mpg for cars", "3% above the average")."""
    at = max(own) + 1
    if figure.unit is None or at + 1 >= len(doc) or doc[at].lower_ not in {"for", "above", "below"}:
        return None
    head = doc[at].head
    unit = unit_named(lemma_of(head.text))
    timed = unit is not None and unit.dimension == "time"  # "for every full year" is no purpose.
    return head if head.i > at and head.i not in skip and head.tag_ in NOUNS and not timed else None


def own_subject(doc: Doc, owner: Token, first: int, skip: frozenset[int]) -> Token | None:
    """Return the subject of the clause that a number stands in, where the parse took that of the clause before ("... while gold fell 2%")."""
    opens = -1
    for at in range(first - 1, max(owner.i, first - _MAX_BACK), -1):
        if doc[at].lower_ in _CLAUSES:
            opens = at
            break
    if opens < 0:
        return None
    noun = -1
    for at in range(opens + 1, first):
        token = doc[at]
        if token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            joined = noun >= 0 and doc[opens].lower_ == "and" and not doc[noun].dep_.startswith("nsubj")
            return doc[noun] if noun >= 0 and not joined else None
        if token.tag_ in {"PRP", "EX", "IN", "TO", "VB", "VBN"} and noun < 0:
            return None
        if token.tag_ in NOUNS and at not in skip and (noun < 0 or noun == at - 1):
            noun = at
    return None


def noun_before_verb(doc: Doc, first: int, skip: frozenset[int]) -> Token | None:
    """Return the noun before the verb before a number, where the parse found no subject; None when a pronoun stands there."""
    at = first - 1
    begin = max(0, first - _MAX_BACK)
    while at >= begin and not doc[at].tag_.startswith(("VB", "MD")):
        if doc[at].tag_ in {"PRP", "EX"} or doc[at].is_sent_start:
            return None
        at -= 1
    while at >= begin and doc[at].tag_.startswith(("VB", "MD", "RB", "TO", "JJ")):
        at -= 1
    if at > begin and doc[at].text == ",":
        # "Energy, last year's worst sector, fell": the noun before the apposition.
        opened = next((i for i in range(at - 1, max(begin, at - 10), -1) if doc[i].text == ","), -1)
        at = opened - 1 if opened > begin else at
    while at > begin and at in skip:
        at -= 1  # "The 16 inch is worth $2,000": the noun before its own measure.
    if at < begin or doc[at].tag_ not in NOUNS or at in skip:
        return None
    noun = doc[at]
    while noun.head.i < noun.i and noun.dep_ in {"compound", "flat", "nmod", "appos"} and noun.head.tag_ in NOUNS and noun.head.i not in skip:
        noun = noun.head
    return noun
