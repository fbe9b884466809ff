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

    Runs and artifacts are kept by a Prefect server: the one that PREFECT_API_URL names, else one that is started here (at Prefect's own port, 4200,
    or PREFECT_SERVER_API_PORT) and stopped at the end. To look at its pages start `prefect server start` first. For a work pool with workers use
    prefect.yaml.

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
