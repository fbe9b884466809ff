"""Put the verbs together and turn errors into messages and exit codes."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Annotated

import typer

from dateline import __version__
from dateline.cli.terminal import complain
from dateline.errors import DatelineError

# Verb: module with a `command` function (or an `app` of sub-commands), in the order of `dateline --help`.
VERBS = ("run", "extract", "sql", "explain", "report", "check", "export", "schedule", "reprocess", "backup", "restore", "compact", "doctor", "init")
GROUPS = ("gazetteer", "entities")

app = typer.Typer(
    name="dateline",
    help="Turn news reports into a warehouse of checkable facts: entities, places, figures and dates, with who claims them.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start: dateline init news && cd news && dateline run articles. Exit codes: 0 done, 1 failed, 2 usage, 3 checks failed, 4 environment.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    pass


for _verb in VERBS:
    app.command(_verb)(import_module(f"dateline.cli.{_verb}").command)
for _group in GROUPS:
    app.add_typer(import_module(f"dateline.cli.{_group}").app, name=_group)


def run_app(arguments: list[str] | None = None) -> int:
    """Run the command line over `arguments` (default: the process's own) and return its exit code."""
    # Before numpy is imported: the worker processes are the parallelism, and one thread of OpenBLAS is the fastest for networks as small as ours.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    try:
        app(args=arguments, prog_name="dateline")
    except SystemExit as end:  # Typer ends by it: 0, or 2 after it has printed what is wrong with the arguments, or 1 when it was interrupted.
        return end.code if isinstance(end.code, int) else 1
    except DatelineError as problem:
        complain(problem)
        return problem.exit_code
    return 0
