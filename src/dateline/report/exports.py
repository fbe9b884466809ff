"""Tables as Parquet or CSV files, places and figures as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from dateline.errors import EnvironmentProblem, UsageError
from dateline.warehouse.query import mart_names, open_snapshot
from dateline.warehouse.target import Snapshot

Written = list[tuple[Path, int]]
_ROWS = 50_000  # Rows in a chunk, so that memory stays flat.

_PLACES = """
SELECT p.place_id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, p.geonames_id, count(*) AS mentions,
       count(DISTINCT m.document_id) AS reports
FROM place_mentions m JOIN places p USING (place_id) JOIN documents d ON d.document_id = m.document_id AND d.revision = m.revision AND d.is_current
WHERE NOT m.metonym AND p.lat IS NOT NULL AND p.lon IS NOT NULL
GROUP BY ALL ORDER BY mentions DESC, p.place_id
"""
_FIGURES = """
SELECT figure_id, words, value_min, value_max, approx, unit, kind, item, concept, per, negated, mode, speaker, speaker_country, place, place_id,
       country, lat, lon, day, day_basis, quote, link, title, publisher, published_at, score, rule
FROM figure_facts WHERE lat IS NOT NULL AND lon IS NOT NULL ORDER BY day NULLS LAST, figure_id
"""


def export_tables(published: Snapshot, folder: Path, *, form: str = "parquet", only: Sequence[str] | None = None, marts: bool = False) -> Written:
    """Write tables (and marts) of a snapshot to `folder`, a file each; return the files with their rows.

    Args:
        form: "parquet" or "csv"; lists and structs become JSON in CSV.
        only: Names of tables or marts; all tables where None.

    Raises:
        UsageError: There is no such table.
        EnvironmentProblem: No snapshot, or the folder cannot be written.
    """
    with open_snapshot(published) as con:
        known = [row[0] for row in con.execute(
            "SELECT CASE schema_name WHEN 'main' THEN '' ELSE schema_name || '.' END || table_name FROM duckdb_tables() "
            "WHERE NOT internal AND database_name = current_database() ORDER BY 1"
        ).fetchall()]  # fmt: skip
        views = sorted(mart_names())
        unknown = sorted(set(only or ()) - {*known, *views})
        if unknown:
            raise UsageError(f"there is no table {', '.join(unknown)}.", remedy=f"There are {', '.join([*known, *views])}.")
        names = list(only) if only else [*known, *(views if marts else ())]
        return [_export(con, name, folder / f"{name}.{form}", form) for name in names]


def _export(con: duckdb.DuckDBPyConnection, name: str, target: Path, form: str) -> tuple[Path, int]:
    rows = 0
    with _whole(target) as file:
        reader = con.sql(f"SELECT * FROM {name}").to_arrow_reader(_ROWS)  # noqa: S608 - a name of the catalogue, checked above.
        schema = reader.schema if form == "parquet" else _flat_schema(reader.schema)
        with pq.ParquetWriter(file, schema, compression="zstd") if form == "parquet" else pc.CSVWriter(file, schema) as writer:
            for batch in reader:
                rows += batch.num_rows
                writer.write_batch(batch if form == "parquet" else _flat(batch, schema))
    return target, rows


def _flat_schema(schema: pa.Schema) -> pa.Schema:
    return pa.schema([pa.field(f.name, pa.string()) if pa.types.is_nested(f.type) else f for f in schema])


def _flat(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = []
    for column in batch.columns:
        if pa.types.is_nested(column.type):
            texts = [None if v is None else _json(dict(v) if pa.types.is_map(column.type) else v) for v in column.to_pylist()]
            columns.append(pa.array(texts, pa.string()))
        else:
            columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _json(value: Any) -> str:
    # Days and times as ISO 8601; JSON knows neither.
    return json.dumps(value, ensure_ascii=False, default=lambda moment: moment.isoformat())


def export_geojson(published: Snapshot, folder: Path) -> Written:
    """Write places.geojson (sized by mentions) and figures.geojson (each at the place it holds for); return the files with their features."""
    with open_snapshot(published) as con:
        return [_features(con, _PLACES, folder / "places.geojson", "place_id"), _features(con, _FIGURES, folder / "figures.geojson", "figure_id")]


def _features(con: duckdb.DuckDBPyConnection, sql: str, target: Path, key: str) -> tuple[Path, int]:
    count = 0
    with _whole(target) as file:
        write: Callable[[str], Any] = lambda text: file.write(text.encode("utf-8", "replace"))  # noqa: E731 - one word for one thing.
        write('{"type":"FeatureCollection","features":[')
        for batch in con.sql(sql).to_arrow_reader(_ROWS):
            for row in batch.to_pylist():
                lon, lat = row.pop("lon"), row.pop("lat")
                properties = {name: value for name, value in row.items() if value is not None}
                feature = {"type": "Feature", "id": row[key], "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}
                write((",\n" if count else "\n") + _json(feature))
                count += 1
        write("\n]}\n")
    return target, count


@contextmanager
def _whole(target: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only when all is written.

    Raises:
        EnvironmentProblem: The folder cannot be written or the disk is full; a former file stays.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            yield file
        partial.replace(target)
    except OSError as problem:
        raise EnvironmentProblem(
            f"the file could not be written: {problem.strerror or problem}.", where=str(target), remedy="Free disk space or choose another folder."
        ) from problem
    finally:
        with suppress(OSError):
            partial.unlink()
