"""What a figure is about: the noun phrase that an amount measures, or who a count belongs to, from the dependency parse.

"Revenue rose to $7.4 billion" is about Revenue, "a $61 billion aid package" about the package, "20% of Ukraine's land" about the land, "Ford
has 13,000 workers" about Ford. The rules follow the dependency of the figure's highest word (Universal Dependencies labels). Without a parser only
"of ..." and the noun right behind an amount are read. Pronouns are no answer: what they stand for is not looked for here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dateline.extract.figure_words import word_set
from dateline.normalize.figure_concept_climb import ATTRIBUTES, answers, antecedent, owner_of, subject_of
from dateline.normalize.figure_concept_order import (
    aged_noun,
    holder_before,
    measured_noun,
    noun_before_verb,
    noun_beside,
    noun_of_measures,
    own_subject,
    place_of_existence,
    served_noun,
)
from dateline.normalize.figure_noun_words import NOUNS, noun_words
from dateline.normalize.figure_nouns import lemma_of
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_tokens import Reading


def find_concepts(reading: Reading, figures: Sequence[FigureReading]) -> None:
    """Set `concept`, tokens of the Doc in text order, on each figure."""
    taken = _number_tokens(reading, figures)
    for index, figure in enumerate(figures):
        before = figures[index - 1] if index else None
        if before is not None and _converts(figure, before):
            figure.concept = before.concept
        elif reading.heads:
            figure.concept = _parsed(reading, figure, taken)
        else:
            figure.concept = _plain(reading, figure, taken)


def _number_tokens(reading: Reading, figures: Sequence[FigureReading]) -> frozenset[int]:
    """Return the tokens of all numbers with their units and counted phrases, and of dates."""
    doc = reading.doc
    taken = {token for figure in figures for token in span_tokens(reading, figure)}
    for figure in figures:
        if figure.unit is None and figure.phrase.heads and not figure.phrase.borrowed:
            taken.update(range(figure.phrase.start, figure.phrase.heads[-1] + 1))
    for date in doc._.dates if Doc.has_extension("dates") else ():
        taken.update(range(reading.at_char(date.start), bisect_left(reading.starts, date.end)))
    return frozenset(taken)


def span_tokens(reading: Reading, figure: FigureReading) -> range:
    """Return the tokens of a number with its modifier, currency and unit."""
    pieces = figure.candidate.pieces
    first = reading.at_char(pieces.starts[figure.modifier.left])
    return range(first, bisect_left(reading.starts, pieces.ends[figure.candidate.right - 1]))


def _converts(figure: FigureReading, before: FigureReading) -> bool:
    """Return whether a number in brackets restates the one before it, or goes on a list of states of the same thing."""
    pieces = figure.candidate.pieces
    if figure.candidate.sentence != before.candidate.sentence:
        return False
    gap = pieces.lower[before.candidate.right : figure.modifier.left]
    same = figure.unit is not None and before.unit is not None and figure.unit.dimension == before.unit.dimension
    if gap[-2:] == [",", "or"] and len(gap) <= _RESTATED and figure.unit is not None and before.unit is not None and before.change is None:
        return True  # "60% of its value, or more than $30 billion"
    return same and (gap[:1] in (["("], ["["]) or gap in ([",", "or"], ["to"], ["from"])) and len(gap) <= 4


_RESTATED = 7  # Words from an amount to another of the same thing, what it is a share of counted in.


def _top(doc: Doc, tokens: Sequence[int]) -> Token:
    """Return the token of a group whose head lies outside it."""
    group = set(tokens)
    for at in tokens:
        token = doc[at]
        if token.head.i not in group or token.head.i == token.i:
            return token
    return doc[tokens[-1]]


def _parsed(reading: Reading, figure: FigureReading, skip: frozenset[int]) -> tuple[int, ...]:
    """Return what an amount is of by the parse; `skip` holds the tokens of all amounts, its own among them, and of dates."""
    doc, pieces = reading.doc, figure.candidate.pieces
    if figure.candidate.veto == "pronoun" or (pieces.at(figure.candidate.first) == "one" and pieces.at(figure.candidate.last) == "of"):
        return ()  # "one of the best" is one of those, about nothing else.
    own = [at for at in span_tokens(reading, figure) if doc[at].dep_ not in {"case", "punct"}]
    counted = figure.unit is None and bool(figure.phrase.heads) and not figure.phrase.borrowed
    phrase = range(figure.phrase.start, figure.phrase.heads[-1] + 1) if counted else range(0)
    owners = next((at for at in reversed(phrase) if doc[at].tag_ == "POS"), None) if doc[max(0, figure.phrase.start - 1)].lower_ == "of" else None
    if owners is not None:
        return tuple(range(phrase.start, owners))  # "two of Johnson's deputies"
    own = [*own, *phrase]
    if not own or _points_in_time(doc, figure, own):
        return ()
    top = doc[figure.phrase.heads[0]] if counted else _top(doc, own)
    group = set(own)
    while top.head.i in group and top.head.i != top.i:
        top = top.head
    aged = aged_noun(doc, figure, own, skip)
    if aged is not None:
        figure.about = lemma_of(aged.text)
        return noun_words(aged, skip)
    part = _complement(top, "of", skip) if not counted else None
    if part is not None:
        figure.about = lemma_of(part.text)
        return _with_subject(part, top, skip)
    listed = noun_of_measures(doc, own, skip) if figure.unit is not None else None
    if listed is not None:
        figure.about = lemma_of(listed.text)
        return noun_words(listed, skip)
    measured = measured_noun(doc, figure, skip)
    if measured is not None:
        figure.about = lemma_of(measured.text)
        described = [min(own) - 1] if min(own) and doc[min(own) - 1].tag_ == "JJ" else []  # "a sharp 3 percent drop"
        return tuple(dict.fromkeys((*described, *_with_subject(measured, measured, skip))))
    holder = holder_before(doc, min(own), skip, "with" if counted else "worth")
    if holder is not None:
        figure.about = lemma_of(holder.text)
        return noun_words(holder, skip)
    beside = noun_beside(doc, figure, min(own), skip)
    if beside is not None:
        figure.about = lemma_of(beside.text)
        return noun_words(beside, skip)
    owner = owner_of(top, skip, group)
    owner = noun_before_verb(doc, min(own), skip) if owner is None else own_subject(doc, owner, min(own), skip) or owner
    if owner is None:
        there = place_of_existence(doc, figure, own, skip) if counted else served_noun(doc, figure, own, skip)
        return noun_words(there, skip) if there is not None else _beside_amount(doc, figure, skip)
    if owner.tag_ not in NOUNS:
        return (owner.i,)
    owner = _whole(owner, skip)
    if _is_said_of(owner, top):
        named = subject_of(owner)
        owner = _whole(named, skip) if named is not None and answers(named, skip) else owner
    moved = _moved(figure, top, skip)
    if moved is not None and moved.i != owner.i:
        figure.about = lemma_of(moved.text)
        return tuple(sorted({*noun_words(moved, skip), *noun_words(owner, skip)}))
    figure.about = lemma_of(owner.text)
    words = _with_subject(owner, owner, skip) if top.dep_ in ATTRIBUTES else noun_words(owner, skip)
    served = served_noun(doc, figure, own, skip)
    return tuple(dict.fromkeys((*noun_words(served, skip), *words))) if served is not None and served.i not in words else words


def _moved(figure: FigureReading, top: Token, skip: frozenset[int]) -> Token | None:
    """Return what somebody moves by an amount or does to what is counted: "the bank cut its forecast to 3%", "put a duty on 50 products"."""
    if not top.dep_.startswith("obl") or top.head.i > top.i:
        return None
    if figure.change is None and not any(child.lower_ == "on" for child in top.children if child.dep_ == "case"):
        return None
    found = next((child for child in top.head.children if child.dep_ == "obj" and child.i < top.i and answers(child, skip)), None)
    return _whole(found, skip) if found is not None else None


def _is_said_of(owner: Token, top: Token) -> bool:
    """Return whether a noun is what its subject is said to be, and the figure completes it ("the bay is the port for 60 fishermen")."""
    completes = top.head.i == owner.i and top.dep_ == "nmod" and top.i > owner.i
    return completes and any(child.dep_ == "cop" for child in owner.children)


def _beside_amount(doc: Doc, figure: FigureReading, skip: frozenset[int]) -> tuple[int, ...]:
    """Return the noun right behind an amount ("a million dollar house"), or that of "for the house" behind it."""
    if figure.unit is None or not figure.phrase.heads or figure.phrase.borrowed:
        return ()
    return tuple(at for at in range(figure.phrase.start, figure.phrase.heads[-1] + 1) if at not in skip and doc[at].tag_ in NOUNS | {"JJ"})


def _whole(noun: Token, skip: frozenset[int]) -> Token:
    """Return the head of the compound that a noun is a part of ("aid" of "aid package")."""
    while noun.dep_ in {"compound", "amod", "nmod:desc"} and noun.head.i > noun.i and noun.head.tag_ in NOUNS and noun.head.i not in skip:
        noun = noun.head
    return noun


def _with_subject(noun: Token, attached: Token, skip: frozenset[int]) -> tuple[int, ...]:
    """Return a noun phrase and whose it is said to be: the subject of the verb that it belongs to ("lost 60% of its market cap")."""
    whole = _whole(noun, skip)
    words = noun_words(whole, skip)
    holder = holder_before(whole.doc, min(words, default=whole.i), skip)
    if holder is not None:
        return tuple(dict.fromkeys((*words, *noun_words(holder, skip))))  # "brothers with a net worth of $2bn"
    verb = attached
    while verb.dep_ in ATTRIBUTES and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ not in {"obj", "obl", "obl:unmarked", "xcomp", "obl:agent"} or verb.head.i == verb.i:
        return words
    governor = verb.head
    owner = subject_of(governor)
    if owner is None and governor.dep_ in {"advcl", "xcomp", "conj"}:
        owner = subject_of(governor.head)
    if owner is None and governor.dep_ in {"conj", "acl", "parataxis"} and governor.head.i < governor.i:
        owner = governor.head  # "Frankel, an investor, acquired ..." with the verb hung on the name.
    if owner is not None and owner.tag_ in {"WDT", "WP"} and governor.dep_.startswith("acl"):
        owner = antecedent(governor, skip)
    if owner is None or owner.i in words or not answers(owner, skip):
        return words
    return tuple(dict.fromkeys((*words, *noun_words(owner, skip))))


_TIME_SIDES = word_set("concepts time sides")


def _points_in_time(doc: Doc, figure: FigureReading, own: Sequence[int]) -> bool:
    """Return whether a length of time only says when: "nine days later", "in the last three months"."""
    if figure.unit is None or figure.unit.dimension != "time" or figure.candidate.age:
        return False
    first, last = min(own), max(own)
    return (last + 1 < len(doc) and doc[last + 1].lower_ in _TIME_SIDES) or (first > 0 and doc[first - 1].lower_ in _TIME_SIDES)


def _complement(token: Token, word: str, skip: frozenset[int]) -> Token | None:
    """Return the noun of "of ..." under a token, or under the number words around it."""
    for child in token.children:
        if (
            child.dep_ in {"nmod", "obl"}
            and child.i > token.i
            and child.i not in skip
            and any(c.lower_ == word for c in child.children if c.dep_ == "case")
        ):
            return child if child.tag_ in NOUNS else None
    return None


def _plain(reading: Reading, figure: FigureReading, taken: frozenset[int]) -> tuple[int, ...]:
    """Return the noun phrase behind an amount, where there is no parse."""
    if figure.unit is None or not figure.phrase.heads or figure.phrase.borrowed:
        return ()
    return tuple(at for at in range(figure.phrase.start, figure.phrase.heads[-1] + 1) if at not in taken and reading.doc[at].is_alpha)
