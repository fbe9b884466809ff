"""The scores of quantity extraction by the rules of the CQE paper, for benchmarks/figures.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import corpus
from corpus import Record

KEYS = ("value", "value+unit", "value+change", "value+concept_partial", "value+concept_complete")


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-8 + 1e-5 * abs(b)


def same_value(gold: Any, ours: Any) -> bool:
    """Return whether two values match; an interval never matches a number."""
    if isinstance(gold, list) != isinstance(ours, list):
        return False
    if isinstance(gold, list):
        return len(gold) == len(ours) and all(_close(float(a), float(b)) for a, b in zip(gold, ours, strict=True))
    return gold is not None and _close(float(gold), float(ours))


def same_concept(gold: Sequence[str], ours: Sequence[str]) -> tuple[bool, bool]:
    """Return whether two lists of words are the same, and whether they share a word."""
    a, b = [word.lower() for word in gold], [word.lower() for word in ours]
    common = set(a) & set(b)
    return len(common) == len(a) == len(b), bool(common)


def official(gold: Sequence[Record], ours: Sequence[Record], counts: dict[str, int]) -> None:
    """Add the counts of one text by the rules of the CQE paper."""
    budget = len(gold)
    left = sorted(ours, key=lambda figure: figure["unit"] or "")
    for wanted in sorted(gold, key=lambda figure: figure.get("unit") or ""):
        for figure in left:
            if not same_value(wanted["value"], figure["value"]):
                continue
            if budget > 0:
                counts["value"] += 1
                budget -= 1
            counts["value+change"] += wanted.get("change") is not None and figure["change"] == wanted["change"]
            if wanted.get("concept") is not None:
                complete, partial = same_concept(wanted["concept"], figure["concept"])
                counts["value+concept_complete"] += complete
                counts["value+concept_partial"] += partial
            if (figure["unit"] or "").lower() == (wanted.get("unit") or "").lower():
                counts["value+unit"] += 1
                left.remove(figure)
                break


def strict(gold: Sequence[Record], ours: Sequence[Record], counts: dict[str, int]) -> None:
    """Add the counts of one text where every figure is paired once, by value and then by what else agrees."""
    options = []
    for i, wanted in enumerate(gold):
        for j, figure in enumerate(ours):
            if same_value(wanted["value"], figure["value"]):
                unit = (figure["unit"] or "").lower() == (wanted.get("unit") or "").lower()
                change = figure["change"] == wanted.get("change")
                complete, partial = same_concept(wanted.get("concept") or ["-"], figure["concept"])
                options.append((-(3 * unit + 2 * change + partial + 0.5 * complete), i, j, unit, change, partial, complete))
    used_gold: set[int] = set()
    used_ours: set[int] = set()
    for _, i, j, unit, change, partial, complete in sorted(options):
        if i in used_gold or j in used_ours:
            continue
        used_gold.add(i)
        used_ours.add(j)
        for key, right in zip(KEYS, (True, unit, change, partial, complete), strict=True):
            counts[key] += right


def score(
    gold: Sequence[Record], predicted: Sequence[Record], rules: Callable[[Sequence[Record], Sequence[Record], dict[str, int]], None] = official
) -> dict[str, dict[str, float | int]]:
    """Return precision, recall and F1 by key."""
    counts = dict.fromkeys(KEYS, 0)
    wanted = found = 0
    for record, ours in zip(gold, predicted, strict=True):
        wanted += len(record["figures"])
        found += len(ours["figures"])
        rules(record["figures"], ours["figures"], counts)
    return {key: corpus.f1(counts[key], found, wanted) for key in KEYS}
