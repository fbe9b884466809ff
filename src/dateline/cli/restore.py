"""`dateline restore`: a backup in the place of the warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import people


def command(
    folder: Annotated[Path, typer.Argument(metavar="PATH", help="Folder that `dateline backup` made.")],
    warehouse: Annotated[Path | None, typer.Option(help="Folder of the warehouse (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a warehouse that is there; what it holds is lost.")] = False,
) -> None:
    """Check a backup against its manifest, put it in place, and publish it. A warehouse that is being written to is refused.

    Examples:

      dateline restore /backups/news --warehouse restored

      dateline restore /backups/news --replace
    """
    from dateline.config import load_settings
    from dateline.warehouse.backup import restore
    from dateline.warehouse.target import refuse_lake

    settings = load_settings(config, warehouse=warehouse)
    refuse_lake(settings.lake, "restore")
    manifest = restore(folder, settings.work, settings.raw, settings.published, replace=replace)
    people.print(f"Restored {manifest.rows.get('main.documents', 0):,} documents of {manifest.made_at} to {settings.warehouse}.")
