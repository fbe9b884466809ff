"""Attribution on texts in the PolNeAR format: {"id","text","attributions":[{"source","cue","content"}]}, spans {"start","end","fragments"?}.

    python benchmarks/claims.py GOLD.jsonl [--predictions OUT.jsonl] [--json] [--claims-only]

Dateline's own claims follow its annotation guide: the shortest naming phrase as source, one contiguous content without "that", assertions only.
PolNeAR annotates more: titles and appositions in the source, auxiliaries in the cue, "that" and quotation marks in the content, pieces of an
interrupted content as fragments, and stances (wants, praises, opposes) beside assertions. The extractor keeps both readings; this program writes
the wide one. `--claims-only` leaves the stances out.

Printed: token F1 by role, exact F1 by role, end-to-end F1 (content and source both overlap), words a second of the claim rules alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from dateline.extract.claims import ClaimCandidate, attributions
from dateline.nlp.load import load_nlp

TRIM = " \t\r\n\"'“”‘’«».,;:!?()[]–—-"
TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
ROLES = ("source", "cue", "content")
Range = tuple[int, int]


def merged(found: list[ClaimCandidate]) -> Iterator[tuple[ClaimCandidate, list[Range]]]:
    """Yield attributions with all their pieces: a quotation that goes on after its cue is one attribution there, two claims in Dateline."""
    pieces = {n: list(c.pieces) for n, c in enumerate(found)}
    by_anchor = {c.anchor: n for n, c in reversed(list(enumerate(found))) if c.continues is None}
    gone = set()
    for n, candidate in enumerate(found):
        owner = by_anchor.get(candidate.continues) if candidate.continues is not None else None
        if owner is not None:
            pieces[owner].extend(candidate.pieces)
            gone.add(n)
    for n, candidate in enumerate(found):
        if n not in gone:
            yield candidate, sorted(set(pieces[n]))


def span(pieces: Iterable[Range]) -> dict[str, Any]:
    """Return a span object; several pieces become fragments under their hull."""
    parts = list(pieces)
    out: dict[str, Any] = {"start": min(a for a, _ in parts), "end": max(b for _, b in parts)}
    if len(parts) > 1:
        out["fragments"] = [{"start": a, "end": b} for a, b in parts]
    return out


def predict(doc: Doc, *, stances: bool = True) -> list[dict[str, Any]]:
    """Return the attributions of a parsed text in the wide reading."""
    out = []
    for candidate, pieces in merged(attributions(doc)):
        if candidate.stance and not stances:
            continue
        out.append(
            {
                "source": span([candidate.source_full]) if candidate.source_full else None,
                "cue": span([candidate.cue_full]) if candidate.cue_full else None,
                "content": span(pieces),
            }
        )
    return out


def characters(item: dict[str, Any] | None) -> set[int]:
    """Return the character positions that a span covers; an attribution without the role covers none."""
    if item is None:
        return set()
    return {k for part in item.get("fragments") or [item] for k in range(part["start"], part["end"])}


def trimmed(text: str, item: dict[str, Any]) -> Range:
    """Return the hull without outer blanks, quotation marks and punctuation."""
    a, b = item["start"], item["end"]
    while a < b and text[a] in TRIM:
        a += 1
    while b > a and text[b - 1] in TRIM:
        b -= 1
    return a, b


def scores(gold: list[dict[str, Any]], predicted: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Return F1 in percent: tokens and exact spans by role, end-to-end attribution."""
    counts: dict[str, list[int]] = {}

    def add(key: str, hits: int, ours: int, theirs: int) -> None:
        row = counts.setdefault(key, [0, 0, 0])
        row[0] += hits
        row[1] += ours
        row[2] += theirs

    for record in gold:
        text, theirs, ours = record["text"], record["attributions"], predicted.get(record["id"], [])
        for role in ROLES:
            covers = []
            for side in (theirs, ours):
                covered = set().union(*(characters(a[role]) for a in side if a.get(role)))
                covers.append({m.start() for m in TOKEN.finditer(text) if m.start() in covered})
            add(f"token.{role}", len(covers[0] & covers[1]), len(covers[1]), len(covers[0]))
            left = sorted(trimmed(text, a[role]) for a in theirs if a.get(role))
            rest = left.copy()
            hits = 0
            for a in ours:
                if a.get(role) and (key := trimmed(text, a[role])) in rest:
                    rest.remove(key)
                    hits += 1
            add(f"exact.{role}", hits, sum(1 for a in ours if a.get(role)), len(left))
        add("end_to_end", _end_to_end(theirs, ours), len(ours), len(theirs))
    return {key: round(200 * h / (p + g), 1) if p + g else 0.0 for key, (h, p, g) in sorted(counts.items())}


def _end_to_end(theirs: list[dict[str, Any]], ours: list[dict[str, Any]]) -> int:
    gold, pred = [characters(a["content"]) for a in theirs], [characters(a["content"]) for a in ours]
    pairs = sorted((-len(g & p), i, j) for i, g in enumerate(gold) for j, p in enumerate(pred) if g & p)
    used_gold: set[int] = set()
    used_pred: set[int] = set()
    hits = 0
    for _, i, j in pairs:
        if i in used_gold or j in used_pred:
            continue
        used_gold.add(i)
        used_pred.add(j)
        a, b = theirs[i].get("source"), ours[j].get("source")
        hits += (not a and not b) or bool(a and b and characters(a) & characters(b))
    return hits


def language(model: str | None) -> Language:
    """Return the pipeline without the extractors of other facts; entities stay, sources need them."""
    return load_nlp(model, extractors=())


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--predictions", type=Path, help="write the predictions here, in the format of the gold")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    parser.add_argument("--claims-only", action="store_true", help="leave out stances (wants, praises, opposes)")
    parser.add_argument("--model", help="spaCy pipeline to use instead of the shipped one")
    parser.add_argument("--limit", type=int, help="only the first N texts")
    args = parser.parse_args()
    gold = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()][: args.limit]
    nlp = language(args.model)
    predicted: dict[str, list[dict[str, Any]]] = {}
    words = 0
    seconds = 0.0
    for record, doc in zip(gold, nlp.pipe(record["text"] for record in gold), strict=True):
        begin = time.process_time()
        predicted[record["id"]] = predict(doc, stances=not args.claims_only)
        seconds += time.process_time() - begin
        words += len(record["text"].split())
    if args.predictions:
        with args.predictions.open("w", encoding="utf-8") as out:
            for record in gold:
                out.write(
                    json.dumps({"id": record["id"], "text": record["text"], "attributions": predicted[record["id"]]}, ensure_ascii=False) + "\n"
                )
    result: dict[str, float] = {"texts": len(gold), "words": words, "words_per_second": round(words / seconds) if seconds else 0}
    if gold and "attributions" in gold[0]:
        result |= scores(gold, predicted)
    if args.json:
        print(json.dumps(result))
        return
    for key, value in result.items():
        print(f"{key:18s} {value}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
