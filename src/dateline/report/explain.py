"""One article explained: its facts over the text, what each was read as and by which rule, and what was refused and why.

Works on a report of the warehouse and on one just extracted alike: both come as rows of the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb
from markupsafe import Markup, escape

from dateline import __version__
from dateline.errors import UsageError
from dateline.model import Article, Facts
from dateline.report import wording
from dateline.report.layout import render

Row = dict[str, Any]

# Kind of fact, its table, and the columns worth reading beyond words, rule and score; empty ones are left out.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "figures": (
        "figures",
        ("value_min", "value_max", "approx", "modifier", "unit", "value_base", "unit_base", "item", "concept", "kind", "per", "trend", "negated",
         "source_name", "source_text", "place_text", "date_value"),
    ),
    "dates": ("dates", ("type", "value", "mod", "date_from", "date_to", "granularity", "anchor", "unresolved")),
    "places": ("place_mentions", ("place", "place_kind", "country", "admin1", "lat", "lon", "method", "metonym", "candidates")),
    "entities": ("entity_mentions", ("type", "name", "canonical", "role", "country", "wikidata_id", "method")),
    "claims": ("claims", ("source_name", "source_text", "cue", "act", "mode", "is_quote", "via_text")),
}  # fmt: skip
_NAMES = {
    "value_min": "value", "value_max": "up to", "approx": "exactness", "place_text": "place", "date_value": "date", "source_name": "speaker",
    "source_text": "in the words", "place_kind": "kind", "is_quote": "quoted", "via_text": "passed on by", "wikidata_id": "Wikidata",
    "value_base": "converted", "unit_base": "unit of that",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact as marked in the text."""

    number: int
    kind: str
    start: int
    end: int
    text: str
    label: str
    details: tuple[tuple[str, str], ...]
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Explained:
    """A report with its marks in the order of the text, and its refusals."""

    document: Row
    marks: tuple[Mark, ...]
    refused: tuple[Row, ...]

    def of_kind(self, kind: str) -> list[Mark]:
        """Return the marks of one kind of fact."""
        return [mark for mark in self.marks if mark.kind == kind]


def from_facts(article: Article, facts: Facts) -> Explained:
    """Return what was just extracted, explained."""
    from dateline.warehouse.rows import rows_of

    tables = rows_of(article, facts, run_id="", extractor_version="")
    return _explained(tables["documents"][0], tables, {row["place_id"]: row for row in tables["places"]}, tables["ops.quarantine"])


def from_snapshot(con: duckdb.DuckDBPyConnection, wanted: str) -> Explained:
    """Return a report of the warehouse, named by its id, address, source's id, file or title (or a part of it), explained.

    Raises:
        UsageError: No report fits, or several do; the message lists them.
    """
    document = _find(con, wanted)
    key = {"document": document["document_id"], "revision": document["revision"]}
    tables = {
        table: _rows(con, f"SELECT * FROM {table} WHERE document_id = $document AND revision = $revision ORDER BY start_char", key)  # noqa: S608 - own names.
        for table, _ in KINDS.values()
    }
    ids = sorted({row["place_id"] for row in tables["place_mentions"] if row["place_id"]})
    places = {row["place_id"]: row for row in _rows(con, "SELECT * FROM places WHERE place_id IN (SELECT unnest($ids))", {"ids": ids})}
    refused = _rows(con, "SELECT * FROM ops.quarantine WHERE document_id = $document ORDER BY stage, quarantine_id", {"document": key["document"]})
    return _explained(document, tables, places, refused)


def _rows(con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
    result = con.execute(sql, dict(parameters))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _find(con: duckdb.DuckDBPyConnection, wanted: str) -> Row:
    exact = "document_id = $w OR url = $w OR origin_id = $w OR source = $w OR title = $w"
    for condition in (exact, "contains(lower(title), lower($w)) OR contains(url, $w) OR ends_with(source, $w)"):
        sql = f"SELECT * FROM documents WHERE is_current AND ({condition}) ORDER BY published_at DESC, document_id LIMIT 6"  # noqa: S608 - constants.
        found = _rows(con, sql, {"w": wanted})
        if len(found) == 1:
            return found[0]
        if found:
            listed = "; ".join(f"{row['document_id']} ({wording.clipped(row['title'] or row['source'], 60)})" for row in found[:5])
            more = ", ..." if len(found) > 5 else ""
            raise UsageError(f"{wanted!r} fits several reports: {listed}{more}.", remedy="Give one of these ids.")
    raise UsageError(
        f"no report in the warehouse fits {wanted!r}, and there is no such file.",
        remedy='See `dateline sql "SELECT document_id, title FROM documents"`, or give a file to read.',
    )


def _explained(document: Row, tables: Mapping[str, list[Row]], places: Mapping[str, Row], refused: Iterable[Row]) -> Explained:
    found: list[tuple[int, int, str, Row]] = []
    for kind, (table, _) in KINDS.items():
        found += [(row["start_char"], -row["end_char"], kind, row) for row in tables[table]]
    found.sort(key=lambda item: (item[0], item[1], list(KINDS).index(item[2])))
    marks = tuple(_mark(number, kind, row, places) for number, (_, _, kind, row) in enumerate(found, 1))
    return Explained(document, marks, tuple(refused))


def _mark(number: int, kind: str, row: Row, places: Mapping[str, Row]) -> Mark:
    values = dict(row)
    if kind == "places":
        place = places.get(row["place_id"] or "", {})
        values |= {name: place.get(name) for name in ("country", "admin1", "lat", "lon")} | {
            "place": place.get("name"),
            "place_kind": place.get("kind"),
        }
    names = [name for name in KINDS[kind][1] if not (name == "value_max" and values["value_max"] == values["value_min"])]
    details = tuple((_NAMES.get(name, name.replace("_", " ")), shown) for name in names if (shown := _shown(name, values.get(name))))
    return Mark(number, kind, row["start_char"], row["end_char"], row["text"], _label(kind, values), details, row["rule"], row["score"])


def _label(kind: str, row: Mapping[str, Any]) -> str:
    if kind == "figures":
        return f"{wording.kind_words(row['kind'])}: {wording.meaning(row)}"
    if kind == "places":
        return row["place"] or f"unresolved ({row['method']})"
    if kind == "claims":
        return f"{row['source_name'] or row['source_text'] or 'nobody named'} ({row['act']})"
    return str(row["value"] if kind == "dates" else row["type"])


def _shown(name: str, value: Any) -> str:
    if value is None or value is False or value == []:
        return ""
    if value is True:
        return "yes"
    if name == "candidates":
        return "; ".join(f"{c['name']}{', ' + c['country'] if c['country'] else ''} {c['score']:.2f}" for c in value[:5])
    if name in ("lat", "lon"):
        return f"{value:.2f}"
    if hasattr(value, "strftime"):
        return wording.moment(value) if value.hour or value.minute else wording.day(value)
    return wording.number(value) if isinstance(value, float) else wording.clipped(str(value), 200)


def segments(text: str, marks: Iterable[Mark]) -> list[tuple[str, tuple[Mark, ...]]]:
    """Return the text in pieces, each with the marks that cover it; together the pieces are the text again."""
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            starts.setdefault(mark.start, []).append(mark)
            ends.setdefault(mark.end, []).append(mark)
    out = []
    active: dict[int, Mark] = {}
    cuts = sorted({0, len(text), *starts, *ends})
    for begin, end in pairwise(cuts):
        for mark in ends.get(begin, ()):
            active.pop(mark.number, None)
        active |= {mark.number: mark for mark in starts.get(begin, ())}
        out.append((text[begin:end], tuple(active[number] for number in sorted(active))))
    return out


def _text_html(explained: Explained) -> Markup:
    out = []
    for piece, marks in segments(explained.document["text"], explained.marks):
        kinds = " ".join(sorted({f"k-{mark.kind}" for mark in marks}))
        numbers = " ".join(str(mark.number) for mark in marks)
        own = [mark for mark in marks if mark.kind != "claims"]
        if own:
            out.append(f'<a class="seg {kinds}" href="#x{own[-1].number}" data-x="{numbers}">{escape(piece)}</a>')
        elif marks:
            out.append(f'<span class="seg {kinds}" data-x="{numbers}">{escape(piece)}</span>')
        else:
            out.append(str(escape(piece)))
    return Markup("".join(out))


def explain_page(explained: Explained) -> str:
    """Return the article's page: one self-contained HTML file, as the report is."""
    document = explained.document
    title = wording.clipped(document["title"] or document["source"] or document["document_id"], 160)
    return render(
        "explain.html.j2",
        styles=("style.css", "explain.css"),
        scripts=("explain.js",),
        page_title=f"Explained: {title}",
        title=title,
        document=document,
        address=wording.web(document["url"]),
        text=_text_html(explained),
        kinds=[{"name": kind, "marks": explained.of_kind(kind)} for kind in KINDS],
        refused=explained.refused,
        version=__version__,
    )
