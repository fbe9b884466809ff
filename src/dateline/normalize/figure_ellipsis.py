"""Numbers without a noun of their own: "58 of 70 drones", "18 of them", "12 people were killed and 37 wounded", "put the dead at 694"."""

from __future__ import annotations

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_nouns import class_of, lemma_of
from dateline.normalize.figure_phrases import Phrase, borrowed
from dateline.normalize.figure_reading import NEAR, FigureReading

# Words behind a bare number that say what it counts without a noun: "19 wounded", "171 were hurt".
_STATES = word_set("reading states")
_BEFORE_STATES = word_set("reading before states")


def borrow(figures: list[FigureReading], index: int) -> Phrase:
    """Return the noun that an elliptic number stands for: "58 of 70 drones", "13 assaults and the other sector nine", "38 of them"."""
    figure = figures[index]
    candidate, pieces = figure.candidate, figure.candidate.pieces
    if figure.unit is not None or candidate.rule in {"fraction", "ratio"}:
        if figure.share and pieces.at(candidate.last) == "of" and pieces.at(candidate.last + 1) in _PRONOUNS:
            _lend_part(figures, index)  # "a third of them"
        return figure.phrase
    following = figures[index + 1] if index + 1 < len(figures) else None
    if following is not None and part_of_next(figure, following):
        figure.unit = following.unit
        return borrowed(following.phrase)
    if following is not None and following.unit is not None and following.candidate.left == candidate.right and following.phrase.heads:
        return borrowed(following.phrase)  # "two 25,000 horsepower engines"
    part = part_noun(figure)
    if part is not None:
        _lend_part(figures, index)
        if part.item is not None:
            return part
        if figure.lender is not None and figure.lender.toll:
            return figure.phrase  # "put the toll at 19, five of them in landslides": of the dead, whatever was counted before.
    elif _stated(pieces, candidate.right):
        return _gapped(figures, index)
    named = _number_of(pieces, figure) or _put_at(pieces, figure)
    if named is not None:
        return named
    if _toll(pieces, figure, figures[index - 1] if index else None):
        figure.toll = True
        figure.lender = figures[index - 1] if index and candidate.sentence - figures[index - 1].candidate.sentence <= 1 else None
        return figure.phrase
    if pieces.at(figure.modifier.left - 1) == "of" and pieces.at(figure.modifier.left - 2) in _HOMES:
        return Phrase(-1, -1, (), None, "dweller")
    for other in reversed(figures[max(0, index - NEAR) : index]):
        if candidate.sentence - other.candidate.sentence > 1:
            break
        if _is_of_home(other) and index and other is not figures[0]:
            continue  # "13 in Penco, a town of 50,000 inhabitants, five in Tome": the town's people lend nothing.
        if other.unit is None and other.phrase.item is not None and not other.candidate.age and not other.multiple:
            figure.lender = other
            return borrowed(other.phrase)
    return figure.phrase


def _is_of_home(figure: FigureReading) -> bool:
    pieces, left = figure.candidate.pieces, figure.modifier.left
    return figure.phrase.group == "dweller" and pieces.at(left - 1) == "of" and pieces.at(left - 2) in _HOMES


def part_noun(figure: FigureReading) -> Phrase | None:
    """Return what those are that a number picks out ("10 of them children", "two of the dead were children"), None where it picks out none.

    The phrase is empty where the text does not say what they are ("18 of them").
    """
    pieces, at = figure.candidate.pieces, figure.candidate.last
    if pieces.at(at) != "of":
        return None
    if pieces.at(at + 1) in _PRONOUNS:
        at += 2
    elif pieces.at(at + 1) in {"the", "those"} and pieces.at(at + 2) in _VICTIMS:
        at += 3
    else:
        return None
    while pieces.at(at) in _LINKING:
        at += 1
    for index in range(at, min(at + 3, figure.candidate.sentence_last)):
        word = pieces.at(index)
        if not word.isalpha() or word in _PREPOSITIONS:
            break
        lemma = lemma_of(pieces.raw(index))
        if lemma.lower() != word and class_of(lemma) is not None:
            return Phrase(-1, -1, (), lemma, class_of(lemma), True)
    return Phrase(-1, -1, (), None, None)


def _lend_part(figures: list[FigureReading], index: int) -> None:
    """Note the figure that another picks a part of: the last one before it that counts things."""
    figure = figures[index]
    figure.part = True
    for other in reversed(figures[max(0, index - 3) : index]):
        if figure.candidate.sentence - other.candidate.sentence <= 1 and other.unit is None and not other.candidate.age:
            figure.lender = other.lender if other.part and other.lender is not None else other
            return


