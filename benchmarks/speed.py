"""Measure the whole flow: articles a minute, seconds by stage, memory, disk, and what everything beyond the bare spaCy pass costs.

    python benchmarks/speed.py [--articles 1000] [--workers 1] [--texts FILE_OR_FOLDER ...] [--known 10000] [--json]

Articles are made by recombining paragraphs of the sample articles (and of `--texts`) so that no two are alike and nothing is cached by text. The
floor is the same spaCy pipeline without Dateline's extractors, over the same texts, in the same process as the measurement: shares and ratios hold
on a noisy machine, seconds do not. `--known` also measures a run that finds nothing new among that many known documents. Prefect is left out: its
start (12 CPU seconds without a server) depends on neither articles nor our code.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dateline import resources
from dateline.config import Settings
from dateline.ids import stable_id
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.model import Article, Facts
from dateline.nlp.load import load_nlp
from dateline.nlp.version import extractor_version
from dateline.read.sources import read_inputs
from dateline.warehouse.copies import fold_copies
from dateline.warehouse.load import load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.stage import discard, write_batch

WORDS = 400  # A news article; the samples have 120 to 250.


def paragraphs(texts: list[str]) -> list[str]:
    """Return the paragraphs of the sample articles and of further inputs."""
    inputs = [str(resources.root() / "seeds" / "articles"), *texts]
    articles = [item for item in read_inputs(inputs) if isinstance(item, Article)]
    return [part for article in articles for part in article.text.split("\n\n") if len(part.split()) > 5]


def recombined(parts: list[str], count: int, seed: int = 1) -> Iterator[Article]:
    """Yield `count` articles of about 400 words, each of paragraphs in an order of its own."""
    rng = random.Random(seed)
    for number in range(count):
        chosen: list[str] = []
        while sum(len(part.split()) for part in chosen) < WORDS:
            chosen.append(rng.choice(parts))
        text = "\n\n".join([*chosen, f"This is recombined article number {number}."])
        yield Article(document_id=stable_id("doc", "speed", number), text=text, title=f"Article {number}", source=f"speed:{number}")


def unlike(count: int, seed: int = 2) -> Iterator[Article]:
    """Yield articles of random words, for runs that read no facts: recombined ones would all be near copies of one another."""
    rng = random.Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    for number in range(count):
        text = " ".join("".join(rng.choices(syllables, k=3)) for _ in range(WORDS))
        yield Article(document_id=stable_id("doc", "unlike", number), text=text, title=f"Article {number}", source=f"speed:{number}")


def floor(texts: list[str]) -> float:
    """Return the seconds that the bare language pipeline takes for the texts."""
    nlp = load_nlp(extractors=())
    list(nlp.pipe(texts[:8]))
    began = time.perf_counter()
    for begin in range(0, len(texts), 128):
        with nlp.memory_zone():
            for _ in nlp.pipe(texts[begin : begin + 128]):
                pass
    return time.perf_counter() - began


def flow(articles: list[Article], warehouse: Path, workers: int) -> dict[str, float]:
    """Take a run over the articles and return seconds by stage, with the whole as "total"."""
    settings = Settings(warehouse=warehouse, workers=workers)
    began = time.perf_counter()
    with Run(settings, inputs=["speed"]) as run:
        take_plainly(run, run.batches(iter(articles)))
    return {**run.timings, "total": time.perf_counter() - began, "documents": run.counts["documents_loaded"], "rows": sum(run.facts.values())}


def nothing_new(articles: list[Article], warehouse: Path) -> float:
    """Return the seconds of a run over articles that the warehouse knows already (they are put there without facts)."""
    settings = Settings(warehouse=warehouse)
    version = extractor_version()
    with Run(settings, inputs=["speed"]) as run:
        for begin in range(0, len(articles), 1000):
            folder = run.staging / f"{begin:06d}"
            rows = (rows_of(a, Facts(), run_id=run.run_id, extractor_version=version) for a in articles[begin : begin + 1000])
            write_batch(folder, combine(rows))
            load_batch(run.con, folder)
            discard(folder)
        fold_copies(run.con)  # As the run that read them did.
    began = time.perf_counter()
    with Run(settings, inputs=["speed"]) as run:
        take_plainly(run, run.batches(iter(articles)))
    seconds = time.perf_counter() - began
    if run.counts["documents_loaded"]:
        raise AssertionError("a known document was read again")
    return seconds


def peak_megabytes() -> dict[str, float]:
    """Return the largest resident size of this process and of its largest worker so far."""
    kinds = {"run": resource.RUSAGE_SELF, "largest worker": resource.RUSAGE_CHILDREN}
    return {name: round(resource.getrusage(kind).ru_maxrss / 1024) for name, kind in kinds.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--texts", nargs="*", default=[], help="further articles whose paragraphs are mixed in")
    parser.add_argument("--known", type=int, default=0, help="also a run with nothing new among this many known documents")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()

    articles = list(recombined(paragraphs(args.texts), args.articles))
    words = sum(len(article.text.split()) for article in articles)
    bare = floor([article.text for article in articles])
    with tempfile.TemporaryDirectory() as folder:
        stages = flow(articles, Path(folder), args.workers)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.duckdb"))
        with duckdb.connect(str(Path(folder) / "dateline.duckdb"), read_only=True) as con:
            loaded = con.execute("SELECT count(*) FROM documents").fetchone()
    if loaded != (args.articles,):
        raise AssertionError(f"{loaded} of {args.articles} articles were loaded")
    storing = sum(stages.get(name, 0.0) for name in ("validate", "judge", "load", "check", "publish"))
    result = {
        "articles": args.articles,
        "words": words,
        "workers": args.workers,
        "articles_per_minute": round(60 * args.articles / stages["total"]),
        "seconds": {name: round(value, 2) for name, value in stages.items() if name not in {"documents", "rows"}},
        "rows": stages["rows"],
        "bare_spacy_seconds": round(bare, 2),
        "bare_spacy_words_per_second": round(words / bare),
        "total_to_bare_spacy": round(stages["total"] / bare, 2),
        "share_of_validation_load_publish": round(storing / stages["total"], 3),
        "peak_mb": peak_megabytes(),
        "bytes_on_disk": size,
    }
    if args.known:
        with tempfile.TemporaryDirectory() as folder:
            many = list(unlike(args.known))
            result["nothing_new_seconds"] = {"documents": args.known, "seconds": round(nothing_new(many, Path(folder)), 2)}
    print(json.dumps(result) if args.json else "\n".join(f"{name:34} {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
