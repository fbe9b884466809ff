"""Refused rows: out of the batch, into ops.quarantine, with the expectation that refused them and the row itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from dateline.model import Rejection
from dateline.warehouse.rows import Row, quarantine_row
from dateline.warehouse.schema import KEYS

_TEXT_LIMIT = 2_000  # Characters kept of any one text in a refused row: enough to see what it is.


def split(table: str, rows: pa.Table, failed: Mapping[int, Sequence[Mapping[str, Any]]], *, run_id: str) -> tuple[pa.Table, list[Row]]:
    """Return the kept rows and the rows of ops.quarantine for the refused ones.

    Args:
        table: Table the rows belong to.
        rows: All rows.
        failed: Position of each refused row to the `meta` of the critical expectations it failed, in the suite's order.
        run_id: Run that refuses.
    """
    if not failed:
        return rows, []
    positions = sorted(failed)
    refused = [_refusal(table, row, failed[position], run_id) for position, row in zip(positions, rows.take(positions).to_pylist(), strict=True)]
    kept = [position for position in range(rows.num_rows) if position not in failed]
    return rows.take(pa.array(kept, type=pa.int64())), refused


def _refusal(table: str, row: Row, metas: Sequence[Mapping[str, Any]], run_id: str) -> Row:
    also = f" Also failed: {', '.join(str(meta['name']) for meta in metas[1:])}." if len(metas) > 1 else ""
    refused = Rejection(
        stage="validate",
        kind=table,
        reason=f"{metas[0]['reason']}{also}",
        rule=str(metas[0]["name"]),
        document_id=row.get("document_id"),
        location=_location(row),
        raw=raw_json(row),
    )
    key = KEYS[table]
    return quarantine_row(refused, run_id=run_id, revision=row.get("revision"), row_id=str(row.get(key[0])) if len(key) == 1 else None)


def _location(row: Row) -> str | None:
    if row.get("start_char") is not None:
        return f"characters {row['start_char']}-{row['end_char']}"
    source = row.get("source")
    return str(source) if source else None


def raw_json(row: Mapping[str, Any]) -> str:
    """Return a row as JSON, long texts cut, so that the whole stays readable JSON.

    Columns that differ between runs are left out, and the revision, which is provisional here: the same refusal must read the same in every run.
    """
    kept = {key: _cut(value) for key, value in row.items() if key not in ("run_id", "fetched_at", "revision") and value is not None}
    return json.dumps(kept, ensure_ascii=False, default=lambda value: value.isoformat() if isinstance(value, date) else str(value))


def _cut(value: Any) -> Any:
    return value[:_TEXT_LIMIT] + "…" if isinstance(value, str) and len(value) > _TEXT_LIMIT else value
