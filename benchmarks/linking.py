"""Entity linking on annotated articles (the format of docs/facts.md): {"id","text","entities":[{"start","end","type","name"}]}.

    python benchmarks/linking.py GOLD.jsonl [GOLD2.jsonl ...] [--predictions OUT.jsonl] [--json]

Gold says who is one and the same by `name`; Dateline by `entity_id`. Scored are the mentions that both sides have (same characters, same type): of
all pairs of mentions that gold joins, how many the ids join too (recall), and the other way round (precision). `within` takes pairs inside one
article, `across` pairs from two articles, `all` both; `names` is the same over one mention a name and article, so that names written often weigh no
more than others. How many mentions are found at all is benchmarks/facts.py's to say; it stands here as `mentions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpus
from dateline.exchange import article_of, facts_json
from dateline.nlp.load import load_nlp
from dateline.pipeline import extract


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention that gold and prediction share: its article, who it is by gold, who by prediction."""

    article: str
    gold: str
    ours: str


def shared(gold: list[corpus.Record], predicted: list[corpus.Record]) -> list[Mention]:
    """Return the mentions with the same characters and type on both sides that gold names."""
    out = []
    for record, prediction in zip(gold, predicted, strict=True):
        ours = {(e["start"], e["end"], e["type"]): e["entity_id"] for e in prediction["entities"] if e.get("entity_id")}
        for entity in record["entities"]:
            key = (entity["start"], entity["end"], entity["type"])
            if entity.get("name") and key in ours:
                out.append(Mention(record["id"], f"{entity['type']} {entity['name'].casefold()}", ours[key]))
    return out


def _pairs(groups: Iterable[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(groups).values())


def pairwise(mentions: list[Mention]) -> dict[str, dict[str, float | int]]:
    """Return pairwise scores: all pairs, those within one article, those across articles."""
    counts = {}
    for scope, article in (("all", lambda m: ""), ("within", lambda m: m.article)):
        counts[scope] = (
            _pairs((article(m), m.gold, m.ours) for m in mentions),
            _pairs((article(m), m.ours) for m in mentions),
            _pairs((article(m), m.gold) for m in mentions),
        )
    hits, ours, gold = (a - b for a, b in zip(counts["all"], counts["within"], strict=True))
    counts["across"] = (hits, ours, gold)
    return {scope: corpus.f1(*row) for scope, row in counts.items()}


def main() -> None:
    """Predict, write, score."""
    parser = corpus.arguments(__doc__)
    parser.add_argument("more", type=Path, nargs="*", help="further gold files; entities are linked across all of them")
    options = parser.parse_args()
    gold = [record for path in (options.gold, *options.more) for record in corpus.read(path)]
    nlp = load_nlp(options.model)
    measured = corpus.measure(gold, lambda records: [facts_json(a, f) for a, f in extract(nlp, map(article_of, records))])
    corpus.write(options.predictions, measured.predictions)
    mentions = shared(gold, measured.predictions)
    named = sum(1 for record in gold for entity in record["entities"] if entity.get("name"))
    scores = pairwise(mentions)
    scores["names"] = pairwise(list(dict.fromkeys(mentions)))["all"]
    scores["mentions"] = corpus.f1(len(mentions), sum(len(p["entities"]) for p in measured.predictions), named)
    corpus.show(f"entity linking, pairwise: {', '.join(p.name for p in (options.gold, *options.more))}", scores, measured, as_json=options.json)


if __name__ == "__main__":
    main()
