"""Named entities on texts in the corpus format: {"id","text","entities":[{"start","end","label"|"type","text"}]}.

    python benchmarks/entities.py GOLD.jsonl [--predictions OUT.jsonl] [--json] [--title-case] [--half 0|1]

Strict F1 (same characters, same label), per label and over all. Gold with Dateline's own labels is scored in them; other schemes (PER/LOC/ORG,
CrossNER, re3d) are merged to PER, ORG and LOC, where LOC takes GPE and FAC too, and labels outside these three are left out on both sides. Of re3d
only named mentions count: pronouns and nominals ("we", "the city") are dropped and titles cut, as training/mentions.py does. `--title-case`
capitalizes every word first (headlines); `--half` takes every other document, for corpora whose other half was trained on.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import corpus
from dateline.nlp.load import load_base
from dateline.nlp.names import LABELS

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))
import mentions  # type: ignore[import-not-found]  # training/ is put on the path above.

MERGED = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
# Labels of CrossNER and re3d; what is absent here (elections, products, quantities) is not scored.
OTHER_SCHEMES = {
    "person": "PER", "politician": "PER", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC", "location": "LOC",
    "Person": "PER", "Organisation": "ORG", "Location": "LOC",
}  # fmt: skip
Span = tuple[int, int, str]


def own_labels(records: list[corpus.Record]) -> bool:
    """Say whether the gold is annotated in Dateline's own scheme."""
    found = {e.get("type") or e.get("label") for r in records for e in r["entities"]}
    return found <= set(LABELS) and bool(found & {"GPE", "NORP", "FAC"})


def gold_spans(record: corpus.Record, own: bool) -> set[Span]:
    """Return the gold spans in the labels that are scored."""
    if record.get("corpus") == "re3d":
        return {(s, e, MERGED[x]) for s, e, x in mentions.named_spans(record) if x in MERGED}
    spans = set()
    for entity in record["entities"]:
        label = entity.get("type") or entity["label"]
        if entity.get("flat") is False:
            continue
        merged = label if own else MERGED.get(label) or OTHER_SCHEMES.get(label)
        if merged:
            spans.add((entity["start"], entity["end"], merged))
    return spans


def title_cased(text: str) -> str:
    """Return the text with every word capitalized, offsets kept."""
    return "".join(
        c.upper() if c.islower() and len(c.upper()) == 1 and (i == 0 or not (text[i - 1].isalnum() or text[i - 1] in "'’")) else c
        for i, c in enumerate(text)
    )


def halves(records: list[corpus.Record], half: int | None) -> list[corpus.Record]:
    """Return every other record (0: the first, third ...; 1: the second, fourth ...)."""
    return records if half is None else records[half::2]


def main() -> None:
    """Predict, write, score."""
    parser = corpus.arguments(__doc__, ("--title-case", "capitalize every word first"))
    parser.add_argument("--half", type=int, choices=[0, 1], help="every other document only")
    options = parser.parse_args()
    records = halves(list(corpus.read(options.gold)), options.half)
    nlp = load_base(options.model, syntax=False)
    texts = [title_cased(r["text"]) if options.title_case else r["text"] for r in records]

    def predict(gold: list[corpus.Record]) -> list[corpus.Record]:
        out = []
        for record, doc in zip(gold, nlp.pipe(texts), strict=True):
            found: list[dict[str, Any]] = [
                {"start": e.start_char, "end": e.end_char, "text": e.text, "label": e.label_, "type": e.label_} for e in doc.ents
            ]
            out.append({"id": record["id"], "text": doc.text, "entities": found})
        return out

    list(nlp.pipe(["Warm up."]))  # The tables are compiled at the first doc; that is loading, not reading.
    measured = corpus.measure(records, predict)
    corpus.write(options.predictions, measured.predictions)
    own = own_labels(records)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for record, prediction in zip(records, measured.predictions, strict=True):
        gold = gold_spans(record, own)
        ours = {(e["start"], e["end"], e["label"] if own else MERGED.get(e["label"], "")) for e in prediction["entities"]}
        ours = {s for s in ours if s[2]}
        for label in ["all", *{x for *_, x in gold | ours}]:
            g, p = ({s for s in side if label in ("all", s[2])} for side in (gold, ours))
            for i, n in enumerate((len(g & p), len(p), len(g))):
                counts[label][i] += n
    scores = {label: corpus.f1(*counts[label]) for label in sorted(counts, key=lambda x: (x != "all", x))}
    corpus.show(f"entities, strict: {options.gold.name}{' (Title Case)' if options.title_case else ''}", scores, measured, as_json=options.json)


if __name__ == "__main__":
    main()
