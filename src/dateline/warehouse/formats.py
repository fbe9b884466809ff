"""Query results as people and programs want them: JSON, CSV, Markdown, parquet, or plain cells for a terminal table."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from datetime import date, datetime
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

Format = Literal["json", "jsonl", "csv", "markdown", "parquet"]
# Text of the outside world must not steer the reader's terminal.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render(table: pa.Table, format: Format) -> bytes:
    """Return a result as bytes in one of the formats; text formats are UTF-8 and end with a newline."""
    if format == "parquet":
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        return buffer.getvalue()
    return {"json": _json, "jsonl": _jsonl, "csv": _csv, "markdown": _markdown}[format](table).encode("utf-8", "replace")


def cell(value: Any) -> str:
    """Return a value as one line of text for a table: times without empty clock parts, numbers without needless decimals, no control characters."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == value.min.time() else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:.6g}"
    if isinstance(value, list | dict):
        value = json.dumps(_plain(value), ensure_ascii=False)
    return _CONTROL.sub("\ufffd", re.sub(r"\s*\n\s*", " ", str(value)))


def cells(table: pa.Table) -> tuple[list[str], list[list[str]]]:
    """Return column names and rows of texts."""
    columns = [column.to_pylist(maps_as_pydicts="lossy") for column in table.columns]
    return list(table.column_names), [[cell(value) for value in row] for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: ISO dates; not-a-number and infinity, which JSON lacks, as null."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _json(table: pa.Table) -> str:
    lines = [json.dumps(_plain(row), ensure_ascii=False) for row in table.to_pylist(maps_as_pydicts="lossy")]
    return "[" + ",\n ".join(lines) + "]\n"


def _jsonl(table: pa.Table) -> str:
    return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in table.to_pylist(maps_as_pydicts="lossy"))


def _csv(table: pa.Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    columns = [column.to_pylist(maps_as_pydicts="lossy") for column in table.columns]
    for row in zip(*columns, strict=True):
        plain = [_plain(value) for value in row]
        writer.writerow([json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value for value in plain])
    return out.getvalue()


def _markdown(table: pa.Table) -> str:
    names, rows = cells(table)
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
