"""`dateline check`: the quality checks alone, over the published snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import data, people, table
from dateline.errors import QualityError

_SHOWN = ("expectation", "severity", "success", "unexpected_count", "reason", "observed")


def command(
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
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
    from dateline.validate.checks import failed_checks, run_checks
    from dateline.warehouse.query import open_snapshot

    with open_snapshot(load_settings(config, warehouse=warehouse).snapshot) as con:
        results = run_checks(con, run_id="check")
    if as_json:
        print(json.dumps([{name: r[name] for name in _SHOWN} for r in results], default=str))
    else:
        rows = ((r["expectation"], r["severity"], "ok" if r["success"] else r["unexpected_count"], r["reason"]) for r in results)
        data.print(table("Checks", ("check", "severity", "bad rows", "what it guards"), rows, right=("bad rows",)))
    failed = [str(row["expectation"]) for row in failed_checks(results)]
    if failed:
        remedy = "Each is a query in sql/checks; run it with `dateline sql` to see the rows."
        raise QualityError(f"{len(failed)} critical checks failed: {', '.join(failed)}.", remedy=remedy)
    people.print(f"{len(results)} checks, none critical failed.")
