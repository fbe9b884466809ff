"""Staged batches into the warehouse: one transaction a batch, delete and insert by (document_id, revision).

Loading twice equals loading once, and a killed load leaves either the whole batch or nothing of it. The loader numbers revisions: a text that is
known under its document keeps its number, a new one takes the next. Load batches in the order they were read, or revisions number differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from dateline.errors import EnvironmentProblem
from dateline.warehouse.schema import REVISION_TABLES, STAGED_TABLES

# The revision every staged document gets, and whether rows of it are there already. Numbers staged by combine() are provisional.
# A text that this very run has loaded with an earlier batch (one report in two files) is left out: the first reading stays, as it would if the run
# had been killed between the two and started again.
_INCOMING = """
CREATE OR REPLACE TEMP TABLE incoming AS
WITH known AS (
         SELECT d.document_id, d.text_hash, d.revision, d.run_id, d.extractor_version
         FROM documents d SEMI JOIN staged_documents s USING (document_id)
     ),
     latest AS (SELECT document_id, max(revision) AS revision FROM known GROUP BY document_id)
SELECT s.document_id, s.revision AS staged_revision, k.revision IS NOT NULL AS known,
       coalesce(k.revision, coalesce(l.revision, 0)
           + row_number() OVER (PARTITION BY s.document_id, k.revision IS NULL ORDER BY s.revision))::INTEGER AS revision
FROM staged_documents s
LEFT JOIN known k ON k.document_id = s.document_id AND k.text_hash = s.text_hash
LEFT JOIN latest l ON l.document_id = s.document_id
WHERE (k.run_id, k.extractor_version) IS DISTINCT FROM (s.run_id, s.extractor_version)
"""

# Refusals under their final revision; none where the document itself was refused. Those of a text that was left out are in the warehouse already.
_REFUSALS = """
CREATE OR REPLACE TEMP TABLE refusals AS
SELECT s.* REPLACE (i.revision AS revision)
FROM staged_ops_quarantine s
LEFT JOIN incoming i ON s.document_id = i.document_id AND s.revision = i.staged_revision
WHERE i.document_id IS NOT NULL
   OR NOT EXISTS (SELECT 1 FROM staged_documents d WHERE d.document_id = s.document_id AND d.revision = s.revision)
QUALIFY row_number() OVER (PARTITION BY s.quarantine_id ORDER BY i.revision DESC NULLS LAST, s.created_at) = 1
"""

# Exactly one current revision a document: the latest new one. Texts that are only read again leave it as it was: it may be an earlier one that the
# outlet has put back (see put_back). Worked out before any row is replaced.
_CHOSEN = """
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT i.document_id, coalesce(max(i.revision) FILTER (NOT i.known), any_value(c.revision), max(i.revision)) AS revision
FROM incoming AS i LEFT JOIN (SELECT document_id, revision FROM documents WHERE is_current) AS c USING (document_id)
GROUP BY i.document_id
"""
_CURRENT = """
UPDATE documents SET is_current = NOT is_current FROM chosen
WHERE documents.document_id = chosen.document_id AND documents.is_current <> (documents.revision = chosen.revision)
"""

# Only where it is the same page or file that said the one and now says the other: what lies in another place may be an old copy.
_PUT_BACK = """
UPDATE documents SET is_current = NOT is_current
FROM (
    SELECT r.document_id, r.revision
    FROM read_again AS a JOIN documents AS r USING (document_id, text_hash)
    JOIN documents AS c ON c.document_id = a.document_id AND c.is_current AND c.revision <> r.revision AND c.source = a.source
) AS back
WHERE documents.document_id = back.document_id AND documents.is_current <> (documents.revision = back.revision)
"""

# An entity is what all its mentions say, so its row is the same in whatever order they came; ties go to the alphabet.
_ENTITIES = """
CREATE OR REPLACE TEMP TABLE fresh AS
WITH said AS MATERIALIZED (
         SELECT entity_id, text, name, canonical, type, country, wikidata_id, count(*) AS n
         FROM entity_mentions SEMI JOIN touched USING (entity_id) GROUP BY ALL
     ),
     names AS (SELECT entity_id, canonical IS NOT NULL AS sure, coalesce(canonical, name) AS v, sum(n) AS n FROM said GROUP BY ALL),
     types AS (SELECT entity_id, type AS v, sum(n) AS n FROM said GROUP BY ALL),
     countries AS (SELECT entity_id, country AS v, sum(n) AS n FROM said WHERE country IS NOT NULL GROUP BY ALL),
     items AS (SELECT entity_id, wikidata_id AS v, sum(n) AS n FROM said WHERE wikidata_id IS NOT NULL GROUP BY ALL),
     spellings AS (SELECT entity_id, unnest([text, name, canonical]) AS v FROM said)
