"""The phrase that a figure measures, as the report words it: "attempts to attack Ukrainian positions", "Ukraine's land".

It is one piece of the text, for people to read. What figure_concepts.py finds are single words from anywhere in the sentence: here they only say
which piece an amount is about.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_tokens import Reading

_LONGEST = 12  # Words behind the counted noun.
_OPENING = frozenset({"to", "of", "in", "by", "at", "on", "from", "with", "for", "against", "between", "along", "around", "near", "into"})
_OPEN_ENDS = frozenset({"IN", "TO", "DT", "PRP$", "RB", "RP", "CC", "POS"})
_CLOSED = frozenset({",", ".", ";", ":", "(", ")", "—", "–", '"', "“", "”"})
_GAP = 3  # Tokens between two words of one piece: an article, "'s", a preposition.


def wording(reading: Reading, figure: FigureReading) -> str | None:
    """Return the phrase, None where the text names nothing beyond the unit."""
    doc, phrase = reading.doc, figure.phrase
    if figure.unit is None and phrase.heads:
        return doc[phrase.start : phrase.end if phrase.borrowed else _completed(reading, phrase.heads[-1], phrase.end)].text
    amount = figure.unit is not None or figure.candidate.rule in {"fraction", "ratio"}
    if not figure.concept or not amount:
        return None  # "15 were wounded": nobody is counted by a noun, and the subject of the sentence is another's.
    pieces = _pieces(sorted(figure.concept))
    named = [piece for piece in pieces if any(figure.phrase.item in {doc[at].lemma_.lower(), doc[at].lower_} for at in piece)]
    best = max(named or pieces, key=len)
    return doc[best[0] : best[-1] + 1].text


def _completed(reading: Reading, head: int, end: int) -> int:
    """Return where the phrase ends whose head a number counts: with what hangs on the head behind it, up to a date, a number or a clause."""
    doc = reading.doc
    if end >= len(doc) or doc[end].lower_ not in _OPENING:
        return end
    limit = min(len(doc), end + _LONGEST, reading.before_date(end))
    last = end
    while last < limit and not _ends(doc[last]) and (not reading.heads or _hangs_on(doc, last, head)):
        last += 1
    while last > end and doc[last - 1].tag_ in _OPEN_ENDS:
        last -= 1  # What a preposition leads to lies outside.
    return last


def _ends(token: Token) -> bool:
    return token.text in _CLOSED or token.like_num or token.tag_ in {"MD", "VBD", "VBZ", "VBP", "WDT", "WP", "WRB", "PRP"} or token.is_space


def _hangs_on(doc: Doc, at: int, head: int) -> bool:
    """Return whether a token is part of what the head governs, leaving out relative clauses."""
    token = doc[at]
    while token.i != head:
        if token.dep_ in {"acl:relcl", "ROOT"} or token.head.i == token.i:
            return False
        token = token.head
    return True


def _pieces(tokens: list[int]) -> list[list[int]]:
    """Return runs of tokens that stand together in the text."""
    runs = [[tokens[0]]]
    for at in tokens[1:]:
        if at - runs[-1][-1] <= _GAP:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs
