"""The book of sources: what each answered last, what was fetched, and when a source that fails is asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

import duckdb

from dateline.ids import stable_id
from dateline.warehouse.rows import Row
from dateline.warehouse.stage import arrow_table

# Feeds list what is some days old; a page that nobody has led to for a month is asked for whole, should it come up again.
_REMEMBERED = timedelta(days=30)
_CUT = ["read.source_timeout", "read.too_many_links"]  # Refusals that say of a source as a whole what was left of it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an address held when it was asked last; times in UTC without zone.

    `text_hash` is of the report read out of it, if there is one; `taken_in` says that the run that met it came to its end, so that whatever it holds
    is in the warehouse.
    """

    fetch_id: str
    content_hash: str
    fetched_at: datetime
    checked_at: datetime
    content_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    raw_path: str | None
    bytes: int | None
    text_hash: str | None
    taken_in: bool


def source_id(address: str) -> str:
    """Return the id of a source."""
    return stable_id("src", address)


def known_addresses(con: duckdb.DuckDBPyConnection, now: datetime) -> dict[str, Known]:
    """Return what is known of the addresses that were asked in the last month."""
    names = [spec.name for spec in fields(Known) if spec.name not in {"text_hash", "taken_in"}]
    rows = con.execute(
        f"WITH latest AS (SELECT address, document_id, run_id, {', '.join(names)} FROM ops.fetches WHERE checked_at > ? "  # noqa: S608 - own names.
        "QUALIFY row_number() OVER (PARTITION BY address ORDER BY checked_at DESC, fetched_at DESC, fetch_id) = 1) "
        f"SELECT address, {', '.join(f'l.{name}' for name in names)}, d.text_hash, coalesce(r.status = 'done', false) FROM latest AS l "
        "LEFT JOIN documents AS d ON d.document_id = l.document_id AND d.is_current LEFT JOIN ops.runs AS r ON r.run_id = l.run_id",
        [now - _REMEMBERED],
    ).fetchall()
    return {row[0]: Known(**dict(zip([*names, "text_hash", "taken_in"], row[1:], strict=True))) for row in rows}


def checked_pages(con: duckdb.DuckDBPyConnection, sitemaps: Iterable[str]) -> dict[str, datetime]:
    """Return when the pages of some sitemaps were last asked with what they held taken in, however long ago: sitemaps list pages for years."""
    rows = con.execute(
        "SELECT f.address, max(f.checked_at) FROM ops.fetches AS f JOIN ops.runs AS r ON r.run_id = f.run_id AND r.status = 'done' "
        "WHERE f.source_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY f.address",
        [list(sitemaps)],
    ).fetchall()
    return dict(rows)


def failed_addresses(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the addresses that could not be read when they were asked last."""
    return {row[0] for row in con.execute("SELECT DISTINCT location FROM ops.quarantine WHERE rule = 'read.fetch'").fetchall()}


def known_sources(con: duckdb.DuckDBPyConnection, addresses: Iterable[str]) -> dict[str, Row]:
    """Return the rows of ops.sources for some addresses."""
    cursor = con.execute("SELECT * FROM ops.sources WHERE source_id IN (SELECT unnest(?::VARCHAR[]))", [[source_id(a) for a in addresses]])
    names = [column[0] for column in cursor.description or ()]
    return {row["address"]: row for row in (dict(zip(names, values, strict=True)) for values in cursor.fetchall())}


def write_sources(
    con: duckdb.DuckDBPyConnection,
    sources: Sequence[Row],
    fetches: Sequence[Row],
    confirmed: Sequence[str],
    now: datetime,
    *,
    run_id: str,
    replaced: Sequence[str] = (),
    waiting: Sequence[Row] = (),
    settled: Sequence[str] = (),
) -> None:
    """Write what a run learnt of its sources, in one transaction.

    Args:
        con: The work database.
        sources: Rows of ops.sources, whole.
        fetches: Rows of ops.fetches; a report is looked for that was read from their final address.
        confirmed: Ids of fetches of earlier runs whose content the server still has.
        now: UTC, without zone.
        run_id: The run that learnt it.
        replaced: Ids of fetches of earlier runs that need not be kept beside the new ones.
        waiting: Rows of ops.waiting: what the run leaves for the next one.
        settled: Ids of sources of which nothing else waits any more.
    """
    tables = {"ops.sources": ("source_id", sources), "ops.fetches": ("fetch_id", fetches), "ops.waiting": ("waiting_id", waiting)}
    con.execute("BEGIN")
    try:
        con.execute("DELETE FROM ops.fetches WHERE fetch_id IN (SELECT unnest(?::VARCHAR[]))", [list(replaced)])
        # What waits for sources that are read no more is given up in the end.
        con.execute("DELETE FROM ops.waiting WHERE source_id IN (SELECT unnest(?::VARCHAR[])) OR since < ?", [list(settled), now - _REMEMBERED])
        for table, (key, rows) in tables.items():
            _replace(con, table, key, rows)
        # Rows of a time when the clock was ahead must not pass for the latest for years.
        con.execute("UPDATE ops.fetches SET checked_at = least(fetched_at, $1), fetched_at = least(fetched_at, $1) WHERE checked_at > $1", [now])
        con.execute("UPDATE ops.fetches SET checked_at = ? WHERE fetch_id IN (SELECT unnest(?::VARCHAR[]))", [now, list(confirmed)])
        con.execute(
            "UPDATE ops.fetches SET document_id = d.document_id FROM "
            "(SELECT source, any_value(document_id) AS document_id FROM documents "
            " WHERE source IN (SELECT final_address FROM ops.fetches WHERE document_id IS NULL AND checked_at = $1) "
            " GROUP BY source HAVING count(DISTINCT document_id) = 1) AS d "
            "WHERE ops.fetches.document_id IS NULL AND ops.fetches.final_address = d.source AND ops.fetches.checked_at = $1",
            [now],
        )
        # What could not be fetched then and was now is no refusal any more. A refusal of the run that met this very content is about the content.
        con.execute(
            "DELETE FROM ops.quarantine AS q USING ops.fetches AS f "
            "WHERE q.rule = 'read.fetch' AND q.location = f.address AND f.checked_at = ? AND q.run_id <> f.run_id",
            [now],
        )
        con.execute(
            "DELETE FROM ops.quarantine AS q USING ops.fetches AS f "
            "WHERE q.rule = 'read.no_page' AND q.location = f.address AND f.checked_at = ? AND q.run_id <> f.run_id",
            [now],
        )
        con.execute(
            "DELETE FROM ops.quarantine WHERE rule IN (SELECT unnest(?::VARCHAR[])) AND location IN (SELECT unnest(?::VARCHAR[])) AND run_id <> ?",
            [_CUT, [row["address"] for row in sources], run_id],
        )
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise


def _replace(con: duckdb.DuckDBPyConnection, table: str, key: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    con.register("learnt", arrow_table(table, rows))
    try:
        con.execute(f"DELETE FROM {table} AS t USING learnt AS l WHERE t.{key} = l.{key}")  # noqa: S608 - own names.
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM learnt ORDER BY {key}")  # noqa: S608 - own names.
    finally:
        con.unregister("learnt")


def unnamed(con: duckdb.DuckDBPyConnection, paths: Iterable[str]) -> list[str]:
    """Return those of some kept bodies that no fetch names any more."""
    return [
        row[0]
        for row in con.execute(
            "SELECT path FROM (SELECT unnest(?::VARCHAR[]) AS path) WHERE path NOT IN (SELECT raw_path FROM ops.fetches WHERE raw_path IS NOT NULL)",
            [list(paths)],
        ).fetchall()
    ]
