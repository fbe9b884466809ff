"""`dateline explain`: one article with its facts marked, what each was read as, and what was refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from dateline.cli.terminal import data, people, plain, refused, table
from dateline.errors import DatelineError, UsageError

if TYPE_CHECKING:
    from dateline.model import Article
    from dateline.report.explain import Explained
    from dateline.warehouse.target import Snapshot

_STYLES = {"figures": "bold red", "dates": "magenta", "places": "green", "entities": "blue", "claims": ""}
_UNDER = "underline"  # What somebody says, beneath the marks within it.


def command(
    document: Annotated[
        str, typer.Argument(metavar="DOC|FILE", help="A report's id, address or title in the warehouse, or a file or address to read.")
    ],
    html: Annotated[bool, typer.Option("--html", help="Write a page instead of printing: explain-<id>.html, or --output.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File for --html or --json.")] = None,
    model: Annotated[str | None, typer.Option(help="spaCy pipeline to use instead of the shipped one (for files).")] = None,
    warehouse: Annotated[str | None, typer.Option(help="Folder of the warehouse, or ducklake:postgres:... (default: warehouse).")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
) -> None:
    """Show an article's facts in its text: words, reading, rule and score, and what was refused and why.

    A file or a web address is read and extracted on the spot, without a warehouse; of a file with several articles the first is shown.

    Examples:

      dateline explain seeds/articles/kursk.txt

      dateline explain doc_5fd1c0ffee54c0de --html
    """
    from dateline.config import load_settings
    from dateline.report.explain import explain_page, from_snapshot
    from dateline.report.layout import write
    from dateline.warehouse.query import open_snapshot

    if html and as_json:
        raise UsageError("--html and --json are two outputs.", remedy="Give one of them.")
    settings = load_settings(config, warehouse=warehouse, model=model)
    if document == "-" or Path(document).exists() or (document.startswith(("http://", "https://")) and not _known(settings.snapshot, document)):
        explained = _from_input(document, settings)
    else:
        with open_snapshot(settings.snapshot) as con:
            explained = from_snapshot(con, document)
    if html:
        target = output or Path(f"explain-{explained.document['document_id']}.html")
        data.print(str(write(explain_page(explained), target)))
    elif as_json:
        text = json.dumps(_as_json(explained), ensure_ascii=False, default=str, indent=1) + "\n"
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)
    else:
        _print(explained)


def _known(published: Snapshot, address: str) -> bool:
    from dateline.warehouse.query import run_sql

    if isinstance(published, Path) and not published.is_file():
        return False
    return bool(run_sql(published, "SELECT 1 AS found FROM documents WHERE url = $address LIMIT 1", {"address": address}).num_rows)


def _from_input(name: str, settings: Any) -> Explained:
    from dateline.model import Rejection
    from dateline.nlp.load import load_nlp
    from dateline.normalize import entity_decisions
    from dateline.pipeline import extract
    from dateline.read.sources import read_inputs
    from dateline.report.explain import from_facts

    articles: list[Article] = []
    for item in read_inputs([name], settings=settings.read):
        if isinstance(item, Rejection):
            refused(item)
            continue
        if articles:
            people.print("There are more articles; the first is shown.")
            break
        articles.append(item)
    if not articles:
        raise DatelineError("no article could be read.", where=name, remedy="See the messages above; `dateline extract --help` lists the formats.")
    entity_decisions.use(settings.entity_decisions)
    article, facts = next(extract(load_nlp(settings.model), articles))
    return from_facts(article, facts)


def _as_json(explained: Explained) -> dict[str, Any]:
    document = {name: value for name, value in explained.document.items() if value is not None and name != "run_id"}
    facts: list[dict[str, Any]] = [
        {
            "kind": m.kind, "start": m.start, "end": m.end, "text": m.text, "reading": m.label, "details": dict(m.details),
            "rule": m.rule, "score": round(m.score, 3),
        }
        for m in explained.marks
    ]  # fmt: skip
    names = ("stage", "table_name", "reason", "rule", "location", "raw")
    return {"document": document, "facts": facts, "refused": [{name: row[name] for name in names} for row in explained.refused]}


def _print(explained: Explained) -> None:
    from dateline.report.explain import KINDS, segments
    from dateline.report.wording import day

    document = explained.document
    data.print(Text(plain(document["title"] or document["source"]), style="bold"))
    facts = [
        document["publisher"],
        day(document["published_at"]) or "no publication date",
        document["document_id"],
        f"revision {document['revision']}",
    ]
    data.print(Text(plain(", ".join(filter(None, facts))), style="dim"))
    data.print()
    text = Text()
    for piece, marks in segments(document["text"], explained.marks):
        kinds = {mark.kind for mark in marks}
        styles = [_STYLES[kind] for kind in KINDS if kind in kinds and _STYLES[kind]]
        text.append("".join(c if c == "\n" else plain(c) for c in piece), style=" ".join([*styles[:1], _UNDER] if "claims" in kinds else styles[:1]))
    data.print(text)
    data.print(Text.assemble("\n", *((f" {kind} ", style or _UNDER) for kind, style in _STYLES.items())))
    for kind in KINDS:
        marks_of_kind = explained.of_kind(kind)
        if marks_of_kind:
            data.print()
            rows = ([f"{m.start}-{m.end}", m.text[:80], m.label, _rest(m.details), m.rule, f"{m.score:.2f}"] for m in marks_of_kind)
            data.print(table(kind.capitalize(), ["at", "words", "read as", "more", "rule", "score"], rows, right=("score",)))
    if explained.refused:
        data.print()
        data.print(table("Refused", ["words", "why", "rule"], ([(r["raw"] or "")[:80], r["reason"], r["rule"]] for r in explained.refused)))


def _rest(details: tuple[tuple[str, str], ...]) -> str:
    """Return the details that the reading does not say already, on one line."""
    shown = {
        "unit",
        "item",
        "concept",
        "speaker",
        "place",
        "date",
        "per",
        "country",
        "role",
        "anchor",
        "unresolved",
        "candidates",
        "cue",
        "mode",
        "quoted",
    }
    return "; ".join(f"{name} {value}" for name, value in details if name in shown)
