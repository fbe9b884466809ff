"""Transcripts: paragraphs that open with a speaker's label ("WALLACE: How many ..."), each said by its label."""

from __future__ import annotations

from dateline.extract.claim_candidate import ClaimCandidate, candidate
from dateline.extract.claim_content import Content, trim
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_lexicon import Sense
from dateline.extract.claim_quotes import MARKS, paragraphs
from dateline.extract.claim_sources import Source

_SAYS = Sense("", "verb", "say", "asserted", frozenset({"quote"}), frozenset())
_LONGEST_LABEL = 6


def turns(lay: Layout) -> list[ClaimCandidate]:
    """Return the turns of a transcript; a single labelled paragraph is none ("UPDATE: ...")."""
    doc = lay.doc
    found = []
    for start, end in paragraphs(doc):
        start += doc[start].text in MARKS  # Outlets that quote a transcript set a mark before each turn.
        colon = next((i for i in range(start, min(end, start + _LONGEST_LABEL)) if lay.words[i] == ":"), None)
        if colon is None or colon == start or not all(_is_label(lay.words[i]) for i in range(start, colon)):
            continue
        inner = trim(lay, colon + 1, end)
        if inner[1] - inner[0] > 0:
            found.append((doc[start].doc[start:colon].text, start, colon, Content(*inner, "transcript", lead=colon + 1, quote=True)))
    labels = {label for label, *_ in found}
    if len(found) < 3 or len(labels) < 2 or len(labels) == len(found):
        return []  # Speakers take turns: somebody speaks twice.
    return [candidate(lay, doc[colon], _SAYS, content, Source(doc[colon - 1], (start, colon), (start, colon))) for _, start, colon, content in found]


def _is_label(text: str) -> bool:
    return text in {".", "-", "'", "’"} or (text.isupper() and not any(letter.isdigit() for letter in text))
