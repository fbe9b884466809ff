"""Group the toponyms of an article by name: one sense a document, so all mentions of a name with the same kind cue get one place.

Names that stand outside the text (the dateline's place, the town a newspaper is named for) are groups without mentions: they get a place too and
speak for others, but are no facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np

from dateline.extract.place_names import cues
from dateline.extract.places import PlaceCandidate
from dateline.gazetteer import Entry, Gazetteer, fold
from dateline.normalize.place_origin import NOWHERE, Origin
from dateline.normalize.place_relations import Relation, stated

MOST = 16  # Entries of a name that are considered, by weight; a hundred San Joses more add only noise.


@dataclass(slots=True)
class Group:
    """The mentions of one name in an article.

    Attributes:
        members: Positions of its mentions in the article's list.
        entries: Places it could mean; `shares`: how likely each is, adding up to 1.
        trust: How likely the name is a place's at all.
        relations: Where it is said to lie by other names, as pairs of a group's position and what is said.
    """

    name: str
    cue: str | None
    entries: tuple[Entry, ...]
    members: list[int] = field(default_factory=list)
    trust: float = 0.0
    shares: np.ndarray[tuple[int], np.dtype[np.float64]] = field(default_factory=lambda: np.zeros(0))
    relations: set[tuple[int, Relation]] = field(default_factory=set)
    prior: Sequence[Sequence[str]] = ()


def make_groups(text: str, candidates: Sequence[PlaceCandidate], gaz: Gazetteer, origin: Origin = NOWHERE) -> tuple[list[Group], list[int]]:
    """Return the groups, and for each candidate the position of its group (-1 for demonyms)."""
    groups: list[Group] = []
    by_key: dict[tuple[str, str | None], int] = {}

    def number_of(name: str, cue: str | None) -> int:
        key = (fold(name), cue)
        number = by_key.get(key)
        if number is None:
            entries = gaz.lookup(name) or gaz.lookup_spelling(name)
            number = by_key[key] = len(groups)
            groups.append(Group(name, cue, fitting(entries, cue or _own_cue(name))[:MOST]))
        return number

    of_candidate: list[int] = []
    for position, candidate in enumerate(candidates):
        if candidate.norp is not None:
            of_candidate.append(-1)
            continue
        number = number_of(candidate.name, candidate.cue)
        groups[number].members.append(position)
        groups[number].trust = max(groups[number].trust, candidate.score)
        of_candidate.append(number)
    _relate(text, candidates, groups, of_candidate)
    for name, region, trust in origin.names:
        known = len(groups)
        number = number_of(name, None)
        groups[number].trust = max(groups[number].trust, trust)
        if number == known and not region:
            groups[number].entries = _prominent(groups[number].entries)
        if region:
            around = number_of(region, None)
            groups[around].trust = max(groups[around].trust, trust)
            groups[number].relations.add((around, Relation("inside")))
    for group in groups:
        group.prior = prior_features(group.name, group.cue, group.entries)
    return groups, of_candidate


def _prominent(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries that need no region beside the name: "BOSTON" is the one in Massachusetts, SPRINGFIELD any of several."""
    top = max((entry.weight for entry in entries), default=0.0)
    return tuple(entry for entry in entries if entry.weight > top - 0.7)


def votes_of(candidates: Sequence[PlaceCandidate]) -> dict[str, float]:
    """Return country code -> weight of the demonyms in an article: "Ukrainian" speaks for places in Ukraine."""
    votes: dict[str, float] = {}
    for candidate in candidates:
        if candidate.norp:
            votes[candidate.norp] = min(2.0, votes.get(candidate.norp, 0.0) + 0.5)
    return votes


# Kinds that remain when a cue word stands beside the name and a place of the first kind is there.
_FITTING = {
    "admin1": frozenset(("admin1", "region", "country")),
    "admin2": frozenset(("admin2",)),
    "city": frozenset(("city", "village", "district")),
    "village": frozenset(("village", "city", "district")),
    "front": frozenset(("city", "village")),
    "natural": frozenset(("natural",)),
}

