"""Score figures over sentences with annotated quantities (NewsQuant and the R-Text sets in one JSON-lines format).

    python benchmarks/figures.py GOLD.jsonl [--predictions OUT.jsonl] [--json] [--peers]

Gold: {"id", "text", "figures": [{"value": number or [low, high], "unit", "change", "concept", ...}]}. The scores are those of the CQE paper (Almasian
et al., "CQE: A Comprehensive Quantity Extractor", EMNLP 2023): per sentence, gold and predictions are sorted by unit; values match within 1e-5; the
change and the concept count on every pair whose values match; a pair whose units match too uses the prediction up. `--strict` pairs one to one
instead. Words per second are measured apart: the spaCy pipeline with the dates first, then the figures alone.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import corpus
from corpus import Record
from dateline.exchange import article_of
from dateline.nlp.load import load_nlp
from dateline.pipeline import make_doc
from quantities import official, score, strict
from quantity_conventions import predict


def peer(gold: Sequence[Record]) -> dict[str, Any]:
    """Return the scores and speed of quantulum3 over the same texts, with the mean of gold intervals as the paper grants it."""
    try:
        from quantulum3 import parser
    except ImportError:
        return {"quantulum3": "not installed (pip install quantulum3)"}
    began = time.perf_counter()
    predictions = []
    for record in gold:
        quantities = parser.parse(record["text"])
        figures = [
            {
                "value": q.value,
                "unit": {"percentage": "percentage", "dimensionless": "-"}.get(q.unit.name, q.unit.name),
                "change": "=",
                "concept": ["-"],
            }
            for q in quantities
        ]
        predictions.append({"figures": figures})
    seconds = time.perf_counter() - began
    means = [
        {**record, "figures": [{**f, "value": sum(f["value"]) / 2 if isinstance(f["value"], list) else f["value"]} for f in record["figures"]]}
        for record in gold
    ]
    words = sum(len(record["text"].split()) for record in gold)
    return {"quantulum3": {"scores": score(means, predictions), "words_per_second": round(words / seconds)}}


def main() -> None:
    parser = corpus.arguments(__doc__, ("--peers", "run quantulum3 over the same texts, where it is installed"), ("--strict", "pair one to one"))
    args = parser.parse_args()
    gold = list(corpus.read(args.gold))
    nlp = load_nlp(args.model, extractors=("dateline_dates", "dateline_places", "dateline_entities"))
    predict(nlp("Three of 40 houses in Kyiv burned on 2 May 2024, about $5m."))  # Tables are read at the first text; that is no part of the speed.
    docs = []
    began = time.perf_counter()
    for number, record in enumerate(gold, 1):
        doc = make_doc(nlp, article_of(record, number))
        for _, component in nlp.pipeline:
            doc = component(doc)
        docs.append(doc)
    shared = time.perf_counter() - began
    began = time.process_time()  # Time of one core: the rules run on one.
    predictions = [{"id": record["id"], "text": record["text"], "figures": predict(doc)} for record, doc in zip(gold, docs, strict=True)]
    own = time.process_time() - began
    corpus.write(args.predictions, predictions)
    words = sum(len(record["text"].split()) for record in gold)
    scores = score(gold, predictions, strict if args.strict else official)
    speed = {"words": words, "words_per_second_figures": round(words / own), "words_per_second_pipeline_before": round(words / shared)}
    peers = peer(gold) if args.peers else {}
    if args.json:
        print(json_of({"scores": scores, **speed, "peers": peers}))
        return
    for key, row in scores.items():
        print(f"{key:24s} P {row['p']:5.1f}  R {row['r']:5.1f}  F1 {row['f1']:5.1f}   gold {row['gold']}  pred {row['pred']}")
    before = f"pipeline before them {speed['words_per_second_pipeline_before']:,} words/s"
    print(f"figures alone {speed['words_per_second_figures']:,} words/s; {before}; {words} words")
    for name, result in peers.items():
        print(name, json_of(result))


def json_of(record: Any) -> str:
    """Return one JSON line."""
    import json

    return json.dumps(record, ensure_ascii=False)


if __name__ == "__main__":
    main()
