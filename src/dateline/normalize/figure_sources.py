"""Who gave a figure: the innermost claim around it, or the one that a list or sentence carries on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.model import Claim
from dateline.normalize.figure_givers import Giver, Givers
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_source_choice import SourceChoice, giver_of
from dateline.normalize.figure_spots import ClaimIndex, Links, claims_of, is_bulletin, is_item, link_words


def tie_sources(doc: Doc, figures: Sequence[FigureReading], links: list[Links]) -> None:
    """Propose the innermost claim around each figure, else who gives it by a verb of its own, else who is carried on; and choose."""
    claims = ClaimIndex(claims_of(doc))
    if not figures:
        return
    givers = Givers(doc, claims.claims)
    text = figures[0].candidate.pieces.text  # Doc.text is put together anew at each call.
    first = claims.claims[0] if claims.claims else None
    # Items of a report that name sources of their own have no common issuer.
    issuer = first if first is not None and is_bulletin(text) and not is_item(text, text.rfind("\n", 0, first.start) + 1) else None
    carried: tuple[Giver, int, str] | None = None
    choice = SourceChoice(figures[0].candidate.pieces, claims, bulletin=issuer is not None)
    for index, (figure, link) in enumerate(zip(figures, links, strict=True)):
        start, end = figure.candidate.start, figure.candidate.end
        line = text.rfind("\n", 0, start)
        if _counts_speakers(claims, start):
            carried = None  # "three security sources said": nobody gives that number.
            _give(link, choice.decide(figures, index, None, "counts speakers"))
            continue
        if figure.kind == "age" and _is_of_speaker(claims, text, start):
            _give(link, choice.decide(figures, index, None, "of speaker"))  # "said Jane Roe, 34, a teacher": the article tells that.
            continue
        around = claims.around(start, end)
        bulletin = issuer is not None and (carried is None or carried[0].name == issuer.source_name or is_item(text, line + 1))
        giver = giver_of(min(around, key=lambda claim: claim.end - claim.start)) if around else None
        giver = giver or givers.of(figure) or giver_of(_same_sentence(doc, figure, claims))
        if giver is None and bulletin and carried is None and issuer is not None and issuer.end <= start and issuer.source_start is not None:
            giver = giver_of(issuer)
        if giver is None and carried is not None and _goes_on(figure, carried, line, bulletin=bulletin):
            giver = carried[0]
        if giver is not None:
            carried = (giver, line, figure.kind)
        elif carried is not None and carried[2] != figure.kind and not bulletin:
            carried = None
        _give(link, choice.decide(figures, index, giver, "unsaid"))


def _give(link: Links, giver: Giver | None) -> None:
    if giver is not None:
        link.claim, link.source_name, link.source_text, link.source_entity_id = giver.claim, giver.name, giver.text, giver.entity_id


def _goes_on(figure: FigureReading, carried: tuple[Giver, int, str], line: int, *, bulletin: bool) -> bool:
    """Tell whether whoever gave the number before gives this one, too."""
    giver, on, kind = carried
    pieces, first = figure.candidate.pieces, figure.candidate.sentence_first
    if on == line and pieces.at(first) == "of" and pieces.at(first + 1) in _TAKEN_UP and pieces.at(first + 2) in {",", "who", "people"}:
        return True  # "Of those, 23,000 are in Cucuta": a part of what was just given.
    if giver.poll and on == line and kind == figure.kind == "rate_or_share":
        return True
    return bulletin or (on == line and figure.kind in link_words("source_carry") and kind == figure.kind)


def _counts_speakers(claims: ClaimIndex, start: int) -> bool:
    """Tell whether a number stands in the source of a claim and in nobody's content."""
    near = claims.claims[max(0, bisect_right(claims.starts, start) - 3) :][:6]
    return any(
        c.source_start is not None and c.source_end is not None and c.source_start <= start < c.source_end for c in near
    ) and not claims.around(start, start + 1)


def _is_of_speaker(claims: ClaimIndex, text: str, start: int) -> bool:
    """Tell whether an age stands right behind the name of who speaks."""
    near = claims.claims[max(0, bisect_right(claims.starts, start) - 3) :][:6]
    return any(c.source_end is not None and c.source_end <= start and text[c.source_end : start] in _APPOSED for c in near)


_TAKEN_UP = frozenset({"these", "those", "them"})
_APPOSED = frozenset({", ", ", a ", ", aged ", " (", ", an "})


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
