"""`dateline export`: the warehouse as files that other tools open."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import data, table
from dateline.errors import UsageError


class ExportFormat(StrEnum):
    """What to write."""

    parquet = "parquet"
    csv = "csv"
    geojson = "geojson"


def command(
    folder: Annotated[Path, typer.Argument(help="Folder to write to; made if it is not there.")] = Path("export"),
    format: Annotated[
        ExportFormat, typer.Option("--format", "-f", help="parquet and csv: a file a table; geojson: places.geojson and figures.geojson.")
    ] = ExportFormat.parquet,
    tables: Annotated[list[str] | None, typer.Option("--table", "-t", help="Only this table or mart (may be repeated).")] = None,
    marts: Annotated[bool, typer.Option(help="Write the marts beside the tables.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the files as JSON.")] = False,
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
) -> None:
    """Write tables as Parquet or CSV, or places and figures as GeoJSON for QGIS and web maps.

    A file is written whole or not at all. The texts of the reports are in `documents`: mind whose they are before you pass them on.

    Examples:

      dateline export out

      dateline export out --format csv --table figure_facts

      dateline export map --format geojson
    """
    from dateline.config import load_settings
    from dateline.report.exports import export_geojson, export_tables

    settings = load_settings(config, warehouse=warehouse)
    if format is ExportFormat.geojson:
        if tables or marts:
            raise UsageError("--table and --marts are for parquet and csv.", remedy="Leave them out with --format geojson.")
        written = export_geojson(settings.snapshot, folder)
    else:
        written = export_tables(settings.snapshot, folder, form=format.value, only=tables, marts=marts)
    if as_json:
        typer.echo(json.dumps([{"file": str(path), "rows": rows} for path, rows in written]))
    else:
        data.print(table("", ["file", "rows"], ((str(path), f"{rows:,}") for path, rows in written), right=("rows",)))
