"""Strict entity scores while training; the numbers of the model card come from benchmarks/entities.py."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import mentions
from spacy.language import Language

MERGED = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
GOLD = {
    "PER": "PER",
    "LOC": "LOC",
    "ORG": "ORG",
    "person": "PER",
    "politician": "PER",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
}


def f1(gold: set, predicted: set) -> float:
    """Returns F1 in percent."""
    hits = len(gold & predicted)
    return 100 * 2 * hits / (len(gold) + len(predicted)) if gold or predicted else 0.0


def sets(corpora: Path) -> dict[str, list[tuple[str, set]]]:
    """Returns name -> [(text, {(start, end, label)})]; in-domain sets keep all labels, the others PER, ORG and LOC."""
    out: dict[str, list[tuple[str, set]]] = {}
    gold = corpora.parent / "gold"
    for name, path in (("dev", gold / "dev.jsonl"), ("wikinews", gold / "wikinews_dev.jsonl"), ("seed", corpora.parent / "seed" / "gold.jsonl")):
        rows = [json.loads(line) for line in path.open(encoding="utf-8")]
        out[name] = [(r["text"], {(e["start"], e["end"], e["type"]) for e in r["entities"]}) for r in rows if r["id"] != "seed-undated"]
    for name in ("uner_ewt.test", "crossner_politics.dev"):
        rows = [json.loads(line) for line in (corpora / "entities" / f"{name}.jsonl").open(encoding="utf-8")]
        out[name] = [(r["text"], {(e["start"], e["end"], GOLD[e["label"]]) for e in r["entities"] if e["label"] in GOLD}) for r in rows]
    passages = list(mentions.read_re3d(corpora / "entities" / "re3d.train.jsonl"))
    order = {doc: i for i, doc in enumerate(dict.fromkeys(p.doc for p in passages))}
    out["re3d.half"] = [(p.text, {(s, e, MERGED[x]) for s, e, x in p.spans if x in MERGED}) for p in passages if order[p.doc] % 2 == 1]
    return out


def score(nlp: Language, data: dict[str, list[tuple[str, set]]], names: Iterable[str] | None = None) -> dict[str, float]:
    """Returns strict F1 by set; for the in-domain sets also overlap F1 ("dev~")."""
    out = {}
    for name in names or data:
        gold, predicted, overlap, n_gold, n_pred = set(), set(), 0, 0, 0
        for i, (doc, (_, spans)) in enumerate(zip(nlp.pipe(t for t, _ in data[name]), data[name], strict=True)):
            found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
            if name not in ("dev", "wikinews", "seed"):
                found = {(s, e, MERGED[x]) for s, e, x in found if x in MERGED}
            gold |= {(i, *s) for s in spans}
            predicted |= {(i, *s) for s in found}
            overlap += sum(any(a < e and s < b and x == y for a, b, y in spans) for s, e, x in found)
            n_gold, n_pred = n_gold + len(spans), n_pred + len(found)
        out[name] = round(f1(gold, predicted), 1)
        if name in ("dev", "wikinews", "seed"):
            out[name + "~"] = round(200 * overlap / (n_gold + n_pred), 1)
    return out


def errors(nlp: Language, data: list[tuple[str, set]], limit: int = 80) -> None:
    """Prints missed and spurious names with their surroundings."""
    kinds: Counter[str] = Counter()
    for doc, (text, spans) in zip(nlp.pipe(t for t, _ in data), data, strict=True):
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        for s, e, x in sorted(spans ^ found):
            kind = "MISS" if (s, e, x) in spans else "    +"
            kinds[f"{kind} {x}"] += 1
            if sum(kinds.values()) < limit:
                print(f"{kind} {x:7s} {text[max(0, s - 40) : s]!r} [{text[s:e]}] {text[e : e + 25]!r}")
    print(kinds.most_common())
