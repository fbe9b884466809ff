"""What the warehouse costs beyond reading: rows, staging, the quality gate, loading, folding copies, checks, publishing.

    python benchmarks/load.py [--articles 1000] [--batch 250] [--known 10000] [--json]

Builds articles of the length and with as many facts as news reports have (550 words, 100 facts; made-up words, no language pipeline), takes them
through every step after extraction as a run does, then looks up `--known` documents again as a run with nothing new does. Great Expectations' import
is counted apart: a run does it while the workers load the language pipeline.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from dateline.ids import stable_id, text_hash
from dateline.model import Article, Candidate, Claim, Date, Entity, Facts, Figure, Place, PlaceMention

_SENTENCE = "Commander {name} said on Sunday that almost {n} attacks by {m} drones struck {place} near the river, officials in the region confirmed"
_PLACES = [Place(place_id=f"geo_{n}", name=f"Place {n}", kind="city", country="UA", lat=45 + n / 100, lon=30 + n / 100) for n in range(500)]


def made_up(number: int) -> tuple[Article, Facts]:
    """Return an article of 25 sentences with 100 facts."""
    chosen = random.Random(number)
    parts, entities, places, figures, dates, claims, sentences = [], [], [], [], [], [], []
    position = 0
    for index in range(25):
        place, name, n, m = chosen.choice(_PLACES), f"Name{chosen.randrange(2000)}", chosen.randrange(10, 99), chosen.randrange(100, 999)
        sentence = _SENTENCE.format(name=name, n=n, m=m, place=place.name) + f" {number} {index} {chosen.random()}."

        def span(words: str, sentence: str = sentence, at: int = position, index: int = index) -> dict:
            start = at + sentence.index(words)
            return {"start": start, "end": start + len(words), "text": words, "sentence": index, "score": 0.9, "rule": "made_up"}

        day = {"date_from": datetime(2025, 4, 27), "date_to": datetime(2025, 4, 28)}
        entities.append(Entity(**span(name), type="PERSON", name=name, entity_id=stable_id("ent", name)))
        places.append(
            PlaceMention(**span(place.name), place=place, method="made up", candidates=(Candidate(place=chosen.choice(_PLACES), score=0.1),))
        )
        figures.append(
            Figure(**span(str(n)), value_min=n, value_max=n, approx="below", modifier="almost", kind="attack", item="attack", claim_id=f"c{index}",
                   place_id=place.place_id, source_name=name, source_entity_id=stable_id("ent", name), **day)
        )  # fmt: skip
        content = f"almost {n} attacks by {m} drones struck {place.name}"
        if index % 2:
            dates.append(Date(**span("Sunday"), type="DATE", value="2025-04-27", granularity="day", anchor="published", **day))
        claims.append(Claim(**span(content), claim_id=f"c{index}", cue=None, cue_start=None, cue_end=None, source_name=name, source_text=name))
        sentences.append((position, position + len(sentence)))
        parts.append(sentence)
        position += len(sentence) + 1
    text = " ".join(parts)
    when = datetime(2025, 4, 27) + timedelta(minutes=number)
    article = Article(
        document_id=stable_id("doc", number), text=text, title=f"Report {number}", url=f"https://example.org/{number}",
        publisher=f"Outlet {number % 20}",
        published_at=when, published_precision="minute", source="benchmark",
    )  # fmt: skip
    facts = Facts(
        entities=tuple(entities), places=tuple(places), figures=tuple(figures), dates=tuple(dates), claims=tuple(claims), sentences=tuple(sentences)
    )
    return article, facts


class Clock:
    """Wall and CPU seconds by step."""

    def __init__(self) -> None:
        self.wall: Counter[str] = Counter()
        self.cpu: Counter[str] = Counter()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add what the block took."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall[name] += time.perf_counter() - wall
        self.cpu[name] += time.process_time() - cpu


def measure(count: int, size: int, known: int, folder: Path) -> dict:
    """Return seconds by step for `count` articles in batches of `size`."""
    clock = Clock()
    with clock.step("import"):
        from dateline.validate.checks import run_checks
        from dateline.validate.gate import judge, validate_staged
        from dateline.validate.suites import warm_up
        from dateline.warehouse.copies import fold_copies
        from dateline.warehouse.load import known_documents, load_batch
        from dateline.warehouse.lock import open_work
        from dateline.warehouse.publish import publish
        from dateline.warehouse.query import run_sql
        from dateline.warehouse.rows import combine, rows_of
        from dateline.warehouse.runs import finish_run, start_run, write_quality
        from dateline.warehouse.stage import write_batch

        warm_up().join()
    facts, words, rows, counts = [], 0, 0, Counter()
    with open_work(folder / "work.duckdb") as con:
        start_run(con, "bench")
        for begin in range(0, count, size):
            made = [made_up(number) for number in range(begin, min(begin + size, count))]
            facts += [(article.document_id, text_hash(article.text)) for article, _ in made]
            words += sum(len(article.text.split()) for article, _ in made)
            target = folder / "staging" / f"{begin:06d}"
            with clock.step("rows"):
                tables = combine(rows_of(article, found, run_id="bench", extractor_version="1") for article, found in made)
            with clock.step("stage"):
                write_batch(target, tables)
            with clock.step("validate"):
                verdict = validate_staged(target, run_id="bench", batch=target.name)
            counts += verdict.counts
            if verdict.refused:
                raise SystemExit(f"the made-up rows are refused: {verdict.unmet}")
            with clock.step("load"):
                rows += sum(load_batch(con, target).rows.values())
        with clock.step("validate"):
            write_quality(con, judge(counts, run_id="bench"))
        with clock.step("copies"):
            fold_copies(con)
        with clock.step("checks"):
            write_quality(con, run_checks(con, run_id="bench"))
        finish_run(con, "bench")
        with clock.step("publish"):
            publish(con, folder / "dateline.duckdb")
        total = sum(clock.wall.values()) - clock.wall["import"]
        con.execute(
            "INSERT INTO documents SELECT d.* REPLACE ('known' || n AS document_id, 'x' AS text) FROM "
            "(FROM documents LIMIT 1) AS d, range(?) AS t(n)", [known]
        )  # fmt: skip
        digest = con.execute("SELECT text_hash FROM documents LIMIT 1").fetchall()[0][0]
        with clock.step("nothing new"):
            found_again = known_documents(con, [(f"known{n}", digest) for n in range(known)], "1")
            publish(con, folder / "dateline.duckdb")
        if len(found_again) != known:
            raise SystemExit(f"{known - len(found_again)} known documents were not recognised")
    with clock.step("query"):
        run_sql(folder / "dateline.duckdb", "@attacks_daily")
    return {
        "articles": count, "batch": size, "words": words, "rows": rows, "articles_per_second": round(count / total, 1),
        "seconds": round(total, 2), "wall": {name: round(seconds, 2) for name, seconds in clock.wall.items()},
        "cpu": {name: round(seconds, 2) for name, seconds in clock.cpu.items()},
        "megabytes": round((folder / "dateline.duckdb").stat().st_size / 1e6, 1), "known": known,
    }  # fmt: skip


def main() -> None:
    """Print what each step took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=250)
    parser.add_argument("--known", type=int, default=10_000, help="documents to look up again")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dateline-load-"))
    try:
        result = measure(options.articles, options.batch, options.known, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        json.dump(result, sys.stdout)
        print()
        return
    print(f"{result['articles']} articles, {result['words']} words, {result['rows']} rows in batches of {result['batch']}")
    for name in result["wall"]:
        note = {"import": "(beside the workers' start)", "nothing new": f"(lookup of {result['known']} and publish)"}.get(name, "")
        print(f"{name:12} {result['wall'][name]:8.2f} s wall {result['cpu'][name]:8.2f} s cpu  {note}")
    print(f"{'all of it':12} {result['seconds']:8.2f} s wall: {result['articles_per_second']} articles a second; snapshot {result['megabytes']} MB")


if __name__ == "__main__":
    main()
