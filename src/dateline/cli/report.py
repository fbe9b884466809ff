"""`dateline report`: the report page, one HTML file that opens offline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import data, people


def command(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here (default: report.html in the warehouse folder).")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print path, size and seconds as JSON.")] = False,
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
) -> None:
    """Build the report page from the published snapshot and print its path.

    Every run builds it too. It is one file without outside parts: copy it, mail it, open it offline.

    Examples:

      dateline report

      dateline report --open

      dateline report --output /tmp/today.html
    """
    import time

    from dateline.config import load_settings
    from dateline.report.page import build_report

    settings = load_settings(config, warehouse=warehouse)
    begin = time.monotonic()
    page = build_report(settings.snapshot, output or settings.report, datadocs=settings.datadocs)
    seconds = time.monotonic() - begin
    size = page.stat().st_size
    if as_json:
        typer.echo(json.dumps({"report": str(page), "bytes": size, "seconds": round(seconds, 2)}))
    else:
        data.print(str(page))
        people.print(f"{size / 1e6:.1f} MB in {seconds:.1f} s")
    if open_it:
        typer.launch(page.resolve().as_uri())
