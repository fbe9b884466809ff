"""Measure the whole flow: articles a minute, seconds by stage, memory of every process, disk, and what it costs beside bare spaCy.

    python benchmarks/speed.py [--articles 1000 5000 20000] [--workers 1 2] [--texts FILE_OR_FOLDER ...] [--peers] [--gate] [--keep FILE] [--json]

Articles are made by recombining paragraphs of the sample articles (and of `--texts`) so that no two are alike and nothing is cached by text. Each
flow runs in a process of its own over a JSON lines file, from reading to the published snapshot; Prefect is left out, whose start (12 CPU seconds
without a server) depends on neither articles nor our code. Two passes over the same texts, in one process and without Dateline's extractors, stand
beside it, measured before and after the flows: the shipped pipeline as spaCy's own code runs it (the floor), and as Dateline runs it, which gives
the same annotations with less work (nlp/inference.py, nlp/transitions.py). Ratios are of CPU seconds of all processes: they hold on a noisy machine,
seconds on the clock do not; an environment whose packages were not compiled at installation adds about four CPU seconds a process.
`--peers` adds the packages of the dependency group "peers", each doing its part. `--known` also measures a run that finds nothing new among
that many known documents. `--gate` ends with exit code 1 where a ratio is worse than its bound.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from dateline import resources
from dateline.config import Settings
from dateline.ids import stable_id
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.model import Article, Facts
from dateline.nlp import MODEL_FOLDER
from dateline.nlp.load import load_nlp
from dateline.nlp.version import extractor_version
from dateline.pipeline import extract
from dateline.read.sources import read_inputs
from dateline.warehouse.copies import fold_copies
from dateline.warehouse.load import load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.stage import discard, write_batch
from speed_peers import peers

WORDS = 400  # A news article; the samples have 120 to 250.
_PASS = 256  # Articles that the bare passes are measured on.
# Bounds of `--gate`: ratios, set above what is measured, so that a change which makes the flow slower is seen.
# The first two hold for 1,000 articles, of which start-up (imports, models, Great Expectations) is a quarter: 0.8 and 2.4 are measured.
GATE = {"cpu_to_floor": 1.2, "cpu_to_language_pass": 3.2, "peak_mb_of_all": 2500.0, "memory_growth": 1.25}
_GATED_FROM = 1000  # Articles: with fewer, imports are most of the time.


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


def floor(articles: list[Article]) -> float:
    """Return the CPU seconds that spaCy takes for a thousand words with the shipped pipeline and nothing of Dateline's but line breaks and names."""
    import spacy  # Not before Dateline, which sees to it that a product of matrices runs in one thread.

    nlp = spacy.load(MODEL_FOLDER, exclude=["senter"])
    nlp.add_pipe("dateline_lines", before="parser")
    nlp.add_pipe("dateline_names")
    return _per_thousand(lambda some: nlp.pipe((article.text for article in some), batch_size=64), articles)


def language_pass(articles: list[Article]) -> float:
    """Return the CPU seconds that the same pipeline takes for a thousand words as Dateline runs it."""
    nlp = load_nlp(extractors=())
    return _per_thousand(lambda some: extract(nlp, some), articles)


def _per_thousand(read: Callable[[list[Article]], Iterable[object]], articles: list[Article]) -> float:
    list(read(articles[:8]))
    began = time.process_time()
    for _ in read(articles):
        pass
    return 1000 * (time.process_time() - began) / sum(len(article.text.split()) for article in articles)


def flow(file: str, warehouse: str, workers: int) -> None:
    """Take a run over a file and print what it took (the body of a process of its own)."""
    memory = _Memory()
    began = time.perf_counter()
    with memory, Run(Settings(warehouse=Path(warehouse), workers=workers), inputs=[file]) as run:
        take_plainly(run, run.batches(run.read()))
    seconds = {**{name: round(value, 2) for name, value in run.timings.items()}, "total": round(time.perf_counter() - began, 2)}
    print(json.dumps({
        "documents": run.counts["documents_loaded"], "words": run.counts["words"], "rows": sum(run.facts.values()), "seconds": seconds,
        "peak_mb": memory.peaks(), "bytes_on_disk": sum(path.stat().st_size for path in Path(warehouse).rglob("*.duckdb")),
    }))  # fmt: skip


