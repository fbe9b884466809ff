"""Who gave a figure: the innermost claim around it, or the one that a list or sentence carries on."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.model import Claim
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_spots import ClaimIndex, Links, claims_of, is_bulletin, link_words


def tie_sources(doc: Doc, figures: Sequence[FigureReading], links: list[Links]) -> None:
    """Give each figure the innermost claim around it."""
    claims = ClaimIndex(claims_of(doc))
    if not claims.claims or not figures:
        return
    bulletin = is_bulletin(figures[0].candidate.pieces.text)  # Doc.text is put together anew at each call.
    carried: tuple[Claim, int, str] | None = None
    for figure, link in zip(figures, links, strict=True):
        start, end = figure.candidate.start, figure.candidate.end
        around = claims.around(start, end)
        line = figure.candidate.pieces.text.rfind("\n", 0, start)
        if around:
            link.claim = min(around, key=lambda claim: claim.end - claim.start)
        else:
            link.claim = _same_sentence(figure, claims)
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


def _same_sentence(figure: FigureReading, claims: ClaimIndex) -> Claim | None:
    """Return the only claim of a sentence for a number that stands behind its content ("..., the ministry said, after 307 on Saturday")."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    begin, end = pieces.starts[candidate.sentence_first], pieces.ends[candidate.sentence_last - 1]
    here = claims.starting(begin, end)
    if len(here) != 1 or here[0].source_start is None or here[0].end > candidate.start:
        return None
    gap = pieces.text[here[0].end : candidate.start]
    if len(gap) > 400:
        return None
    if ";" in gap and figure.kind not in link_words("source_carry"):
        return None
    return None if " while " in gap or " but " in gap or "day after" in gap else here[0]
