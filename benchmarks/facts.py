"""Score all fact kinds over annotated articles (the format of docs/facts.md).

    python benchmarks/facts.py GOLD.jsonl [--predictions OUT.jsonl] [--json]

Every score is micro-averaged F1 over one-to-one pairs of gold and predicted facts of one article, paired by longest overlap:

    entities  exact: same span and type.  overlap: spans overlap, same type.  name: such a pair with the same canonical name.
    places    overlap: spans overlap.  located: the pair also lies where it should (countries by code; regions within 150 km; the rest within 25 km).
    figures   number: spans overlap.  value: both ends equal too.  +field: value pair with that field equal.  row: value, approx, unit, kind, source.
    dates     relaxed: spans overlap.  strict: same span.  value: relaxed pair with the same TIMEX3 value.
    claims    content: token F1 of content spans.  claim: contents share half of the longer one and the sources overlap (or both are absent).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import corpus
from corpus import Record
from dateline.exchange import article_of, facts_json
from dateline.model import FIGURE_KINDS
from dateline.nlp.load import load_nlp
from dateline.pipeline import extract

UNITS = frozenset("percent person km km2 m kg t l year degree magnitude count ratio other".split())
KINDS = frozenset(FIGURE_KINDS)
_ARTICLES = frozenset({"the", "a", "an", "s"})
_WORD = re.compile(r"\w+")

Pair = tuple[Record, Record]
Scores = dict[str, dict[str, float | int]]


def overlap(a: Record, b: Record) -> int:
    """Return how many characters two spans share (negative: how far apart)."""
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def pairs(gold: Sequence[Record], predicted: Sequence[Record]) -> list[Pair]:
    """Return one-to-one pairs, longest overlap first."""
    found = sorted(
        (-overlap(g, p), abs(g["start"] - p["start"]), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if overlap(g, p) > 0
    )
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    out = []
    for _, _, i, j in found:
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            out.append((gold[i], predicted[j]))
    return out


def same_number(a: float | None, b: float | None) -> bool:
    """Return whether two bounds are equal; None equals None only."""
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)


def same_text(a: str | None, b: str | None) -> bool:
    return (a or "").casefold() == (b or "").casefold()


def same_name(a: str | None, b: str | None) -> bool:
    """Return whether two names may be one: same last word, or one holds the other; nothing equals nothing only."""
    if not a or not b:
        return not a and not b
    x, y = ([w for w in re.sub(r"[^\w\s]", " ", name.casefold()).split() if w not in _ARTICLES] for name in (a, b))
    if not x or not y:
        return x == y
    return x[-1] == y[-1] or set(x) <= set(y) or set(y) <= set(x)


def same_unit(gold: str | None, ours: str | None) -> bool:
    """A finer unit of ours counts as "other"."""
    known = ours in UNITS or (isinstance(ours, str) and len(ours) == 3 and ours.isalpha())
    return same_text(gold, ours if known else "other")


def same_kind(gold: str | None, ours: str | None) -> bool:
    """A finer kind of ours counts as "other"."""
    return same_text(gold, ours if ours in KINDS else "other")


FIGURE_FIELDS: dict[str, Callable[[Any, Any], bool]] = {
    "approx": same_text,
    "unit": same_unit,
    "kind": same_kind,
    "item": same_text,
    "source": same_name,
    "place": same_name,
    "date": same_text,
}
ROW = ("approx", "unit", "kind", "source")


def kilometres(a: Record, b: Record) -> float:
    """Return the great-circle distance of two points."""
    p, q = math.radians(a["lat"]), math.radians(b["lat"])
    half = math.sin((p - q) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(a["lon"] - b["lon"]) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def located(gold: Record, ours: Record) -> bool:
    """Return whether our place lies where the gold one does."""
    if gold["kind"] == "country":
        return same_text(gold.get("country"), ours.get("country")) and ours.get("kind") in (None, "country")
    if ours.get("lat") is None or ours.get("lon") is None:
        return False
    if gold.get("country") and ours.get("country") and not same_text(gold["country"], ours["country"]):
        return False
    return kilometres(gold, ours) <= (150 if gold["kind"] in {"admin1", "admin2", "region", "natural"} else 25)


class Tally:
    """Counts of gold, predicted and right, by score."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, name: str, gold: int, predicted: int, hits: int) -> None:
        for place, n in enumerate((gold, predicted, hits)):
            self._counts[name][place] += n

    def scores(self) -> Scores:
        return {name: corpus.f1(hits, predicted, gold) for name, (gold, predicted, hits) in self._counts.items()}


