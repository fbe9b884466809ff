"""`dateline reprocess`: read the kept texts again after the extractors have changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import people


def command(
    warehouse: Annotated[Path | None, typer.Option(help="Folder of the warehouse (default: warehouse).")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes for extraction.")] = None,
    model: Annotated[str | None, typer.Option(help="spaCy pipeline to use instead of the shipped one.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what the present extractors read last.")] = False,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")] = False,
) -> None:
    """Extract anew from the kept texts whatever other extractors read last; nothing is fetched, revisions keep their numbers.

    Examples:

      dateline reprocess

      dateline reprocess --all --workers 2
    """
    from dateline.cli import flows
    from dateline.cli.run import show
    from dateline.config import load_settings

    settings = load_settings(config, warehouse=warehouse, workers=workers, model=model)
    people.print("Starting the flow (Prefect takes some seconds) ...")
    flow = flows.load("reprocess", quiet=not verbose).reprocess
    show(flow(config=config, warehouse=settings.warehouse, workers=workers, model=model, everything=everything))
