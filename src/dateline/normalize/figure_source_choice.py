"""Who gave a figure, or nobody: see figure_choice for how it is weighed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from dateline.extract.figure_lexer import Pieces
from dateline.model import Claim
from dateline.normalize import figure_choice
from dateline.normalize.figure_choice import WORDED, Offer, Owned, group_of, lines_between, step
from dateline.normalize.figure_givers import Giver
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_spots import ClaimIndex

MODEL = "figure_source"
_HEARD = 4  # Sources weighed whose claims end before the sentence: the last ones, each name once.
_BESIDE = 8  # Claims of the sentence weighed to either side.
_BACK = 16  # Claims looked back over for them; the work stays linear.
_QUOTED = 3000  # Characters of a paragraph looked back over for quotation marks.
_OPENINGS = {
    **dict.fromkeys(("he", "she", "they", "it"), "pronoun"),
    **dict.fromkeys(("his", "her", "their", "its"), "owner"),
    **dict.fromkeys(("of", "among"), "part"),
    **dict.fromkeys(("the", "that", "this", "these", "those"), "known"),
    **dict.fromkeys(("in", "on", "at", "since", "by"), "scene"),
}


def giver_of(claim: Claim | None) -> Giver | None:
    """Return who speaks in a claim."""
    return Giver(claim.source_name or claim.source_text, claim.source_text, claim.source_entity_id, claim) if claim is not None else None


class SourceChoice:
    """The choice of sources in one text, figure by figure."""

    def __init__(self, pieces: Pieces, claims: ClaimIndex, *, bulletin: bool) -> None:
        self._pieces = pieces
        self._claims = claims
        self._bulletin = bulletin
        self._own = Owned(MODEL)
        self._before: tuple[FigureReading, str | None] | None = None  # The figure decided last, and who gave it.
        self._last: Giver | None = None  # Who gave the last figure that anybody gave.

    def decide(self, figures: Sequence[FigureReading], index: int, proposed: Giver | None, hint: str) -> Giver | None:
        """Return who gave a figure; those before it have been decided. `hint` is what the rules say where they propose nobody."""
        figure = figures[index]
        chosen = figure_choice.decide(MODEL, figure, list(self._offers(figure, proposed, hint)))
        giver = chosen if isinstance(chosen, Giver) else None
        self._before, self._last = (figure, _key(giver)), giver or self._last
        return giver

    def _offers(self, figure: FigureReading, proposed: Giver | None, hint: str) -> Iterator[Offer[Giver]]:
        candidate, pieces, group = figure.candidate, self._pieces, group_of(figure.kind)
        begin, end = pieces.starts[candidate.sentence_first], pieces.ends[candidate.sentence_last - 1]
        at = bisect_left(self._claims.starts, candidate.start)
        low = max(bisect_left(self._claims.starts, begin), at - _BESIDE)
        high = min(bisect_left(self._claims.starts, end), at + _BESIDE)
        around = self._claims.around(candidate.start, candidate.end)
        opening = _OPENINGS.get(pieces.at(candidate.sentence_first), "other")
        quoted = self._quoted(candidate.start)
        before = self._before
        same = before is not None and before[0].candidate.sentence == candidate.sentence
        yield Offer(
            None,
            (),
            0.0,
            _nobody(
                group,
                figure.kind,
                hint if proposed is None else "proposed",
                min(len(around), 1),
                min(high - low, 2),
                opening,
                quoted,
                self._bulletin,
                min(candidate.sentence, 3),
                before is not None and before[1] is None,
                same,
            ),
        )
        offered: set[str] = set()
        for rank, claim in enumerate(sorted(around, key=lambda claim: claim.end - claim.start)):
            yield from self._offer(giver_of(claim), "around", figure, group, proposed, rank, opening, quoted, offered)
        for at in range(low, high):
            claim = self._claims.claims[at]
            if claim not in around:
                where = "behind" if claim.start > candidate.start else "here"
                yield from self._offer(giver_of(claim), where, figure, group, proposed, min(high - low, 2), opening, quoted, offered)
        heard = 0
        for at in range(low - 1, max(-1, low - 1 - _BACK), -1):
            if heard == _HEARD:
                break
            found = list(self._offer(giver_of(self._claims.claims[at]), "earlier", figure, group, proposed, heard, opening, quoted, offered))
            heard += len(found)
            yield from found
        for giver, where in ((proposed, "given"), (self._last, "last")):
            yield from self._offer(giver, where, figure, group, proposed, 0, opening, quoted, offered)

    def _offer(
        self,
        giver: Giver | None,
        where: str,
        figure: FigureReading,
        group: str,
        proposed: Giver | None,
        rank: int,
        opening: str,
        quoted: bool,
        offered: set[str],
    ) -> Iterator[Offer[Giver]]:
        """Give the offer of somebody who has a name and is not offered yet."""
        name = _key(giver)
        if giver is None or name is None or name in offered:
            return
        offered.add(name)
        claim, candidate = giver.claim, figure.candidate
        who = (giver.text, giver.entity_id, claim.claim_id if claim is not None else None, where)
        features = partial(
            _source,
            where,
            claim.act if claim is not None else None,
            claim.cue.lower() if claim is not None and claim.cue else None,
            claim is not None and claim.is_quote,
            giver.entity_id is not None,
            (giver.text or "")[:1].isupper(),
        )
        back = lines = -1
        if claim is not None:
            back = max(-1, min(candidate.sentence - claim.sentence, 6))
            lines = lines_between(self._pieces.text, min(claim.end, candidate.start), candidate.start)
        before = self._before
        tied = _tied(
            where,
            group,
            "no" if proposed is None else "yes" if name == _key(proposed) else "other",
            back,
            lines,
            min(rank, 3),
            opening,
            quoted,
            "first" if before is None else "none" if before[1] is None else str(before[1] == name),
            before is not None and before[0].candidate.sentence == candidate.sentence,
            before is not None and before[0].kind == figure.kind,
            _key(self._last) == name,
            self._bulletin,
        )
        yield self._own.offer(who, giver, features, tied)

    def _quoted(self, start: int) -> bool:
        """Return whether a character stands within quotation marks of its paragraph."""
        text = self._pieces.text
        low = max(0, start - _QUOTED)
        line = max(low, text.rfind("\n", low, start) + 1)
        if text.count("“", line, start) > text.count("”", line, start):
            return True
        return text.count('"', line, start) % 2 == 1


def _key(giver: Giver | None) -> str | None:
    name = (giver.name or giver.text) if giver is not None else None
    return name.casefold() if name else None


# The features are made of few values each, so the same ones come again and again: they are put into words once.
@lru_cache(maxsize=WORDED)
def _nobody(
    group: str, kind: str, hint: str, around: int, here: int, opening: str, quoted: bool, bulletin: bool, sentence: int, unsaid: bool, same: bool
) -> tuple[str, ...]:
    return (
        "none",
        f"none {group}",
        f"none kind {kind}",
        f"none {hint}",
        f"none {hint} {group}",
        f"none around {around} here {here}",
        f"none around {around} {group}",
        f"none opening {opening}",
        f"none opening {opening} here {here}",
        f"none quoted {quoted}",
        f"none bulletin {bulletin}",
        f"none sentence {sentence}",
        f"none last {unsaid} same {same}",
    )


@lru_cache(maxsize=WORDED)
def _source(where: str, act: str | None, cue: str | None, quote: bool, entity: bool, named: bool) -> tuple[str, ...]:
    return ("source", where, f"{where} act {act}", f"{where} cue {cue}", f"{where} quote {quote}", f"{where} entity {entity} named {named}")


@lru_cache(maxsize=WORDED)
def _tied(
    where: str,
    group: str,
    pick: str,
    back: int,
    lines: int,
    rank: int,
    opening: str,
    quoted: bool,
    before: str,
    same: bool,
    same_kind: bool,
    last: bool,
    bulletin: bool,
) -> tuple[str, ...]:
    far = step(back, (0, 1, 2, 4))
    return (
        f"{where} {group}",
        f"pick {pick}",
        f"pick {pick} {group}",
        f"{where} pick {pick}",
        f"{where} pick {pick} {group}",
        f"{where} rank {rank}",
        f"{where} back {far} lines {lines}",
        f"{where} back {far} {group}",
        f"{where} opening {opening} lines {lines}",
        f"{where} opening {opening} back {far}",
        f"{where} quoted {quoted} lines {lines}",
        f"{where} bulletin {bulletin}",
        f"last {last} {where} lines {lines}",
        *([f"before {before} {where} same {same} lines {lines}"] if before != "first" else []),
        *([f"before kind {same_kind} same {same} lines {lines}"] if before == "True" else []),
    )
