"""Find claims in a Doc: who asserts what, with the cue, by the lexicon of report verbs over the parse and the layout of quotations.

`extract_claims` returns claims in the sense of the annotation guide; `attributions` returns stances too (wants, praises, opposes) and keeps the wide
spans that corpora such as PolNeAR annotate (titles and appositions in the source, auxiliaries in the cue, every piece of an interrupted content).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.extract.claim_candidate import ClaimCandidate
from dateline.extract.claim_closing import closing, inverted
from dateline.extract.claim_cues import PLAIN, verbal
from dateline.extract.claim_layout import Layout, layout
from dateline.extract.claim_lexicon import Sense, phrases, senses
from dateline.extract.claim_nouns import adjectival, nominal
from dateline.extract.claim_ownership import own_quotes
from dateline.extract.claim_phrases import prepositional
from dateline.extract.claim_relays import relayed
from dateline.extract.claim_surface import surface
from dateline.extract.claim_transcripts import turns

__all__ = ["ClaimCandidate", "attributions", "extract_claims"]


def extract_claims(doc: Doc) -> list[ClaimCandidate]:
    """Return the claims written in a doc, in text order."""
    return [c for c in attributions(doc) if not c.stance and c.source is not None]


def attributions(doc: Doc) -> list[ClaimCandidate]:
    """Return claims and stances, with and without a source, in text order of their anchors."""
    if not len(doc):
        return []
    lay = layout(doc)
    found: list[ClaimCandidate] = []
    taken: set[int] = set()
    last: ClaimCandidate | None = None
    lexicon, prepositional_cues = senses(), phrases()
    for token, word in zip(lay.doc, lay.lower, strict=True):
        if word not in prepositional_cues and word not in lexicon:
            continue
        floor = _floor(lay, last, token.i)
        hit = prepositional(lay, token, floor) if word in prepositional_cues else None
        if hit is None:
            entries = lexicon.get(word)
            if entries is None or _in_speech(lay, token.i):
                continue
            hit = _cue(lay, token, entries, floor, taken)
        if hit is not None:
            found.append(hit)
            last = last if hit.stance else hit
    found = own_quotes(lay, relayed(lay, _without_repeats(_share_sources(lay, found))), taken)
    found += turns(lay)
    return sorted(found, key=lambda c: (c.anchor, c.start))


def _in_speech(lay: Layout, i: int) -> bool:
    quote = lay.quote_at(i)
    return quote is not None and lay.is_spoken(quote)


def _floor(lay: Layout, last: ClaimCandidate | None, i: int) -> int:
    """Return the token before which a content on the left of token i cannot start: behind the semicolon that follows the claim before."""
    if last is None or last.anchor < lay.low[i]:
        return 0
    return next((k + 1 for k in range(i - 1, last.anchor, -1) if lay.words[k] == ";"), 0)


def _cue(lay: Layout, token: Token, entries: tuple[Sense, ...], floor: int, taken: set[int]) -> ClaimCandidate | None:
    if _is_modifier(lay, token):
        return None
    is_verb = lay.parsed and (token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB") or token.lower_ in {"said", "says", "told"})
    for sense in entries:
        hit = None
        if sense.pos == "verb":
            if is_verb:
                hit = verbal(lay, token, sense, floor, taken)
            if lay.parsed and sense.lemma in PLAIN and (hit is None or hit.source is None or _misses(lay, hit, token) or _turned(lay, hit, token)):
                hit = closing(lay, token, sense, floor) or hit
            if hit is None and sense.claims and (token.lower_ != sense.lemma or _after_plural(lay, token)):
                hit = surface(lay, token, sense, floor, taken)
            if hit is not None:
                return hit
        elif lay.parsed and sense.pos == "noun" and token.pos_ == "NOUN":
            hit = nominal(lay, token, sense)
        elif lay.parsed and sense.pos == "adj" and token.pos_ in {"ADJ", "VERB"}:
            hit = adjectival(lay, token, sense)
        if hit is not None:
            return hit
    return None


def _turned(lay: Layout, hit: ClaimCandidate, cue: Token) -> bool:
    """Tell whether another speaker was found than the one right behind a cue: "..., says UNHCR, the highest number since May"."""
    behind = inverted(lay, cue) if hit.source is not None else None
    if behind is None or hit.source is None:
        return False
    first, last = lay.doc[behind.full[0]], lay.doc[behind.full[1] - 1]
    return hit.source[1] <= first.idx or hit.source[0] >= last.idx + len(last)


def _misses(lay: Layout, hit: ClaimCandidate, cue: Token) -> bool:
    """Tell whether the speaker that the parse gives stands before the comma that the cue's own words follow."""
    if hit.source is None or hit.source[1] > cue.idx:
        return False
    return any(lay.words[i] == "," and lay.doc[i].idx >= hit.source[1] for i in range(lay.low[cue.i], cue.i))


