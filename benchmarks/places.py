"""Score the place extractor on annotated toponyms: span found and within 161 km.

    python benchmarks/places.py GOLD.jsonl [--predictions OUT.jsonl] [--json] [--demonyms yes|no|auto] [--peers]

GOLD has one article a line: {"id","text","places":[{"start","end","text","lat","lon"}]}. Predictions are written in the same format. Corpora differ
in what they count as a place, so two switches of the extractor are set to the corpus' convention: names inside longer names ("Paris" in "Paris
Police Department") count here, and demonyms count where the gold marks them (auto: at least one in fifty of its places is one).

The shipped weights are fitted on LGL and GeoWebNews, so their scores there flatter. For a fair number fit on one and test on the other:

    python training/fit_places.py LGL.jsonl --out /tmp/w.csv && python benchmarks/places.py GEOWEBNEWS.jsonl --weights /tmp/w.csv
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dateline import gazetteer, loglinear
from dateline.exchange import article_of, place_json
from dateline.extract.place_names import demonyms
from dateline.extract.places import extract_places, given_spans
from dateline.gazetteer.sources import kilometres
from dateline.nlp.load import load_nlp
from dateline.normalize.places import normalize_places
from dateline.pipeline import make_doc

RIGHT_KM = 161.0  # 100 miles, the customary tolerance (Leidner 2008).
Spans = list[dict[str, Any]]


def pair(gold: Spans, predicted: Spans) -> list[tuple[int, int]]:
    """Pair gold and predicted spans one to one: exact spans first, then the longest overlap."""
    found = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            shared = min(g["end"], p["end"]) - max(g["start"], p["start"])
            if shared > 0:
                found.append(((g["start"], g["end"]) != (p["start"], p["end"]), -shared, i, j))
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used: set[int] = set()
    for _, _, i, j in sorted(found):
        if i not in used_gold and j not in used:
            used_gold.add(i)
            used.add(j)
            pairs.append((i, j))
    return pairs


def near(gold: dict[str, Any], predicted: dict[str, Any]) -> bool:
    """Tell whether a prediction lies within the tolerance of the gold point."""
    return predicted.get("lat") is not None and kilometres(gold["lat"], gold["lon"], predicted["lat"], predicted["lon"]) <= RIGHT_KM


def f1(hits: int, predicted: int, gold: int) -> dict[str, float]:
    """Return precision, recall and their harmonic mean."""
    p, r = hits / max(predicted, 1), hits / max(gold, 1)
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}


def score(gold: Iterable[Spans], predicted: Iterable[Spans]) -> dict[str, Any]:
    """Return recognition, resolution and end-to-end scores over articles.

    Gold places without coordinates count for recognition only; a prediction on one of them is neither right nor wrong end to end.
    """
    counts = dict.fromkeys(("gold", "predicted", "overlap", "exact", "pointed", "answered", "near", "counted"), 0)
    for places, found in zip(gold, predicted, strict=True):
        pairs = pair(places, found)
        blank = [g for g in places if g["lat"] is None]
        paired = {j for _, j in pairs}
        ignored = {j for i, j in pairs if places[i]["lat"] is None}
        ignored |= {j for j, p in enumerate(found) if j not in paired and any(min(p["end"], g["end"]) > max(p["start"], g["start"]) for g in blank)}
        counts["gold"] += len(places)
        counts["predicted"] += len(found)
        counts["overlap"] += len(pairs)
        counts["exact"] += sum(places[i]["start"] == found[j]["start"] and places[i]["end"] == found[j]["end"] for i, j in pairs)
        counts["pointed"] += len(places) - len(blank)
        counts["counted"] += len(found) - len(ignored)
        known = [(places[i], found[j]) for i, j in pairs if places[i]["lat"] is not None]
        counts["answered"] += sum(p.get("lat") is not None for _, p in known)
        counts["near"] += sum(near(g, p) for g, p in known)
    return {
        **counts,
        "recognition": f1(counts["overlap"], counts["predicted"], counts["gold"]),
        "exact_span": f1(counts["exact"], counts["predicted"], counts["gold"]),
        "resolution_of_found": round(counts["near"] / max(counts["answered"], 1), 4),
        "end_to_end": f1(counts["near"], counts["counted"], counts["pointed"]),
    }


def calibration(gold: Iterable[Spans], predicted: Iterable[Spans]) -> list[dict[str, Any]]:
    """Return, for bands of the score, how many resolved places are right (a gold place within the tolerance)."""
    bands: dict[int, list[bool]] = {}
    for places, found in zip(gold, predicted, strict=True):
        partner = {j: places[i] for i, j in pair(places, found)}
        for j, place in enumerate(found):
            if place.get("lat") is None or (j in partner and partner[j]["lat"] is None):
                continue
            bands.setdefault(min(int(place["score"] * 10), 9), []).append(j in partner and near(partner[j], place))
    return [{"from": band / 10, "places": len(right), "right": round(sum(right) / len(right), 3)} for band, right in sorted(bands.items())]


def marks_demonyms(gold: Iterable[Spans]) -> bool:
    """Tell whether a corpus counts demonyms, by its own annotation scheme."""
    texts = [place["text"] for places in gold for place in places]
    return sum(text in demonyms() for text in texts) >= 0.02 * len(texts)


def resolve_given(records: list[dict[str, Any]], nlp: Any) -> dict[str, Any]:
    """Score resolution alone, on the gold spans; a span without an answer counts as wrong."""
    right = answered = total = 0
    for record, doc in zip(records, nlp.pipe(record["text"] for record in records), strict=True):
        candidates = given_spans(doc, [(place["start"], place["end"]) for place in record["places"]])
        mentions, _ = normalize_places(doc, candidates, demonyms=True, embedded=True)
        by_span = {(mention.start, mention.end): mention for mention in mentions}
        for place in record["places"]:
            if place["lat"] is None:
                continue
            total += 1
            mention = by_span.get((place["start"], place["end"]))
            if mention is not None and mention.place is not None:
                answered += 1
                right += near(place, {"lat": mention.place.lat, "lon": mention.place.lon})
    return {"spans": total, "answered": round(answered / max(total, 1), 4), "within_161km_misses_wrong": round(right / max(total, 1), 4),
            "within_161km_of_answered": round(right / max(answered, 1), 4)}  # fmt: skip


def peers() -> dict[str, Callable[[str], Spans]]:
    """Return the gazetteer matchers that are installed beside Dateline, as functions from text to places (the most populous place of a name)."""
    gaz = gazetteer.load()

    def point(text: str, name: str, start: int) -> dict[str, Any]:
        entries = gaz.lookup(name)
        best = max(entries, key=lambda entry: entry.weight) if entries else None
        return {"start": start, "end": start + len(name), "text": text[start : start + len(name)],
                "lat": best.lat if best else None, "lon": best.lon if best else None}  # fmt: skip

    found: dict[str, Callable[[str], Spans]] = {}
    try:
        from geotext import GeoText

        def with_geotext(text: str) -> Spans:
            places, position = [], 0
            result = GeoText(text)
            names = sorted({*result.cities, *result.countries}, key=len, reverse=True)
            taken: set[int] = set()
            for name in names:
                position = text.find(name)
                while position >= 0:
                    if position not in taken:
                        places.append(point(text, name, position))
                        taken |= set(range(position, position + len(name)))
                    position = text.find(name, position + 1)
            return places

        found["geotext"] = with_geotext
    except ImportError:
        print("geotext is not installed", file=sys.stderr)
    try:
        from flashgeotext.geotext import GeoText as Flash

        flash = Flash()

        def with_flashgeotext(text: str) -> Spans:
            result = flash.extract(input_text=text, span_info=True)
            return [point(text, text[a:b], a) for part in result.values() for hit in part.values() for a, b in hit["span_info"]]

        found["flashgeotext"] = with_flashgeotext
    except ImportError:
        print("flashgeotext is not installed", file=sys.stderr)
    return found


def run(records: list[dict[str, Any]], *, demonyms: bool) -> tuple[list[Spans], dict[str, float]]:
    """Return the places of every record, and the seconds that the shared spaCy pass and the place extractor took."""
    nlp = load_nlp(extractors=())
    gazetteer.load()
    predicted: list[Spans] = []
    shared = own = 0.0
    for begin in range(0, len(records), 64):
        batch = records[begin : begin + 64]
        started = time.process_time()
        docs = list(nlp.pipe([make_doc(nlp, article_of(record)) for record in batch]))
        shared += time.process_time() - started
        started = time.process_time()
        for doc in docs:
            mentions, _ = normalize_places(doc, extract_places(doc), demonyms=demonyms, embedded=True)
            predicted.append([place_json(mention) for mention in mentions])
        own += time.process_time() - started
    return predicted, {"shared_seconds": round(shared, 2), "place_seconds": round(own, 2), "documents_per_second": round(len(records) / own, 1)}


def main() -> None:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path)
    options.add_argument("--predictions", type=Path, help="write the predictions here, one article a line")
    options.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options.add_argument("--demonyms", choices=("yes", "no", "auto"), default="auto", help="count demonyms as places (auto: as the gold does)")
    options.add_argument("--given", action="store_true", help="also score resolution alone, on the gold spans")
    options.add_argument("--peers", action="store_true", help="also run geotext and flashgeotext where they are installed")
    options.add_argument("--weights", type=Path, help="use the weights of this file, for crosswise tests (fit on one corpus, test on the other)")
    given = options.parse_args()
    if given.weights:
        loglinear.replace(loglinear.read(given.weights))
    with given.gold.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    gold = [record["places"] for record in records]
    counts = given.demonyms == "yes" or (given.demonyms == "auto" and marks_demonyms(gold))
    predicted, speed = run(records, demonyms=counts)
    if given.predictions:
        with given.predictions.open("w", encoding="utf-8") as out:
            for record, places in zip(records, predicted, strict=True):
                out.write(json.dumps({"id": record["id"], "places": places}, ensure_ascii=False) + "\n")
    result: dict[str, Any] = {"corpus": given.gold.stem, "articles": len(records), "demonyms": counts, **speed, **score(gold, predicted)}
    result["calibration"] = calibration(gold, predicted)
    if given.given:
        result["given_spans"] = resolve_given(records, load_nlp(extractors=()))
    if given.peers:
        for name, extract in peers().items():
            started = time.process_time()
            theirs = [extract(record["text"]) for record in records]
            seconds = time.process_time() - started
            result[name] = {"documents_per_second": round(len(records) / seconds, 1), **score(gold, theirs)}
    if given.json:
        print(json.dumps(result))
    else:
        for key, value in result.items():
            print(f"{key:24} {value}" if key != "calibration" else "score from / places / right: " + "; ".join(
                f"{band['from']:.1f} {band['places']} {band['right']:.3f}" for band in value))  # fmt: skip


if __name__ == "__main__":
    main()
