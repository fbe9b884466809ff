"""The shell of `dateline sql`: statements over several lines, history, completion, and dot commands about the tables."""

from __future__ import annotations

import atexit
import os
import re
import shlex
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import duckdb

from dateline.cli.terminal import complain, data, people, table
from dateline.errors import DatelineError, UsageError
from dateline.warehouse.query import execute, mart_names, named_queries, named_query, open_snapshot
from dateline.warehouse.target import Snapshot

_HELP = (
    ("SELECT ...;", "run SQL; a statement ends with ; and may span lines"),
    ("@name [p=value ...]", "run a named query or show a mart"),
    (".tables", "tables, marts and what they hold"),
    (".docs TABLE", "columns of a table or mart, with their meaning"),
    (".queries", "named queries with their questions"),
    (".format NAME", "table, json, jsonl, csv or markdown"),
    (".help", "this list"),
    (".quit", "leave (also Ctrl-D)"),
)
_DOTS = tuple(name.split()[0] for name, _ in _HELP if name.startswith("."))
_FORMATS = ("table", "json", "jsonl", "csv", "markdown")
_WORDS = (
    "SELECT FROM WHERE GROUP BY ORDER BY LIMIT HAVING JOIN LEFT USING COUNT DISTINCT BETWEEN ILIKE IS NULL AND OR NOT AS WITH CASE WHEN THEN END"
).split()


def shell(published: Snapshot) -> None:
    """Read statements from the terminal and answer them until the user leaves.

    The snapshot is opened anew for each statement, so a run that publishes meanwhile is seen by the next one.
    """
    with open_snapshot(published) as con:
        catalog = _catalog(con)
    reader = _readline(catalog)
    people.print(f"{published}: read-only. .help for help, .tables for the tables, Ctrl-D to leave.")
    state = Shell(published, catalog)
    lines: list[str] = []
    while True:
        try:
            line = input("      ...> " if lines else "dateline> ")
        except EOFError:
            people.print()
            return
        except KeyboardInterrupt:
            lines = []
            people.print()
            continue
        lines.append(line)
        text = "\n".join(lines).strip()
        if not text or not is_complete(text):
            lines = lines if text else []
            continue
        lines = []
        if reader and "\n" in text:
            reader.add_history(re.sub(r"\s*\n\s*", " ", text))  # One entry to recall, beside its lines.
        if not state.answer(text):
            return


