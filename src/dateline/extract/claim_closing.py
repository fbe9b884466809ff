"""Attributions that close a sentence, by word order: "..., local officials and a women's group said.", "..., says UNHCR, the most since May".

Parsers take such speakers for objects of the clause before or for verbs ("transport unions say"), and what stands before "says" for who says it.
What stands between the last comma and a plain verb of saying at the end of a sentence, or right behind such a verb that follows a comma, if it holds
no verb and ends in somebody who speaks, is who said it.
"""

from __future__ import annotations

from spacy.tokens import Token

from dateline.extract.claim_candidate import ClaimCandidate, candidate
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_left import is_closed, left_content
from dateline.extract.claim_lexicon import Sense
from dateline.extract.claim_sources import Source
from dateline.extract.claim_voices import is_voice

_LONGEST = 10  # Tokens of a speaker.
_MARKS = frozenset({",", ".", ";", ":", "—", "–", "“", "”", '"', "(", ")", "’", "‘"})
_INSIDE = frozenset({"of", "for", "in", "from", "at", "and", "on", "with"})
_PLACELESS = frozenset({"and", "or", "but", "which", "who", "that", "as", "when", "while", "where", "if", "because", "after", "before", "than"})


def closing(lay: Layout, cue: Token, sense: Sense, floor: int) -> ClaimCandidate | None:
    """Return the attribution that closes a sentence, None where the words before or behind the cue are no speaker alone."""
    if "clause" not in sense.claims or cue.text[:1].isupper():  # "the Secretary of State"
        return None
    source = _before(lay, cue) if is_closed(lay, cue) else None
    begin = source.full[0] if source is not None else cue.i
    if source is None:
        source = _one_of_them(lay, cue) or inverted(lay, cue)
    if source is None:
        return None
    content = left_content(lay, cue, begin, floor)
    if content is None or not any(lay.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(content.start, content.end)):
        return None
    return candidate(lay, cue, sense, content, source)


def _before(lay: Layout, cue: Token) -> Source | None:
    doc, low = lay.doc, lay.low[cue.i]
    start = cue.i
    while start > low and doc[start - 1].text not in _MARKS and not doc[start - 1].is_space:
        start -= 1
        if cue.i - start > _LONGEST:
            return None
    if start == low or start == cue.i or doc[start - 1].text != "," or doc[start].lower_ in _PLACELESS:
        return None
    for token in doc[start : cue.i]:
        # The first word may be a verb only in the tagger's eyes: "transport unions".
        if token.tag_ in {"VBD", "VBZ", "MD"} or (token.tag_ in {"VBP", "VB"} and token.i > start) or token.lower_ in _PLACELESS - {"and"}:
            return None
        if token.pos_ == "ADP" and token.lower_ not in _INSIDE:
            return None
    head = _head(lay, start, cue.i)
    if head is None or not is_voice(lay, head) or head.tag_ in {"PRP", "PRP$"}:
        return None
    return Source(head, (start, cue.i), (start, cue.i))


def _head(lay: Layout, start: int, end: int) -> Token | None:
    """Return the noun at the end of the first phrase: "officials" of "officials in two towns"."""
    stop = next((i for i in range(start, end) if lay.doc[i].lower_ in _INSIDE - {"and"}), end)
    last = lay.doc[stop - 1] if stop > start else None
    return last if last is not None and (last.pos_ in {"NOUN", "PROPN", "ADJ"} or last.i in lay.entities) else None


def inverted(lay: Layout, cue: Token) -> Source | None:
    """Return who stands right behind a plain verb of saying that follows a comma: ", says the National Drought Management Authority."."""
    doc, high = lay.doc, lay.high[cue.i]
    if cue.i == lay.low[cue.i] or doc[cue.i - 1].text not in {",", "”", '"'} or cue.tag_ == "VBG" or cue.lower_ == "told":
        return None  # "told the daily" names who heard it.
    end = cue.i + 1
    while end < high and doc[end].text not in _MARKS and not doc[end].is_space and (doc[end].pos_ != "ADP" or doc[end].lower_ in {"of", "for"}):
        if doc[end].tag_ in {"VBD", "VBZ", "VBP", "MD", "TO"} or doc[end].lower_ in _PLACELESS - {"and"}:
            break
        end += 1
    if not 0 < end - cue.i - 1 <= _LONGEST or doc[cue.i + 1].pos_ not in {"DET", "NOUN", "PROPN", "ADJ", "PRON"}:
        return None
    if end < high and doc[end].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return None  # "The fire, says the report is out": a clause follows, not a speaker.
    head = _head(lay, cue.i + 1, end)
    if head is None or not is_voice(lay, head) or head.pos_ == "PRON":
        return None
    return Source(head, (cue.i + 1, end), (cue.i + 1, end))


def _one_of_them(lay: Layout, cue: Token) -> Source | None:
    """Return "one of the officials" behind an inverted cue."""
    doc, high = lay.doc, lay.high[cue.i]
    first = cue.i + 1
    if cue.i == lay.low[cue.i] or doc[cue.i - 1].text not in {",", "”", '"'} or first + 3 >= high:
        return None
    if not (doc[first].like_num or doc[first].lower_ in {"some", "several", "many"}) or doc[first + 1].lower_ != "of":
        return None
    end = first + 2
    while end < high and doc[end].text not in _MARKS and doc[end].lower_ not in {"who", "on", "in"} and end - first < _LONGEST:
        end += 1
    head = doc[end - 1]
    return Source(head, (first, end), (first, end)) if is_voice(lay, head) else None
