"""A warehouse at size: load, disk, publishing and the named queries over a month, with up to a hundred million figures of ten years.

python benchmarks/large.py [--figures 100000000] [--years 10] [--folder FOLDER] [--seconds 3000] [--json]

Facts only, no texts (large_month.sql). Months are loaded in order until all are there or the seconds are spent: the result says how many there are.
Then a batch of 250 made-up reports with 100 facts each is loaded as a run does, the snapshot is published, and every named query is asked for one
month in the middle, each on a connection of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from dateline.warehouse.load import load_batch
from dateline.warehouse.publish import publish
from dateline.warehouse.query import named_queries, run_sql
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import STORAGE_VERSION, ensure_schema
from dateline.warehouse.stage import write_batch
from load import made_up

PER_REPORT = 17
TABLES = ("documents", "sentences", "figures", "claims", "place_mentions")
GOAL = 1.0  # Seconds, of a named query over a month.


def months(first: int, years: int) -> list[date]:
    """Return the first days of the months."""
    return [date(first + number // 12, number % 12 + 1, 1) for number in range(12 * years)]


def fill(con: duckdb.DuckDBPyConnection, figures: int, days: list[date], seconds: float) -> dict[str, Any]:
    """Load month after month; return rows and seconds, generation left out."""
    con.execute(
        "INSERT INTO places BY NAME SELECT 'town_' || n AS place_id, "
        "CASE n WHEN 3 THEN 'Pokrovsk' ELSE 'Town ' || n END AS name, 'city' AS kind, "
        "['UA', 'RU', 'SD'][1 + n % 3] AS country, "
        "44 + (hash(n) % 900) / 100.0 AS lat, 24 + (hash(n, 1) % 1500) / 100.0 AS lon FROM range(4000) AS t(n)"
    )
    con.execute(
        "INSERT INTO entities BY NAME SELECT 'ent_' || n AS entity_id, 'Speaker ' || n AS name, ['PERSON', 'ORG', 'GPE'][1 + n % 3] AS type, "
        "['UA', 'RU', NULL][1 + n % 3] AS country, ['Speaker ' || n] AS aliases FROM range(25001) AS t(n)"
    )
    script = duckdb.extract_statements(Path(__file__).with_name("large_month.sql").read_text(encoding="utf-8"))
    documents = figures // PER_REPORT // len(days)
    began, spent, done, rows, parts = time.monotonic(), 0.0, 0, 0, []
    for number, day in enumerate(days):
        values = {"month": str(day), "documents": documents, "first": number * documents}
        for statement in script:
            con.execute(statement, {name: values[name] for name in statement.named_parameters})
        start = time.perf_counter()
        con.execute("BEGIN")
        for table in TABLES:
            rows += int(con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM new_{table}").fetchall()[0][0])  # noqa: S608 - Names of our own tables, no input.
        con.execute("COMMIT")
        parts.append(time.perf_counter() - start)
        spent += parts[-1]
        done += 1
        print(f"{day:%Y-%m}  {rows:,} rows  {parts[-1]:.1f} s", file=sys.stderr)
        if time.monotonic() - began > seconds:
            break
    for table in TABLES:
        con.execute(f"DROP TABLE new_{table}")
    start = time.perf_counter()
    con.execute("CHECKPOINT")
    tenth = max(1, done // 10)
    return {
        "months": done, "rows": rows, "seconds": round(spent, 1), "rows_per_second": round(rows / spent),
        "seconds_of_a_month_at_first": round(sum(parts[:tenth]) / tenth, 2), "seconds_of_a_month_at_last": round(sum(parts[-tenth:]) / tenth, 2),
        "checkpoint_seconds": round(time.perf_counter() - start, 1),
    }  # fmt: skip


def another_batch(con: duckdb.DuckDBPyConnection, folder: Path) -> float:
    """Load 250 reports as a run does and return the seconds."""
    made = [made_up(number) for number in range(250)]
    staged = write_batch(folder / "batch", combine(rows_of(article, facts, run_id="run", extractor_version="1") for article, facts in made))
    start = time.perf_counter()
    load_batch(con, staged)
    return time.perf_counter() - start


def ask(snapshot: Path, name: str, since: date, until: date) -> dict[str, Any]:
    """Ask a named query for some days; return its rows, the seconds of the first time and the least of three."""
    seconds, busy = [], []
    for _ in range(3):
        start, used = time.perf_counter(), time.process_time()
        rows = run_sql(snapshot, f"@{name}", since=since, until=until).num_rows
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - used)
    return {"rows": rows, "first": round(seconds[0], 3), "seconds": round(min(seconds), 3), "processor_seconds": round(min(busy), 3)}


def measure(figures: int, years: int, folder: Path, seconds: float) -> dict[str, Any]:
    """Build the warehouse, publish it and ask it; return everything measured."""
    work, snapshot = folder / "work.duckdb", folder / "dateline.duckdb"
    days = months(2016, years)
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{work}' AS made (STORAGE_VERSION '{STORAGE_VERSION}'); USE made")
        ensure_schema(con)
        loaded = fill(con, figures, days, seconds)
        size = work.stat().st_size
        batch = another_batch(con, folder)
        published = []
        for _ in range(2):
            start = time.perf_counter()
            publish(con, snapshot)
            published.append(round(time.perf_counter() - start, 2))
    [[count]] = run_sql(snapshot, "SELECT count(*) FROM figures").to_pandas().to_numpy().tolist()
    since = days[loaded["months"] // 2]
    until = (since + timedelta(31)).replace(day=1) - timedelta(1)
    [[in_month]] = run_sql(snapshot, "SELECT count(*) FROM figures", since=since, until=until).to_pandas().to_numpy().tolist()
    found = {name: ask(snapshot, name, since, until) for name in named_queries()}
    return {
        "figures": count, "figures_of_the_month": in_month, "month": f"{since:%Y-%m}", "load": loaded, "bytes": size,
        "bytes_a_figure_with_all_else": round(size / count, 1), "seconds_of_a_batch_of_250_reports": round(batch, 2), "publish_seconds": published,
        "peak_memory_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "processors": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 1), "queries": found, "slowest": max(entry["seconds"] for entry in found.values()),
    }  # fmt: skip


def main() -> None:
    """Print what was measured; the exit code is 1 when a named query over a month takes longer than a second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--figures", type=int, default=100_000_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="folder to work in, on a disk with room (15 GB for a hundred million)")
    parser.add_argument("--seconds", type=float, default=3000, help="no further month is begun after so many")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        result = measure(options.figures, options.years, Path(scratch), options.seconds)
    if options.json:
        print(json.dumps(result, indent=1))
    else:
        load = result["load"]
        print(f"{result['figures']:,} figures, {load['rows']:,} rows: {load['rows_per_second']:,} rows/s, {result['bytes'] / 1e9:.1f} GB")
        print(f"a batch of 250 reports {result['seconds_of_a_batch_of_250_reports']} s, publishing {result['publish_seconds']} s")
        print(f"{result['month']}: {result['figures_of_the_month']:,} figures")
        for name, entry in sorted(result["queries"].items(), key=lambda item: -item[1]["seconds"]):
            print(
                f"@{name:24} {entry['seconds']:7.3f} s  first {entry['first']:7.3f} s  "
                f"{entry['processor_seconds']:7.3f} s of processors  {entry['rows']:>6,} rows"
            )
    sys.exit(result["slowest"] > GOAL)


if __name__ == "__main__":
    main()
