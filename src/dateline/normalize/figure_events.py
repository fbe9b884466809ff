"""Events in a sentence that say what became of what is counted, and how far each stands from a number that it can govern.

Words are counted, not arcs, so that a wrong parse costs little. What a parse would say about who did it to whom is read from the words beside the
event: "Two gunmen killed 14 people" kills the people and not the gunmen, "were shot by two officers" shoots no officers, "the release of a tape
showing two guards" releases no guards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.extract.figure_lexer import Phrases, Pieces
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_nouns import class_of, lemma_of
from dateline.resources import rows

_CLAUSE = frozenset({":", "while", "but", "although", "because", "after", "before", "when", "as", "since", "that"})
_VERB = 5.0
_SUBJECTS = frozenset({"he", "she", "they", "it", "we"})
_DETERMINERS = word_set("events determiners")
_TAKING = word_set("events taking")
_PASSIVE = word_set("events passive")
_INTRANSITIVE = word_set("events intransitive")
_VICTIMS = word_set("ellipsis victims")
_WEAK = word_set("events weak")
_ARTICLES = word_set("events articles")
_PREPOSITIONS = word_set("ellipsis prepositions") | {"across", "from"}
_STATING = frozenset({"without", "in", "on", "under"})
_JOINING = word_set("events joining") | {","}


@dataclass(frozen=True, slots=True)
class Event:
    """An event word in a sentence: pieces [first, last).

    Attributes:
        names: All events that the form can mean: "seized" captures people and takes places.
        weak: A common verb of many meanings ("hold", "use"): it speaks of near numbers only.
        passive: What it happens to stands before it ("were killed").
        takes: It has an object that a determiner opens right behind it ("released a tape").
        intransitive: What it happens to is its subject ("died", "fled").
        named: It is a noun with an article ("linked to the murder", "mourned his death"), which befalls nothing before it.
    """

    names: tuple[str, ...]
    first: int
    last: int
    weak: bool
    passive: bool
    takes: bool
    intransitive: bool
    named: bool


@cache
def _forms() -> Phrases[tuple[tuple[str, ...], bool, bool]]:
    names: dict[str, tuple[str, ...]] = {}
    for row in rows("figure_events.csv"):
        for form in row["forms"].split("|"):
            names[form] = (*names.get(form, ()), row["event"])
    return Phrases((form, (found, form in _WEAK, form in _INTRANSITIVE)) for form, found in names.items())


def events_in(pieces: Pieces, first: int, last: int) -> list[Event]:
    """Return the event words of a sentence, longest phrases first, without overlaps."""
    found = []
    table = _forms()
    at = first
    while at < last:
        hit = table.match(pieces, at)
        if hit is None or at + hit[1] > last:
            at += 1
            continue
        (names, weak, intransitive), length = hit
        end = at + length
        takes = pieces.at(end) in _DETERMINERS or pieces.at(end) == "of"
        takes = takes and not (length > 1 and pieces.at(end - 1) in _PREPOSITIONS)
        passive = _is_passive(pieces, at, first)
        found.append(Event(names, at, end, weak, passive, takes, intransitive, not passive and _is_named(pieces, at, end)))
        at = end
    return found


def _is_passive(pieces: Pieces, at: int, begin: int) -> bool:
    """Return whether a form of "be" stands before a participle, over adverbs."""
    for index in range(at - 1, max(begin, at - 4) - 1, -1):
        word = pieces.at(index)
        if word in _PASSIVE:
            return True
        if not (word.endswith("ly") or word in {"not", "also", "all", "either", "since", "later", "now", "or", "and", "critically"}):
            return False
    return False


def _is_named(pieces: Pieces, at: int, end: int) -> bool:
    """Return whether an event is told as a thing ("the murder", "a second attack") or only describes another one ("dead chickens")."""
    word, before = pieces.at(at), pieces.at(at - 1)
    if word in _VICTIMS:
        return pieces.at(end).endswith("s") and class_of(lemma_of(pieces.at(end))) is not None
    if word in _STATING:
        return False  # "households in the region without light"
    if before in _ARTICLES:
        return True
    return pieces.at(at - 2) in _ARTICLES and before.isalpha() and not before.endswith("s") and not word.endswith("ed")


def acts_on_other(pieces: Pieces, event: Event, left: int, right: int, lefts: Sequence[int]) -> bool:
    """Return whether what an event happens to is something else than the counted phrase at pieces [left, right).

    Args:
        pieces: The text.
        event: The event word.
        left: First piece of the phrase with its modifiers.
        right: First piece behind it.
        lefts: First pieces of the other numbers of the sentence with their modifiers, in order.
    """
    if event.first >= right:  # The phrase stands before the event: its subject, unless it is passive.
        if event.named:
            return True
        if event.passive or event.intransitive:
            return event.passive and pieces.at(event.first - 2) in {"he", "she"}  # "two cars when he was abducted"
        if event.last - event.first == 1 and pieces.at(event.first - 1) in {"have", "has", "had"}:
            return True  # "six blasts have damaged pipelines"
        at = bisect_left(lefts, event.last)
        return event.takes or (at < len(lefts) and lefts[at] == event.last)
    if event.last > left:
        return False
    if event.last == left and event.last - event.first > 1 and pieces.at(left - 1) == "by":
        return True  # "a country hit by four earthquakes"
    if event.passive and pieces.lower[event.last : event.last + 1] == ["and"] and left == event.last + 1 and _verb_follows(pieces, right):
        return True  # "14 were rescued and seven remain missing"
    if event.intransitive and pieces.lower[event.first] not in _TAKING:
        return True  # "died when five militants came": who died stands before it.
    if pieces.at(left - 1) == "by" or (pieces.at(left - 1) == "the" and pieces.at(left - 2) == "by"):
        return event.passive or pieces.at(event.first)[-2:] in {"ed", "en", "ck"}
    return event.takes and left - event.last > 3 and _JOINING.isdisjoint(pieces.lower[event.last + 1 : left])


def _past_insertion(pieces: Pieces, right: int, end: int) -> int:
    """Return where the sentence goes on behind "..., among them two children, ..." or "..., 12 of them boys, ...", if that stands at a piece."""
    if pieces.at(right) != ",":
        return right
    opens = pieces.at(right + 1) in _INSERTED or pieces.lower[right + 2 : right + 6].count("of") == 1
    if not opens:
        return right
    close = next((at for at in range(right + 1, min(end, right + _INSERTION)) if pieces.lower[at] == ","), right)
    return close + 1 if close > right else right


_INSERTED = word_set("kinds inserted")
_INSERTION = 12  # Words that an inserted part can have.


def _verb_follows(pieces: Pieces, right: int) -> bool:
    """Return whether what is counted has a verb of its own behind it: a form of "be" or of "remain"."""
    return pieces.at(right) in _PASSIVE


def distance(pieces: Pieces, event: Event, left: int, right: int, numbers: Sequence[int], verbs: Sequence[int]) -> float:
    """Return how far an event stands from a phrase: words, with clauses, other verbs and other numbers between them counting more."""
    if event.first >= right:
        low, high, side = _past_insertion(pieces, right, event.first), event.first, 0.0
    elif event.last <= left:
        low, high, side = event.last, left, 0.5
    else:
        return 0.0  # Inside the phrase: "13,300 civilian deaths", "1,168 injured civilians".
    cost = side
    for at in range(low, high):
        word = pieces.lower[at]
        if word == ";":
            cost += 12
        elif word in _CLAUSE:
            cost += 6
        elif word == ",":
            cost += 2.5
        elif word in {"and", "or"}:
            cost += 2
        elif word in _SUBJECTS:
            cost += 6
        elif word in {"(", ")", '"', "“", "”", "-"}:
            cost += 0.5
        else:
            cost += 1
    cost += _VERB * (bisect_left(verbs, high) - bisect_left(verbs, low))
    between = [number for number in numbers if low <= number < high]
    if not between:
        return cost
    if event.first >= right and not _CLAUSE.isdisjoint(pieces.lower[low : between[-1]]):
        return cost + 12  # "Six nurses left while three men were kidnapped": another clause with its own number.
    joined = event.first >= right or not _JOINING.isdisjoint(pieces.lower[between[-1] : high])
    return cost + (3 if joined else 9) * len(between)
