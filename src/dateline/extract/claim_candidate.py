"""The record that the claim rules make, and how token ranges become its character ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.extract.claim_content import Content
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_lexicon import Sense
from dateline.extract.claim_sources import Source

Range = tuple[int, int]
_AUXILIARY = frozenset({"aux", "aux:pass", "advmod", "neg", "cop"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCandidate:
    """An attribution as written; ranges are characters, `anchor` and `head` token indices.

    Attributes:
        start: Content by the annotation guide: one contiguous range without "that" and outer quotation marks.
        pieces: Every piece of the content, "that" and quotation marks included.
        anchor: The cue, or the opening mark of a quotation without one.
        cue: The reporting word; `cue_full` with auxiliaries, adverbs and particles.
        source: Shortest naming phrase; `source_full` with titles, appositions and relative clauses.
        head: Head of the source.
        via: Who passed it on, where the words say so ("A quoted B as saying"); `via_head` the head of that phrase.
        stance: True when only a stance is shown (no claim by the guide).
        continues: Anchor of the earlier candidate whose speaker goes on here, None otherwise.
    """

    start: int
    end: int
    rule: str
    pieces: tuple[Range, ...]
    anchor: int
    cue: Range | None = None
    cue_full: Range | None = None
    source: Range | None = None
    source_full: Range | None = None
    head: int | None = None
    via: Range | None = None
    via_head: int | None = None
    act: str = "say"
    mode: str = "asserted"
    lemma: str = ""
    is_quote: bool = False
    stance: bool = False
    continues: int | None = None
    score: float = 0.8


def characters(doc: Sequence[Token], tokens: Range) -> Range:
    """Return the character range of a token range."""
    last = doc[tokens[1] - 1]
    return doc[tokens[0]].idx, last.idx + len(last)


def cue_spans(lay: Layout, cue: Token) -> tuple[Range, Range]:
    """Return the reporting word with its particle, and the same with auxiliaries and adverbs before it."""
    doc = lay.doc
    start, end = cue.i, cue.i + 1
    first = cue.i
    if lay.parsed:
        if any(c.dep_ == "compound:prt" and c.i == end for c in cue.children):
            end += 1
        while first - 1 >= lay.low[cue.i] and doc[first - 1].head.i == cue.i and doc[first - 1].dep_ in _AUXILIARY:
            first -= 1
    narrow = characters(doc, (start, end))
    return narrow, (doc[first].idx, narrow[1])


def candidate(
    lay: Layout, cue: Token, sense: Sense, content: Content, source: Source | None, *, stance: bool = False, negated: bool = False
) -> ClaimCandidate:
    """Return the record of a cue with its content and source."""
    doc = lay.doc
    narrow, wide = cue_spans(lay, cue)
    lead = content.start if content.lead is None else content.lead
    start, end = characters(doc, (content.start, content.end))
    mode = sense.mode
    if negated:
        mode = "asserted" if mode == "denied" else "denied"
    return ClaimCandidate(
        start=start,
        end=end,
        rule=content.rule,
        pieces=tuple(characters(doc, piece) for piece in content.pieces or ((lead, content.end),)),
        anchor=cue.i,
        cue=narrow,
        cue_full=wide,
        source=characters(doc, source.short) if source else None,
        source_full=characters(doc, source.full) if source else None,
        head=source.head.i if source else None,
        act=sense.act,
        mode=mode,
        lemma=sense.lemma,
        is_quote=content.quote,
        stance=stance,
        score=0.9 if source else 0.5,
    )
