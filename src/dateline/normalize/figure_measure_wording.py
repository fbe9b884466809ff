"""How a number without unit and noun is written, and among which words: what figure_measure_choice weighs of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.extract.figure_words import word_set
from dateline.normalize.figure_nouns import class_of, lemma_of
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_tokens import Reading, within

_WORDS = 12  # Words looked back over for nouns and verb.
_LEFT = frozenset(
    "a an the of at to from in on for by with than and or but , ; : . ( is are was were be been put got get gets costs cost only some".split()
)
_RIGHT = frozenset(", . ; : ) and or but of in on at to from for a an per by with were was are have had who more less this last now then".split())
_AMOUNTS = {lemma: name for name in ("money", "share", "size", "warmth", "quake") for lemma in word_set(f"measure {name} nouns")}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a bare number is written, and among which words.

    Attributes:
        left, right: The words beside it; "other" for those that are not listed.
        form: Its size and shape: "decimal", "millions", "words", "small", ...
        nouns: The last two nouns before it; no part of what features are made of, so two wordings are equal without them.
        classes: What sort of nouns they are.
        verb: The last verb before it.
        role: What end of a move it is.
    """

    left: str
    right: str
    form: str
    nouns: tuple[str, str] = field(compare=False)
    classes: tuple[str, str]
    verb: str
    role: str


class Wordings(dict[int, Wording]):
    """How figures are written, each worked out when it is first asked for."""

    def __init__(self, reading: Reading, figures: Sequence[FigureReading]) -> None:
        super().__init__()
        self._reading = reading
        self._figures = figures

    def __missing__(self, index: int) -> Wording:
        return self.setdefault(index, _wording_of(self._reading, self._figures[index]))


def _wording_of(reading: Reading, figure: FigureReading) -> Wording:
    candidate, pieces = figure.candidate, figure.candidate.pieces
    nouns, verb = _before(reading, figure)
    right = pieces.at(candidate.right) if candidate.right < candidate.sentence_last else "."
    return Wording(
        _left(figure),
        right if right in _RIGHT else "other",
        form_of(figure),
        (nouns[0], nouns[1]),
        (_noun_class(nouns[0]), _noun_class(nouns[1])),
        verb,
        figure.change.role if figure.change is not None else "",
    )


def _left(figure: FigureReading) -> str:
    pieces, at = figure.candidate.pieces, figure.modifier.left - 1
    word = pieces.at(at) if at >= figure.candidate.sentence_first else ""
    return word if word in _LEFT or not word else "other"


def _before(reading: Reading, figure: FigureReading) -> tuple[list[str], str]:
    """Return the lemmas of the last two nouns before a number in its sentence ("" for none, "Name" for names), and the verb."""
    doc, pieces = reading.doc, figure.candidate.pieces
    last = reading.at_char(pieces.starts[figure.modifier.left])
    first = max(reading.at_char(pieces.starts[figure.candidate.sentence_first]), last - _WORDS)
    nouns = [(at, lemma_of(doc[at].lower_)) for at in within(reading.nouns, first, last)[-2:]]
    nouns += [(at, "Name") for at in within(reading.names, first, last)[-2:]]
    found = [noun for _, noun in sorted(nouns, reverse=True)]
    verb = "".join(doc[at].lemma_ or doc[at].lower_ for at in within(reading.verbs, first, last)[-1:])
    return [*found, "", ""][:2], verb


def _noun_class(noun: str) -> str:
    return _AMOUNTS.get(noun) or ("name" if noun == "Name" else "" if not noun else class_of(noun) or "other")


def form_of(figure: FigureReading) -> str:
    candidate = figure.candidate
    if candidate.scale >= 1e6:
        return "millions"
    if candidate.rule != "digits":
        return candidate.rule
    if "." in candidate.pieces.text[candidate.start : candidate.end]:
        return "decimal"
    return "small" if candidate.low < 100 else "middling" if candidate.low < 1000 else "large"
