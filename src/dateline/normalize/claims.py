"""Say what the claims found in a Doc mean: who speaks, through whom, with what act and certainty."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.claim_candidate import Range
from dateline.extract.claims import ClaimCandidate
from dateline.extract.doc_text import sentence_numbers, text_of
from dateline.ids import stable_id
from dateline.model import Claim, Rejection
from dateline.normalize.claim_circumstances import circumstances
from dateline.normalize.claim_speakers import Speaker, Speakers, same_speaker
from dateline.spans import Spans


def claim_id_of(document: str | None, start: int, end: int, cue_start: int | None, source_start: int | None) -> str:
    """Return the id of a claim of a document by where it and what it hangs on stand."""
    return stable_id("clm", document, start, end, cue_start, source_start)


def normalize_claims(doc: Doc, candidates: Sequence[ClaimCandidate]) -> tuple[list[Claim], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    text = text_of(doc)
    speakers = Speakers(doc)
    document = getattr(doc._.article, "document_id", None) if doc.has_extension("article") else None
    resolved: list[tuple[ClaimCandidate, Speaker]] = []
    refused: list[Rejection] = []
    for candidate in sorted(candidates, key=lambda c: (c.anchor, c.start)):
        if candidate.source is None or candidate.head is None:
            refused.append(_refusal(text, candidate, document))
            continue
        if candidate.continues is not None and (speaker := _continued(candidate, resolved)) is not None:
            resolved.append((candidate, speaker))
            continue
        start, end = candidate.source
        speaker = speakers.resolve(start, end, doc[candidate.head], (candidate.start, candidate.end))
        speakers.spoke(start, speaker)
        resolved.append((candidate, speaker))
    sentence = sentence_numbers(doc)
    contents = Spans((candidate.start, candidate.end, (at, candidate, speaker)) for at, (candidate, speaker) in enumerate(resolved))
    claims = [
        _claim(doc, text, candidate, speaker, _through(doc, speakers, candidate, speaker, resolved, contents), document, sentence)
        for candidate, speaker in resolved
    ]
    return circumstances(doc, sorted(claims, key=lambda c: (c.start, c.end))), refused


def _continued(candidate: ClaimCandidate, resolved: list[tuple[ClaimCandidate, Speaker]]) -> Speaker | None:
    """Return the speaker whose quotation goes on: same source words, said before."""
    return next((s for c, s in reversed(resolved) if c.source == candidate.source), None)


def _through(
    doc: Doc,
    speakers: Speakers,
    candidate: ClaimCandidate,
    speaker: Speaker,
    resolved: list[tuple[ClaimCandidate, Speaker]],
    contents: Spans[tuple[int, ClaimCandidate, Speaker]],
) -> tuple[Range, Speaker] | None:
    """Return who passed a claim on: the one who quotes or cites its speaker, else who makes the innermost claim around it."""
    if candidate.via is not None and candidate.via_head is not None:
        other = next((s for c, s in resolved if c.source == candidate.via), None)
        return candidate.via, other or speakers.resolve(*candidate.via, doc[candidate.via_head])
    if candidate.cue is None:
        return None
    holding = [
        (around.end - around.start, at, around, other)
        for at, around, other in contents.holding(*candidate.cue)
        if around is not candidate
        and (around.end - around.start) > (candidate.end - candidate.start)
        and around.source != candidate.source
        and not same_speaker(other, speaker)
    ]
    if not holding:
        return None
    _, _, around, other = min(holding, key=lambda found: found[:2])
    return (around.source, other) if around.source is not None else None


def _claim(
    doc: Doc,
    text: str,
    candidate: ClaimCandidate,
    speaker: Speaker,
    through: tuple[Range, Speaker] | None,
    document: str | None,
    sentence: list[int],
) -> Claim:
    cue_start, cue_end = candidate.cue or (None, None)
    source_start, source_end = candidate.source or (None, None)
    token = doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    return Claim(
        start=candidate.start,
        end=candidate.end,
        text=text[candidate.start : candidate.end],
        sentence=sentence[token.start] if token is not None else 0,
        score=candidate.score,
        rule=f"claims.{candidate.rule}",
        claim_id=claim_id_of(document, candidate.start, candidate.end, cue_start, source_start),
        cue=None if cue_start is None else text[cue_start:cue_end],
        cue_start=cue_start,
        cue_end=cue_end,
        source_text=text[source_start:source_end],
        source_start=source_start,
        source_end=source_end,
        source_name=speaker.name,
        source_entity_id=speaker.entity.entity_id if speaker.entity else None,
        via_text=text[slice(*through[0])] if through else None,
        via_entity_id=through[1].entity.entity_id if through and through[1].entity else None,
        act=candidate.act,
        mode=candidate.mode,
        is_quote=candidate.is_quote,
    )


def _refusal(text: str, candidate: ClaimCandidate, document: str | None) -> Rejection:
    return Rejection(
        stage="normalize",
        kind="claims",
        reason="A reporting word has no source in its sentence, so nobody can be held to it; check the sentence if it recurs.",
        rule=f"claims.{candidate.rule}",
        document_id=document,
        location=f"{candidate.start}-{candidate.end}",
        raw=text[candidate.start : candidate.end][:200],
        severity="routine",
    )
