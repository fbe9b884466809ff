"""Quotations without a reporting verb of the lexicon beside them: whoever stands there anyway ("beamed", "Name:"), else whoever spoke before.

A quotation goes to, in this order: the phrase that some verb or a colon joins to it; the speaker of the same paragraph; the speaker of the paragraph
before when its quotation was left open (newswire repeats the opening mark in every paragraph of one speech).
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.extract.claim_beside import DASHES
from dateline.extract.claim_candidate import ClaimCandidate, candidate, characters
from dateline.extract.claim_content import Content, quote_content
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_lexicon import Sense
from dateline.extract.claim_quotes import Quote
from dateline.extract.claim_sources import Source, as_source, subject
from dateline.spans import Spans

ANY_VERB = Sense("", "verb", "say", "asserted", frozenset({"quote"}), frozenset())


def own_quotes(lay: Layout, found: list[ClaimCandidate], taken: set[int]) -> list[ClaimCandidate]:
    """Return the candidates with those of the quotations that nobody owns yet."""
    doc = lay.doc
    claimed = Spans((c.start, c.end, c) for c in found)
    out = list(found)
    previous: Quote | None = None
    for quote in lay.quotes:
        alone = _is_paragraph(lay, quote)
        goes_on = alone or (previous is not None and not previous.closed)
        previous = quote
        start = doc[quote.first].idx
        if quote.start in taken or claimed.overlap(start, start + 1):
            continue
        content = quote_content(lay, quote, "quote.continued")
        if content is None:
            continue
        hit = _signature(lay, quote, content) if lay.parsed else None
        if hit is None and not lay.is_spoken(quote):
            continue
        if hit is None and lay.parsed:
            hit = _beside(lay, quote, content)
        if hit is None and not _mid_sentence(lay, quote):
            hit = _continued(lay, quote, content, out, goes_on)
        if hit is not None:
            out.append(hit)
    return out


def _beside(lay: Layout, quote: Quote, content: Content) -> ClaimCandidate | None:
    """Return the attribution by a verb or colon next to a quotation."""
    doc = lay.doc
    i = quote.start - 1
    while i > 0 and doc[i].is_space:
        i -= 1
    if i > 0 and doc[i].text == ":":
        hit = _before_colon(lay, i, content)
        if hit is not None:
            return hit
    verb = _verb_after(lay, quote)
    head = subject(verb) if verb is not None else None
    if verb is None or head is None or head.i < quote.end or head.i >= lay.high[verb.i] or lay.low[verb.i] > verb.i:
        return None
    return candidate(lay, verb, ANY_VERB, replace(content, rule="quote.verb"), as_source(lay, head, verb.i))


def _signature(lay: Layout, quote: Quote, content: Content) -> ClaimCandidate | None:
    """Return a quotation signed with a dash: "We stay." — Name, in the same line or the next."""
    doc = lay.doc
    i = quote.end
    while i < len(doc) and i < quote.end + 2 and (doc[i].is_space or doc[i].text in {",", "."}):
        i += 1
    if not quote.closed or i + 1 >= len(doc) or doc[i].text not in DASHES:
        return None
    end = next((k for k in range(i + 1, len(doc)) if doc[k].is_space or doc[k].text in {",", "(", ".", ";", ":"} or k > i + 9), len(doc))
    name = doc[i + 1 : end]
    if not 0 < len(name) <= 8 or name[0].pos_ not in {"PROPN", "NOUN", "DET", "ADJ"} or any(t.pos_ in {"VERB", "AUX"} for t in name):
        return None
    return candidate(lay, doc[i], ANY_VERB, replace(content, rule="quote.signed"), Source(name[0].doc[i + 1 : end].root, (i + 1, end), (i + 1, end)))


def _verb_after(lay: Layout, quote: Quote) -> Token | None:
    """Return the finite verb of the clause behind a quotation, within the sentence that the closing mark stands in."""
    doc = lay.doc
    if not quote.closed or quote.end >= len(doc) or doc[quote.end].is_space or doc[quote.last - 1].text == ".":
        return None
    for i in range(quote.end, min(quote.end + 12, lay.high[quote.end])):
        token = doc[i]
        if token.text in {".", ";", ":", "!", "?"} or i in lay.opens or (token.text == "," and i > quote.end):
            return None
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.pos_ == "VERB":
            return token
    return None


def _before_colon(lay: Layout, colon: int, content: Content) -> ClaimCandidate | None:
    """Return "Name: quotation" and "The report put it so: quotation"."""
    doc, low = lay.doc, lay.low[colon]
    dash = next((i + 1 for i in range(colon - 1, max(low, colon - 9) - 1, -1) if doc[i].text in DASHES), low)
    verbs = [doc[i] for i in range(dash, colon) if doc[i].pos_ == "VERB" and doc[i].tag_ in {"VBD", "VBZ", "VBP", "VBG", "VBN"}]
    if not verbs:
        start = next((i + 1 for i in range(colon - 1, low - 1, -1) if doc[i].pos_ in {"ADP", "PUNCT"} and doc[i].text not in {"of", "for"}), low)
        if not 0 < colon - start <= 8 or doc[colon - 1].pos_ not in {"PROPN", "NOUN", "PRON"}:
            return None
        source = Source(doc[colon - 1], (start, colon), (start, colon))
        return candidate(lay, doc[colon], ANY_VERB, replace(content, rule="quote.colon"), source) if start < colon else None
    for verb in reversed(verbs):
        head = subject(verb)
        if head is not None and low <= head.i < colon:
            return candidate(lay, verb, ANY_VERB, replace(content, rule="quote.verb"), as_source(lay, head, verb.i))
    return None


def _continued(lay: Layout, quote: Quote, content: Content, out: list[ClaimCandidate], goes_on: bool) -> ClaimCandidate | None:
    doc = lay.doc
    before = [c for c in out if c.source is not None and not c.stance and c.anchor < quote.start]
    near = [c for c in before if _paragraphs_between(lay, c.anchor, quote.start) == 0]
    if not near and goes_on:
        near = [c for c in before if c.is_quote and _paragraphs_between(lay, c.anchor, quote.start) <= 2] or [
            c for c in before if _paragraphs_between(lay, c.anchor, quote.start) <= 1 + _announced(lay, quote)
        ]
    if not near:
        return None
    owner = max(near, key=lambda c: c.anchor)
    start, end = characters(doc, (content.start, content.end))
    return replace(
        owner,
        start=start,
        end=end,
        rule=content.rule,
        pieces=(characters(doc, (quote.start, content.end)),),
        anchor=quote.start,
        cue=None,
        cue_full=None,
        is_quote=True,
        continues=owner.anchor if owner.continues is None else owner.continues,
        score=0.6,
    )


def _announced(lay: Layout, quote: Quote) -> bool:
    """Tell whether the paragraph before ends in a colon: "The full statement follows:"."""
    doc = lay.doc
    return quote.start > 1 and doc[quote.start - 1].is_space and doc[quote.start - 2].text == ":"


def _paragraphs_between(lay: Layout, start: int, end: int) -> int:
    return sum(1 for k in range(start, end) if "\n" in lay.words[k] and lay.doc[k].is_space)


def _is_paragraph(lay: Layout, quote: Quote) -> bool:
    """Tell whether a quotation is a paragraph by itself: speech that goes on from the paragraph before."""
    doc = lay.doc
    begins = quote.start == 0 or doc[quote.start - 1].is_space
    return begins and (quote.end >= len(doc) or doc[quote.end].is_space)


def _mid_sentence(lay: Layout, quote: Quote) -> bool:
    return lay.low[quote.start] < quote.start - 1 and lay.doc[quote.start - 1].text not in {".", ":", "!", "?"}
