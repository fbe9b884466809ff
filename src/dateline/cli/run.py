"""`dateline run`: the ingest flow over files, folders and feeds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import data, people, table

if TYPE_CHECKING:
    from dateline.ingest.summary import Summary
    from dateline.warehouse.target import Snapshot


def command(
    inputs: Annotated[list[str] | None, typer.Argument(metavar="[INPUT]...", help="Files, folders, globs, feed or page URLs.")] = None,
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes for extraction.")] = None,
    model: Annotated[str | None, typer.Option(help="spaCy pipeline to use instead of the shipped one.")] = None,
    dask: Annotated[str | None, typer.Option(help="Extract on the Dask cluster of this scheduler (tcp://host:8786).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")] = False,
) -> None:
    """Read articles, extract and validate their facts, load them into DuckDB and publish a snapshot.

    Without INPUT the `sources` of dateline.toml are read. What is known already is skipped; running twice adds nothing.

    Examples:

      dateline run articles/

      dateline run news.jsonl https://news.example/feed.xml --warehouse /data/news
    """
    from dateline.cli import flows
    from dateline.config import load_settings

    # As sources they are checked: Prefect writes down what a flow is called with.
    settings = load_settings(config, sources=tuple(inputs) if inputs else None, warehouse=warehouse, workers=workers, model=model, dask=dask)
    people.print("Starting the flow (Prefect takes some seconds) ...")
    flow = flows.load("ingest", quiet=not verbose).ingest
    summary = flows.call(flow, inputs=inputs or None, config=config, warehouse=settings.target, workers=workers, model=model, dask=dask)
    show(summary, settings.snapshot, as_json)


def show(summary: Summary, snapshot: Snapshot, as_json: bool = False) -> None:
    """Print what came of a run: counts, a table a fact kind, and where to look; or the summary as one JSON object."""
    from dateline.ingest.samples import sample_tables

    if as_json:
        typer.echo(json.dumps(asdict(summary), default=str, ensure_ascii=False))
        return

    data.print(table(f"Run {summary.run_id}", ("what", "count"), ((row["what"], row["count"]) for row in summary.table()), right=("count",)))
    for sample in sample_tables(snapshot, summary.run_id):
        data.print()
        data.print(table(sample.title, sample.columns, sample.rows))
    if summary.failed_sources:
        data.print()
        rows = (tuple(row.values()) for row in summary.failed_sources)
        data.print(table("Sources that gave no answer; they are asked again later", ("source", "problem"), rows))
    if summary.noted_sources:
        data.print()
        data.print(table("Sources to look at", ("source", "note"), (tuple(row.values()) for row in summary.noted_sources)))
    if summary.quality:
        data.print()
        data.print(table("Expectations that did not hold", tuple(summary.quality[0]), (tuple(row.values()) for row in summary.quality)))
    data.print()
    for what, where in (("Warehouse", summary.published), ("Report", summary.report)):
        data.print(f"{what + ':':10} {where}")
    data.print("Ask it:    dateline sql @attacks_daily    dateline sql    dateline explain " + "DOCUMENT_ID")
