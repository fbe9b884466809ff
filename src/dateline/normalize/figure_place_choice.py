"""Which of the places of a text a figure applies to, or none: see figure_choice for how it is weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from spacy.tokens import Doc, Token

from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_vetoes import Taken
from dateline.model import PlaceMention
from dateline.normalize import figure_choice
from dateline.normalize.figure_choice import WORDED, Offer, Owned, between, group_of, last_of_each, lines_between, step
from dateline.normalize.figure_clauses import Places
from dateline.normalize.figure_reading import FigureReading, piece_after
from dateline.normalize.figure_spots import ClaimIndex, Links, in_reach

MODEL = "figure_place"
_EARLIER = 6  # Places named before the sentence that are weighed: the last ones, each name once.
_BACK = 60  # Mentions looked back over for them; the work stays linear.
_CHAIN = 12  # Heads climbed above a word.
_FAR = 15  # Sentences back beyond which all is far.
_NEXT = frozenset(
    {"in", "at", "near", "from", "to", "of", "on", "over", "across", "around", "outside", "by", "for", "with", "against", "and", "into"}
)
_BEHIND = frozenset({",", ".", "and", "said", "region", "has", "had", "was", "is", "to"})
_BREAKING = frozenset({"ccomp", "advcl", "acl:relcl", "conj", "parataxis", "acl", "csubj", "xcomp", "appos"})


@dataclass(slots=True)
class Scenery:
    """The places of a text and what is known of them, by the start of the mention where it is a set.

    Attributes:
        scenes: Those written as places where something happens.
        offices: Those whose own office speaks.
        meant: By sentence, the names that its words point back to ("across the country").
        opening: Where the dateline ends.
    """

    places: Places
    scenes: set[int]
    offices: set[int]
    meant: Mapping[int, frozenset[str]]
    speakers: Taken
    opening: int


class PlaceChoice:
    """The choice of places in one text, figure by figure."""

    def __init__(self, doc: Doc, pieces: Pieces, scenery: Scenery, claims: ClaimIndex, *, parsed: bool) -> None:
        self._doc = doc
        self._pieces = pieces
        self._scenery = scenery
        self._claims = claims
        self._parsed = parsed
        self._names = [mention.text.casefold() for mention in scenery.places.mentions]
        self._index = {mention.start: at for at, mention in enumerate(scenery.places.mentions)}
        self._times = Counter(self._names)
        self._most = max(self._times.values(), default=0)
        self._own = Owned(MODEL)
        self._heads: dict[int, list[Token]] = {}
        self._before: tuple[FigureReading, str | None] | None = None  # The figure decided last, and its place.
        self._last: str | None = None  # The place decided last.

    def decide(self, figures: Sequence[FigureReading], index: int, proposed: PlaceMention | None) -> PlaceMention | None:
        """Return the place of a figure; those before it have been decided."""
        figure = figures[index]
        chosen = figure_choice.decide(MODEL, figure, list(self._offers(figures, index, proposed)))
        place = chosen if isinstance(chosen, PlaceMention) else None
        name = place.text.casefold() if place is not None else None
        self._before, self._last = (figure, name), name or self._last
        return place

    def _offers(self, figures: Sequence[FigureReading], index: int, proposed: PlaceMention | None) -> Iterator[Offer[PlaceMention]]:
        figure, firsts = figures[index], self._scenery.places.firsts
        candidate, group = figure.candidate, group_of(figure.kind)
        here = in_reach(figure, firsts)
        low, high = here.start, here.stop
        same = self._before is not None and self._before[0].candidate.sentence == candidate.sentence
        yield Offer(None, (), 0.0, self._none(figure, group, proposed, high - low, same))
        inside = self._claims.around(candidate.start, candidate.end)
        picked = proposed.text.casefold() if proposed is not None else None
        for at in range(low, high):
            mention = self._scenery.places.mentions[at]
            tied = self._tied(at, group, figure.kind, picked, same, here=True)
            framed = any(claim.start > mention.end or claim.end < mention.start for claim in inside)
            tied = (*tied, *self._beside(figures, index, at, low, high, group), f"framed {framed}")
            yield self._own.offer((at, "here"), mention, partial(self._features, at, "here"), tied)
        also = self._index[proposed.start] if proposed is not None else None
        for rank, at in enumerate(last_of_each(self._names, low, most=_EARLIER, back=_BACK, also=also)):
            tied = self._tied(at, group, figure.kind, picked, same, here=False)
            meant = (f"meant {step(rank, (0,))}",) if self._names[at] in self._scenery.meant.get(candidate.sentence, ()) else ()
            tied += self._apart(figure, at, rank, group, others=high > low) + meant
            yield self._own.offer((at, "earlier"), self._scenery.places.mentions[at], partial(self._features, at, "earlier"), tied)

    def _features(self, at: int, where: str) -> list[str]:
        """Return what a mention is like whatever the figure."""
        scenery, pieces = self._scenery, self._pieces
        mention, spot = scenery.places.mentions[at], scenery.places.spots[at]
        kind = mention.place.kind if mention.place is not None else None
        before = pieces.at(spot.first - 1)
        before = pieces.at(spot.first - 2) if before == "the" else before
        after = pieces.at(spot.last)
        owner = pieces.at(spot.last - 1).endswith(("'s", "’s")) or after in {"'s", "’s"}
        return [
            "place",
            where,
            f"{where} kind {kind}",
            f"{where} scene {mention.start in scenery.scenes}",
            f"{where} metonym {mention.metonym}",
            f"{where} speaker {scenery.speakers.over(mention.start, mention.end) is not None}",
            f"dateline {mention.start < scenery.opening}",
            f"{where} office {mention.start in scenery.offices}",
            f"{where} times {step(self._times[self._names[at]], (1, 2, 4, 8))}",
            f"{where} most {self._times[self._names[at]] == self._most}",
            f"first {at == 0}",
            f"{where} behind {before if before in _NEXT else 'other'}",
            f"{where} before {after if after in _BEHIND else 'other'}",
            f"{where} owner {owner}",
        ]

    def _none(self, figure: FigureReading, group: str, proposed: PlaceMention | None, here: int, same: bool) -> tuple[str, ...]:
        """Return what speaks for no place."""
        before = self._before
        return _no_place(
            group,
            figure.kind,
            figure.unit.dimension if figure.unit is not None else None,
            figure.phrase.item is not None,
            proposed is not None,
            min(here, 3),
            min(figure.candidate.sentence, 3),
            before is not None and before[1] is None,
            same,
            before is not None and before[0].kind == figure.kind,
        )

    def _tied(self, at: int, group: str, kind: str, picked: str | None, same: bool, *, here: bool) -> tuple[str, ...]:
        """Return how a mention stands to a figure, whichever sentence it is in."""
        name, mention = self._names[at], self._scenery.places.mentions[at]
        before = "first"
        if self._before is not None:
            place = self._before[1]
            before = "none" if place is None else str(place == name)
        return _place(
            "here" if here else "earlier",
            group,
            "no" if picked is None else "yes" if picked == name else "other",
            mention.place.kind if mention.place is not None else None,
            mention.start in self._scenery.scenes,
            self._last == name,
            same,
            before,
            self._before is not None and self._before[0].kind == kind,
        )

    def _beside(self, figures: Sequence[FigureReading], index: int, at: int, low: int, high: int, group: str) -> list[str]:
        """Return how a mention stands to a figure of its own sentence."""
        figure, pieces, scenery = figures[index], self._pieces, self._scenery
        spots, spot = scenery.places.spots, scenery.places.spots[at]
        scene = scenery.places.mentions[at].start in scenery.scenes
        right = max(piece_after(figure), figure.candidate.right)
        if spot.last <= figure.modifier.left:
            side, first, last = "left", spot.last, figure.modifier.left
        else:
            side, first, last = "right", right, spot.first
        numbers = sum(first <= other.candidate.first < last for other in figures[max(0, index - 6) : index + 7] if other is not figure)
        others = sum(first <= spots[other].first < last for other in range(low, high) if other != at)
        features = [
            f"{side} {step(last - first, (0, 1, 2, 4, 7, 12, 20))}",
            f"{side} {group}",
            f"{side} scene {scene}",
            f"{side} scene {scene} {step(last - first, (2, 5, 12))}",
            f"{side} numbers {min(numbers, 2)}",
            f"{side} places {min(others, 2)}",
            f"only {high - low == 1} scene {scene}",
            *between(pieces, first, last, side),
        ]
        return features + self._arcs(figure, at) if self._parsed else features

    def _apart(self, figure: FigureReading, at: int, rank: int, group: str, *, others: bool) -> tuple[str, ...]:
        """Return how a mention stands to a figure of a later sentence; `others` says whether that names places itself."""
        mention = self._scenery.places.mentions[at]
        back = min(figure.candidate.sentence - mention.sentence, _FAR)
        lines = lines_between(self._pieces.text, mention.end, figure.candidate.start)
        return _earlier_place(group, back, lines, rank, mention.start in self._scenery.scenes, others)

    def _arcs(self, figure: FigureReading, at: int) -> list[str]:
        """Return how far a mention and a figure are from the word that governs both, and which clauses lie between."""
        mention = self._scenery.places.mentions[at]
        ours, theirs = self._chain(figure.candidate.start, figure.candidate.end), self._chain(mention.start, mention.end)
        depth = {token.i: n for n, token in enumerate(ours)}
        met = next((n for n, token in enumerate(theirs) if token.i in depth), None)
        if met is None:
            return ["arcs apart"]
        up = depth[theirs[met].i]
        return [
            f"arcs {min(met, 4)} {min(up, 4)}",
            f"arcs tag {theirs[met].tag_[:2]}",
            f"place up {min(met, 5)}",
            f"figure up {min(up, 5)}",
            *{f"place {token.dep_}" for token in theirs[:met] if token.dep_ in _BREAKING},
            *{f"figure {token.dep_}" for token in ours[:up] if token.dep_ in _BREAKING},
            *([f"place arc {theirs[met - 1].dep_}"] if met else []),
            *([f"figure arc {ours[up - 1].dep_}"] if up else []),
        ]

    def _chain(self, start: int, end: int) -> list[Token]:
        """Return the head of a span and the words above it."""
        chain = self._heads.get(start)
        if chain is None:
            span = self._doc.char_span(start, end, alignment_mode="expand")
            chain = self._heads[start] = [span.root] if span is not None else []
            while chain and len(chain) < _CHAIN and chain[-1].head.i != chain[-1].i:
                chain.append(chain[-1].head)
        return chain


# The features are made of few values each, so the same ones come again and again: they are put into words once.
@lru_cache(maxsize=WORDED)
def _no_place(
    group: str, kind: str, unit: str | None, item: bool, proposed: bool, here: int, sentence: int, unplaced: bool, same: bool, same_kind: bool
) -> tuple[str, ...]:
    return (
        "none",
        f"none {group}",
        f"none kind {kind}",
        f"none unit {unit}",
        f"none item {item}",
        f"none proposed {proposed}",
        f"none proposed {proposed} {group}",
        f"none here {here}",
        f"none here {min(here, 1)} {group}",
        f"none sentence {sentence}",
        f"none last {unplaced} same {same}",
        f"none last {unplaced} kind {same_kind}",
    )


@lru_cache(maxsize=WORDED)
def _place(where: str, group: str, pick: str, what: str | None, scene: bool, last: bool, same: bool, before: str, same_kind: bool) -> tuple[str, ...]:
    return (
        f"{where} {group}",
        f"{where} pick {pick}",
        f"{where} pick {pick} {group}",
        f"{where} {what} {group}",
        f"last {last} {where} same {same}",
        *([f"{where} unpicked scene {scene} {group}"] if pick == "no" else []),
        *([f"before {before} {where} same {same}"] if before != "first" else []),
        *([f"before kind {same_kind}"] if before == "True" else []),
    )


@lru_cache(maxsize=WORDED)
def _earlier_place(group: str, back: int, lines: int, rank: int, scene: bool, others: bool) -> tuple[str, ...]:
    far, near = step(back, (1, 2, 4, 8)), step(rank, (0, 1))
    return (
        f"back {step(back, (1, 2, 3, 5, 8, 14))}",
        f"back {far} {group}",
        f"back {far} scene {scene} others {others}",
        f"lines {lines}",
        f"rank {step(rank, (0, 1, 2, 4))}",
        f"rank {near} {group}",
        f"rank {near} scene {scene}",
        f"others {others}",
        f"others {others} {group}",
    )


def choose_places(choice: PlaceChoice, figures: Sequence[FigureReading], links: Sequence[Links]) -> None:
    """Put the chosen place in the stead of the proposed one."""
    for index, link in enumerate(links):
        link.place = choice.decide(figures, index, link.place)
