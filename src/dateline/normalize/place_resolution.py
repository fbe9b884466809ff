"""Choose for every group of toponyms the place that it means, with a probability for each that it could mean.

The models tell places apart that lie apart. A town and the region named for it lie together; between them the words decide (`of_right_kind`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.gazetteer import Entry
from dateline.gazetteer.sources import kilometres
from dateline.loglinear import score
from dateline.normalize.place_context import context_features, surroundings
from dateline.normalize.place_groups import Group

TOGETHER = 160.0  # Kilometres between a town and the middle of the region that has its name, at most.
_SETTLED = frozenset(("city", "village", "district"))
_MAIN = 1.2  # A region's namesake has at least a sixteenth of its people; a hamlet of the name is not meant.
ROUNDS = 2  # Times that the context is computed anew from the last guesses.


def softmax(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return values as shares of 1."""
    if len(values) == 1:
        return np.ones(1)
    scores = np.asarray(values, dtype=np.float64)
    if not len(scores):
        return scores
    weights = np.exp(scores - scores.max())
    result: np.ndarray[tuple[int], np.dtype[np.float64]] = weights / weights.sum()
    return result


def resolve(groups: Sequence[Group], demonyms: dict[str, float], publisher: str | None = None) -> list[list[list[str]]]:
    """Set every group's `shares`; return the context features of every entry of every group in the last round.

    Args:
        groups: The article's names.
        demonyms: Country code -> weight of the demonyms in the article, which vote for countries too.
        publisher: Country that the publisher writes for, None where unknown.
    """
    for group in groups:
        group.shares = softmax([score("prior", features) for features in group.prior])
    # What a name and a place say by themselves is the same in every round.
    bases = [[score("context", features) for features in group.prior] for group in groups]
    described: list[list[list[str]]] = []
    for _ in range(ROUNDS):
        around = surroundings(groups, demonyms, publisher)
        described = [context_features(groups, number, around) for number in range(len(groups))]
        fresh = [
            softmax([base + score("context", features) for base, features in zip(known, rows, strict=True)])
            for known, rows in zip(bases, described, strict=True)
        ]
        for group, shares in zip(groups, fresh, strict=True):
            group.shares = shares
    return described


def of_right_kind(group: Group, best: int) -> int:
    """Return the entry that a name means, of those beside the likeliest: the town, unless a word such as "region" makes it the region.

    Lands without a government outrank towns that only share their name ("Gaza" is the Strip, "Gaza City" the town).
    """
    entry = group.entries[best]
    if group.cue not in (None, "city", "village", "district"):
        return best
    beside = [n for n, other in enumerate(group.entries) if other.country == entry.country and _together(entry, other)]
    states = [n for n, other in enumerate(group.entries) if other.kind == "country" and other.country == entry.country]
    if group.cue is None and entry.kind in ("admin1", "admin2") and states:
        return states[0]  # "Taiwan" is the country, not the province of its name.
    lands = [n for n in beside if group.entries[n].kind == "region"]
    if group.cue is None and entry.kind == "city" and entry.name != group.name and lands:
        return lands[0]
    if entry.kind in ("admin1", "admin2"):
        towns = [n for n in beside if group.entries[n].kind in _SETTLED and (group.cue is not None or group.entries[n].weight > entry.weight - _MAIN)]
        return max(towns, key=lambda n: group.entries[n].weight, default=best)
    return best


def _together(entry: Entry, other: Entry) -> bool:
    return kilometres(entry.lat, entry.lon, other.lat, other.lon) <= TOGETHER
