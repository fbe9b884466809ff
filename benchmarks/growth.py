"""Measure what runs leave behind beside facts: rows and bytes of the book of runs after a year, and of Prefect's own database.

python benchmarks/growth.py [--runs 35000] [--flows 0]

One real run over the sample articles is made, and its rows of ops.* are multiplied. `--flows N` makes N whole flow runs with nothing new, half a
minute each, and says by how much Prefect's database grew.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from dateline.config import Settings
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.resources import root
from dateline.warehouse.schema import STORAGE_VERSION

TABLES = {"ops.quality_results": "checked_at", "ops.runs": "started_at"}


def multiplied(published: Path, scratch: Path, runs: int) -> None:
    """Print rows and megabytes of each table as so many runs with one batch of news, a quarter of an hour apart, would leave it."""
    for table, moment in TABLES.items():
        file = scratch / f"{table}.duckdb"
        with duckdb.connect() as con:
            con.execute(f"ATTACH '{published}' AS one (READ_ONLY)")
            con.execute(f"ATTACH '{file}' AS many (STORAGE_VERSION '{STORAGE_VERSION}')")
            other = "result_id" if table.endswith("results") else "message"
            con.execute(
                f"CREATE TABLE many.grown AS SELECT t.* REPLACE ('run_' || substr(md5(n::VARCHAR), 1, 22) AS run_id, md5(t.{other} || n) AS {other}, "  # noqa: S608 - Names of our own tables, no input.
                f"t.{moment} + n * INTERVAL 15 MINUTE AS {moment}) FROM one.{table} AS t, range(?) AS r(n)",
                [runs],
            )
            [(count,)] = con.execute("SELECT count(*) FROM many.grown").fetchall()
            con.execute("CHECKPOINT many")
        print(f"{table}: {count:,} rows after {runs:,} runs, {file.stat().st_size / 1e6:.1f} MB")


def prefect_growth(folder: Path, articles: Path, flows: int) -> None:
    """Print how many kilobytes a flow run with nothing new adds to Prefect's database."""
    environment = os.environ | {"PREFECT_HOME": str(folder / "prefect"), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("PREFECT_API_URL", None)
    sizes = []
    for _ in range(flows + 1):
        command = [sys.executable, "-c", "from dateline.cli import main; main()", "run", str(articles), "--warehouse", str(folder / "warehouse")]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sizes.append(sum(file.stat().st_size for file in (folder / "prefect").glob("prefect.db*")))
    print(f"Prefect's database: {(sizes[-1] - sizes[0]) / max(flows, 1) / 1e3:.0f} kB a run")


def main() -> None:
    """Print what a year leaves."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=35_000)
    parser.add_argument("--flows", type=int, default=0)
    options = parser.parse_args()
    articles = root() / "seeds" / "articles"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        settings = Settings(warehouse=folder / "warehouse")
        with Run(settings, inputs=[str(articles)]) as run:
            take_plainly(run, run.batches(run.read()))
        multiplied(settings.published, folder, options.runs)
        if options.flows:
            prefect_growth(folder, articles, options.flows)


if __name__ == "__main__":
    main()