SELECT e.entity_id, e.name, t.type, c.country, w.wikidata_id, a.aliases
FROM (SELECT entity_id, arg_max(v, (sure, n, v)) AS name FROM names GROUP BY entity_id) AS e
JOIN (SELECT entity_id, arg_max(v, (n, v)) AS type FROM types GROUP BY entity_id) AS t USING (entity_id)
LEFT JOIN (SELECT entity_id, arg_max(v, (n, v)) AS country FROM countries GROUP BY entity_id) AS c USING (entity_id)
LEFT JOIN (SELECT entity_id, arg_max(v, (n, v)) AS wikidata_id FROM items GROUP BY entity_id) AS w USING (entity_id)
JOIN (SELECT entity_id, list_sort(list(DISTINCT v)) AS aliases FROM spellings WHERE v IS NOT NULL GROUP BY entity_id) AS a USING (entity_id)
"""


# A text that is read again is signed and compared with others already.
_SIGNATURES = """
INSERT INTO ops.signatures BY NAME
SELECT s.* REPLACE (i.revision AS revision)
FROM staged_ops_signatures s JOIN incoming i ON s.document_id = i.document_id AND s.revision = i.staged_revision
WHERE NOT EXISTS (SELECT 1 FROM ops.signatures AS o WHERE o.document_id = i.document_id AND o.revision = i.revision)
ORDER BY document_id, revision
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one batch brought: documents written, how many of them were new, and rows by table."""

    documents: int
    new: int
    rows: dict[str, int]


def known_documents(
    con: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[str, str]], extractor_version: str
) -> dict[tuple[str, str], tuple[datetime | None, bool]]:
    """Return which (document_id, text_hash) the warehouse holds, read by this version of the extractors.

    Each has its publication time as kept, and whether it is the current revision. Those need no reading again, unless a date has come to them
    since: every relative date in them hangs on it.
    """
    asked = list(pairs)
    if not asked:
        return {}
    wanted = pa.table({"document_id": [pair[0] for pair in asked], "text_hash": [pair[1] for pair in asked]})
    con.register("wanted_documents", wanted)
    try:
        found = con.execute(
            "SELECT d.document_id, d.text_hash, d.published_at, d.is_current "
            "FROM documents d SEMI JOIN wanted_documents w USING (document_id, text_hash) WHERE d.extractor_version = ?",
            [extractor_version],
        ).fetchall()
    finally:
        con.unregister("wanted_documents")
    return {(document_id, digest): (published, current) for document_id, digest, published, current in found}


def put_back(con: duckdb.DuckDBPyConnection, texts: Mapping[str, tuple[str, str]]) -> int:
    """Make earlier revisions current again that an outlet has put back; return how many rows changed.

    Args:
        con: The work database.
        texts: document_id to the text_hash that it was read with last, and where; texts that are in the warehouse, but not as the current ones.
    """
    if not texts:
        return 0
    read = pa.table(
        {
            "document_id": list(texts),
            "text_hash": [digest for digest, _ in texts.values()],
            "source": [source for _, source in texts.values()],
        }
    )
    con.register("read_again", read)
    try:
        return int(con.execute(_PUT_BACK).fetchall()[0][0])
    finally:
        con.unregister("read_again")


def load_batch(con: duckdb.DuckDBPyConnection, folder: str | Path) -> Loaded:
    """Load a staged batch in one transaction.

    Raises:
        EnvironmentProblem: A parquet file is missing or damaged, or the disk is full; the warehouse is as it was.
    """
    folder = Path(folder)
    try:
        con.execute("BEGIN")
        try:
            loaded = _load(con, folder)
            con.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.TransactionException):  # A COMMIT that failed has ended it already.
                con.execute("ROLLBACK")
            raise
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.FatalException, OSError) as problem:
        raise EnvironmentProblem(
            f"a staged batch could not be loaded: {str(problem).splitlines()[0]}",
            where=str(folder),
            remedy="Check the disk, remove the staging folder and run again: the warehouse is as it was.",
        ) from problem
    return loaded


def _load(con: duckdb.DuckDBPyConnection, folder: Path) -> Loaded:
    for table in STAGED_TABLES:
        _stage_view(con, table, folder / f"{table}.parquet")
    con.execute(_INCOMING)
    con.execute(_CHOSEN)
    documents, new = con.execute("SELECT count(*), count(*) FILTER (NOT known) FROM incoming").fetchall()[0]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT entity_id FROM staged_entity_mentions UNION "
        "SELECT m.entity_id FROM entity_mentions m SEMI JOIN incoming i ON m.document_id = i.document_id AND m.revision = i.revision"
    )
    rows = {table: _replace_revisions(con, table, any_known=documents > new) for table in REVISION_TABLES}
    con.execute(_CURRENT)
    rows["places"] = _upsert(con, "places", "SELECT * FROM staged_places", "place_id")
    _entities(con)
    con.execute(_SIGNATURES)
    _replace_quarantine(con)
    con.execute("DELETE FROM ops.quality_results r USING staged_ops_quality_results s WHERE r.result_id = s.result_id")
    con.execute("INSERT INTO ops.quality_results BY NAME SELECT * FROM staged_ops_quality_results")
    return Loaded(documents, new, rows)


def _staged(table: str) -> str:
    return "staged_" + table.replace(".", "_")


def _stage_view(con: duckdb.DuckDBPyConnection, table: str, file: Path) -> None:
    if not file.is_file():
        raise FileNotFoundError(2, "no such file", str(file))
    quoted = str(file).replace("'", "''")
    con.execute(f"CREATE OR REPLACE TEMP VIEW {_staged(table)} AS SELECT * FROM read_parquet('{quoted}')")  # noqa: S608 - a view takes no parameters.


def _replace_revisions(con: duckdb.DuckDBPyConnection, table: str, *, any_known: bool) -> int:
    """Put the staged rows in place of those of the same revision; return how many there are now."""
    if any_known:  # Finding rows to delete reads two columns of the whole table; most batches bring only new documents.
        con.execute(f"DELETE FROM {table} t USING incoming i WHERE i.known AND t.document_id = i.document_id AND t.revision = i.revision")  # noqa: S608 - own names.
    # In the order of days, so that a month can be read without the rest of an archive that came in one go.
    order = "s.published_utc, document_id, revision" if table == "documents" else "s.published_on, document_id, revision, start_char"
    inserted = con.execute(
        f"INSERT INTO {table} BY NAME SELECT s.* REPLACE (i.revision AS revision) FROM {_staged(table)} s "  # noqa: S608 - own names.
        f"JOIN incoming i ON s.document_id = i.document_id AND s.revision = i.staged_revision ORDER BY {order}"
    ).fetchall()
    return int(inserted[0][0])


def _upsert(con: duckdb.DuckDBPyConnection, table: str, source: str, key: str) -> int:
    """Write only rows that are new or differ: rewriting what is there would grow the file with every batch."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE changed AS {source} EXCEPT SELECT * FROM {table}")  # noqa: S608 - own names.
    con.execute(f"DELETE FROM {table} t USING changed c WHERE t.{key} = c.{key}")  # noqa: S608 - own names.
    inserted = con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM changed ORDER BY {key}").fetchall()  # noqa: S608 - own names.
    return int(inserted[0][0])


def _entities(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(_ENTITIES)
    con.execute("DELETE FROM entities e USING touched t WHERE e.entity_id = t.entity_id AND e.entity_id NOT IN (SELECT entity_id FROM fresh)")
    _upsert(con, "entities", "SELECT * FROM fresh", "entity_id")


def _replace_quarantine(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(_REFUSALS)
    con.execute("DELETE FROM ops.quarantine q USING refusals r WHERE q.quarantine_id = r.quarantine_id")
    # What an earlier reading of these documents refused no longer holds; the rows without a revision are of documents refused whole.
    con.execute(
        "DELETE FROM ops.quarantine q USING incoming i WHERE q.document_id = i.document_id AND (q.revision = i.revision OR q.revision IS NULL)"
    )
    con.execute("INSERT INTO ops.quarantine BY NAME SELECT * FROM refusals")
