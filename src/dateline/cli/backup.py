"""`dateline backup`: a verified copy of the warehouse."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import people


def command(
    folder: Annotated[Path, typer.Argument(metavar="PATH", help="Folder to make, or a former backup to bring up to date.")],
    warehouse: Annotated[Path | None, typer.Option(help="Folder of the warehouse (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
    wait: Annotated[float, typer.Option(min=0, metavar="MINUTES", help="Wait so long for a run that is writing to end.")] = 0,
) -> None:
    """Copy the work database and the kept bytes to a folder, with a manifest of checksums and counts; the copy is read back.

    While a run is writing, it ends with exit code 4, at once or after --wait. A run that would begin meanwhile is refused.

    Examples:

      dateline backup /backups/news

      dateline backup /backups/news --wait 30
    """
    from dateline.config import load_settings
    from dateline.errors import WarehouseBusy
    from dateline.warehouse.backup import back_up
    from dateline.warehouse.target import refuse_lake

    settings = load_settings(config, warehouse=warehouse)
    refuse_lake(settings.lake, "backup")
    until, said = time.monotonic() + 60 * wait, False
    while True:
        try:
            manifest = back_up(settings.work, settings.raw, folder)
            break
        except WarehouseBusy as busy:
            if time.monotonic() >= until:
                raise
            if not said:
                people.print(f"Waiting: {busy.message}", markup=False)
                said = True
            time.sleep(1)
    people.print(
        f"Saved {manifest.rows.get('main.documents', 0):,} documents (schema {manifest.schema}) and {len(manifest.raw):,} kept files to {folder}."
    )
    if manifest.damaged:
        shown = ", ".join(manifest.damaged[:5]) + (", ..." if len(manifest.damaged) > 5 else "")
        people.print(f"{len(manifest.damaged):,} kept files are damaged and not in it: {shown}. `dateline doctor --deep` says more.")
