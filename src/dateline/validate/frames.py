"""Rows to the frames that the suites look at: the columns of the table, and a few worked out from the row and its report.

What the extra columns mean is said in expectations/README.md. Frames keep the order of the rows, so position n of a frame is row n.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from dateline.warehouse.rows import Row, Tables
from dateline.warehouse.schema import columns

_SUM_FROM_WORDS = 10_000  # From so many words on, no figure at all means a broken extractor; see expectations/batch.json.
_SHARE_FROM_ROWS = 100


@dataclass(slots=True)
class Known:
    """What rows may point to: filled table by table as rows are kept."""

    documents: dict[tuple[str, int], Row] = field(default_factory=dict)
    sentences: dict[tuple[str, int], int] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def keep(self, table: str, rows: Sequence[Row]) -> None:
        """Remember the kept rows of a table that others point to."""
        if table == "documents":
            self.documents = {(row["document_id"], row["revision"]): row for row in rows}
        elif table == "claims":
            self.claims = {row["claim_id"] for row in rows}
        elif table == "places":
            self.places = {row["place_id"] for row in rows}

    def count_sentences(self, rows: Sequence[Row]) -> None:
        """Count the sentences of each report."""
        for row in rows:
            key = (row["document_id"], row["revision"])
            self.sentences[key] = max(self.sentences.get(key, 0), row["sentence"] + 1)


def frame_of(table: str, rows: Sequence[Row], known: Known) -> pd.DataFrame:
    """Return the frame of a table's rows."""
    data: dict[str, list[Any]] = {name: [row.get(name) for row in rows] for name in columns(table) if name != "candidates"}
    if table in _DERIVED:
        derived = [_DERIVED[table](row, known) for row in rows]
        for name in derived[0] if derived else ():
            data[name] = [values[name] for values in derived]
    return pd.DataFrame(data)


def batch_frame(incoming: Tables, refused: int) -> pd.DataFrame:
    """Return one row that describes a batch as a whole."""
    documents = incoming["documents"]
    words = sum(row["words"] for row in documents)
    facts = sum(len(rows) for table, rows in incoming.items() if table in _FACTS)
    failed = sum(row["rule"] == "extract.failed" for row in incoming["ops.quarantine"])
    row: dict[str, Any] = {"documents": len(documents), "words": words}
    for table in ("figures", "entity_mentions", "dates"):
        row[f"{table}_in_much_text"] = len(incoming[table]) if words >= _SUM_FROM_WORDS else None
    row["refused_percent"] = 100 * refused / facts if facts >= _SHARE_FROM_ROWS else None
    row["failed_percent"] = 100 * failed / len(documents) if documents else None
    return pd.DataFrame([row])


_FACTS = frozenset({"entity_mentions", "place_mentions", "figures", "dates", "claims"})


def _fact(row: Row, known: Known) -> Row:
    key = (row["document_id"], row["revision"])
    document = known.documents.get(key)
    return {
        "document_exists": document is not None,
        # Where the report is missing that is the finding, not the offsets.
        "written": document["text"][row["start_char"] : row["end_char"]] if document else row["text"],
        "sentence_exists": 0 <= row["sentence"] < known.sentences.get(key, 1),
    }


def _document(row: Row, known: Known) -> Row:
    moment: datetime | None = row["published_utc"]
    now = datetime.now(UTC).replace(tzinfo=None)
    return {"hours_ahead": None if moment is None else (moment - now).total_seconds() / 3600}


def _place(row: Row, known: Known) -> Row:
    lat, lon = row["lat"], row["lon"]
    return {"point_whole": (lat is None) == (lon is None), "off_null_island": not (lat == 0 and lon == 0)}


def _place_mention(row: Row, known: Known) -> Row:
    return {**_fact(row, known), "place_exists": _points(row["place_id"], known.places)}


def _points(key: str | None, targets: set[str]) -> bool | None:
    return None if key is None else key in targets


def _figure(row: Row, known: Known) -> Row:
    low, high = row["value_min"], row["value_max"]
    value = low if high is None else high
    return {
        **_fact(row, known),
        "has_value": value is not None,
        "finite": all(math.isfinite(bound) for bound in (low, high) if bound is not None),
        "territory_percent": value if row["kind"] == "territory" and row["unit"] == "percent" else None,
        "people": value if row["unit"] == "person" else None,
        "age": value if row["kind"] == "age" and row["unit"] == "year" else None,
        "says_of_what": row["item"] is not None or row["kind"] != "other",
        "claim_exists": _points(row["claim_id"], known.claims),
        "place_exists": _points(row["place_id"], known.places),
        "days_after_publication": _days_after(row, known),
    }


def _days_after(row: Row, known: Known) -> float | None:
    document = known.documents.get((row["document_id"], row["revision"]))
    published = document["published_at"] if document else None
    if published is None or row["date_from"] is None:
        return None
    return float((row["date_from"] - published).days)


def _date(row: Row, known: Known) -> Row:
    resolved = row["value"] != "UNRESOLVED"
    return {
        **_fact(row, known),
        "resolved": resolved,
        "reason_given": resolved or bool(row["unresolved"]),
        "days_after_publication": _days_after(row, known),
    }


def _claim(row: Row, known: Known) -> Row:
    document = known.documents.get((row["document_id"], row["revision"]))
    return {
        **_fact(row, known),
        "source_quoted": _quoted(document, row["source_start"], row["source_end"], row["source_text"]),
        "cue_quoted": _quoted(document, row["cue_start"], row["cue_end"], row["cue"]),
    }


def _quoted(document: Row | None, start: int | None, end: int | None, text: str | None) -> bool | None:
    if document is None or start is None:
        return None
    return bool(document["text"][start:end] == text)


_DERIVED: Mapping[str, Callable[[Row, Known], Row]] = {
    "documents": _document,
    "places": _place,
    "entity_mentions": _fact,
    "place_mentions": _place_mention,
    "figures": _figure,
    "dates": _date,
    "claims": _claim,
}
