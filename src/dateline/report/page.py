"""The report page: one HTML file that opens offline and shows what the warehouse holds, what is disputed, and how good the data is.

The same snapshot gives the same bytes. Everything drawn or named has its row, with sentence, speaker and link, on the page itself.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.report import charts, health, wording
from dateline.report.layout import render, write
from dateline.report.outlines import about
from dateline.report.scales import buckets
from dateline.report.selection import Row, Selection
from dateline.report.worldmap import LEGEND, world_map
from dateline.warehouse.query import open_snapshot
from dateline.warehouse.target import Snapshot

PANELS, MARKS, DISPUTED = 12, 150, 40
_SECTIONS = (
    ("disputed", "Disputed"), ("figures", "Figures"), ("map", "Places"), ("timeline", "Timeline"), ("speakers", "Who says what"),
    ("incoming", "What came in"), ("unresolved", "Unresolved"), ("quality", "Quality"), ("rows", "Rows"),
)  # fmt: skip


def build_report(published: Snapshot, target: Path, *, datadocs: Path | None = None) -> Path:
    """Write the report page of a published snapshot and return its path.

    Args:
        published: The snapshot (dateline.duckdb).
        target: HTML file to write; a former one is replaced whole.
        datadocs: Folder or index page of Great Expectations' Data Docs, linked where it exists.

    Raises:
        EnvironmentProblem: There is no readable snapshot, or the page cannot be written.
    """
    with open_snapshot(published) as con:
        page = _page(Selection(con), _docs_link(datadocs, target), str(published))
    return write(page, target)


def _docs_link(datadocs: Path | None, target: Path) -> str | None:
    index = datadocs / "index.html" if datadocs and datadocs.is_dir() else datadocs
    if index is None or not index.is_file():
        return None
    return Path(os.path.relpath(index, target.parent)).as_posix()


def _page(selection: Selection, datadocs: str | None, published: str) -> str:
    n = selection.counts()
    marks, disputes, timeline = selection.marks(PANELS, MARKS), selection.disputed(DISPUTED), selection.timeline()
    drawn = [mark["figure_id"] for mark in marks] + [d[end] for d in disputes for end in ("low_id", "high_id")]
    drawn += [figure_id for d in timeline for figure_id in d["ids"]]
    sides = selection.sides()
    evidence = [_described(row, [s["side"] for s in sides]) for row in selection.evidence([*drawn, *selection.newest()])]
    known = {row["figure_id"]: row for row in evidence}
    places, runs, refused = selection.places(), health.runs(selection), health.refused(selection)
    drawn_map = world_map(places)
    for marker in drawn_map.markers if drawn_map else ():
        # Without a script marks are drawn for a view 900 pixels wide.
        marker["small"] = round(marker["r"] * (drawn_map.view[2] - drawn_map.view[0]) / 900, 3) if drawn_map else 0
    expectations = health.expectations(selection)
    context: dict[str, Any] = {
        "page_title": f"Dateline: {wording.number(n['reports'])} reports",
        "heading": "What the reports say",
        "version": __version__,
        "n": n,
        "run": runs[0] if runs else None,
        "head": _head(n, len(disputes), expectations),
        "sections": _SECTIONS,
        "caps": {"disputed": DISPUTED, "runs": health.RUNS},
        "disputes": [_dispute(d, known, [s["side"] for s in sides]) for d in disputes],
        **_panels(marks, known, [s["side"] for s in sides]),
        "sides": _legend(sides, n),
        "panel_note": _left_out(selection.panels_left(PANELS)),
        "map": drawn_map,
        "map_legend": LEGEND,
        "map_about": about(),
        "places": places,
        "timeline": _days(selection, timeline, known),
        "timeline_strip": _timeline_strip(timeline),
        "speakers": _speakers(selection, [s["side"] for s in sides]),
        **_outlets(selection),
        "reports": selection.reports(),
        "gaps": health.unresolved(selection),
        "ambiguous": health.ambiguous_places(selection),
        "expectations": [{**e, "chart": charts.history(e["history"])} for e in expectations],
        "refused": refused,
        "drift": [{**s, "chart": charts.spark(s["points"])} for s in health.drift(runs) if s["points"]],
        "runs": runs,
        "datadocs": datadocs,
        "evidence": evidence,
        "kinds": sorted({row["kind"] for row in evidence}),
    }
    return render("report.html.j2", styles=("style.css",), scripts=("page.js",), **context)


def _described(row: Row, sides: Sequence[str]) -> Row:
    """Return a figure with the words that the page says of it."""
    said, thing = wording.said(row), wording.thing(row)
    who = row["speaker"] or "outlet's own voice"
    label = ", ".join(filter(None, [f"{said} {wording.clipped(thing, 60)}", wording.kind_words(row["kind"]), wording.clipped(who, 60),
                                    wording.clipped(row["place"], 40), wording.day(row["day"])]))  # fmt: skip
    return {
        **row, "said": said, "thing": thing, "label": label, "meaning": wording.meaning(row), "quote": wording.quoted(row),
        "css": charts.side_class(row["side"], sides),
    }  # fmt: skip


def _head(n: Row, disputes: int, expectations: Sequence[Row]) -> list[dict[str, Any]]:
    missed = [e for e in expectations if not e["success"]]
    critical = any(e["severity"] == "critical" for e in missed)
    checks = "expectations missed in their last run" if missed else f"of {len(expectations)} expectations missed"
    cells: list[tuple[int, str, str, str]] = [
        (n["reports"], f"reports, {wording.number(n['independent'])} independent", "incoming", ""),
        (n["figures"], "figures with their sentences", "rows", ""),
        (n["speakers"], "speakers of figures", "speakers", ""),
        (n["unowned"], "figures in the outlet’s own voice", "unresolved", ""),
        (disputes, "disputed pairs" + (" or more" if disputes >= DISPUTED else ""), "disputed", "warn" if disputes else ""),
        (n["places"], "places", "map", ""),
        (n["refused"], "rows refused, with reasons", "refused", ""),
        (len(missed), checks, "quality", "bad" if critical else "warn" if missed else "good"),
    ]
    return [dict(zip(("n", "words", "to", "css"), cell, strict=True)) for cell in cells]


def _panels(marks: Sequence[Row], known: Mapping[str, Row], sides: Sequence[str]) -> dict[str, Any]:
    domain, outside = charts.time_domain(marks)
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for mark in marks:
        groups[(mark["kind"], mark["unit"])].append({**mark, "denied": known[mark["figure_id"]]["denied"]})
    panels = []
    for (kind, unit), group in groups.items():
        drawn, all_marks = len(group), group[0]["marks"]
        notes = [f"{drawn} of {wording.number(all_marks)} different figures: the most repeated of each stretch of time."] if drawn < all_marks else []
        beyond = sum(not domain.holds(mark["day"]) for mark in group) if domain else 0
        notes += [f"{beyond} lie before or after these days, at the edge."] if beyond else []
        panels.append(
            {
                "heading": _heading(kind, unit, group),
                "figures": int(group[0]["figures"]),
                "chart": charts.figure_panel(group, domain, sides, known) if domain else "",
                "note": " ".join(notes),
            }
        )
    return {"panels": panels, "outside": outside}


def _heading(kind: str, unit: str, group: Sequence[Row]) -> str:
    items = sorted({mark["item"] for mark in group if mark["item"]})
    of = f" {items[0]}" if len(items) == 1 and len(items[0]) < 30 and items[0] not in kind else ""
    measured = "" if unit in ("count", "person", "other") else f", {wording.unit_words(unit).strip() or unit}"
    return f"{wording.kind_words(kind).capitalize()}{':' + of if of else ''}{measured}"


def _left_out(count: int) -> str:
    return f"Rarer kinds and units without a panel: {wording.number(count)}. Their figures are in the warehouse." if count else ""


def _legend(sides: Sequence[Row], n: Row) -> list[dict[str, Any]]:
    names = [s["side"] for s in sides]
    out = [
        {"css": charts.side_class(s["side"], names), "name": wording.clipped(wording.side(s["side"]), 32), "n": s["n"]} for s in sides[: charts.SIDES]
    ]
    if len(sides) > charts.SIDES:
        out.append({"css": f"s{charts.SIDES + 1}", "name": "others", "n": n["figures"] - n["unowned"] - sum(s["n"] for s in sides[: charts.SIDES])})
    if n["unowned"]:
        out.append({"css": "s0", "name": wording.side(None), "n": n["unowned"]})
    return out


def _dispute(pair: Row, known: Mapping[str, Row], sides: Sequence[str]) -> dict[str, Any]:
    low, high = known[pair["low_id"]], known[pair["high_id"]]
    thing = pair["item"] or max((low["thing"], high["thing"]), key=len)
    words = thing if wording.kind_words(pair["kind"]) in thing or pair["kind"] == "other" else f"{thing}, {wording.kind_words(pair['kind'])}"
    # Capital first letter only: names within keep theirs.
    where = low["place"] or high["place"]
    heading = words[:1].upper() + wording.clipped(words[1:], 70) + (f": {wording.clipped(where, 40)}" if where else "")
    return {"heading": heading, "day": pair["day"], "low": low, "high": high, "chart": charts.duel(low, high, sides)}


def _days(selection: Selection, timeline: Sequence[Row], known: Mapping[str, Row]) -> list[Row]:
    """Return the days with their figures, or with sentences that name them where no figure holds."""
    bare = [d for d in timeline if not d["ids"]]
    quotes = selection.sentences((k["document_id"], k["revision"], k["sentence"]) for d in bare for k in d["first"])
    out = []
    for d in timeline:
        keys = dict.fromkeys((k["document_id"], k["revision"], k["sentence"]) for k in d["first"]) if not d["ids"] else {}
        out.append({**d, "facts": [known[i] for i in d["ids"]], "quotes": [quotes[key] for key in keys if key in quotes]})
    return out


def _timeline_strip(timeline: Sequence[Row]) -> Any:
    if len(timeline) < 2:
        return ""
    days = {d["day"]: int(max(d["mentions"], d["figures"])) for d in timeline}
    return charts.strip(days, min(days), max(days), height=44, what="Facts")


def _speakers(selection: Selection, sides: Sequence[str]) -> list[Row]:
    speakers = selection.speakers()
    statements = selection.statements([claim for s in speakers for claim in s["latest"]])
    out = []
    for s in speakers:
        plain = max(s["statements"] - s["hedged"] - s["denials"], 0)
        whole = (plain + s["hedged"] + s["denials"]) or 1
        bars, x = [], 0.0
        for css, count in (("a", plain), ("h", s["hedged"]), ("d", s["denials"])):
            if count:
                width = 100 * count / whole
                bars.append((css, f"{x:.1f}", f"{width:.1f}"))
                x += width
        latest = [statements[claim] for claim in s["latest"] if claim in statements]
        out.append({**s, "plain": plain, "bars": bars, "latest": latest, "css": charts.side_class(s["side"], sides)})
    return out


def _outlets(selection: Selection) -> dict[str, Any]:
    outlets = selection.incoming()
    by_outlet: dict[str, dict[date, int]] = defaultdict(dict)
    for row in selection.days():
        by_outlet[row["publisher"]][row["day"]] = row["reports"]
    days = [d for series in by_outlet.values() for d in series]
    if not days:
        return {"outlets": [{**o, "strip": ""} for o in outlets], "bucket": "day"}
    first, last = min(days), max(days)
    top = charts.strip_top([by_outlet[o["publisher"]] for o in outlets], first, last)
    drawn = [{**o, "strip": charts.strip(by_outlet[o["publisher"]], first, last, top=top) if by_outlet[o["publisher"]] else ""} for o in outlets]
    return {"outlets": drawn, "bucket": buckets(first, last)[1]}
