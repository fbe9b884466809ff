"""Tie figures to who gave them, where and when: the claim that contains a figure, the nearest compatible place and date.

Nearest alone is wrong as often as right: in "Ukraine's air force said 178 clashes took place on Wednesday, including 32 at Lyman" neither Ukraine nor
Lyman is where the 178 were. So a place counts only where it is written as a place (behind a preposition, as head of a list item), not behind another
number, and not as part of a speaker's name; a date only within the same claim. What a sentence does not say is carried on from the scene before it
for the kinds of figures of which reports go on telling (casualties, damage), and from the opening of a list item for all. So the rules propose;
what a figure gets is chosen by weights fitted on annotated articles (figure_choice), to which the proposal is one piece of evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.normalize.figure_dates import tie_dates
from dateline.normalize.figure_places import tie_places
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_sources import tie_sources
from dateline.normalize.figure_spots import Links


def link_figures(doc: Doc, figures: Sequence[FigureReading]) -> list[Links]:
    """Return the ties of each figure, in order."""
    links = [Links() for _ in figures]
    if not figures:
        return links
    pieces = figures[0].candidate.pieces
    tie_sources(doc, figures, links)
    tie_places(doc, pieces, figures, links)
    tie_dates(doc, pieces, figures, links)
    return links
