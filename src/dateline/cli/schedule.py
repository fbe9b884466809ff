"""`dateline schedule`: serve the flows on a cron, from this process."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import people


def command(
    cron: Annotated[str | None, typer.Option(help='When to run, as a cron line (default: the configuration\'s, "*/15 * * * *").')] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
) -> None:
    """Run the ingest flow over the configured sources on a schedule until stopped (Ctrl-C).

    Prefect's own pages (runs, artifacts) are at the address of its server; start one with `prefect server start` and set PREFECT_API_URL to keep
    them between restarts. For a work pool with workers use prefect.yaml.

    Examples:

      dateline schedule --cron "0 * * * *"
    """
    from dateline.cli import flows
    from dateline.config import load_settings
    from dateline.errors import UsageError

    settings = load_settings(config, cron=cron)
    if not settings.sources:
        raise UsageError("no sources to read.", remedy="Name `sources` in dateline.toml (dateline init writes one).")
    people.print(f"Serving ingest ({settings.cron}) over {len(settings.sources)} sources. Stop with Ctrl-C.")
    flows.load("schedule", quiet=False).main(config=config, cron=cron)
