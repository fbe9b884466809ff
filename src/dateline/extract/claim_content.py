"""What is asserted, as a token range: the record, and how its edges are cut."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dateline.extract.claim_beside import DASHES
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_quotes import Quote

HARD = frozenset({".", ";", ":", "!", "?", "…"})
EDGES = frozenset({",", *DASHES})
STOPS = frozenset({".", ",", ";", ":", "!", "?", "…", *DASHES})


@dataclass(frozen=True, slots=True)
class Content:
    """Token range of what is asserted; `pieces` are the parts when the attribution interrupts it, the longest one being start:end."""

    start: int
    end: int
    rule: str
    pieces: tuple[tuple[int, int], ...] = ()
    lead: int | None = None
    quote: bool = False


def trim(lay: Layout, start: int, end: int) -> tuple[int, int]:
    """Cut outer punctuation and blanks off a token range; quotation marks go only when the range is one whole quotation."""
    doc = lay.doc
    while start < end and (doc[start].is_space or doc[start].text in STOPS or doc[start].text in {")", "]", "”"}):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in STOPS or doc[end - 1].text in {"(", "["}):
        end -= 1
    opening = lay.opens.get(start)
    if opening is not None and opening.end >= end > opening.first:
        return trim(lay, opening.first, min(opening.last, end))
    if end > start and end - 1 in lay.opens:
        return trim(lay, start, end - 1)
    closing = lay.closes.get(end)
    if closing is not None and start > closing.start:
        # The opening mark lies outside: so does the closing one.
        end -= 1
        while end > start and doc[end - 1].text in STOPS:
            end -= 1
    return start, end


def grow_over_quotes(lay: Layout, start: int, end: int) -> int:
    """Return the end moved past the quotation that the range would cut in two."""
    if end < len(lay.doc):
        quote = lay.quote_at(end) or (lay.quote_at(end - 1) if lay.doc[end - 1].i + 1 < len(lay.doc) else None)
        if quote is not None and start <= quote.first and end < quote.end:
            return quote.end
    return end


def quote_content(lay: Layout, quote: Quote, rule: str) -> Content | None:
    """Return the inside of a quotation."""
    start, end = trim(lay, quote.first, quote.last)
    return Content(start, end, rule, lead=quote.start, quote=True) if end > start else None


def relative_content(lay: Layout, verb: Token) -> Content | None:
    """Return the counted noun phrase that a relative clause or participle attributes: "the 25 drones that the spokesman announced".

    Phrases without a number are hardly ever what somebody says: "the report released on Monday", "the words that he put before them".
    """
    noun = verb.head
    if noun.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"} or noun.i > verb.i or noun.tag_ in {"WP", "WDT"}:
        return None
    start, end = trim(lay, noun.left_edge.i, min(noun.right_edge.i + 1, verb.left_edge.i))
    counted = any(t.like_num or t.pos_ == "NUM" for t in lay.doc[start:end])
    return Content(start, end, "relative", lead=start) if counted else None
