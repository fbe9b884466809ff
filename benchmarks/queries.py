"""Measure the named queries: seconds for every file of sql/queries, over a generated warehouse of a million figures.

python benchmarks/queries.py [--documents 60000] [--warehouse FOLDER] [--only NAME,...] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from dateline.warehouse.publish import publish
from dateline.warehouse.query import named_queries, run_sql
from dateline.warehouse.schema import STORAGE_VERSION, ensure_schema

GOAL = 1.0  # Seconds.


def build(folder: Path, documents: int) -> Path:
    """Fill a warehouse of so many reports (17 figures each) by SQL alone and return its published snapshot."""
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / "work.duckdb"
    work.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{work}' AS made (STORAGE_VERSION '{STORAGE_VERSION}'); USE made")
        ensure_schema(con)
        con.execute("SET VARIABLE documents = $n", {"n": documents})
        con.execute(Path(__file__).with_name("large_warehouse.sql").read_text(encoding="utf-8"))
        return publish(con, folder / "dateline.duckdb")


def measure(snapshot: Path, sql: str, times: int = 3) -> dict[str, Any]:
    """Run a query as `dateline sql` does, opening the snapshot included; return rows and the least seconds, on the clock and of the processors."""
    clock, busy = [], []
    for _ in range(times):
        begin, used = time.perf_counter(), time.process_time()
        rows = run_sql(snapshot, sql).num_rows
        clock.append(time.perf_counter() - begin)
        busy.append(time.process_time() - used)
    return {"rows": rows, "seconds": round(min(clock), 3), "processor_seconds": round(min(busy), 3)}


def main() -> None:
    """Print a table of queries with their seconds; the exit code is 1 when one takes longer than a second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=60_000)
    parser.add_argument("--warehouse", type=Path, help="folder to build the warehouse in, or with one to measure")
    parser.add_argument("--only", help="only these names, separated by commas")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.warehouse or Path(scratch)
        snapshot = folder / "dateline.duckdb"
        if not snapshot.is_file():
            snapshot = build(folder, options.documents)
        asked = {f"@{name}": f"@{name}" for name in named_queries()}
        wanted = set(options.only.split(",")) if options.only else None
        found = {name: measure(snapshot, sql) for name, sql in asked.items() if not wanted or name.removeprefix("@") in wanted}
        sizes = run_sql(snapshot, "@counts").to_pylist()
    result = {
        "rows": {row["what"]: row["rows"] for row in sizes}, "processors": os.cpu_count(), "queries": found,
        "slowest": max((entry["seconds"] for name, entry in found.items() if name.startswith("@")), default=0.0),
    }  # fmt: skip
    if options.json:
        print(json.dumps(result))
    else:
        print("  ".join(f"{what} {rows:,}" for what, rows in result["rows"].items()))
        for name, entry in sorted(found.items(), key=lambda item: -item[1]["seconds"]):
            print(f"{name:28} {entry['seconds']:8.3f} s  {entry['processor_seconds']:8.3f} s of processors  {entry['rows']:>9,} rows")
    sys.exit(result["slowest"] > GOAL)


if __name__ == "__main__":
    main()
