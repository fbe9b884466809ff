"""`dateline check`: the quality checks alone, over the published snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import data, people, table
from dateline.errors import QualityError


def command(
    warehouse: Annotated[Path | None, typer.Option(help="Folder of the warehouse (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Run the SQL checks (sql/checks) over the published snapshot: each returns the rows that are wrong.

    Exit code 3 when a critical check finds any.

    Examples:

      dateline check

      dateline check --json
    """
    import json

    from dateline.config import load_settings
    from dateline.validate.checks import check_published

    results = check_published(load_settings(config, warehouse=warehouse).published)
    if as_json:
        print(json.dumps([result.as_dict() for result in results], default=str))
    else:
        rows = ((r.name, r.severity, "ok" if not r.bad else r.bad, r.reason) for r in results)
        data.print(table("Checks", ("check", "severity", "bad rows", "what it holds"), rows, right=("bad rows",)))
    failed = [r.name for r in results if r.bad and r.severity == "critical"]
    if failed:
        raise QualityError(
            f"{len(failed)} critical checks failed: {', '.join(failed)}.", remedy="Each is a query in sql/checks; run it to see the rows."
        )
    people.print(f"{len(results)} checks, none critical failed.")
