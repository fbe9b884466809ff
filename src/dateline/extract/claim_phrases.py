"""Prepositional cues: "according to X", "in the words of X". What they attribute is the rest of their sentence."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.extract.claim_beside import DASHES
from dateline.extract.claim_candidate import ClaimCandidate, Range, candidate, characters
from dateline.extract.claim_content import Content, grow_over_quotes, trim
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_lexicon import phrases
from dateline.extract.claim_sources import NOMINAL, Source, as_source

_INNER = frozenset({"compound", "flat", "nmod:poss", "nmod:desc", "amod", "nummod", "det"})


def prepositional(lay: Layout, token: Token, floor: int) -> ClaimCandidate | None:
    """Return the attribution of a prepositional cue that starts at `token`."""
    doc = lay.doc
    for words, sense in phrases()[token.lower_]:
        owned = _owned(lay, token, words)
        if owned is not None:
            noun, owner = owned
            content = _beside(lay, token, noun.i + 1, floor)
            if content is None:
                return None
            found = candidate(lay, noun, sense, content, as_source(lay, owner, noun.i))
            return replace(found, cue=characters(doc, (noun.i, noun.i + 1)), cue_full=characters(doc, (noun.i, noun.i + 1)))
        last = token.i + len(words)
        if last >= lay.high[token.i] or any(doc[token.i + k].lower_ != word for k, word in enumerate(words)):
            continue
        source = _object_of(lay, token, last)
        if source is None:
            return None
        content = _beside(lay, token, min(max(source.full[1], source.head.i + 1), lay.high[token.i]), floor)
        if content is None:
            return None
        found = candidate(lay, token, sense, content, source, stance="source" not in sense.claims)
        span = characters(doc, (token.i, last))
        return replace(found, cue=span, cue_full=span)
    return None


def _owned(lay: Layout, token: Token, words: tuple[str, ...]) -> tuple[Token, Token] | None:
    """Return noun and owner of "by their own count", "in Kyiv's view", where the table has "by the count of", "in the view of"."""
    if len(words) != 4 or words[1] != "the" or words[3] != "of" or not lay.parsed:
        return None
    noun = next((lay.doc[i] for i in range(token.i + 1, min(token.i + 9, lay.high[token.i])) if lay.doc[i].lower_ == words[2]), None)
    owner = None if noun is None else next((c for c in noun.children if c.dep_ == "nmod:poss" and token.i < c.i), None)
    return None if noun is None or owner is None else (noun, owner)


def _object_of(lay: Layout, token: Token, first: int) -> Source | None:
    doc, high = lay.doc, lay.high[token.i]
    node: Token | None = None
    if lay.parsed and token.head.i >= first and token.head.pos_ in NOMINAL and token.head.i < high:
        node = token.head
    else:
        for i in range(first, min(first + 8, high)):
            if doc[i].pos_ in {"NOUN", "PROPN", "PRON"} or (not lay.parsed and doc[i].is_alpha and doc[i].lower_ not in {"the", "a", "an"}):
                node = doc[i]
                break
            if doc[i].is_punct:
                return None
    if node is None:
        return None
    if not lay.parsed:
        end = next((i for i in range(first, high) if doc[i].is_punct and doc[i].text not in {"-", "'"}), high)
        return Source(doc[end - 1], (first, end), (first, end))
    while (
        node.dep_ in _INNER and first <= node.head.i < high and not any(t.is_punct for t in doc[min(node.i, node.head.i) : max(node.i, node.head.i)])
    ):
        node = node.head
    source = as_source(lay, node)
    # The preposition itself may hang on the noun's own phrase.
    return replace(
        source,
        short=(max(source.short[0], first), max(source.short[1], first + 1)),
        full=(max(source.full[0], first), max(source.full[1], first + 1)),
    )


def _beside(lay: Layout, token: Token, stop: int, floor: int) -> Content | None:
    """Return what the phrase attributes: what follows it when it opens its clause, else what precedes it (and goes on after it)."""
    doc = lay.doc
    low, high = max(lay.low[token.i], floor), lay.high[token.i]
    after = stop < high and doc[stop].text == ","
    opens = token.i - low <= 1
    inserted = after and token.i - 2 >= low and doc[token.i - 1].text in {",", *DASHES} and doc[token.i - 2].tag_ in {"WDT", "IN", "CC", "WP"}
    if opens or inserted:
        until = next((i for i in range(stop, high) if doc[i].text == ";" and not lay.mask[i]), high)
        until = grow_over_quotes(lay, stop, until)
        start, end = trim(lay, stop, until)
        return Content(start, end, "according.right", lead=start) if end > start else None
    low = next((i + 1 for i in range(token.i - 1, low, -1) if doc[i].text == ";" and not lay.mask[i]), low)
    start, end = trim(lay, low, token.i)
    pieces: tuple[Range, ...] = ()
    if after and high - stop > 3 and doc[token.i - 1].text == ",":
        rest = trim(lay, stop, high)
        pieces = ((start, end), rest)
        if rest[1] - rest[0] > end - start:
            start, end = rest
    return Content(start, end, "according.left", pieces=pieces, lead=start) if end > start else None
