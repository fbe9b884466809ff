"""Group the toponyms of an article by name, and describe what speaks for each place that a name could mean.

One sense a document: all mentions of a name with the same kind cue are one group and get one place. Features come in two layers: the prior (the name
and the place alone) and the context (what else the article names), which is computed from the prior's own guesses and once more from the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dateline.extract.place_names import cues
from dateline.extract.places import PlaceCandidate
from dateline.gazetteer import Entry, Gazetteer, fold

MOST = 16  # Entries of a name that are considered, by weight; a hundred San Joses more add only noise.
_SETTLED = frozenset(("city", "village", "district"))


@dataclass(slots=True)
class Group:
    """The mentions of one name in an article.

    Attributes:
        members: Positions of its mentions in the article's list.
        entries: Places it could mean; `shares`: how likely each is, adding up to 1.
        trust: How likely the name is a place's at all.
        regions: Names standing behind a comma ("Springfield, Ohio") or owning it ("Russia's Kursk"), as positions of groups.
    """

    name: str
    cue: str | None
    entries: tuple[Entry, ...]
    members: list[int] = field(default_factory=list)
    trust: float = 0.0
    shares: np.ndarray[tuple[int], np.dtype[np.float64]] = field(default_factory=lambda: np.zeros(0))
    regions: set[int] = field(default_factory=set)
    prior: list[list[str]] = field(default_factory=list)


def make_groups(text: str, candidates: Sequence[PlaceCandidate], gaz: Gazetteer) -> tuple[list[Group], list[int]]:
    """Return the groups, and for each candidate the position of its group (-1 for demonyms and unknown names)."""
    groups: list[Group] = []
    by_key: dict[tuple[str, str | None], int] = {}
    of_candidate: list[int] = []
    for position, candidate in enumerate(candidates):
        if candidate.norp is not None:
            of_candidate.append(-1)
            continue
        key = (fold(candidate.name), candidate.cue)
        number = by_key.get(key)
        if number is None:
            entries = gaz.lookup(candidate.name) or gaz.lookup_spelling(candidate.name)
            number = by_key[key] = len(groups)
            groups.append(Group(candidate.name, candidate.cue, fitting(entries, candidate.cue or _own_cue(candidate.name))[:MOST]))
        group = groups[number]
        group.members.append(position)
        group.trust = max(group.trust, candidate.score)
        of_candidate.append(number)
    _link_regions(text, candidates, groups, of_candidate)
    for group in groups:
        group.prior = [prior_features(group, entry, rank) for rank, entry in enumerate(group.entries)]
    return groups, of_candidate


# Kinds that remain when a cue word stands beside the name and a place of the first kind is there.
_FITTING = {
    "admin1": frozenset(("admin1", "region", "country")),
    "village": frozenset(("village", "city", "district")),
    "front": frozenset(("city", "village")),
    "natural": frozenset(("natural",)),
}


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
    if kinds is None or (cue == "admin1" and not any(entry.kind == "admin1" and entry.name_type == "bare" for entry in entries)):
        return entries
    return tuple(entry for entry in entries if entry.kind in kinds) or entries


def _link_regions(text: str, candidates: Sequence[PlaceCandidate], groups: list[Group], of_candidate: list[int]) -> None:
    """Note which name is said to lie in which: "X, Y", "X in Y", "Y's X"."""
    for position in range(len(candidates) - 1):
        here, there = of_candidate[position], of_candidate[position + 1]
        if here < 0 or there < 0 or here == there:
            continue
        between = text[candidates[position].end : candidates[position + 1].start]
        if between in (", ", " (", ", in ", " in ", ", in the ", " in the ") or between.strip().lower() in ("region, ", "county, "):
            groups[here].regions.add(there)
        elif between in ("'s ", "’s "):
            groups[there].regions.add(here)


def prior_features(group: Group, entry: Entry, rank: int) -> list[str]:
    """Describe one place a name could mean, without regard to the rest of the article."""
    top = group.entries[0].weight
    bare = "bare" if entry.name_type == "bare" else "full"
    features = [
        f"kind={entry.kind}",
        f"type={entry.name_type}",
        f"kind={entry.kind} {entry.name_type}",
        f"rank={min(rank, 4)}",
        f"weight={min(int(entry.weight * 2), 16)}",
        f"behind={min(int((top - entry.weight) * 2), 8)}",
        f"kind={entry.kind} {min(int(entry.weight), 8)}",
        f"cue={group.cue} {entry.kind} {bare}",
    ]
    if entry.capital:
        features.append("capital")
    if entry.name == group.name:
        features.append("same_name")
    if len(group.entries) == 1:
        features.append("only")
    return features


def _size(entry: Entry) -> str:
    """Return how prominent a place is: a great town needs no neighbours in the article to be meant, a village does."""
    if entry.kind not in _SETTLED:
        return entry.kind
    return "great" if entry.weight >= 6 or entry.capital else "large" if entry.weight >= 5 else "middle" if entry.weight >= 4 else "small"


def _bucket(value: float, limits: Sequence[float]) -> int:
    return sum(value > limit for limit in limits)


_SHARES = (0.001, 0.1, 0.25, 0.5, 0.75)
_KM = (5.0, 30.0, 80.0, 160.0, 320.0, 640.0, 1300.0, 2600.0)


@dataclass(slots=True)
class Surroundings:
    """What an article's groups say about where it plays, by the current guesses."""

    countries: dict[str, float]
    regions: dict[str, float]
    own_countries: list[dict[str, float]]
    own_regions: list[dict[str, float]]
    total: float
    distances: list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]
    likely: np.ndarray[tuple[int], np.dtype[np.int64]]


