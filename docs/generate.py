"""Write the generated pages of the docs: tables.md, queries.md and cli.md out of the comments in sql/ and the command line itself, and the tables of
limits.md out of benchmarks/results.

python docs/generate.py            write them
python docs/generate.py --check    exit code 1 when they are not up to date
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import duckdb  # noqa: TID251 - the comments are read out of the database itself.
import typer

from dateline.cli.app import app
from dateline.warehouse.query import named_queries
from dateline.warehouse.schema import create_tables, create_views

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results"
# The questions that the warehouse is made to answer, in the order of the design; the rest are for looking after it.
QUESTIONS = (
    "attacks_daily", "disputed_figures", "figure_series", "unowned_figures", "independent_voices", "said_this_week", "claims_near", "denied_claims",
    "revision_changes", "hedging", "figure_spread", "who_said_first", "territory_share", "missing_by_outlet", "refused_by_rule",
)  # fmt: skip
_MADE = "<!-- Made by docs/generate.py: change the comments in sql/ or the command line, not this page. -->\n"


def _cell(text: object, *, code: bool = False) -> str:
    line = " ".join(str(text).split()).replace("|", "\\|")
    return line if code else line.replace("<", "&lt;")


def tables() -> str:
    """Return the page of tables, marts and macros from their COMMENTs."""
    with duckdb.connect() as con:
        create_tables(con)
        create_views(con)
        columns = con.execute(
            "SELECT schema_name, table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns() WHERE NOT internal "
            "ORDER BY schema_name, table_name, column_index"
        ).fetchall()
        bases = con.execute("SELECT schema_name, table_name, coalesce(comment, '') FROM duckdb_tables() ORDER BY schema_name <> 'main', 2").fetchall()
        views = con.execute("SELECT schema_name, view_name, coalesce(comment, '') FROM duckdb_views() WHERE NOT internal ORDER BY 2").fetchall()
        macros = con.execute(
            "SELECT function_name, any_value(parameters), any_value(comment) FROM duckdb_functions() "
            "WHERE function_type IN ('macro', 'table_macro') AND NOT internal GROUP BY 1 ORDER BY 1"
        ).fetchall()
    out = [
        "# Tables\n",
        _MADE,
        "Names are a contract: your SQL may rely on them. The same words are in the database: `.docs figures` in the shell of `dateline sql`, or",
        "`SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'figures'`.\n",
    ]
    for heading, group in (("Tables", bases), ("Marts", views)):
        out.append(f"## {heading}\n")
        for schema, name, comment in group:
            full = name if schema == "main" else f"{schema}.{name}"
            out += [f"### {full}\n", f"{comment}\n", "| column | type | meaning |", "|---|---|---|"]
            out += [f"| {c} | {_cell(t)} | {_cell(text)} |" for s, n, c, t, text in columns if (s, n) == (schema, name)]
            out.append("")
    out += ["## Macros\n", "| macro | does |", "|---|---|"]
    out += [f"| `{name}({', '.join(parameters)})` | {_cell(comment or '')} |" for name, parameters, comment in macros]
    return "\n".join(out) + "\n"


def queries() -> str:
    """Return the page of named queries from their headers."""
    out = [
        "# Named queries\n",
        _MADE,
        "`dateline sql @NAME`, with `--param name=value` for what a query can be asked. Each is a file of `sql/queries`: copy it, change it.\n",
    ]
    known = named_queries()
    out += ["| | question | query |", "|---|---|---|"]
    out += [f"| {n} | {_cell(known[name].question)} | [@{name}](#{name}) |" for n, name in enumerate(QUESTIONS, 1)]
    out += [f"| | {_cell(query.question)} | [@{name}](#{name}) |" for name, query in known.items() if name not in QUESTIONS]
    out += [
        "\nLists are cut at `limit` rows, the newest or weightiest first; `dateline sql` says so when more are left. How long each takes over",
        "a million figures is [measured](limits.md#speed-of-questions).\n",
    ]
    for query in known.values():
        out += [f"## @{query.name}\n", f"{query.question or query.title}\n"]
        if query.parameters:
            out += ["| parameter | default | meaning |", "|---|---|---|"]
            out += [f"| {p.name} | {'none' if p.default is None else _cell(p.default)} | {_cell(p.about)} |" for p in query.parameters]
            out.append("")
        body = "\n".join(line for line in query.sql.splitlines() if not line.startswith("-- ")).strip()
        out += ["```text", body, "```", ""]
    return "\n".join(out)


def command_line() -> str:
    """Return the page of the command line from the commands themselves."""
    group = typer.main.get_command(app)
    context = click.Context(group, info_name="dateline")
    out = [
        "# Command line\n",
        _MADE,
        f"{group.help}\n",
        "Exit codes: 0 done, 1 failed, 2 usage, 3 checks failed, 4 environment (the message says what to do).\n",
    ]
    out.append("Settings come from flags, then `DATELINE_*` variables, then `dateline.toml`, then defaults. Standard output is data only.\n")
    out.append("`dateline --install-completion` sets up completion of verbs, options and `@names` for your shell.\n")
    for name in group.list_commands(context):  # type: ignore[attr-defined]  # typer's group is click's.
        _command(out, f"dateline {name}", group.get_command(context, name), context)  # type: ignore[attr-defined]  # as above.
    return "\n".join(out)


def _command(out: list[str], name: str, command: click.Command, parent: click.Context) -> None:
    context = click.Context(command, info_name=name.rsplit(" ", 1)[-1], parent=parent)
    subcommands = getattr(command, "commands", None)
    text, _, examples = (command.help or "").partition("Examples:")
    out += [f"{'##' if name.count(' ') == 1 else '###'} {name}\n", " ".join(text.split()) + "\n"]
    if examples.strip():
        lines = [" ".join(block.split()) for block in examples.strip().split("\n\n")]
        out += ["```text", *lines, "```", ""]
    if subcommands:
        for sub in sorted(subcommands):
            _command(out, f"{name} {sub}", subcommands[sub], context)
        return
    rows = [record for parameter in command.params if (record := parameter.get_help_record(context))]
    if rows:
        out += ["| argument | meaning |", "|---|---|", *(f"| `{_cell(left, code=True)}` | {_cell(right)} |" for left, right in rows), ""]


def limits() -> str:
    """Return the page of limits with its tables of measured errors and times made anew from benchmarks/results."""
    page = (DOCS / "limits.md").read_text(encoding="utf-8")
    begin, end = "<!-- measured: made by docs/generate.py from benchmarks/results -->\n", "<!-- /measured -->"
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2]
    return before + begin + "\n".join([*_errors(), *_times()]) + end + after


def _errors() -> list[str]:
    out = []
    for path in sorted(RESULTS.glob("facts-*.json")):
        result = json.loads(path.read_text(encoding="utf-8"))
        out += [f"\n### Errors in {result['title']}\n", "| what | there are | missed % | of those given, wrong % | F1 |", "|---|---|---|---|---|"]
        for name, score in result["scores"].items():
            if score["gold"]:
                out.append(f"| {name} | {score['gold']} | {100 - score['r']:.1f} | {100 - score['p']:.1f} | {score['f1']:.1f} |")
    return out


def _times() -> list[str]:
    out = ["\n### Speed of questions\n"]
    if (RESULTS / "queries.json").is_file():
        result = json.loads((RESULTS / "queries.json").read_text(encoding="utf-8"))
        sizes = ", ".join(
            f"{count:,} {what}" for what, count in result["rows"].items() if what in ("documents", "figures", "claims", "place mentions")
        )
        out += [
            f"`python benchmarks/queries.py`, a generated warehouse ({sizes}), {result['processors']} processors; *seconds* is on the clock with "
            "whatever else the machine did, *processor seconds* is what the query itself used, of all processors together.\n",
            "| query | rows | seconds | processor seconds |", "|---|---|---|---|",
        ]  # fmt: skip
        ranked = sorted(result["queries"].items(), key=lambda item: -item[1]["processor_seconds"])
        out += [f"| {name} | {q['rows']:,} | {q['seconds']:.2f} | {q['processor_seconds']:.2f} |" for name, q in ranked]
    if (RESULTS / "report.json").is_file():
        page = json.loads((RESULTS / "report.json").read_text(encoding="utf-8"))
        out.append(
            f"\nThe report page over {page['articles']:,} articles with {page['figures']:,} figures: {page['seconds']} s, {page['megabytes']} MB "
            "(`python benchmarks/report.py`)."
        )
    return [*out, ""]


PAGES = {"limits.md": limits, "tables.md": tables, "queries.md": queries, "cli.md": command_line}


def main() -> int:
    """Write or check the pages; return the exit code."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        sys.stderr.write(f"not up to date: {', '.join(stale)}. Run python docs/generate.py.\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
