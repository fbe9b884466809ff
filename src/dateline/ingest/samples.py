"""A few rows of every fact kind from the published snapshot, for the end of a run."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.warehouse.query import open_snapshot
from dateline.warehouse.target import Snapshot

_ROWS = 6

# What an analyst would ask first, one look a fact kind.
QUERIES = {
    "figures": """
        SELECT concat_ws(' ', f.modifier, f.text) AS words, CASE WHEN f.unit NOT IN ('count', 'person') THEN f.unit END AS unit, f.item, f.kind,
               f.place_text AS place, f.date_value AS date, f.source_name AS "said by"
        FROM figures f WHERE f.run_id = $run_id ORDER BY f.source_name IS NULL, f.score DESC, f.figure_id""",
    "claims": """
        SELECT c.source_name AS "who", c.cue, c.act, c.text[:80] AS content
        FROM claims c WHERE c.run_id = $run_id ORDER BY c.source_name IS NULL, c.score DESC, c.claim_id""",
    "place_mentions": """
        SELECT m.text, p.name, p.kind, p.admin1, p.country, round(p.lat, 2) AS lat, round(p.lon, 2) AS lon, count(*) AS mentions
        FROM place_mentions m LEFT JOIN places p USING (place_id) WHERE m.run_id = $run_id GROUP BY ALL ORDER BY mentions DESC, m.text""",
    "entity_mentions": """
        SELECT coalesce(m.canonical, m.name) AS name, m.type, any_value(m.role) AS role, count(*) AS mentions
        FROM entity_mentions m WHERE m.run_id = $run_id GROUP BY 1, 2 ORDER BY mentions DESC, name""",
    "dates": """
        SELECT d.text, d.type, d.value, d.granularity, d.anchor, d.unresolved
        FROM dates d WHERE d.run_id = $run_id ORDER BY d.date_from IS NULL, d.date_from DESC, d.date_id""",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A small table: title, column names, rows of printable values."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


def sample_tables(published: Snapshot, run_id: str, *, rows: int = _ROWS) -> list[Sample]:
    """Return a few rows of each fact table; nothing where the run loaded nothing of a kind."""
    out = []
    with open_snapshot(published) as con:
        for kind, query in QUERIES.items():
            total = con.execute(f"SELECT count(*) FROM {kind} WHERE run_id = ?", [run_id]).fetchone()  # noqa: S608 - Names of our own tables, no input.
            cursor = con.execute(f"{query} LIMIT {rows}", {"run_id": run_id})
            found = cursor.fetchall()
            if found:
                columns = tuple(column[0] for column in cursor.description or ())
                out.append(Sample(f"{kind}: {total[0] if total else 0} rows, {len(found)} shown", columns, found))
    return out