def surroundings(groups: Sequence[Group], demonyms: dict[str, float]) -> Surroundings:
    """Sum up the groups' guesses: votes for countries and regions, and the distance from every entry to every group's likeliest place."""
    countries: dict[str, float] = dict(demonyms)
    regions: dict[str, float] = {}
    own_countries, own_regions = [], []
    points, likely = [], []
    for number, group in enumerate(groups):
        mine: dict[str, float] = {}
        home: dict[str, float] = {}
        for entry, share in zip(group.entries, group.shares, strict=True):
            vote = float(share) * group.trust
            if entry.country:
                mine[entry.country] = mine.get(entry.country, 0.0) + vote
            if entry.admin1_code:
                home[entry.admin1_code] = home.get(entry.admin1_code, 0.0) + vote
        for code, vote in mine.items():
            countries[code] = countries.get(code, 0.0) + vote
        for code, vote in home.items():
            regions[code] = regions.get(code, 0.0) + vote
        own_countries.append(mine)
        own_regions.append(home)
        if group.entries and group.trust > 0.3:
            best = group.entries[int(group.shares.argmax())]
            if best.kind not in ("country", "region"):
                points.append((best.lat, best.lon))
                likely.append(number)
    anchors = np.radians(np.array(points)) if points else np.zeros((0, 2))
    distances = [_distances(group, anchors) for group in groups]
    total = sum(group.trust for group in groups if group.entries) + sum(demonyms.values())
    return Surroundings(countries, regions, own_countries, own_regions, total, distances, np.array(likely, dtype=np.int64))


def _distances(group: Group, anchors: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    if not group.entries or not len(anchors):
        return np.zeros((len(group.entries), len(anchors)))
    own = np.radians(np.array([(entry.lat, entry.lon) for entry in group.entries]))
    lat, lon = own[:, :1], own[:, 1:]
    half = np.sin((anchors[:, 0] - lat) / 2) ** 2 + np.cos(lat) * np.cos(anchors[:, 0]) * np.sin((anchors[:, 1] - lon) / 2) ** 2
    result: np.ndarray[tuple[int, int], np.dtype[np.float64]] = 12742.0 * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return result


def context_features(groups: Sequence[Group], number: int, around: Surroundings) -> list[list[str]]:
    """Describe each place that a group could mean by the rest of the article."""
    group = groups[number]
    near = around.distances[number]
    others = around.likely != number
    rows = []
    total = max(around.total - group.trust, 1e-9)
    for position, entry in enumerate(group.entries):
        features = []
        size = _size(entry)
        if entry.country:
            vote = around.countries.get(entry.country, 0.0) - around.own_countries[number].get(entry.country, 0.0)
            share = _bucket(vote / total, _SHARES)
            features.append(f"country_share={share}")
            features.append(f"country_share={size} {share}")
        if entry.admin1_code:
            vote = around.regions.get(entry.admin1_code, 0.0) - around.own_regions[number].get(entry.admin1_code, 0.0)
            share = _bucket(vote / total, _SHARES)
            features.append(f"region_share={share}")
            features.append(f"region_share={size} {min(share, 3)}")
        if near.shape[1] and others.any():
            kilometres = near[position][others]
            nearest = _bucket(float(kilometres.min()), _KM)
            features.append(f"nearest={nearest}")
            features.append(f"nearest={size} {nearest // 2}")
            features.append(f"close={min(int((kilometres < 200).sum()), 4)}")
        else:
            features.append("nearest=none")
            features.append(f"nearest={size} none")
        features += _containment(groups, group, entry)
        rows.append(features)
    return rows


def _containment(groups: Sequence[Group], group: Group, entry: Entry) -> list[str]:
    features = []
    for other in group.regions:
        inside, known = 0.0, 0.0
        for place, share in zip(groups[other].entries, groups[other].shares, strict=True):
            if place.kind == "country":
                known += share
                inside += share * (place.country == entry.country and entry.kind != "country")
            elif place.kind == "admin1":
                known += share
                inside += share * (place.admin1_code == entry.admin1_code and entry.kind != "admin1")
            elif place.kind == "admin2":
                inside += share * (place.number == entry.admin2)
                known += share * (place.number == entry.admin2)
        if known > 0.2:
            features.append("inside_stated" if inside > 0.3 else "outside_stated")
    return features
