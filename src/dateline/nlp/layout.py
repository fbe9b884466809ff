"""Sentence starts that the layout of a text decides, before the parser decides the rest.

A blank line, a list bullet or a newline after a full stop always starts a sentence; the parser then cannot join a headline to the first paragraph.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

_BULLETS = frozenset("•‣▪●◦*-–—·")
_CLOSED = frozenset(".!?:;\"”’')…")


def mark_lines(doc: Doc) -> Doc:
    """Set `is_sent_start` after blank lines, before list bullets and after newlines that follow a closed sentence."""
    last = -1
    for token in doc:
        if not token.is_space:
            last = token.i
            continue
        breaks = token.text.count("\n")
        following = token.i + 1
        if not breaks or last < 0 or following >= len(doc) or doc[following].is_space:
            continue
        after = doc[following].text
        if breaks > 1 or doc[last].text[-1] in _CLOSED or after in _BULLETS:
            doc[following].is_sent_start = True
    return doc


@Language.factory("dateline_lines")
def make_lines(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component form of `mark_lines`; stands before the parser or senter."""
    return mark_lines