_PUTTING = frozenset({"put", "puts", "putting", "placed", "estimated", "estimates"})
_PRONOUNS = frozenset({"them", "whom", "those", "these"})
_VICTIMS = word_set("ellipsis victims")
_LINKING = word_set("ellipsis linking")
_PREPOSITIONS = word_set("ellipsis prepositions")
_HOMES = word_set("reading homes")
_TOLLS = word_set("reading tolls")


def _toll(pieces: Pieces, figure: FigureReading, before: FigureReading | None) -> bool:
    """Return whether a bare number is what a toll comes to: "the death toll reached 46", "put the dead at 694"."""
    begin = max(figure.candidate.sentence_first, figure.modifier.left - 14)
    if before is not None and before.unit is None:
        begin = max(begin, before.candidate.right)
    words = pieces.lower[begin : figure.modifier.left]
    linked = pieces.at(figure.modifier.left - 1) in {
        "at",
        "to",
        "reached",
        "was",
        "is",
        "exceed",
        "exceeded",
        "passed",
        "topped",
        "stood",
        "be",
        "hit",
    }
    return linked and not _TOLLS.isdisjoint(words)


def part_of_next(figure: FigureReading, following: FigureReading | None) -> bool:
    """Return whether a number is part of the one behind it: "58 of the 70 drones", "30,000 of Derna's 90,000 people"."""
    if following is None or figure.candidate.sentence != following.candidate.sentence or figure.unit is not None:
        return False
    pieces = figure.candidate.pieces
    at = figure.candidate.last + (pieces.at(figure.candidate.last) == "out")
    if pieces.at(at) != "of" or following.modifier.left - at > 4 or figure.candidate.rule in {"fraction", "ratio"}:
        return False
    between = pieces.lower[at + 1 : following.modifier.left]
    return all(word in {"the", "all", "its", "their", "some"} or word.endswith(("'s", "’s", "s'")) or pieces.raw(at + 1 + i)[0].isupper()
               for i, word in enumerate(between))  # fmt: skip


def _number_of(pieces: Pieces, figure: FigureReading) -> Phrase | None:
    """Return the noun of "the number of bombs was cut from three to two"; without one where a state is counted ("the number of wounded")."""
    begin = max(figure.candidate.sentence_first, figure.modifier.left - 14)
    for at in range(figure.modifier.left - 1, begin, -1):
        word = pieces.at(at)
        if word in {";", ",", "said", "that"}:
            return None
        if word == "of" and pieces.at(at - 1) in {"number", "numbers", "count", "tally", "total"}:
            last = at + 1
            while pieces.at(last + 1).endswith("s") and last - at < 3 and pieces.at(last + 1) not in {"was", "is", "has"}:
                last += 1
            item = lemma_of(pieces.raw(last))
            return Phrase(-1, -1, (), None, None) if pieces.at(last) in _STATES else Phrase(-1, -1, (), item, class_of(item), True)
    return None


def _put_at(pieces: Pieces, figure: FigureReading) -> Phrase | None:
    """Return the noun of "put the settlements lost at 28", None where people are told by what became of them ("put the dead at 12")."""
    left = figure.modifier.left
    begin = max(figure.candidate.sentence_first, left - 16)
    if pieces.at(left - 1) != "at":
        return None
    for at in range(left - 3, begin, -1):
        if pieces.at(at) == "the":
            word, item = pieces.at(at + 1), lemma_of(pieces.raw(at + 1))
            counted = item.lower() != word and class_of(item) is not None and word not in _STATES
            return Phrase(-1, -1, (), item, class_of(item), True) if counted and not _PUTTING.isdisjoint(pieces.lower[begin:at]) else None
    return None


def _stated(pieces: Pieces, at: int) -> bool:
    """Return whether a bare number is followed by what became of those it counts: "19 wounded", "171 were hurt"."""
    while pieces.at(at) in _BEFORE_STATES:
        at += 1
    return pieces.at(at) in _STATES


def _gapped(figures: list[FigureReading], index: int) -> Phrase:
    """Return the people of the first half of "killed two people and wounded 19", "12 people were killed and 37 wounded"."""
    figure = figures[index]
    for other in reversed(figures[max(0, index - NEAR) : index]):
        if other.candidate.sentence != figure.candidate.sentence:
            break
        if other.unit is None and other.phrase.group in {"person", "dweller", "soldier"} and not other.phrase.borrowed:
            return borrowed(other.phrase)
    return figure.phrase
