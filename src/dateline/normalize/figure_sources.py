"""Who gave a figure: the innermost claim around it, or the one that a list or sentence carries on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.model import Claim
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_spots import ClaimIndex, Links, claims_of, is_bulletin, is_item, link_words


def tie_sources(doc: Doc, figures: Sequence[FigureReading], links: list[Links]) -> None:
    """Give each figure the innermost claim around it."""
    claims = ClaimIndex(claims_of(doc))
    if not claims.claims or not figures:
        return
    text = figures[0].candidate.pieces.text  # Doc.text is put together anew at each call.
    issuer = claims.claims[0].source_name if is_bulletin(text) else None
    carried: tuple[Claim, int, str] | None = None
    for figure, link in zip(figures, links, strict=True):
        start, end = figure.candidate.start, figure.candidate.end
        around = claims.around(start, end)
        line = text.rfind("\n", 0, start)
        bulletin = issuer is not None and (carried is None or carried[0].source_name == issuer or is_item(text, line + 1))
        if _counts_speakers(claims, start):
            carried = None  # "three security sources said": nobody gives that number.
            continue
        if around:
            link.claim = min(around, key=lambda claim: claim.end - claim.start)
        else:
            link.claim = _same_sentence(doc, figure, claims)
            goes_on = carried is not None and (bulletin or (carried[1] == line and figure.kind in link_words("source_carry")))
            if link.claim is None and bulletin and carried is None:
                link.claim = next((claim for claim in claims.claims[:1] if claim.end <= start and claim.source_start is not None), None)
            if link.claim is None and goes_on and carried is not None and (bulletin or carried[2] == figure.kind):
                link.claim = carried[0]
        if link.claim is not None:
            link.source_name = link.claim.source_name or link.claim.source_text
            carried = (link.claim, line, figure.kind)
        elif carried is not None and carried[2] != figure.kind and not bulletin:
            carried = None


def _counts_speakers(claims: ClaimIndex, start: int) -> bool:
    """Tell whether a number stands in the source of a claim and in nobody's content."""
    near = claims.claims[max(0, bisect_right(claims.starts, start) - 3) :][:6]
    return any(
        c.source_start is not None and c.source_end is not None and c.source_start <= start < c.source_end for c in near
    ) and not claims.around(start, start + 1)


def _is_part(figure: FigureReading, gap: str) -> bool:
    """Tell whether a number behind a semicolon is a part of what was counted before it: "...; five of the dead were women"."""
    after = figure.candidate.pieces.text[figure.candidate.end :][:9].lower()
    return not gap.rpartition(";")[2].strip() and after.startswith((" of the ", " of them"))


def _new_clause(doc: Doc, claim: Claim, start: int) -> bool:
    """Tell whether another main clause begins between a claim and a number: "..., residents said, and Burundi closed its crossing after 800 ..."."""
    said = max(claim.end, claim.cue_end or 0, claim.source_end or 0)
    between = doc.char_span(said, start, alignment_mode="contract")
    if between is None or not doc.has_annotation("DEP"):
        return False
    return any(
        t.tag_ in {"VBD", "VBZ", "VBP"}
        and any(c.dep_ == "nsubj" and between.start < c.i and doc[c.left_edge.i - 1].lower_ == "and" for c in t.children)
        for t in between
    )


def _same_sentence(doc: Doc, figure: FigureReading, claims: ClaimIndex) -> Claim | None:
    """Return the only claim of a sentence for a number that stands behind its content ("..., the ministry said, after 307 on Saturday")."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    begin, end = pieces.starts[candidate.sentence_first], pieces.ends[candidate.sentence_last - 1]
    here = claims.starting(begin, end)
    if len(here) != 1 or here[0].source_start is None or here[0].end > candidate.start:
        return None
    gap = pieces.text[here[0].end : candidate.start]
    if len(gap) > 400:
        return None
    if ";" in gap and figure.kind not in link_words("source_carry") and not _is_part(figure, gap):
        return None
    if _new_clause(doc, here[0], candidate.start):
        return None
    return None if " while " in gap or " but " in gap or "day after" in gap else here[0]