# Where the regions of the first level consist of provinces: "Isabela province" is one of the second.
_PROVINCES_BELOW = frozenset(("BE", "ES", "IT", "PH"))


def _own_cue(name: str) -> str | None:
    """Return "natural" for names that say so themselves: the Red Sea is the sea, not the two provinces on it."""
    words = name.lower().split()
    cue = cues().get(words[-1]) or cues().get(words[0]) if len(words) > 1 else None
    return cue.kind if cue is not None and cue.kind == "natural" else None


def fitting(entries: tuple[Entry, ...], cue: str | None) -> tuple[Entry, ...]:
    """Return the entries that a cue word leaves: "Kursk region" is the oblast, not the town; "the Pokrovsk front" is the town.

    A region's cue decides only where the region has the name from its town ("New York region" is no oblast); without a fitting entry all remain.
    """
    kinds = _FITTING.get(cue or "")
    if (
        kinds is None
        or not entries
        or (cue in ("admin1", "admin2") and not any(entry.kind == cue and entry.name_type == "bare" for entry in entries))
    ):
        return entries
    if cue in ("city", "village") and entries[0].kind == "country":
        return entries  # "The largest town Ukraine held".
    below = cue == "admin1"
    return tuple(e for e in entries if e.kind in kinds or (below and e.kind == "admin2" and e.country in _PROVINCES_BELOW)) or entries


_NOISE = 0.2  # Names that are less likely than this to be places' do not stand between two others.
_LISTED = frozenset((", ", " and ", ", and ", " or ", ", or "))


def _relate(text: str, candidates: Sequence[PlaceCandidate], groups: list[Group], of_candidate: list[int]) -> None:
    """Note where names are said to lie by the next name: "X, Y", "X in Y", "Y's X", "X, 60 km west of Y"."""
    shown = [n for n, candidate in enumerate(candidates) if of_candidate[n] >= 0 and candidate.score >= _NOISE]
    gaps = ["", *(text[candidates[here].end : candidates[there].start] for here, there in pairwise(shown)), ""]
    subject = -1  # In "X, in Y region, 60 km west of Z" both Y and Z are said of X.
    for step, (here, there) in enumerate(pairwise(shown), 1):
        own, other = of_candidate[here], of_candidate[there]
        said = stated(gaps[step])
        if said is not None and gaps[step] == ", " and (gaps[step - 1] in _LISTED or gaps[step + 1] in _LISTED):
            said = Relation("listed")  # "Rome, Paris and Lima", but also "Lima, Ohio, and Gary, Indiana".
        if said is None:
            if gaps[step] in ("'s ", "’s ") and own != other:
                groups[other].relations.add((own, Relation("inside")))
            subject = -1
            continue
        about = subject if subject >= 0 and said.kind in ("at", "near") else own
        if about != other:
            groups[about].relations.add((other, said))
        subject = about if said.kind in ("inside", "loose") else -1


@lru_cache(maxsize=20_000)
def prior_features(name: str, cue: str | None, entries: tuple[Entry, ...]) -> tuple[tuple[str, ...], ...]:
    """Describe each place that a name could mean, without regard to the rest of the article."""
    return tuple(_prior_features(name, cue, entries, rank) for rank in range(len(entries)))


def _prior_features(name: str, cue: str | None, entries: tuple[Entry, ...], rank: int) -> tuple[str, ...]:
    entry, top = entries[rank], entries[0].weight
    bare = "bare" if entry.name_type == "bare" else "full"
    features = [
        f"kind={entry.kind}",
        f"type={entry.name_type}",
        f"kind={entry.kind} {entry.name_type}",
        f"rank={min(rank, 4)}",
        f"weight={min(int(entry.weight * 2), 16)}",
        f"behind={min(int((top - entry.weight) * 2), 8)}",
        f"kind={entry.kind} {min(int(entry.weight), 8)}",
        f"type={entry.name_type} behind={min(int(top - entry.weight), 4)}",
        f"cue={cue} {entry.kind} {bare}",
    ]
    if entry.capital:
        features.append("capital")
    if entry.name == name:
        features.append("same_name")
    if len(entries) == 1:
        features.append("only")
    return tuple(features)
