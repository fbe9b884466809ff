"""Measure the report page: seconds to build and bytes, over a generated warehouse of a given number of articles.

python benchmarks/report.py [--articles 10000] [--warehouse FOLDER] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from dateline.report.page import build_report
from dateline.warehouse.query import run_sql

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # The generator is that of the tests.
from sample_warehouse import build_sample


def main() -> None:
    """Build the page three times and print the fastest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--warehouse", type=Path, help="measure this warehouse folder instead of a generated one")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        snapshot = options.warehouse / "dateline.duckdb" if options.warehouse else build_sample(Path(scratch) / "large", options.articles)
        seconds = []
        for _ in range(3):
            begin = time.perf_counter()
            page = build_report(snapshot, Path(scratch) / "report.html")
            seconds.append(time.perf_counter() - begin)
        counts = run_sql(
            snapshot, "SELECT (SELECT count(*) FROM documents WHERE is_current) AS articles, (SELECT count(*) FROM figures) AS figures"
        ).to_pylist()[0]
        result = {**counts, "seconds": round(min(seconds), 2), "megabytes": round(page.stat().st_size / 1e6, 2)}
    print(json.dumps(result) if options.json else "  ".join(f"{name} {value:,}" for name, value in result.items()))


if __name__ == "__main__":
    main()
