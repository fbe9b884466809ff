"""Sentence starts that the layout of a text decides, before the parser decides the rest.

A blank line, a list bullet or a newline after a full stop always starts a sentence; the parser then cannot join a headline to the first paragraph.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy
from spacy.attrs import IS_SPACE  # type: ignore[import-not-found]  # A Cython module without stubs.
from spacy.language import Language
from spacy.tokens import Doc

_BULLETS = frozenset("•‣▪●◦*-–—·")
_CLOSED = frozenset(".!?:;\"”’')…")


def mark_lines(doc: Doc) -> Doc:
    """Set `is_sent_start` after blank lines, before list bullets and after newlines that follow a closed sentence."""
    for i in numpy.flatnonzero(doc.to_array([IS_SPACE])).tolist():
        breaks, following = doc[i].text.count("\n"), i + 1
        if not breaks or following >= len(doc) or doc[following].is_space:
            continue
        last = i - 1
        while last >= 0 and doc[last].is_space:
            last -= 1
        if last < 0:
            continue
        after = doc[following].text
        if breaks > 1 or doc[last].text[-1] in _CLOSED or after in _BULLETS:
            doc[following].is_sent_start = True
    return doc


@Language.factory("dateline_lines")
def make_lines(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component form of `mark_lines`; stands before the parser or senter."""
    return mark_lines
