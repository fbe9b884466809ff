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
_IN_NAME = frozenset({"compound", "flat", "appos", "conj"})
_MEASURE_LEADS = word_set("concepts measure leads")
_AGE_LEADS = word_set("concepts age leads")
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


def noun_of_measures(doc: Doc, own: Sequence[int], skip: frozenset[int]) -> Token | None:
    """Return the noun behind a measure with a hyphen and what comes between ("a 400-mile (640 km), two-day journey")."""
    last = max(own)
    if doc[last - 1].text != "-" or last + 2 >= len(doc) or doc[last + 1].text not in {"(", ","}:
        return None
    at = last + 1
    while at < len(doc) and at <= last + 14 and (at in skip or doc[at].text in {",", "(", ")", "-"} or doc[at].tag_ in {"JJ", "CC"}):
        at += 1
    if at >= len(doc) or doc[at].tag_ not in NOUNS or at in skip or doc[at - 1].text == ",":
        return None
    while at + 1 < len(doc) and doc[at + 1].tag_ in NOUNS and at + 1 not in skip:
        at += 1
    return doc[at]


def holder_before(doc: Doc, first: int, skip: frozenset[int], word: str = "with") -> Token | None:
    """Return the noun that has something with it: "a team with eight changes", "brothers with a net worth of $2bn", "a deal worth $5m"."""
    at = first - 1
    while at > 0 and at >= first - 4 and (doc[at].tag_ in {"DT", "JJ", "PRP$"} or (at in skip and doc[at].lower_ != word)):
        at -= 1
    if at < 1 or doc[at].lower_ != word or doc[at - 1].tag_ not in NOUNS or at - 1 in skip:
        return None
    return _head_of_run(doc[at - 1], skip)


def noun_beside(doc: Doc, figure: FigureReading, first: int, skip: frozenset[int]) -> Token | None:
    """Return the noun right before a measure and its preposition: "carbon levels at 1,200 parts per million", "investments over $35m"."""
    if figure.unit is None or figure.unit.dimension == "time" or figure.change is not None:
        return None
    at = first if doc[first].lower_ in _MEASURE_LEADS else first - 1
    while at > 1 and at >= first - 4 and at in skip and doc[at].lower_ not in _MEASURE_LEADS:
        at -= 1
    if at < 1 or doc[at].lower_ not in _MEASURE_LEADS or doc[at - 1].tag_ not in NOUNS or at - 1 in skip:
        return None
    return _head_of_run(doc[at - 1], skip)


def aged_noun(doc: Doc, figure: FigureReading, own: Sequence[int], skip: frozenset[int]) -> Token | None:
    """Return whose age a bound is: "players over the age of 21", "men aged 18 to 60"."""
    if not figure.candidate.age:
        return None
    at = first = max(own)
    while at > 0 and at >= first - 9 and (doc[at].lower_ in _AGE_LEADS or at in own):
        at -= 1
    if at < 0 or not any(doc[i].lower_ in {"age", "aged", "ages"} for i in range(at + 1, first)) or doc[at].tag_ not in NOUNS:
        return None
    return _head_of_run(doc[at], skip)


def place_of_existence(doc: Doc, figure: FigureReading, own: Sequence[int], skip: frozenset[int]) -> Token | None:
    """Return where there is so much of something: "There are 300 students studying at the university"."""
    at = max(own) + 1
    if not any(doc[i].tag_ == "EX" for i in range(max(0, min(own) - 6), min(own))):
        return None
    while at < len(doc) and at <= max(own) + 5:
        token = doc[at]
        if token.tag_ == "IN" and token.lower_ not in {"that", "who", "of"}:
            noun = token.head
            return noun if noun.i > at and noun.tag_ in NOUNS and noun.i not in skip else None
        if token.tag_ in {"VBD", "VBZ", "VBP", "MD", "CC", "WDT", "WP"} or not token.is_alpha:
            return None
        at += 1
    return None


def _head_of_run(noun: Token, skip: frozenset[int]) -> Token:
    """Return the noun that the parse hangs the words of its name or compound on."""
    while noun.head.i < noun.i and noun.dep_ in _IN_NAME and noun.head.tag_ in NOUNS and noun.head.i not in skip:
        noun = noun.head
    return noun


def served_noun(doc: Doc, figure: FigureReading, own: Sequence[int], skip: frozenset[int]) -> Token | None:
    """Return the noun of "for ..." right behind an amount: what was paid for, what a rate holds for ("24 mpg for cars", "3% above the average")."""
    at = max(own) + 1
    if at < len(doc) and doc[at].text == "(" and at + 1 in skip:
        at = next((i + 1 for i in range(at + 1, min(len(doc), at + 8)) if doc[i].text == ")"), at)  # "$5 million (4 million euros) for ..."
    if at + 1 < len(doc) and doc[at].lower_ == "in" and at + 1 in skip:
        at = next((i for i in range(at + 1, len(doc)) if i not in skip), at)  # "29 mpg in 2020 for cars"
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
        if doc[at].lower_ in _CLAUSES or (doc[at].lower_ == "that" and doc[at].tag_ == "IN"):
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
        superlative = token.tag_ == "JJS" and doc[at + 1].tag_ in {"VBD", "VBZ", "VBP"}  # "... while the lowest is 74"
        if (token.tag_ in NOUNS or superlative) and at not in skip and (noun < 0 or noun == at - 1):
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