def _entities(tally: Tally, gold: list[Record], ours: list[Record]) -> None:
    spans = [{(e["start"], e["end"], e["type"]) for e in side} for side in (gold, ours)]
    tally.add("entities.exact", len(gold), len(ours), len(spans[0] & spans[1]))
    typed = [(a, b) for a, b in pairs(gold, ours) if a["type"] == b["type"]]
    tally.add("entities.overlap", len(gold), len(ours), len(typed))
    tally.add("entities.name", len(gold), len(ours), sum(same_text(a.get("name"), b.get("name")) for a, b in typed))


def _places(tally: Tally, gold: list[Record], ours: list[Record]) -> None:
    matched = pairs(gold, ours)
    tally.add("places.overlap", len(gold), len(ours), len(matched))
    # Gold places without coordinates say nothing about where; what we matched to them is left out too.
    known = [(a, b) for a, b in matched if a.get("lat") is not None or a["kind"] == "country"]
    placed = sum(g.get("lat") is not None or g["kind"] == "country" for g in gold)
    tally.add("places.located", placed, len(ours) - (len(matched) - len(known)), sum(located(a, b) for a, b in known))


def _figures(tally: Tally, gold: list[Record], ours: list[Record]) -> None:
    matched = pairs(gold, ours)
    right = [(a, b) for a, b in matched if all(same_number(a[end], b.get(end)) for end in ("value_min", "value_max"))]
    tally.add("figures.number", len(gold), len(ours), len(matched))
    tally.add("figures.value", len(gold), len(ours), len(right))
    for field, same in FIGURE_FIELDS.items():
        tally.add(f"figures.+{field}", len(gold), len(ours), sum(same(a.get(field), b.get(field)) for a, b in right))
    rows = sum(all(FIGURE_FIELDS[field](a.get(field), b.get(field)) for field in ROW) for a, b in right)
    tally.add("figures.row", len(gold), len(ours), rows)


def _dates(tally: Tally, gold: list[Record], ours: list[Record]) -> None:
    matched = pairs(gold, ours)
    tally.add("dates.relaxed", len(gold), len(ours), len(matched))
    tally.add("dates.strict", len(gold), len(ours), sum((a["start"], a["end"]) == (b["start"], b["end"]) for a, b in matched))
    tally.add("dates.value", len(gold), len(ours), sum(same_text(a["value"], b.get("value")) for a, b in matched))


def _claims(tally: Tally, text: str, gold: list[Record], ours: list[Record]) -> None:
    def tokens(claims: list[Record]) -> set[int]:
        return {m.start() for c in claims for m in _WORD.finditer(text, c["content"]["start"], c["content"]["end"])}

    a, b = tokens(gold), tokens(ours)
    tally.add("claims.content", len(a), len(b), len(a & b))
    sides = [[{**c["content"], "claim": c} for c in side] for side in (gold, ours)]
    hits = 0
    for g, p in pairs(*sides):
        half = overlap(g, p) >= 0.5 * max(g["end"] - g["start"], p["end"] - p["start"])
        x, y = g["claim"].get("source"), p["claim"].get("source")
        hits += half and ((not x and not y) or bool(x and y and overlap(x, y) > 0))
    tally.add("claims.claim", len(gold), len(ours), hits)


def score(gold: Sequence[Record], predictions: Sequence[Record]) -> Scores:
    """Return every score over articles joined by id; an article without a prediction counts as empty."""
    by_id = {record["id"]: record for record in predictions}
    tally = Tally()
    for record in gold:
        ours = by_id.get(record["id"], {})
        for kind, count in (("entities", _entities), ("places", _places), ("figures", _figures), ("dates", _dates)):
            count(tally, record.get(kind, []), ours.get(kind, []))
        _claims(tally, record["text"], record.get("claims", []), ours.get("claims", []))
    return tally.scores()


def main() -> None:
    """Run the whole pipeline over a gold file and print the scores."""
    args = corpus.arguments(__doc__).parse_args()
    gold = list(corpus.read(args.gold))
    nlp = load_nlp(args.model)
    measured = corpus.measure(gold, lambda records: [facts_json(a, f) for a, f in extract(nlp, map(article_of, records))])
    corpus.write(args.predictions, measured.predictions)
    corpus.show(f"{args.gold.name}: {len(gold)} articles", score(gold, measured.predictions), measured, as_json=args.json)


if __name__ == "__main__":
    main()