class _Memory:
    """The largest resident size of this process and of each of its children, as Linux keeps it in /proc (elsewhere: of this one and the largest)."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *problem: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(1.0):
            for task in Path("/proc/self/task").glob("*/children"):
                for child in task.read_text().split():
                    self._seen[int(child)] = max(self._seen.get(int(child), 0), _resident(child))

    def peaks(self) -> dict[str, Any]:
        """Return megabytes: of the run, of each worker, of all together."""
        # Not ru_maxrss, which on Linux begins with the size of the process that started this one.
        own = _resident("self") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        workers = sorted((size for size in self._seen.values() if size > 100_000), reverse=True)  # Smaller ones only keep track of resources.
        workers = workers or [resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]
        return {"run": own // 1024, "workers": [size // 1024 for size in workers], "all": (own + sum(workers)) // 1024}


def _resident(process: str) -> int:
    """Return the largest resident size of a process in kilobytes, 0 where nobody says."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0  # It has ended, or this is no Linux.
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def measured_flow(parts: list[str], count: int, workers: int) -> dict[str, Any]:
    """Return what a flow over so many articles took, and the CPU seconds of all its processes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        with file.open("w", encoding="utf-8") as out:
            for article in recombined(parts, count):
                out.write(json.dumps({"id": article.document_id, "title": article.title, "text": article.text}) + "\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, __file__, "--flow", str(file), str(Path(folder) / "warehouse"), str(workers)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        with duckdb.connect(str(Path(folder) / "warehouse" / "dateline.duckdb"), read_only=True) as con:
            loaded = con.execute("SELECT count(*) FROM documents").fetchall()[0][0]
    if loaded != count:
        raise AssertionError(f"{loaded} of {count} articles were loaded")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    total = result["seconds"]["total"]
    return {
        "articles": count, "workers": workers, **result, "cpu_seconds": round(cpu, 1), "articles_per_minute": round(60 * count / total),
        "words_per_second": round(result["words"] / total), "words_per_cpu_second": round(result["words"] / cpu),
        "rows_per_second": round(result["rows"] / total),
    }  # fmt: skip


def with_ratios(result: dict[str, Any]) -> dict[str, Any]:
    """Return the result with what the flows cost beside the bare passes, and one worker beside two."""
    flows = result["flows"]
    for entry in flows:
        for name in ("floor", "language_pass"):
            entry[f"cpu_to_{name}"] = round(entry["cpu_seconds"] * result[name]["words_per_cpu_second"] / entry["words"], 2)
        entry["share_beyond_language_pass"] = round(1 - 1 / entry["cpu_to_language_pass"], 3)
        alone = next((e for e in flows if e["articles"] == entry["articles"] and e["workers"] == 1), None)
        if alone is not None and entry is not alone:
            entry["times_one_worker"] = round(alone["seconds"]["total"] / entry["seconds"]["total"], 2)
    result["machine"] = {"processors": os.cpu_count(), "load_at_end": round(os.getloadavg()[0], 1)}
    return result


def worse_than_gate(result: dict[str, Any]) -> list[str]:
    """Return what is worse than its bound."""
    out = []
    least: dict[int, int] = {}
    for entry in result["flows"]:
        if entry["articles"] < _GATED_FROM:
            continue
        name = f"{entry['articles']} articles, {entry['workers']} workers"
        ratios = ("cpu_to_floor", "cpu_to_language_pass")
        out += [f"{name}: {ratio} {entry[ratio]}, more than {GATE[ratio]}" for ratio in ratios if entry[ratio] > GATE[ratio]]
        if entry["peak_mb"]["all"] > GATE["peak_mb_of_all"]:
            out.append(f"{name}: {entry['peak_mb']['all']} MB, more than {GATE['peak_mb_of_all']:.0f}")
        first = least.setdefault(entry["workers"], entry["peak_mb"]["all"])
        if entry["peak_mb"]["all"] > GATE["memory_growth"] * first:
            out.append(f"{name}: {entry['peak_mb']['all']} MB, more than {GATE['memory_growth']} times the {first} MB of fewer articles")
    return out


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


def show(result: dict[str, Any]) -> None:
    """Print the result for people."""
    print(f"bare spaCy: {result['floor']['words_per_cpu_second']} words a CPU second")
    print(f"the same pipeline as Dateline runs it: {result['language_pass']['words_per_cpu_second']}")
    for entry in result["flows"]:
        print("\n".join(f"  {name:24} {value}" for name, value in entry.items()), end="\n\n")
    for name, peer in result.get("peers", {}).items():
        print(f"{name:14} {peer}")
    if "nothing_new_seconds" in result:
        print("nothing new    ", result["nothing_new_seconds"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1])
    parser.add_argument("--texts", nargs="*", default=[], help="further articles whose paragraphs are mixed in")
    parser.add_argument("--known", type=int, default=0, help="also a run with nothing new among this many known documents")
    parser.add_argument("--peers", action="store_true", help="also what others take for their part")
    parser.add_argument("--gate", action="store_true", help="exit code 1 where a ratio is worse than its bound")
    parser.add_argument("--keep", type=Path, help="write the result here as JSON")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--flow", nargs=3, metavar=("FILE", "WAREHOUSE", "WORKERS"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.flow:
        flow(args.flow[0], args.flow[1], int(args.flow[2]))
        return

    parts = paragraphs(args.texts)
    sample = list(recombined(parts, min(_PASS, max(args.articles))))
    passes = {"floor": [floor(sample)], "language_pass": [language_pass(sample)]}
    flows = [measured_flow(parts, count, workers) for count in args.articles for workers in args.workers]
    passes["floor"].append(floor(sample))
    passes["language_pass"].append(language_pass(sample))
    result: dict[str, Any] = {"flows": flows}
    for name, seconds in passes.items():
        result[name] = {
            "articles": len(sample),
            "cpu_ms_per_1000_words": [round(1000 * value, 1) for value in seconds],
            "words_per_cpu_second": round(2000 / sum(seconds)),
        }
    if args.peers:
        result["peers"] = peers([article.text for article in sample[:50]])
    with_ratios(result)
    if args.known:
        with tempfile.TemporaryDirectory() as folder:
            many = list(unlike(args.known))
            result["nothing_new_seconds"] = {"documents": args.known, "seconds": round(nothing_new(many, Path(folder)), 2)}
    if args.keep:
        args.keep.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if args.json:
        print(json.dumps(result))
    else:
        show(result)
    worse = worse_than_gate(result) if args.gate else []
    print("".join(f"gate: {line}\n" for line in worse), end="", file=sys.stderr)
    raise SystemExit(bool(worse))


if __name__ == "__main__":
    main()
