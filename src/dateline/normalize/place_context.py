"""Describe what speaks for each place that a name could mean: what else the article names, and where that lies.

Features come in two layers: the prior (the name and the place alone, place_groups) and the context, which is computed from the prior's own guesses
and once more from the result.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np

from dateline.gazetteer import Entry
from dateline.normalize.place_groups import Group
from dateline.normalize.place_relations import holds

_SETTLED = frozenset(("city", "village", "district"))


def _size(entry: Entry) -> str:
    """Return how prominent a place is: a great town needs no neighbours in the article to be meant, a village does."""
    if entry.kind not in _SETTLED:
        return entry.kind
    return "great" if entry.weight >= 6 or entry.capital else "large" if entry.weight >= 5 else "middle" if entry.weight >= 4 else "small"


_SHARES = (0.001, 0.1, 0.25, 0.5, 0.75)
_KM = (5.0, 30.0, 80.0, 160.0, 320.0, 640.0, 1300.0, 2600.0)
_CLOSE = 200.0  # Kilometres.


# What the features are called, written out once.
@cache
def _country_share(size: str, share: int) -> tuple[str, str]:
    return f"country_share={share}", f"country_share={size} {share}"


@cache
def _region_share(size: str, share: int) -> tuple[str, str]:
    return f"region_share={share}", f"region_share={size} {min(share, 3)}"


@cache
def _nearest(size: str, nearest: int | None, close: int) -> tuple[str, ...]:
    if nearest is None:
        return "nearest=none", f"nearest={size} none"
    return f"nearest={nearest}", f"nearest={size} {nearest // 2}", f"close={min(close, 4)}"


Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(slots=True)
class Surroundings:
    """What an article's groups say about where it plays, by the current guesses."""

    countries: dict[str, float]
    regions: dict[str, float]
    own_countries: list[dict[str, float]]
    own_regions: list[dict[str, float]]
    total: float
    publisher: str | None
    distances: list[Matrix]
    likely: np.ndarray[tuple[int], np.dtype[np.int64]]


def surroundings(groups: Sequence[Group], demonyms: dict[str, float], publisher: str | None = None) -> Surroundings:
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
    distances = _distances(groups, points)
    total = sum(group.trust for group in groups if group.entries) + sum(demonyms.values())
    return Surroundings(countries, regions, own_countries, own_regions, total, publisher, distances, np.array(likely, dtype=np.int64))


def _distances(groups: Sequence[Group], anchors: Sequence[tuple[float, float]]) -> list[Matrix]:
    """Return for each group the kilometres from every entry (rows) to every anchor (columns), worked out in one go for the article."""
    places = [(entry.lat, entry.lon) for group in groups for entry in group.entries]
    if not places or not anchors:
        return [np.zeros((len(group.entries), len(anchors))) for group in groups]
    own, others = np.radians(np.array(places)), np.radians(np.array(anchors))
    lat, lon = own[:, :1], own[:, 1:]
    half = np.sin((others[:, 0] - lat) / 2) ** 2 + np.cos(lat) * np.cos(others[:, 0]) * np.sin((others[:, 1] - lon) / 2) ** 2
    kilometres = 12742.0 * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    ends = list(accumulate(len(group.entries) for group in groups))
    return [kilometres[end - len(group.entries) : end] for group, end in zip(groups, ends, strict=True)]


def context_features(groups: Sequence[Group], number: int, around: Surroundings) -> list[list[str]]:
    """Describe each place that a group could mean by the rest of the article."""
    group = groups[number]
    neighbours = around.distances[number][:, around.likely != number]
    alone = not neighbours.size
    nearest = [None] * len(group.entries) if alone else np.searchsorted(_KM, neighbours.min(axis=1)).tolist()
    close = [0] * len(group.entries) if alone else (neighbours < _CLOSE).sum(axis=1).tolist()
    own_countries, own_regions = around.own_countries[number], around.own_regions[number]
    rows = []
    total = max(around.total - group.trust, 1e-9)
    for position, entry in enumerate(group.entries):
        features: list[str] = []
        size = _size(entry)
        if entry.country:
            vote = around.countries.get(entry.country, 0.0) - own_countries.get(entry.country, 0.0)
            features += _country_share(size, bisect_left(_SHARES, vote / total))
            if around.publisher is not None:
                home = "same" if entry.country == around.publisher else "other"
                features += [f"publisher={home}", f"publisher={size} {home}"]
        if entry.admin1_code:
            vote = around.regions.get(entry.admin1_code, 0.0) - own_regions.get(entry.admin1_code, 0.0)
            features += _region_share(size, bisect_left(_SHARES, vote / total))
        features += _nearest(size, nearest[position], close[position])
        if group.relations:
            features += _as_stated(groups, group, entry)
        rows.append(features)
    return rows


def _as_stated(groups: Sequence[Group], group: Group, entry: Entry) -> list[str]:
    """Describe whether a place lies where the article says: inside, near, or so far from the places that other names mean."""
    features = []
    for number, relation in group.relations:
        other = groups[number]
        right = known = 0.0
        for place, share in zip(other.entries, other.shares, strict=True):
            judged = holds(relation, entry, place)
            if judged is not None:
                known += float(share)
                right += float(share) * judged
        if known > 0.2:
            # One weight for all that is stated: distances and directions are too rare in the corpora to have one of their own.
            what = "listed" if relation.kind == "listed" else "stated"
            features.append(f"as_{what}" if right > 0.3 else f"not_as_{what}")
    return features
