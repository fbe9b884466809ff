"""Choose for every group of toponyms the place that it means, with a probability for each that it could mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.normalize.place_context import Group, context_features, surroundings
from dateline.place_model import score

ROUNDS = 2  # Times that the context is computed anew from the last guesses.


def softmax(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return values as shares of 1."""
    scores = np.asarray(values, dtype=np.float64)
    if not len(scores):
        return scores
    weights = np.exp(scores - scores.max())
    result: np.ndarray[tuple[int], np.dtype[np.float64]] = weights / weights.sum()
    return result


def resolve(groups: Sequence[Group], demonyms: dict[str, float]) -> list[list[list[str]]]:
    """Set every group's `shares`; return the context features of every entry of every group in the last round.

    Args:
        groups: The article's names.
        demonyms: Country code -> weight of the demonyms in the article, which vote for countries too.
    """
    for group in groups:
        group.shares = softmax([score("prior", features) for features in group.prior])
    described: list[list[list[str]]] = []
    for _ in range(ROUNDS):
        around = surroundings(groups, demonyms)
        described = [context_features(groups, number, around) for number in range(len(groups))]
        fresh = [
            softmax([score("context", features + prior) for features, prior in zip(rows, group.prior, strict=True)])
            for group, rows in zip(groups, described, strict=True)
        ]
        for group, shares in zip(groups, fresh, strict=True):
            group.shares = shares
    return described
