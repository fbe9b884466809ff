"""`dateline doctor`: what is installed, what is in the way, and what to do about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import data, table
from dateline.errors import EnvironmentProblem

_MARK = {"ok": "ok", "warning": "look", "problem": "BAD"}


def command(
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
    deep: Annotated[bool, typer.Option("--deep", help="Open every kept file, not only the newest and some of the others.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Look at the installation, the language pipeline, the warehouse and the disk; say what to do where something is wrong.

    Exit code 4 when something would stop a run.

    Examples:

      dateline doctor

      dateline doctor --deep

      dateline doctor --json
    """
    from dateline.config import load_settings
    from dateline.health import examine

    findings = examine(load_settings(config, warehouse=warehouse), deep=deep)
    if as_json:
        print(json.dumps([finding.as_dict() for finding in findings]))
    else:
        rows = ((_MARK[f.level], f.what, f.found + (f" {f.remedy}" if f.remedy else "")) for f in findings)
        data.print(table("Doctor", ("", "what", "found"), rows))
    bad = [finding.what for finding in findings if finding.level == "problem"]
    if bad:
        raise EnvironmentProblem(f"{len(bad)} problems: {', '.join(bad)}.", remedy="The table above says what to do.")
