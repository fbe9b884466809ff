"""`dateline compact`: let old bytes and results go, and give back the room of what was replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import people


def command(
    warehouse: Annotated[Path | None, typer.Option(help="Folder of the warehouse (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
) -> None:
    """Let go what the settings do not keep (keep_raw_days, keep_log_days), and write the database anew without gaps.

    Reports and facts are never let go. It takes as much free space as the database has.

    Examples:

      dateline compact
    """
    from dateline.config import load_settings
    from dateline.warehouse.compact import compact
    from dateline.warehouse.target import refuse_lake

    settings = load_settings(config, warehouse=warehouse)
    refuse_lake(settings.lake, "compact")
    done = compact(settings)
    people.print(
        f"{done.size_before / 1e6:.1f} MB are now {done.size_after / 1e6:.1f} MB; "
        f"{done.raw_files:,} kept files and {done.quality_results:,} quality results were let go."
    )
