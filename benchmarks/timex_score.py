"""TempEval-3 scores of TIMEX3 expressions.

After UzZaman et al., "SemEval-2013 Task 1: TempEval-3" (2013), micro-averaged over a corpus:

    relaxed  a gold and a predicted span share at least one character, paired one to one: identical spans first, then the larger overlap
    strict   paired, and the spans are identical
    type     relaxed F1 times the share of pairs whose types are equal
    value    relaxed F1 times the share of pairs whose values are the same string
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Timex = Mapping[str, Any]


@dataclass(slots=True)
class Counts:
    """Sums over documents."""

    gold: int = 0
    predicted: int = 0
    relaxed: int = 0
    strict: int = 0
    type: int = 0
    value: int = 0

    def f1(self, hits: int) -> float:
        """Return the F1 in percent of a number of hits."""
        return 200 * hits / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


def pairs(gold: Sequence[Timex], predicted: Sequence[Timex]) -> list[tuple[int, int]]:
    """Return indexes of gold and predicted expressions that belong together, each used once.

    Both lists are swept in text order, so the work grows with the number of overlaps, not with the product of the lengths.
    """
    found = []
    waiting = sorted(range(len(predicted)), key=lambda j: predicted[j]["start"])
    first = 0
    for i in sorted(range(len(gold)), key=lambda i: gold[i]["start"]):
        start, end = gold[i]["start"], gold[i]["end"]
        while first < len(waiting) and predicted[waiting[first]]["end"] <= start:
            first += 1
        for j in waiting[first:]:
            if predicted[j]["start"] >= end:
                break
            shared = min(end, predicted[j]["end"]) - max(start, predicted[j]["start"])
            if shared > 0:
                identical = (start, end) == (predicted[j]["start"], predicted[j]["end"])
                found.append((not identical, -shared, start, predicted[j]["start"], i, j))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    chosen = []
    for *_, i, j in sorted(found):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            chosen.append((i, j))
    return chosen


def count(documents: Iterable[tuple[Sequence[Timex], Sequence[Timex]]]) -> Counts:
    """Return the sums over (gold, predicted) lists of documents."""
    total = Counts()
    for gold, predicted in documents:
        total.gold += len(gold)
        total.predicted += len(predicted)
        for i, j in pairs(gold, predicted):
            one, other = gold[i], predicted[j]
            total.relaxed += 1
            total.strict += (one["start"], one["end"]) == (other["start"], other["end"])
            total.type += one["type"] == other.get("type")
            total.value += one["value"] == (other.get("value") or "")
    return total


def scores(total: Counts) -> dict[str, dict[str, float | int]]:
    """Return precision, recall and F1 in percent by measure, for the table of the benchmark programs."""
    hits = {"relaxed": total.relaxed, "strict": total.strict, "type": total.type, "value": total.value}
    return {
        name: {
            "p": round(100 * number / total.predicted, 2) if total.predicted else 0.0,
            "r": round(100 * number / total.gold, 2) if total.gold else 0.0,
            "f1": round(total.f1(number), 2),
            "gold": total.gold,
            "pred": total.predicted,
        }
        for name, number in hits.items()
    }
