"""`dateline reprocess`: read the kept texts again after the extractors have changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import people


def command(
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes for extraction.")] = None,
    model: Annotated[str | None, typer.Option(help="spaCy pipeline to use instead of the shipped one.")] = None,
    dask: Annotated[str | None, typer.Option(help="Extract on the Dask cluster of this scheduler (tcp://host:8786).")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what the present extractors read last.")] = False,
    reread: Annotated[bool, typer.Option("--reread", help="Also read the kept bytes of fetched pages again, with the present readers.")] = False,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")] = False,
) -> None:
    """Extract anew from the kept texts whatever other extractors read last; nothing is fetched, revisions keep their numbers.

    Where the readers have changed too, --reread goes back to the bytes that were fetched; a text that they now read differently is a new revision.

    Examples:

      dateline reprocess

      dateline reprocess --all --workers 2

      dateline reprocess --reread
    """
    from dateline.cli import flows
    from dateline.cli.run import show
    from dateline.config import load_settings

    settings = load_settings(config, warehouse=warehouse, workers=workers, model=model, dask=dask)
    people.print("Starting the flow (Prefect takes some seconds) ...")
    flow = flows.load("reprocess", quiet=not verbose).reprocess
    given = {"config": config, "workers": workers, "model": model, "dask": dask, "everything": everything, "reread": reread}
    summary = flows.call(flow, warehouse=settings.target, **given)
    show(summary, settings.snapshot, as_json)
