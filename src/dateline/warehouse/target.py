"""Where the warehouse is: a DuckDB file in a folder of this machine, or a DuckLake that several writers share. Words only; nothing is opened here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from dateline.errors import UsageError

_FILE = "duckdb:"
_LAKE = "ducklake:"
_POSTGRES = "postgres:"
_PASSWORD = re.compile(r"(password\s*=\s*)('[^']*'|\S+)|(://[^:/@\s]+:)[^@\s]+(?=@)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lake:
    """A DuckLake: tables in PostgreSQL that list Parquet files, and the folder or object storage that holds these.

    Attributes:
        connection: How to reach the catalog, as libpq reads it: "host=db dbname=news" or "postgresql://db/news". A password belongs in PGPASSWORD or
            ~/.pgpass.
        data: Folder or URL (s3://bucket/news) of the Parquet files. Needed where the lake is made; it is kept in the catalog.
    """

    connection: str = field(repr=False)
    data: str | None = None

    def __str__(self) -> str:
        """Return the target as people may see it: without a password."""
        return _LAKE + _POSTGRES + _PASSWORD.sub(lambda m: f"{m[1] or m[3]}***", self.connection)


Snapshot: TypeAlias = Path | Lake  # What readers open.


def refuse_lake(lake: Lake | None, verb: str) -> None:
    """Refuse a verb that works on the warehouse's file where there is none.

    Raises:
        UsageError: The warehouse is a lake.
    """
    if lake is not None:
        raise UsageError(
            f"{verb} is for a warehouse in a file, not for {lake}.",
            remedy="The catalog is copied with pg_dump, the data as its storage does it; docs/scale.md says how a lake is kept.",
        )


def parse_target(text: str, data: str | None = None) -> str | Lake:
    """Return the folder that `duckdb:PATH` or a plain path names, or the lake that `ducklake:postgres:CONNECTION` names.

    Raises:
        UsageError: A catalog that is not PostgreSQL: others let one process write at a time, and then a DuckDB file is the better warehouse.
    """
    if not text.startswith(_LAKE):
        return text.removeprefix(_FILE)
    catalog = text.removeprefix(_LAKE)
    if not catalog.startswith(_POSTGRES) or not catalog.removeprefix(_POSTGRES).strip():
        raise UsageError(
            f"{text.partition(' ')[0]!r} is not a DuckLake with a PostgreSQL catalog.",
            remedy="Write it as ducklake:postgres:host=HOST dbname=NAME; for one machine a folder is the better warehouse.",
        )
    return Lake(catalog.removeprefix(_POSTGRES).strip(), data)
