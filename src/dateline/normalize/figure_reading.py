"""A number as read in its sentence: the record that the other figure modules fill in.

A reading is richer than a fact: it keeps the tokens of the counted phrase, so that programs with other conventions (benchmarks) need no second
analysis.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extract.figure_candidate import FigureCandidate
from dateline.extract.figure_units import Unit
from dateline.extract.figure_words import word_set
from dateline.normalize.figure_changes import Change
from dateline.normalize.figure_events import Event
from dateline.normalize.figure_modifiers import Modifier
from dateline.normalize.figure_phrases import NO_PHRASE, Phrase

_PERSONS = word_set("reading persons")
_PERSON_KINDS = word_set("reading person kinds")
_MULTIPLIED = word_set("reading multiplied")
_ADVERBIAL = word_set("ellipsis prepositions") | {",", "and", "or", "but", "across", "against", "under", "through"}
NEAR = 12  # Numbers looked at to either side: what is farther lends nothing, and the work stays linear.


@dataclass(slots=True)
class FigureReading:
    """A number as read in its sentence.

    Attributes:
        candidate: Where and how it is written.
        unit: Unit of measure, also one taken over from the number before.
        phrase: The counted noun phrase.
        change: The move it is part of.
        per: What a rate is per.
        kind: What happened to what; `event` is the word that says so.
        concept: Tokens of the Doc that say what the figure is about; `about` is the noun at their head.
        lender: The figure whose noun it takes over ("13 assaults ... and the other nine").
        part: It is a part of the figure before it ("121 wounded, 10 of them children").
        toll: It is what a toll comes to ("the death toll reached 46").
        traded: It is a rate of exchange ("the lari slipped to 2.74 to the dollar").
    """

    candidate: FigureCandidate
    modifier: Modifier
    unit: Unit | None
    phrase: Phrase = NO_PHRASE
    change: Change | None = None
    per: str | None = None
    kind: str = "other"
    event: Event | None = None
    concept: tuple[int, ...] = ()
    about: str | None = None
    lender: FigureReading | None = None
    part: bool = False
    toll: bool = False
    traded: bool = False

    @property
    def share(self) -> bool:
        """Whether it is a part of something: percent, a fraction, one in five."""
        return self.candidate.rule in {"fraction", "ratio"} or (self.unit is not None and self.unit.dimension == "share")

    @property
    def multiple(self) -> bool:
        """Whether it says how many times as much something is: "seven times its usual flow", "twice as many" is none."""
        if self.phrase.item != "time" or self.unit is not None:
            return False
        pieces, after = self.candidate.pieces, piece_after(self)
        if pieces.at(after) in _MULTIPLIED or pieces.at(after) == "that":
            return True
        owned = any(pieces.at(at).endswith(("'s", "’s")) for at in range(after, min(after + 3, self.candidate.sentence_last)))
        return owned and pieces.at(after) not in _ADVERBIAL  # "five times last year's price"

    @property
    def _seized(self) -> bool:
        """Whether things of no known class were taken ("carried off scores of rifles"): no people."""
        return self.kind == "captured" and self.phrase.item is not None and self.phrase.item.islower()

    @property
    def unit_name(self) -> str:
        """Unit of docs/facts.md or a finer one."""
        if self.unit is not None:
            return "degree" if self.unit.dimension == "temperature" else self.unit.name
        if self.candidate.rule in {"fraction", "ratio"} or self.multiple:
            return "ratio"
        if self.phrase.group == "point" and self.kind == "rate_or_share":
            return "point"  # Of a poll or a rate: "a lead of three points".
        if self.phrase.group in _PERSONS or (self.phrase.group is None and self.kind in _PERSON_KINDS and not self._seized):
            return "person"
        if self.phrase.item is None and self.candidate.rule == "vague":
            return "person"  # "thousands gathered", "left millions hungry"
        return "count"


def piece_after(figure: FigureReading) -> int:
    """Return the first piece behind the number with its unit and counted phrase."""
    if not figure.phrase.heads or figure.phrase.borrowed:
        return figure.candidate.right
    pieces = figure.candidate.pieces
    at = figure.candidate.right
    while at < figure.candidate.sentence_last and pieces.starts[at] < figure.phrase.end_char:
        at += 1
    return at
