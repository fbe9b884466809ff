"""Who passes on what somebody else said: "A quoted B as saying ...", "A said, citing B, that ...", "..., A reported, quoting B"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from dateline.extract.claim_beside import beside
from dateline.extract.claim_candidate import ClaimCandidate, characters
from dateline.extract.claim_layout import Layout
from dateline.extract.claim_lexicon import senses
from dateline.extract.claim_sources import NOMINAL, PASSIVE_SUBJECTS, Source, agent, as_source, subject
from dateline.extract.claim_voices import is_voice

_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


@cache
def _relays() -> frozenset[str]:
    return frozenset(form for form, entries in senses().items() if any("relay" in sense.claims for sense in entries))


def is_relay(word: str) -> bool:
    """Tell whether a word passes on what somebody else said ("citing", "quoted")."""
    return word in _relays()


def relayed_voice(lay: Layout, verb: Token) -> Source | None:
    """Return who is cited by a participle ("citing the defence ministry"), None where it cites a thing ("citing security reasons")."""
    if not is_relay(verb.lower_) or verb.tag_ != "VBG":
        return None
    high = lay.high[verb.i]
    head = next((c for c in verb.children if c.dep_ in {"obj", "nsubj"} and verb.i < c.i < high and c.pos_ in NOMINAL), None)
    if head is None or not is_voice(lay, head):
        named = next((lay.entities[i] for i in range(verb.i + 1, min(verb.i + 8, high)) if i in lay.entities), None)
        if named is None or named.label_ != "PERSON" or any(t.is_punct for t in lay.doc[verb.i : named.start]):
            return None
        head = named.root
    return as_source(lay, head, verb.i)


def relayed(lay: Layout, found: list[ClaimCandidate]) -> list[ClaimCandidate]:
    """Return the candidates with those whose speaker is known only through another one: `via` says through whom."""
    if not lay.parsed:
        return found
    out = [_as_saying(lay, hit) for hit in found]
    for token, word in zip(lay.doc, lay.lower, strict=True):
        cited = relayed_voice(lay, token) if is_relay(word) else None
        if cited is None or ((quote := lay.quote_at(token.i)) is not None and lay.is_spoken(quote)):
            continue
        here = [c for c in out if lay.low[c.anchor] == lay.low[token.i] and not c.stance]
        passed_on = [c for c in here if c.source is not None and c.cue is not None and c.head != cited.head.i]
        if passed_on:
            hit = min(passed_on, key=lambda c: abs(c.anchor - token.i))
            cue = characters(lay.doc, (token.i, token.i + 1))
            relay = replace(hit, anchor=token.i, cue=cue, cue_full=cue, rule="relayed", continues=None, via=hit.source, via_head=hit.head)
            out.append(_said_by(lay, relay, cited))
    return out


def _as_saying(lay: Layout, hit: ClaimCandidate) -> ClaimCandidate:
    """Return a claim of "quoted X as saying" with X as its speaker and the one who quotes as `via`."""
    doc, low = lay.doc, lay.low[hit.anchor]
    if hit.anchor < low + 2 or doc[hit.anchor].tag_ != "VBG" or doc[hit.anchor - 1].lower_ != "as":
        return hit
    relay = next((doc[i] for i in range(hit.anchor - 2, low, -1) if is_relay(doc[i].lower_)), None)
    if relay is None:
        return hit
    if doc[relay.i - 1].lower_ in _BE or any(c.dep_ == "aux:pass" for c in relay.children):
        quoted = next((c for c in relay.children if c.dep_ in PASSIVE_SUBJECTS and low <= c.i < relay.i), None) or beside(relay, low, relay.i)
        passed_on = agent(relay)
    else:
        quoted = next((c for c in relay.children if c.dep_ == "obj" and relay.i < c.i < hit.anchor), None)
        quoted = quoted or (doc[hit.head] if hit.head is not None and relay.i < hit.head < hit.anchor else None)
        passed_on = subject(relay) or beside(relay, low, relay.i)
    if quoted is None or not is_voice(lay, quoted):
        return hit
    source = as_source(lay, quoted, relay.i if quoted.i < relay.i else hit.anchor)
    found = _said_by(lay, hit, source)
    if passed_on is None or passed_on.i == quoted.i or not low <= passed_on.i < lay.high[hit.anchor]:
        return found
    return replace(found, via=characters(doc, as_source(lay, passed_on, relay.i).short), via_head=passed_on.i)


def _said_by(lay: Layout, hit: ClaimCandidate, source: Source) -> ClaimCandidate:
    return replace(hit, source=characters(lay.doc, source.short), source_full=characters(lay.doc, source.full), head=source.head.i)