def _is_modifier(lay: Layout, token: Token) -> bool:
    """Tell whether a participle stands between a determiner and its noun: "the capital's estimated four million people", "an alleged attack"."""
    if token.i > 0 and lay.doc[token.i - 1].text == "-" and not lay.doc[token.i - 1].whitespace_:
        return True  # "long-denied technology"
    if token.i == lay.low[token.i] or not token.lower_.endswith(("ed", "ing")) or token.i + 1 >= len(lay.doc):
        return False
    before = lay.doc[token.i - 1]
    return before.tag_ in {"POS", "PRP$"} or (before.lower_ in {"a", "an", "the"} and lay.doc[token.i + 1].pos_ in {"NOUN", "NUM", "ADJ", "PROPN"})


def _after_plural(lay: Layout, token: Token) -> bool:
    """Tell whether a base form follows a plural, so that it can be a verb: "Houthi media count over 900"."""
    return token.i > lay.low[token.i] and lay.doc[token.i - 1].tag_ in {"NNS", "NNPS"} and token.i + 1 < len(lay.doc)


def _share_sources(lay: Layout, found: list[ClaimCandidate]) -> list[ClaimCandidate]:
    """Give participles (", adding that") and coordinated cues ("said A and accused B") the speaker of the cue that they follow.

    Parsers tend to hang both on the verb of the content, whose subject is somebody else.
    """
    if not lay.parsed:
        return found
    out: list[ClaimCandidate] = []
    of_sentence: defaultdict[int, list[int]] = defaultdict(list)
    for hit in found:
        cue = lay.doc[hit.anchor]
        sentence = of_sentence[lay.low[hit.anchor]]
        earlier = next((k for k in reversed(sentence) if _can_share(lay, out[k])), None)
        if earlier is not None and hit.cue is not None and not hit.rule.startswith("according") and not _has_subject(cue):
            first = out[earlier]
            participle = cue.tag_ == "VBG" and lay.doc[cue.i - 1].text not in {"as", "of", "by"}
            coordinated = cue.dep_ == "conj" and first.start < hit.cue[0] < first.end and cue.tag_ == lay.doc[first.anchor].tag_
            if participle or coordinated:
                hit = replace(hit, source=first.source, source_full=first.source_full, head=first.head)
            if coordinated:
                out[earlier] = _ending_before(lay, first, cue)
        sentence.append(len(out))
        out.append(hit)
    return out


def _can_share(lay: Layout, first: ClaimCandidate) -> bool:
    spoken = lay.doc[first.anchor].pos_ in {"VERB", "AUX"}  # Not "Putin's claim that ...".
    return spoken and first.source is not None and not first.stance and first.cue is not None


def _has_subject(cue: Token) -> bool:
    return any(c.dep_.startswith("nsubj") and c.i < cue.i for c in cue.children)


def _ending_before(lay: Layout, first: ClaimCandidate, cue: Token) -> ClaimCandidate:
    """Return a claim whose content ends before the coordination that starts another cue."""
    doc = lay.doc
    stop = cue.i
    while stop > 0 and (doc[stop - 1].pos_ in {"CCONJ", "ADV", "AUX"} or doc[stop - 1].text == ",") and doc[stop - 1].idx > first.start:
        stop -= 1
    end = doc[stop - 1].idx + len(doc[stop - 1])
    return replace(first, end=end, pieces=tuple((a, min(b, end)) for a, b in first.pieces if a < end)) if end > first.start else first


def _without_repeats(found: list[ClaimCandidate]) -> list[ClaimCandidate]:
    """Keep the first of two attributions of the same content to the same source."""
    kept: dict[tuple[int, int, int | None], ClaimCandidate] = {}
    for hit in found:
        kept.setdefault((hit.start, hit.end, hit.head), hit)
    return list(kept.values())
