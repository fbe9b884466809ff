"""Arrow tables to the frames that the suites look at: the columns of the table, and a few worked out from the row and its report.

What the extra columns mean is said in expectations/README.md. Frames keep the order of the rows, so position n of a frame is row n of the table.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pyarrow as pa

Key = tuple[str, int]  # document_id and revision.
Column = list[Any]


@dataclass(slots=True)
class Known:
    """What rows may point to: filled table by table as rows are kept."""

    texts: dict[Key, str] = field(default_factory=dict)
    published: dict[Key, datetime | None] = field(default_factory=dict)
    sentences: dict[Key, int] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def keep(self, table: str, rows: pa.Table) -> None:
        """Remember the kept rows of a table that others point to."""
        if table == "documents":
            keys = list(_keys(rows))
            self.texts = dict(zip(keys, rows["text"].to_pylist(), strict=True))
            self.published = dict(zip(keys, rows["published_at"].to_pylist(), strict=True))
        elif table == "claims":
            self.claims = set(rows["claim_id"].to_pylist())
        elif table == "places":
            self.places = set(rows["place_id"].to_pylist())

    def count_sentences(self, rows: pa.Table) -> None:
        """Count the sentences of each report."""
        for key, sentence in zip(_keys(rows), rows["sentence"].to_pylist(), strict=True):
            self.sentences[key] = max(self.sentences.get(key, 0), sentence + 1)


def _keys(rows: pa.Table) -> Iterable[Key]:
    return zip(rows["document_id"].to_pylist(), rows["revision"].to_pylist(), strict=True)


def frame_of(table: str, rows: pa.Table, known: Known) -> pd.DataFrame:
    """Return the frame of a table's rows."""
    plain = rows.drop_columns(["candidates"]) if "candidates" in rows.column_names else rows
    frame: pd.DataFrame = plain.to_pandas()
    for name, values in _DERIVED[table](rows, known).items():
        frame[name] = pd.Series(values, dtype=_dtype(values))
    return frame


def _dtype(values: Column) -> str:
    """Return a type that a column has whether or not all its values are NULL; pandas would guess differently."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, str):
        return "str"
    # Booleans with NULL and all-NULL columns stay objects: only membership is asked of them.
    return "float64" if isinstance(first, float | int) and not isinstance(first, bool) else "object"


def _document(rows: pa.Table, known: Known) -> dict[str, Column]:
    now = datetime.now(UTC).replace(tzinfo=None)
    return {"hours_ahead": _floats(None if moment is None else (moment - now).total_seconds() / 3600 for moment in rows["published_utc"].to_pylist())}


def _floats(values: Iterable[float | None]) -> Column:
    # Not-a-number instead of None keeps an all-NULL column a column of numbers.
    return [math.nan if value is None else float(value) for value in values]


def _place(rows: pa.Table, known: Known) -> dict[str, Column]:
    points = list(zip(rows["lat"].to_pylist(), rows["lon"].to_pylist(), strict=True))
    return {
        "point_whole": [(lat is None) == (lon is None) for lat, lon in points],
        "off_null_island": [not (lat == 0 and lon == 0) for lat, lon in points],
    }


def _fact(rows: pa.Table, known: Known) -> dict[str, Column]:
    keys = list(_keys(rows))
    spans = zip(keys, rows["start_char"].to_pylist(), rows["end_char"].to_pylist(), rows["text"].to_pylist(), strict=True)
    return {
        "document_exists": [key in known.texts for key in keys],
        # Where the report is missing that is the finding, not the offsets.
        "written": [known.texts[key][start:end] if key in known.texts else text for key, start, end, text in spans],
        "sentence_exists": [0 <= n < known.sentences.get(key, 1) for key, n in zip(keys, rows["sentence"].to_pylist(), strict=True)],
    }


def _points(ids: pa.ChunkedArray, targets: set[str]) -> Column:
    return [None if key is None else key in targets for key in ids.to_pylist()]


def _place_mention(rows: pa.Table, known: Known) -> dict[str, Column]:
    return {**_fact(rows, known), "place_exists": _points(rows["place_id"], known.places)}


def _days_after(rows: pa.Table, known: Known) -> Column:
    days = []
    for key, begin in zip(_keys(rows), rows["date_from"].to_pylist(), strict=True):
        published = known.published.get(key)
        days.append(None if published is None or begin is None else (begin - published).days)
    return _floats(days)


def _figure(rows: pa.Table, known: Known) -> dict[str, Column]:
    bounds = list(zip(rows["value_min"].to_pylist(), rows["value_max"].to_pylist(), strict=True))
    values = [low if high is None else high for low, high in bounds]
    things = list(zip(values, rows["kind"].to_pylist(), rows["unit"].to_pylist(), rows["item"].to_pylist(), strict=True))
    return {
        **_fact(rows, known),
        "has_value": [value is not None for value in values],
        "finite": [all(math.isfinite(bound) for bound in pair if bound is not None) for pair in bounds],
        "territory_percent": _floats(value if kind == "territory" and unit == "percent" else None for value, kind, unit, _ in things),
        "people": _floats(value if unit == "person" else None for value, _, unit, _ in things),
        "age": _floats(value if kind == "age" and unit == "year" else None for value, kind, unit, _ in things),
        "says_of_what": [item is not None or kind != "other" for _, kind, _, item in things],
        "claim_exists": _points(rows["claim_id"], known.claims),
        "place_exists": _points(rows["place_id"], known.places),
        "days_after_publication": _days_after(rows, known),
    }


def _date(rows: pa.Table, known: Known) -> dict[str, Column]:
    resolved = [value != "UNRESOLVED" for value in rows["value"].to_pylist()]
    return {
        **_fact(rows, known),
        "resolved": resolved,
        "reason_given": [done or bool(why) for done, why in zip(resolved, rows["unresolved"].to_pylist(), strict=True)],
        "days_after_publication": _days_after(rows, known),
    }


def _claim(rows: pa.Table, known: Known) -> dict[str, Column]:
    return {
        **_fact(rows, known),
        "source_quoted": _quoted(rows, known, "source_start", "source_end", "source_text"),
        "cue_quoted": _quoted(rows, known, "cue_start", "cue_end", "cue"),
        "place_exists": _points(rows["place_id"], known.places),
    }


def _quoted(rows: pa.Table, known: Known, start: str, end: str, text: str) -> Column:
    spans = zip(_keys(rows), rows[start].to_pylist(), rows[end].to_pylist(), rows[text].to_pylist(), strict=True)
    return [None if first is None or key not in known.texts else known.texts[key][first:last] == words for key, first, last, words in spans]


_DERIVED: Mapping[str, Callable[[pa.Table, Known], dict[str, Column]]] = {
    "documents": _document,
    "places": _place,
    "entity_mentions": _fact,
    "place_mentions": _place_mention,
    "figures": _figure,
    "dates": _date,
    "claims": _claim,
}