def is_complete(text: str) -> bool:
    """Say whether a text is a whole input: a dot command, a named query, or SQL up to a semicolon outside of quotes and comments."""
    if text.startswith((".", "@")):
        return True
    bare = re.sub(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    return bare.rstrip().endswith(";") and "'" not in bare


class Shell:
    """Answers one input at a time; keeps the output format between them."""

    def __init__(self, published: Snapshot, catalog: dict[str, list[str]]) -> None:
        self.published = published
        self.catalog = catalog
        self.format = "table"

    def answer(self, text: str) -> bool:
        """Answer one input; return False when the user wants to leave."""
        if text.rstrip(";").strip() in (".quit", ".exit"):
            return False
        try:
            if text.startswith("."):
                self._dot(text)
            elif text.startswith("@"):
                self._named(text.rstrip("; "))
            else:
                self._show(text, {})
        except DatelineError as problem:
            complain(problem)
        except KeyboardInterrupt:
            people.print("Stopped.")
        return True

    def _show(self, text: str, parameters: dict[str, str]) -> None:
        from dateline.cli.sql import answer

        answer(self.published, text, {**parameters}, self.format)

    def _named(self, text: str) -> None:
        try:
            name, *pairs = shlex.split(text)
        except ValueError as problem:
            raise UsageError(f"{problem}.".lower().capitalize(), remedy="Close the quotes.") from problem
        wrong = [pair for pair in pairs if "=" not in pair]
        if wrong:
            raise UsageError(f"{wrong[0]!r} is not NAME=VALUE.", remedy="For example: @claims_near town='Nova Kakhovka'.")
        self._show(name, dict(pair.split("=", 1) for pair in pairs))

    def _dot(self, text: str) -> None:
        command, _, argument = text.rstrip(";").partition(" ")
        argument = argument.strip()
        commands: dict[str, Callable[[str], None]] = {
            ".tables": self._tables, ".docs": self._docs, ".queries": self._queries, ".format": self._set_format, ".help": self._help,
        }  # fmt: skip
        if command not in commands:
            raise UsageError(f"there is no command {command}.", remedy="See .help.")
        commands[command](argument)

    def _tables(self, _: str) -> None:
        with open_snapshot(self.published) as con:
            rows = _described(con)
        data.print(table("", ["name", "kind", "rows", "holds"], rows, right=("rows",)))

    def _docs(self, name: str) -> None:
        if not name:
            raise UsageError(".docs needs a table.", remedy="For example: .docs figures; .tables lists them.")
        if name.startswith("@") or (name not in self.catalog and name in named_queries()):
            query = named_query(name)
            data.print(f"@{query.name}: {query.question or query.title}")
            data.print(table("", ["parameter", "default", "meaning"], ((p.name, p.default, p.about) for p in query.parameters)))
            return
        schema, _, bare = name.rpartition(".")
        with open_snapshot(self.published) as con:
            found = execute(
                con,
                "SELECT column_name, data_type, coalesce(comment, '') AS comment FROM duckdb_columns() "
                "WHERE database_name = current_database() AND table_name = $name AND schema_name = $schema ORDER BY column_index",
                {"name": bare, "schema": schema or "main"},
            ).to_pylist()
        if not found:
            raise UsageError(f"there is no table {name}.", remedy="See .tables.")
        data.print(table("", ["column", "type", "means"], ((r["column_name"], r["data_type"], r["comment"]) for r in found)))

    def _queries(self, _: str) -> None:
        data.print(table("", ["name", "question"], ((f"@{q.name}", q.question or q.title) for q in named_queries().values())))

    def _set_format(self, name: str) -> None:
        if name not in _FORMATS:
            raise UsageError(f"there is no format {name!r}.", remedy=f"There are {', '.join(_FORMATS)}.")
        self.format = name

    def _help(self, _: str) -> None:
        data.print(table("", ["type", "to"], _HELP))


def _catalog(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return tables and views (ops. with its schema) with their columns."""
    out: dict[str, list[str]] = {}
    rows = con.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE NOT internal AND database_name = current_database() ORDER BY 1, 2, column_index"
    ).fetchall()
    for schema, name, column in rows:
        out.setdefault(name if schema == "main" else f"{schema}.{name}", []).append(column)
    return out


def _described(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, object, str]]:
    tables = con.execute(
        "SELECT schema_name, table_name, estimated_size, coalesce(comment, '') FROM duckdb_tables() "
        "WHERE NOT internal AND database_name = current_database() ORDER BY schema_name <> 'main', 2"
    ).fetchall()
    out = [(name if schema == "main" else f"{schema}.{name}", "table", f"{rows:,}", text.split(". ")[0]) for schema, name, rows, text in tables]
    return [*out, *((name, "mart", "", text.split(". ")[0]) for name, text in mart_names().items())]


def completions(text: str, line: str, catalog: dict[str, list[str]]) -> list[str]:
    """Return what could stand in place of the word `text` in `line`: dot commands, @names, tables, columns, SQL words."""
    if line.lstrip().startswith("@") and text.startswith("@"):
        known: Iterable[str] = (f"@{name}" for name in sorted({*named_queries(), *mart_names()}))
    elif line.lstrip().startswith(".") and not line.lstrip().startswith(".docs "):
        known = (*_DOTS, *_FORMATS)
    elif line.lstrip().startswith(".docs "):
        known = sorted(catalog)
    else:
        used = [columns for name, columns in catalog.items() if re.search(rf"\b{re.escape(name)}\b", line)] or list(catalog.values())
        words = [w if text[:1].isupper() else w.lower() for w in _WORDS]
        known = dict.fromkeys([*sorted(catalog), *sorted({c for columns in used for c in columns}), *words])
    return [name for name in known if name.startswith(text)]


def _readline(catalog: dict[str, list[str]]) -> ModuleType | None:
    """Turn on history and completion where Python has readline (not on Windows)."""
    try:
        readline = import_module("readline")
    except ImportError:
        return None
    kept = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "dateline" / "sql_history"
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        if kept.exists():
            readline.read_history_file(kept)
        readline.set_history_length(2000)
        atexit.register(_keep, readline, kept)
    except OSError:
        people.print(f"No history: {kept} cannot be used.")
    readline.set_completer_delims(" \t\n(),;=<>")
    readline.set_completer(lambda text, state: [*completions(text, readline.get_line_buffer(), catalog), None][state])
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    return readline


def _keep(readline: ModuleType, kept: Path) -> None:
    try:
        readline.write_history_file(kept)
    except OSError:
        people.print(f"The history could not be kept in {kept}.")
