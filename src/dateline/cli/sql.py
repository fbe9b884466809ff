"""`dateline sql`: SQL and named queries on the published snapshot; without a query, a shell."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from dateline.cli.terminal import data, people, table
from dateline.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from dateline.warehouse.target import Snapshot


Days: TypeAlias = tuple[date | None, date | None]


class OutputFormat(StrEnum):
    """How a result is written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    markdown = "markdown"
    parquet = "parquet"


_ENDINGS = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".md": "markdown", ".parquet": "parquet"}


def _complete(incomplete: str) -> list[str]:
    from dateline.warehouse.query import mart_names, named_queries

    return [name for name in (f"@{name}" for name in sorted({*named_queries(), *mart_names()})) if name.startswith(incomplete or "@")]


def command(
    query: Annotated[str | None, typer.Argument(help="SQL, @NAME of a named query or mart, or - for stdin.", autocompletion=_complete)] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for $NAME.")] = None,
    format: Annotated[
        OutputFormat | None, typer.Option("--format", "-f", help="Default: table on a terminal, else csv; or by --output's ending.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of stdout.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was published from this day on (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was published up to this day.")] = None,
    names: Annotated[bool, typer.Option("--list", "-l", help="List the named queries and marts.")] = False,
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
) -> None:
    """Ask the warehouse: SQL of DuckDB, or a named query with @.

    Reads the published snapshot and nothing else: no files, no network, no changes. Without QUERY a shell opens, with history, completion of
    tables and columns, and .help.

    Examples:

      dateline sql @attacks_daily

      dateline sql "SELECT speaker, count(*) FROM figure_facts GROUP BY 1 ORDER BY 2 DESC"

      dateline sql @claims_near -p town=Pokrovsk --format markdown

      dateline sql "FROM figure_facts" -o figures.parquet

      dateline sql @disputed_figures --since 2025-04-01 --until 2025-04-30
    """
    from dateline.config import load_settings

    if names:
        _list()
        return
    settings = load_settings(config, warehouse=warehouse)
    chosen = _format(format, as_json, output)
    if query is None and sys.stdin.isatty():
        from dateline.cli.shell import shell

        shell(settings.snapshot)
        return
    text = sys.stdin.read() if query in (None, "-") else str(query)
    if not text.strip():
        raise UsageError("there is no query.", remedy="Give SQL or @NAME; `dateline sql --list` shows the names.")
    if text.lstrip().startswith("."):
        raise UsageError(
            "commands with a dot belong to the shell.", remedy="Run `dateline sql` alone in a terminal, or ask in SQL: SHOW TABLES, DESCRIBE figures."
        )
    days = (since.date() if since else None, until.date() if until else None)
    answer(settings.snapshot, text, _parameters(param or []), chosen, output, days)


def _format(given: OutputFormat | None, as_json: bool, output: Path | None) -> str:
    if as_json and given not in (None, OutputFormat.json):
        raise UsageError(f"--json and --format {given.value if given else ''} differ.", remedy="Give one of them.")
    if as_json or given:
        return "json" if as_json or not given else given.value
    if output:
        return _ENDINGS.get(output.suffix.lower(), "csv")
    return "table" if sys.stdout.isatty() else "csv"


def _parameters(pairs: list[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise UsageError(f"{pair!r} is not NAME=VALUE.", remedy="For example: --param town=Pokrovsk.")
        out[name.removeprefix("$").strip()] = value
    return out


def answer(published: Snapshot, text: str, parameters: dict[str, Any], form: str, output: Path | None = None, days: Days = (None, None)) -> None:
    """Run a query over some days of publication and write what it gives; say on stderr when a named query stopped at its limit."""
    from dateline.warehouse.query import named_query, run_sql

    result = run_sql(published, text, parameters, since=days[0], until=days[1])
    write(result, form, output)
    if text.lstrip().startswith("@"):
        limits = [parameters.get(p.name, p.default) for p in named_query(text.strip()).parameters if p.name == "limit"]
        if limits and result.num_rows >= float(limits[0]):
            people.print(f"There may be more: the limit is {float(limits[0]):,.0f}. For more: --param limit=N (in the shell limit=N).", style="dim")


def write(result: pa.Table, form: str, output: Path | None = None) -> None:
    """Write a result in a format to a file or stdout."""
    from dateline.warehouse.formats import cells, render

    if form == "table":
        if output:
            raise UsageError("a table is for the terminal.", remedy="For a file use --format csv, json, markdown or parquet.")
        columns, rows = cells(result)
        right = [
            field.name for field in result.schema if str(field.type) in ("int64", "int32", "int16", "double", "float") or "decimal" in str(field.type)
        ]
        data.print(table("", columns, rows, right=right))
        people.print(f"{result.num_rows:,} row{'' if result.num_rows == 1 else 's'}", style="dim")
        return
    raw = render(result, form)  # type: ignore[arg-type]  # OutputFormat has the same names as formats.Format; mypy sees str.
    if output:
        output.write_bytes(raw)
        people.print(f"{output}: {result.num_rows:,} rows, {len(raw):,} bytes")
    elif form == "parquet" and sys.stdout.isatty():
        raise UsageError("Parquet is not for a terminal.", remedy="Give --output FILE, or pipe it.")
    else:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


def _list() -> None:
    from dateline.warehouse.query import mart_names, named_queries

    queries = named_queries()
    rows = [(f"@{q.name}", q.question or q.title, " ".join(p.name for p in q.parameters)) for q in queries.values()]
    data.print(table("Named queries", ["name", "question", "parameters"], rows))
    data.print()
    rows = [(f"@{name}", comment.split(". ")[0], "") for name, comment in mart_names().items() if name not in queries]
    data.print(table("Marts", ["name", "what", ""], rows))
