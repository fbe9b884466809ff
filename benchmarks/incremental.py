"""What a run costs that finds few new reports among many known ones: seconds by step, beyond the reading of the new ones.

    python benchmarks/incremental.py [--known 100000] [--new 100] [--warehouse FOLDER] [--keep FILE] [--json]

The known reports are made up (550 words, 100 facts each, no language pipeline): some are loaded as a run loads them, the rest are copies of them
with words, ids and days of their own. Their MinHash signatures are made up too and they stand as grouped into stories:
preparing would take an hour. Then one file holds all known reports and the new ones, which are recombined from the sample articles, and a run
reads it as `dateline run` would, without Prefect. `--warehouse` keeps what was made for further measurements; `--keep` writes the result as JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from dateline.config import Settings
from dateline.ids import text_hash
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.nlp.version import extractor_version
from dateline.read.assemble import document_id
from dateline.validate.checks import run_checks
from dateline.warehouse.load import load_batch
from dateline.warehouse.lock import open_work
from dateline.warehouse.publish import publish
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.runs import write_quality
from dateline.warehouse.schema import FACT_TABLES, KEYS
from dateline.warehouse.stage import discard, write_batch
from load import made_up
from speed import paragraphs, recombined

_BASE = 2_000  # Reports whose rows are made one by one.
_APART = timedelta(minutes=5)  # Between two reports: 288 a day.
_FIRST = datetime(2025, 1, 1)
_LIMIT = 15.0  # Seconds by the clock beyond Prefect's start and the language layer's start and work, on a machine with nothing else to do.


def build(folder: Path, known: int) -> None:
    """Fill a warehouse with so many reports."""
    settings = Settings(warehouse=folder)
    version = extractor_version()
    with open_work(settings.work) as con:
        base = min(_BASE, known)
        for begin in range(0, base, 500):
            staged = folder / "made" / f"{begin:06d}"
            rows = (rows_of(*made_up(n), run_id="made", extractor_version=version) for n in range(begin, min(begin + 500, base)))
            write_batch(staged, combine(rows))
            load_batch(con, staged)
            discard(staged)
        _multiply(con, base, known)
        write_quality(con, run_checks(con, run_id="made"))  # As the run that brought them would have left it.
        publish(con, settings.published)


def _multiply(con: duckdb.DuckDBPyConnection, base: int, known: int) -> None:
    """Put `known` reports in place of the base ones: equal facts, another id, day and last word."""
    numbers = list(range(known))
    urls = [f"https://example.org/{n}" for n in numbers]
    con.register("wanted", pa.table({
        "url": urls, "base_url": [f"https://example.org/{n % base}" for n in numbers], "word": [f" {n}" for n in numbers],
        "made_id": [document_id(url=url, origin_id=None, text="") for url in urls], "at": [_FIRST + _APART * n for n in numbers],
    }))  # fmt: skip
    con.execute(
        "CREATE TEMP TABLE made AS SELECT w.*, d.document_id AS base_id, d.text || w.word AS made_text "
        "FROM wanted w JOIN documents d ON d.url = w.base_url"
    )
    con.unregister("wanted")
    hashed = [(row[0], text_hash(row[1])) for row in con.execute("SELECT made_id, made_text FROM made").fetchall()]
    con.register("hashed", pa.table({"made_id": [h[0] for h in hashed], "digest": [h[1] for h in hashed]}))
    con.execute("BEGIN")
    con.execute("CREATE TEMP TABLE base_documents AS FROM documents; DELETE FROM documents")
    con.execute(
        "INSERT INTO documents BY NAME SELECT b.* REPLACE (m.made_id AS document_id, m.url AS url, m.made_text AS text, h.digest AS text_hash, "
        "m.at AS published_at, m.at AS published_utc, 'second' AS published_precision) "
        "FROM base_documents b JOIN made m ON m.base_id = b.document_id JOIN hashed h USING (made_id) ORDER BY m.at"
    )
    for table in ("sentences", *FACT_TABLES):
        key = f", f.{KEYS[table][0]} || m.made_id AS {KEYS[table][0]}" if table in FACT_TABLES else ""
        claim = ", f.claim_id || m.made_id AS claim_id" if table == "figures" else ""
        con.execute(f"CREATE TEMP TABLE base_rows AS FROM {table}; DELETE FROM {table}")  # noqa: S608 - Names of our own tables, no input.
        con.execute(
            f"INSERT INTO {table} BY NAME SELECT f.* REPLACE (m.made_id AS document_id, m.at::DATE AS published_on{key}{claim}) "  # noqa: S608 - Names of our own tables, no input.
            "FROM base_rows f JOIN made m ON m.base_id = f.document_id ORDER BY m.at, f.sentence"
        )
        con.execute("DROP TABLE base_rows")
    con.execute(
        "INSERT INTO ops.signatures BY NAME SELECT document_id, revision, "
        "[(hash(document_id, i) % 4294967296)::UINTEGER FOR i IN range(128)] AS signature, "
        "[hash(document_id, 'band', i)::UBIGINT FOR i IN range(32)] AS bands, true AS is_settled FROM documents"
    )
    con.execute(
        "INSERT INTO ops.story_reports BY NAME "
        "SELECT document_id, revision, run_id, published_utc::DATE AS day FROM documents ORDER BY day, document_id"
    )
    con.execute("COMMIT")
    con.unregister("hashed")


def write_input(folder: Path, new: int) -> Path:
    """Write the known reports, as the warehouse has them, and so many new ones into one file."""
    path = folder / "reports.jsonl"
    with duckdb.connect(str(folder / "dateline.duckdb"), read_only=True) as con, path.open("w", encoding="utf-8") as out:
        cursor = con.execute("SELECT url, title, text, published_at FROM documents WHERE url IS NOT NULL")
        while rows := cursor.fetchmany(1000):
            out.writelines(json.dumps({"url": u, "title": h, "text": t, "published": p.isoformat()}) + "\n" for u, h, t, p in rows)
        last = _FIRST + _APART * 100_000
        for number, article in enumerate(recombined(paragraphs([]), new, seed=time.time_ns() % 1_000_000)):
            record = {
                "id": f"new-{time.time_ns()}-{number}",
                "title": article.title,
                "text": article.text,
                "published": (last + _APART * number).isoformat(),
            }
            out.write(json.dumps(record) + "\n")
    return path


def measure(folder: Path, new: int) -> dict:
    """Take the run and return its seconds.

    `reading_the_new` is what the worker took for the new reports, `starting_the_worker` what the run waited for it to load the language layer;
    Great Expectations is loaded beside that, so its seconds are among those of the run's processor only.
    """
    path = write_input(folder, new)
    settings = Settings(warehouse=folder, workers=1)
    with open_work(settings.work) as con:  # A kept warehouse may be of earlier extractors.
        con.execute("UPDATE documents SET extractor_version = $1 WHERE extractor_version <> $1", [extractor_version()])
        known = con.execute("SELECT count(*) FROM documents WHERE is_current").fetchall()[0][0]
        facts = sum(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in FACT_TABLES)  # noqa: S608 - Names of our own tables, no input.
    reading = starting = 0.0
    began, used = time.perf_counter(), time.process_time()
    with Run(settings, inputs=[str(path)]) as run:

        def timed(batch, extract=run.extract):
            nonlocal reading, starting
            asked = time.perf_counter()
            extracted = extract(batch)
            reading += extracted.seconds
            starting += time.perf_counter() - asked - extracted.seconds
            return extracted

        run.extract = timed
        take_plainly(run, run.batches(run.read()))
    total = time.perf_counter() - began
    if run.counts["documents_loaded"] != new:
        raise AssertionError(f"{run.counts['documents_loaded']} reports were read, not {new}")
    return {
        "known": known,
        "facts": facts,
        "new": new,
        "seconds": round(total, 2),
        "reading_the_new": round(reading, 2),
        "starting_the_worker": round(starting, 2),
        "beyond": round(total - reading - starting, 2),
        "processor_seconds_of_the_run": round(time.process_time() - used, 2),
        "steps": {name: round(seconds, 2) for name, seconds in run.timings.items()},
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "warehouse_mb": round((folder / "dateline.duckdb").stat().st_size / 1e6),
    }


def main() -> None:
    """Measure and print; the exit code is 1 when it took longer than the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--known", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=100)
    parser.add_argument("--warehouse", type=Path, help="folder to build the warehouse in, or with one to measure")
    parser.add_argument("--keep", type=Path, help="write the result here as JSON")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.warehouse or Path(scratch)
        if not (folder / "dateline.duckdb").is_file():
            # In a process of its own: its memory is none of the run's.
            maker = multiprocessing.get_context("spawn").Process(target=build, args=(folder, args.known))
            maker.start()
            maker.join()
        result = measure(folder, args.new)
    if args.keep:
        args.keep.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result) if args.json else "\n".join(f"{name:30} {value}" for name, value in result.items()))
    raise SystemExit(result["beyond"] > _LIMIT)


if __name__ == "__main__":
    main()
