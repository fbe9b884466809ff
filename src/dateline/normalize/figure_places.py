"""Where a figure holds: the place written as a place in its sentence, the head of its list item, or the scene of the sentences before."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dateline.extract.doc_text import annotated
from dateline.extract.figure_lexer import Pieces
from dateline.extract.figure_vetoes import Taken, taken
from dateline.model import Claim, Entity, PlaceMention
from dateline.normalize.figure_clauses import Places, antecedent, beside, lies_in, opening_place, peopled_place, subject_place
from dateline.normalize.figure_place_choice import PlaceChoice, Scenery, choose_places
from dateline.normalize.figure_reading import FigureReading, piece_after
from dateline.normalize.figure_scenes import held_place, holders, pointers
from dateline.normalize.figure_spots import (
    ClaimIndex,
    Links,
    Spot,
    claims_of,
    crossing,
    dateline_end,
    gap,
    in_reach,
    left_on,
    link_words,
    neighbours,
    spot_of,
)


def _speakers(doc: Doc) -> Taken:
    """Return spans of who speaks and of organisations: places inside name no scene."""
    spans = [(c.source_start, c.source_end, "speaker") for c in claims_of(doc) if c.source_start is not None and c.source_end is not None]
    names = [e for e in left_on(doc, "entities") if isinstance(e, Entity) and e.type in {"ORG", "PERSON", "EVENT", "WEAPON"}]
    return taken([*spans, *((entity.start, entity.end, "name") for entity in names)])


def tie_places(doc: Doc, pieces: Pieces, figures: Sequence[FigureReading], links: list[Links]) -> None:
    speakers = _speakers(doc)
    claims = ClaimIndex(claims_of(doc))
    every = [p for p in left_on(doc, "places") if isinstance(p, PlaceMention)]
    if not every:
        return
    everywhere = [spot_of(pieces, p.start, p.end) for p in every]
    all_places = Places(every, everywhere, [spot.first for spot in everywhere])
    places = [(p, spot) for p, spot in zip(every, everywhere, strict=True) if not p.metonym and speakers.over(p.start, p.end) is None]
    mentions, spots = [p for p, _ in places], [spot for _, spot in places]
    firsts = [spot.first for spot in spots]
    scenery = Places(mentions, spots, firsts)  # Without those that stand for governments or in the names of speakers.
    begins = set(firsts)
    tagged = annotated(doc, "TAG")
    opening = dateline_end(pieces.text)
    scenes = [
        mention.start >= opening
        and _is_scene(pieces, spot)
        and not _owns_place(pieces, spot, begins)
        and not (tagged and _describes(doc, pieces, mention, spot))
        for mention, spot in places
    ]
    for at in range(1, len(scenes)):
        scenes[at] = scenes[at] or (scenes[at - 1] and _goes_on(pieces, places[at - 1], places[at]))
    offices = holders(pieces, every, everywhere)
    carries = link_words("place_carry")
    header: tuple[int, PlaceMention] | None = None
    scene: PlaceMention | None = None  # Where the figures told last happened.
    named: tuple[int, PlaceMention] | None = None  # The last place written as one, with its sentence.
    seen = 0
    pointed: tuple[int, list[tuple[PlaceMention, Spot, bool]]] = (-1, [])
    meant: dict[int, frozenset[str]] = {}  # By sentence, the places that its words point back to.
    for index, (figure, link) in enumerate(zip(figures, links, strict=True)):
        candidate = figure.candidate
        line = pieces.text.rfind("\n", 0, candidate.start)
        while seen < len(spots) and spots[seen].first < candidate.first:
            if scenes[seen] and not _is_water(mentions[seen]) and pieces.at(spots[seen].first - 1) != ",":
                named = (spots[seen].first, mentions[seen])
            if _opens_item(pieces, spots[seen]):
                header = (pieces.text.rfind("\n", 0, spots[seen].start), mentions[seen])
            seen += 1
        if header is not None and header[0] == line:
            link.place = header[1]
            continue
        if pointed[0] != candidate.sentence:
            pointed = (candidate.sentence, pointers(pieces, candidate.sentence_first, candidate.sentence_last, every, all_places.firsts, scene))
            meant[candidate.sentence] = frozenset(mention.text.casefold() for mention, _, _ in pointed[1])
        near = [(mentions[at], spots[at], scenes[at]) for at in in_reach(figure, firsts)]
        if pointed[1]:
            near = sorted([*near, *pointed[1]], key=lambda item: item[1].first)
        inside = claims.around(candidate.start, candidate.end)
        link.place = beside(pieces, figure, scenery)
        if link.place is None and figure.kind == "population" and tagged:
            link.place = peopled_place(doc, pieces, figure, all_places)
        if link.place is None:
            link.place = _nearest_place(figure, neighbours(figures, index), near, inside) if near else None
            clause = antecedent(pieces, figure, all_places)
            if clause is not None and (link.place is None or link.place.start < clause[1]):
                link.place = clause[0]
        if link.place is None:
            link.place = opening_place(pieces, figure, scenery, inside)
        if link.place is None and figure.kind in carries:
            link.place = _only_place(figure, near, claims)
        if link.place is None and tagged and _is_state(figure):
            link.place = subject_place(doc, pieces, figure, all_places, speakers, opening)
        if link.place is None and (figure.kind in carries or _here(pieces, figure)):
            link.place = _told(scene, held_place(figure, offices)) or (named[1] if named is not None else None)
        if link.place is not None and figure.kind in carries and not _is_water(link.place):
            scene = link.place
    written = {mention.start for mention, scene_ in zip(mentions, scenes, strict=True) if scene_}
    known = Scenery(all_places, written, {mention.start for _, mention in offices}, meant, speakers, opening)
    choose_places(PlaceChoice(doc, pieces, known, claims, parsed=annotated(doc, "DEP")), figures, links)


def _told(scene: PlaceMention | None, held: PlaceMention | None) -> PlaceMention | None:
    """Return the scene told before, unless the office that gives a figure is that of another country or of a place within the scene."""
    if scene is None or held is None or scene.place is None or held.place is None:
        return scene or held
    return scene if scene.place.country == held.place.country else held


def _is_state(figure: FigureReading) -> bool:
    """Return whether a figure tells how things stand somewhere: a share, a sum, an amount, a population."""
    if figure.candidate.age:
        return False
    return figure.kind == "population" or figure.share or (figure.unit is not None and figure.unit.dimension != "length")


def _only_place(figure: FigureReading, near: Sequence[tuple[PlaceMention, Spot, bool]], claims: ClaimIndex) -> PlaceMention | None:
    """Return the one place of a sentence, where all its scenes are the same: it holds for all that the sentence counts."""
    inside = claims.around(figure.candidate.start, figure.candidate.end)
    scenes = [mention for mention, _, scene in near if scene and not any(_framed(claim, mention, figure) for claim in inside)]
    return scenes[0] if scenes and len({mention.text for mention in scenes}) == 1 else None


def _is_water(mention: PlaceMention) -> bool:
    """Return whether a place is a sea, river or mountain, which no later sentence is about."""
    return mention.place is not None and mention.place.kind in {"natural", "region"} and mention.place.country is None


def _here(pieces: Pieces, figure: FigureReading) -> bool:
    """Return whether the sentence points back to the scene: "in the region", "there"."""
    first, last = max(figure.candidate.sentence_first, figure.candidate.first - 40), min(figure.candidate.sentence_last, figure.candidate.last + 40)
    anaphors = link_words("anaphor")
    return any(
        (pieces.at(at) in anaphors and pieces.at(at - 1) in {"the", "that", "this"} and pieces.at(at - 2) in link_words("locative"))
        or pieces.at(at) == "there"
        for at in range(first + 1, last)
    )


def _owns_place(pieces: Pieces, spot: Spot, firsts: set[int]) -> bool:
    """Return whether a place only says whose another place is: "Russia's Kursk region", "Chad's capital, N'Djamena"."""
    if pieces.at(spot.last + 1) == "of" and spot.last + 2 in firsts and pieces.at(spot.last) in link_words("means_city") | link_words("means_region"):
        return True  # "the U.S. city of Boston"
    if not pieces.at(spot.last - 1).endswith(("'s", "’s", "s'", "s’")):
        return False
    for at in range(spot.last, spot.last + _OWNED):
        if at in firsts:
            return True
        word = pieces.raw(at)
        if not (word.islower() or word == ","):
            return False
    return False


def _goes_on(pieces: Pieces, before: tuple[PlaceMention, Spot], after: tuple[PlaceMention, Spot]) -> bool:
    """Return whether a place goes on a list of places ("in Ankara, Istanbul and Izmir"), not one that says where the other lies ("Paris, France")."""
    between = pieces.lower[before[1].last : after[1].first]
    if between in (["and"], ["or"], [",", "and"]):
        return True
    alike = before[0].place is not None and after[0].place is not None and before[0].place.kind == after[0].place.kind
    return between == [","] and alike


_OWNED = 5  # Words within which what a place owns is named.


def _describes(doc: Doc, pieces: Pieces, mention: PlaceMention, spot: Spot) -> bool:
    """Return whether a name only describes the noun behind it: "the price of U.S. crude", "talks with Gaza officials"."""
    owner = pieces.at(spot.last - 1).endswith(("'s", "’s", "s'", "s’"))
    before = spot.first - 1 - (pieces.at(spot.first - 1) in {"a", "an"})
    if owner or pieces.at(before) not in link_words("attributive") or not pieces.raw(spot.last).islower():
        return False
    after = doc.char_span(pieces.starts[spot.last], pieces.ends[spot.last], alignment_mode="expand")
    return after is not None and after[0].tag_ in {"NN", "NNS", "JJ"} and pieces.at(spot.last) not in link_words("header")


def _is_scene(pieces: Pieces, spot: Spot) -> bool:
    """Return whether a place is written as a place: behind a preposition, or before "direction", "region" and the like."""
    if pieces.at(spot.last) in link_words("header"):
        return True
    at = spot.first - 1
    for _ in range(6):
        word = pieces.at(at)
        if word in link_words("locative") or (word == "for" and pieces.at(at - 1) in link_words("contest")):
            return True
        named = word == "," and pieces.at(at - 1) in link_words("means_city") | link_words("means_capital")  # "near the capital, Algiers"
        if not named and word not in link_words("skip") and not word.endswith(("'s", "’s")):
            return False
        at -= 1
    return False


def _opens_item(pieces: Pieces, spot: Spot) -> bool:
    """Return whether a place heads a list item: "Lyman direction: ...", "- Kupiansk axis:"."""
    at = spot.last
    while pieces.at(at) in link_words("header") and at - spot.last < 2:
        at += 1
    return pieces.at(at) == ":"


def _nearest_place(
    figure: FigureReading, others: Sequence[FigureReading], near: Sequence[tuple[PlaceMention, Spot, bool]], inside: Sequence[Claim]
) -> PlaceMention | None:
    """Return the place of the same sentence that a number applies to; `near` says of each whether it is written as a scene."""
    candidate, pieces = figure.candidate, figure.candidate.pieces
    right = max(piece_after(figure), candidate.right)
    best: tuple[float, PlaceMention] | None = None
    previous = -1
    for mention, spot, scene in near:
        before = pieces.at(spot.first - 1)
        distance = figure.kind == "distance" and (scene or before in link_words("from"))
        left = (
            figure.kind in _LEAVING and spot.first > candidate.first and (before == "from" or (before == "of" and pieces.at(spot.first - 2) == "out"))
        )
        if not (scene or distance or left or (figure.kind == "population" and mention.place is not None)):
            continue
        if any(_framed(claim, mention, figure) for claim in inside):
            continue
        if any(other is not figure and _is_part(other) and 0 <= spot.first - other.candidate.right <= _BESIDE for other in others):
            continue  # "31 civilians, 13 of them in Bahawalpur": the place is that of the part alone.
        nested = previous >= 0 and lies_in(pieces, previous, spot.first)
        previous = spot.last
        if spot.last <= figure.modifier.left:
            cost = 1.0 + gap(pieces, spot.last, figure.modifier.left) + (_NESTED if nested else 0.0) + (3.0 if figure.kind == "distance" else 0.0)
        else:
            cost = gap(pieces, right, spot.first) + crossing(pieces, figure, others, right, spot.first)
            if figure.kind in _STANDING and not _CLAUSES.isdisjoint(pieces.lower[right : spot.first]):
                cost += 12.0  # "won 53 percent, as opponents blocked a street in Tbilisi"
            cost += 6.0 if mention.end <= spot.start else 0.0  # A word that points back may as well go with another clause.
        limit = 30.0 if figure.kind in link_words("place_carry") else 16.0
        if cost < limit and (best is None or cost < best[0]):
            best = (cost, mention)
    return best[1] if best is not None else None


_BESIDE = 4  # Words between a part and its place: "13 of them in".
_NESTED = 12.0  # More than the words between a place and the one that says where it lies.


def _is_part(figure: FigureReading) -> bool:
    """Return whether a number counts a part of what was counted before it: "13 of them", "five over Crimea"."""
    behind = figure.candidate.pieces.lower[figure.candidate.right : figure.candidate.right + 2]
    return figure.unit is None and (figure.phrase.borrowed or behind in (["of", "them"], ["of", "whom"], ["of", "those"], ["of", "these"]))


_LEAVING = frozenset({"evacuated", "displaced", "rescued"})
_STANDING = frozenset({"rate_or_share", "money", "population", "size", "other"})  # What is so wherever the next clause takes place.
_CLAUSES = frozenset({"as", "when", "after", "before", "because", "although", "since", "while", "where"})


def _framed(claim: Claim, mention: PlaceMention, figure: FigureReading) -> bool:
    """Return whether a place only says where somebody spoke: outside of what is claimed ("At a forum in Kyiv, Syrskyi said ...")."""
    if claim.start <= mention.start and mention.end <= claim.end:
        return False
    pieces, left = figure.candidate.pieces, figure.modifier.left
    if claim.start >= pieces.starts[max(0, left - 2)]:
        return False  # "In Kursk it counted 15": the claim is the number itself.
    return claim.source_start is None or claim.source_start <= claim.start
