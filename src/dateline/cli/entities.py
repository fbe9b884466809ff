"""`dateline entities`: who is in the warehouse, and decisions about who is who that later extractions keep to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import data, people, plain, table
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.normalize.entity_decisions import Decision

app = typer.Typer(
    help="Canonical entities: list them, and decide what is one and what is two.\n\n"
    "Decisions are kept in entity_decisions.csv beside dateline.toml (or where its key entity_decisions or the variable "
    "DATELINE_ENTITY_DECISIONS points); every extraction keeps to them, `dateline reprocess` too.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_TYPE = Annotated[str, typer.Option("--type", "-t", help="PERSON, ORG, GPE, LOC, FAC, NORP, EVENT or WEAPON.")]
_FILE = Annotated[
    Path | None, typer.Option("--decisions", help="File of decisions (default: that of the settings, entity_decisions.csv beside dateline.toml).")
]
_CONFIG = Annotated[Path | None, typer.Option("--config", help="Configuration file (default: dateline.toml here).")]
_JSON = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_NOTE = Annotated[str, typer.Option(help="Why; kept with the decision.")]
_QUERY = """
SELECT e.name, e.type, e.country, e.wikidata_id, count(*) AS mentions, list_aggregate(e.aliases, 'string_agg', ', ') AS spellings
FROM entities AS e JOIN entity_mentions AS m USING (entity_id)
WHERE ($kind = '' OR e.type = $kind) AND ($search = '' OR e.name ILIKE '%' || $search || '%' OR list_contains(e.aliases, $search))
GROUP BY ALL ORDER BY mentions DESC, e.name LIMIT $rows
"""


@app.command("list")
def list_entities(
    search: Annotated[str, typer.Argument(help="Part of a name, or a spelling.")] = "",
    type: Annotated[str, typer.Option("--type", "-t", help="Only this type.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="Rows at most.")] = 50,
    as_json: _JSON = False,
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
    config: _CONFIG = None,
) -> None:
    """Show the entities of the published snapshot, most mentioned first, with all their spellings.

    Example:

      dateline entities list Zelensky --type PERSON
    """
    from dateline.config import load_settings
    from dateline.warehouse.query import run_sql

    settings = load_settings(config, warehouse=warehouse)
    found = run_sql(settings.snapshot, _QUERY, {"kind": type.upper(), "search": search, "rows": limit})
    if as_json:
        typer.echo(json.dumps(found.to_pylist(), ensure_ascii=False))
        return
    rows = [tuple(row.values()) for row in found.to_pylist()]
    data.print(table("", ["name", "type", "country", "wikidata", "mentions", "spellings"], rows, right=["mentions"]))


@app.command()
def merge(
    name: Annotated[str, typer.Argument(help="Full name as articles write it.")],
    into: Annotated[str, typer.Argument(help="Name of the entity that it is.")],
    type: _TYPE = "PERSON",
    note: _NOTE = "",
    decisions: _FILE = None,
    config: _CONFIG = None,
) -> None:
    """Make every mention of NAME the entity INTO. Undo it with `split`, or by deleting its line in the file.

    Example:

      dateline entities merge "Alexander Syrsky" "Oleksandr Syrskyi"
    """
    _decide("merge", type, name, into, note, _file(decisions, config))


@app.command()
def split(
    name: Annotated[str, typer.Argument(help="Full name as articles write it.")],
    type: _TYPE = "PERSON",
    note: _NOTE = "",
    decisions: _FILE = None,
    config: _CONFIG = None,
) -> None:
    """Keep NAME an entity of its own: no merge, no alias table, no other spelling for it.

    Example:

      dateline entities split "Alexei Smirnov" --note "another man of this name"
    """
    _decide("split", type, name, "", note, _file(decisions, config))


@app.command("decisions")
def show_decisions(decisions: _FILE = None, as_json: _JSON = False, config: _CONFIG = None) -> None:
    """Show the decisions in the order in which they were made; the last one about a name counts.

    Example:

      dateline entities decisions
    """
    from dateline.normalize import entity_decisions

    rows = [(d.action, d.type, d.name, d.into, d.note) for d in entity_decisions.decisions(_file(decisions, config)).rows]
    if as_json:
        typer.echo(json.dumps([dict(zip(entity_decisions.COLUMNS, row, strict=True)) for row in rows], ensure_ascii=False))
        return
    data.print(table("", list(entity_decisions.COLUMNS), rows))


def _file(decisions: Path | None, config: Path | None) -> Path:
    from dateline.config import load_settings

    return decisions or load_settings(config).entity_decisions


def _decide(action: str, kind: str, name: str, into: str, note: str, file: Path) -> None:
    from dateline.model import ENTITY_TYPES
    from dateline.normalize import entity_decisions
    from dateline.normalize.entity_names import fold

    if kind.upper() not in ENTITY_TYPES:
        raise UsageError(f"{kind!r} is no entity type.", remedy=f"One of {', '.join(ENTITY_TYPES)}.")
    if not fold(name) or (action == "merge" and not fold(into)):
        raise UsageError("a name needs letters or digits.", remedy="Give the full name as articles write it.")
    if action == "merge" and fold(name) == fold(into):
        raise UsageError(f"{name!r} and {into!r} are one name already.", remedy="Merges join two names.")
    decision: Decision = entity_decisions.Decision(action, kind.upper(), name.strip(), into.strip(), note.strip())
    written = entity_decisions.append(decision, file)
    what = f"{decision.name} is {decision.into}" if action == "merge" else f"{decision.name} stands alone"
    people.print(plain(f"{written}: {what} ({decision.type}). New reports follow it; `dateline reprocess --all` applies it to those loaded before."))
