"""Articles back out of the warehouse: kept texts, for reading them again after the extractors have changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import duckdb

from dateline.model import Article

_FETCH = 500
_COLUMNS = (
    "document_id, text, title, url, publisher, byline, language, published_at, published_offset, published_precision, dateline_place, "
    "dateline_date, fetched_at, source, origin_id"
)


def stale_count(con: duckdb.DuckDBPyConnection, extractor_version: str) -> int:
    """Return how many revisions were last read by other extractors than these."""
    row = con.execute("SELECT count(*) FROM documents WHERE extractor_version <> ?", [extractor_version]).fetchone()
    return int(row[0]) if row else 0


def kept_articles(con: duckdb.DuckDBPyConnection, extractor_version: str | None = None) -> Iterator[Article]:
    """Yield every kept revision as an article, those first read first; with a version, only what other extractors read last."""
    # A cursor of its own, and ids first: the caller loads into the same tables while it reads on.
    cursor = con.cursor()
    where = "WHERE extractor_version IS DISTINCT FROM ?" if extractor_version else "WHERE ? IS NULL"
    keys = cursor.execute(f"SELECT document_id, revision FROM documents {where} ORDER BY revision, document_id", [extractor_version]).fetchall()  # noqa: S608 - constants.
    for begin in range(0, len(keys), _FETCH):
        some = keys[begin : begin + _FETCH]
        rows = cursor.execute(
            f"SELECT {_COLUMNS} FROM documents SEMI JOIN (SELECT unnest(?::VARCHAR[]) AS document_id, unnest(?::INTEGER[]) AS revision) AS wanted "  # noqa: S608
            "USING (document_id, revision) ORDER BY revision, document_id",
            [[key[0] for key in some], [key[1] for key in some]],
        ).fetchall()
        yield from (_article(row) for row in rows)


def _article(row: tuple[object, ...]) -> Article:
    names = [name.strip() for name in _COLUMNS.split(",")]
    values = dict(zip(names, row, strict=True))
    offset = values.pop("published_offset")
    published = values["published_at"]
    if isinstance(published, datetime) and isinstance(offset, int):
        values["published_at"] = published.replace(tzinfo=timezone(timedelta(minutes=offset)))
    return Article(**values)  # type: ignore[arg-type]  # The columns are those of the record, by name and type.
