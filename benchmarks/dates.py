"""Score dates over texts with TIMEX3 annotation, and measure their speed.

    python benchmarks/dates.py GOLD.jsonl [--predictions OUT.jsonl] [--json] [--peers] [--by-rule] [--lengths]

Gold: {"id", "dct", "text", "timexes": [{"start", "end", "type", "value"}]}, or annotated articles ({"published", "dates"}). The scores are those
of TempEval-3 (timex_score.py); predictions are written in the format of the gold. Words per second count words between spaces and processor time of
the rules alone: the texts are cut into spaCy tokens before. No model is loaded: dates need none.

--peers runs dateparser and timexy over the same texts where they are installed; --by-rule prints how often each rule is right; --lengths measures
the speed on texts of 10 kB, 100 kB and 1 MB made by repeating the gold texts.
"""

from __future__ import annotations

import importlib.util
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import corpus
import timex_score
from corpus import Record
from dateline.exchange import date_json
from dateline.extract.dates import extract_dates
from dateline.nlp import components
from dateline.normalize.dates import normalize_dates

FACTORY = components.make_dates.__name__  # Importing the module registers doc._.published, which the rules read.
SIZES = (10_000, 100_000, 1_000_000)


def measure(gold: list[Record], predict: Callable[[list[Record]], list[Record]]) -> corpus.Measured:
    """Return the predictions with their cost in processor seconds: one core's worth, whatever else the machine does."""
    words = sum(len(record["text"].split()) for record in gold)
    began = time.process_time()
    predictions = predict(gold)
    return corpus.Measured(predictions, words, time.process_time() - began)


def gold_key(record: Record) -> str:
    """Return the name under which a record keeps its expressions."""
    return "timexes" if "timexes" in record else "dates"


def published(record: Record) -> datetime | None:
    """Return the day of publication, None where the record has none."""
    written = record.get("dct") or record.get("published")
    return datetime.fromisoformat(str(written)) if written else None


def tokenized(nlp: Language, record: Record) -> Doc:
    """Return the text as a Doc with sentences and its day of publication."""
    doc = nlp(record["text"])
    doc._.published = published(record)
    return doc


def predict(docs: Sequence[Doc]) -> list[list[Record]]:
    """Return the dates of each doc as JSON objects."""
    return [[date_json(fact) for fact in normalize_dates(doc, extract_dates(doc))[0]] for doc in docs]


def with_dateparser(record: Record) -> list[Record]:
    """Return what dateparser finds; it gives no offsets, so its words are searched from left to right; its period is the grain of the value."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    base = published(record)
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
    if base:
        settings["RELATIVE_BASE"] = base
    grains = {"month": "%Y-%m", "year": "%Y", "week": "%G-W%V", "time": "%Y-%m-%dT%H:%M"}
    reader = DateDataParser(languages=["en"], settings={**settings, "RETURN_TIME_AS_PERIOD": True})
    out, position = [], 0
    for words, moment in search_dates(record["text"], languages=["en"], settings=settings) or []:
        start = record["text"].find(words, position)
        if start >= 0:
            position = start + len(words)
            grain = grains.get(reader.get_date_data(words).period, "%Y-%m-%d")
            out.append({"start": start, "end": position, "type": "TIME" if "T" in grain else "DATE", "value": moment.strftime(grain)})
    return out


def timexy_reader() -> Callable[[Record], list[Record]]:
    """Return a function that runs timexy's spaCy component on a record."""
    import timexy

    assert timexy  # Importing it registers the factory.
    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})

    def read(record: Record) -> list[Record]:
        out = []
        for span in nlp(record["text"]).ents:
            value = span.kb_id_.split('value="')[-1].split('"')[0]
            out.append({"start": span.start_char, "end": span.end_char, "type": "DATE", "value": value.removesuffix("T00:00:00")})
        return out

    return read


def compare(gold: list[Record]) -> None:
    """Print the same scores of the peers that are installed."""
    peers: dict[str, Callable[[], Callable[[Record], list[Record]]]] = {"dateparser": lambda: with_dateparser, "timexy": timexy_reader}
    for name, make in peers.items():
        if importlib.util.find_spec(name) is None:
            print(f"{name}: not installed")
            continue
        run = make()
        measured = measure(gold, lambda records, run=run: [{"found": run(record)} for record in records])
        total = timex_score.count((record[gold_key(record)], out["found"]) for record, out in zip(gold, measured.predictions, strict=True))
        corpus.show(name, timex_score.scores(total), measured, as_json=False)


def by_rule(gold: list[Record], found: list[list[Record]]) -> None:
    """Print of each rule how many it made, how many overlap a gold expression, and how many values are right."""
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for record, predictions in zip(gold, found, strict=True):
        expected = record[gold_key(record)]
        partner = {j: i for i, j in timex_score.pairs(expected, predictions)}
        for j, prediction in enumerate(predictions):
            row = table[prediction["rule"]]
            row[0] += 1
            if j in partner:
                row[1] += 1
                row[2] += expected[partner[j]]["value"] == prediction["value"]
    for rule, (made, matched, right) in sorted(table.items(), key=lambda item: item[1][2] - item[1][0]):
        print(f"  {rule:26s} made {made:4d}  found {matched:4d}  value right {right:4d}")


def lengths(nlp: Language, gold: list[Record]) -> None:
    """Print the speed on ever longer texts: it must not fall."""
    text = "\n\n".join(record["text"] for record in gold)
    for size in SIZES:
        long = (text * (size // max(len(text), 1) + 1))[:size]
        nlp.max_length = max(nlp.max_length, size + 1)
        doc = tokenized(nlp, {"text": long, "dct": "2000-01-01"})
        began = time.process_time()
        predict([doc])
        seconds = time.process_time() - began
        print(f"  {size:9,d} characters: {len(long.split()) / seconds:9,.0f} words/s")


def main() -> None:
    """Run the program."""
    parser = corpus.arguments(
        __doc__,
        ("--peers", "score dateparser and timexy too, where installed"),
        ("--by-rule", "print how often each rule is right"),
        ("--lengths", "measure the speed on ever longer texts"),
    )
    args = parser.parse_args()
    gold = list(corpus.read(args.gold))
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    docs = [tokenized(nlp, record) for record in gold]
    predict(docs[:1])  # Builds the grammar, which happens once a process.
    found: list[list[Record]] = []

    def timed(records: list[Record]) -> list[Record]:
        found.extend(predict(docs))
        return [{"id": record["id"], gold_key(record): dates} for record, dates in zip(records, found, strict=True)]

    measured = measure(gold, timed)
    corpus.write(args.predictions, measured.predictions)
    total = timex_score.count((record[gold_key(record)], dates) for record, dates in zip(gold, found, strict=True))
    corpus.show(f"dates: {args.gold.name}", timex_score.scores(total), measured, as_json=args.json)
    if args.by_rule:
        by_rule(gold, found)
    if args.lengths:
        lengths(nlp, gold)
    if args.peers:
        compare(gold)


if __name__ == "__main__":
    main()
