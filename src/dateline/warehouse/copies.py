"""Wire copies folded: reports that are nearly one text point to the earliest of them.

Signatures of the texts (signatures.py) are compared only where they share a band. In order of publication, a report is a copy of the first original
that it resembles, else an original itself. Copies of copies do not chain, and the outcome does not hang on the order of loading (originals.py).
ops.copies holds every copy with each original that it resembles, not the copies among each other: of thousands of prints of one dispatch these would
be millions. Processes that extract sign what they read; texts that came without a signature get it here.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import duckdb
import pyarrow as pa

from dateline.warehouse.originals import Reached, Settling, Signed
from dateline.warehouse.signatures import PERMUTATIONS, signature_row
from dateline.warehouse.stage import arrow_table

SIMILAR = 0.6  # Lightly edited and shortened wire copies lie above, different reports of one event below 0.2.
_BATCH = 2_000

# The pairs of ops.copies with whether the original comes first in the order of publication, as it does but where dates have changed.
_ORDERED = """
SELECT c.document_id, c.other_document_id,
       (coalesce(o.published_utc, 'infinity'::TIMESTAMP), c.other_document_id) AS rank,
       rank < (coalesce(d.published_utc, 'infinity'::TIMESTAMP), c.document_id) AS first
FROM ops.copies AS c
JOIN documents AS d ON d.document_id = c.document_id AND d.is_current JOIN documents AS o ON o.document_id = c.other_document_id AND o.is_current
"""


def fold_copies(con: duckdb.DuckDBPyConnection) -> int:
    """Bring documents.copy_of up to date with the current texts, in one transaction; return how many reports changed."""
    con.execute("BEGIN")
    try:
        changed = _fold(con)
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
    return changed


def _fold(con: duckdb.DuckDBPyConnection) -> int:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE outdated AS SELECT document_id FROM ops.signatures s "
        "ANTI JOIN (SELECT document_id, revision FROM documents WHERE is_current) USING (document_id, revision)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE orphans AS SELECT DISTINCT document_id FROM ops.copies "
        "WHERE other_document_id IN (FROM outdated) AND document_id NOT IN (FROM outdated)"
    )
    con.execute("DELETE FROM ops.signatures WHERE document_id IN (FROM outdated)")
    con.execute("DELETE FROM ops.copies WHERE document_id IN (FROM outdated) OR other_document_id IN (FROM outdated)")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE unsigned AS SELECT document_id, revision, row_number() OVER (ORDER BY document_id) AS n "
        "FROM documents ANTI JOIN ops.signatures USING (document_id) WHERE is_current"
    )
    total: int = con.execute("SELECT count(*) FROM unsigned").fetchall()[0][0]
    for begin in range(0, total, _BATCH):
        _sign(con, begin)
    # New ones, and those before which no original stands any more: it was rewritten, or dates have changed.
    dirty = con.execute(
        f"SELECT document_id FROM ops.signatures WHERE NOT is_settled UNION "  # noqa: S608 - own text.
        f"SELECT document_id FROM (FROM orphans UNION SELECT document_id FROM ops.copies) "
        f"WHERE document_id NOT IN (SELECT document_id FROM ({_ORDERED}) WHERE first)"
    ).fetchall()
    if dirty:
        _settle(con, [document for (document,) in dirty])
        con.execute("UPDATE ops.signatures SET is_settled = true WHERE NOT is_settled")
    # Even where no text is new: a report that was read again has lost its copy_of with its old row.
    return _point(con)


def _sign(con: duckdb.DuckDBPyConnection, begin: int) -> None:
    rows = con.execute(
        "SELECT document_id, revision, text FROM documents SEMI JOIN (SELECT * FROM unsigned WHERE n > ? AND n <= ?) USING (document_id, revision)",
        [begin, begin + _BATCH],
    ).fetchall()
    signed = [signature_row({"document_id": document, "revision": revision, "text": text}) for document, revision, text in rows]
    con.register("signed", arrow_table("ops.signatures", signed))
    con.execute("INSERT INTO ops.signatures BY NAME SELECT * FROM signed ORDER BY document_id")
    con.unregister("signed")


def _settle(con: duckdb.DuckDBPyConnection, dirty: list[str]) -> None:
    """Bring ops.copies up to date for reports that are new or have lost the original before them, and for all that hangs on these."""
    settled = Settling(partial(_reach, con), similar=SIMILAR).settle(dirty)
    pairs = [(copy, original, similarity) for copy, alike in settled.items() for original, similarity in alike.items()]
    con.register("settled", pa.table({"document_id": pa.array(list(settled), pa.string())}))
    con.register(
        "pairs",
        pa.table({
            "document_id": pa.array([copy for copy, _, _ in pairs], pa.string()),
            "other_document_id": pa.array([original for _, original, _ in pairs], pa.string()),
            "similarity": pa.array([similarity for _, _, similarity in pairs], pa.float64()),
        }),
    )  # fmt: skip
    con.execute("DELETE FROM ops.copies WHERE document_id IN (FROM settled)")
    con.execute("INSERT INTO ops.copies BY NAME SELECT * FROM pairs ORDER BY ALL")
    con.unregister("settled")
    con.unregister("pairs")


def _reach(con: duckdb.DuckDBPyConnection, asked: Collection[str]) -> Reached:
    """Return what shares a band with the reports asked for, and the originals that any of it is known to resemble."""
    con.register("asked", pa.table({"document_id": pa.array(sorted(asked), pa.string())}))
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE reached AS
        WITH wanted AS (SELECT DISTINCT unnest(bands) AS band FROM ops.signatures SEMI JOIN asked USING (document_id)),
             held AS (SELECT document_id, unnest(bands) AS band FROM ops.signatures),
             shared AS (SELECT band, list(document_id) AS holders FROM held SEMI JOIN wanted USING (band) GROUP BY band HAVING count(*) > 1)
        SELECT document_id, list(band) AS bands FROM (SELECT band, unnest(holders) AS document_id FROM shared) GROUP BY document_id
        """
    )
    con.unregister("asked")
    con.execute(
        "INSERT INTO reached SELECT DISTINCT other_document_id, []::UBIGINT[] FROM ops.copies SEMI JOIN reached USING (document_id) "
        "WHERE other_document_id NOT IN (SELECT document_id FROM reached)"
    )
    found = con.sql(
        "SELECT r.document_id, d.published_utc IS NULL AS undated, coalesce(epoch_us(d.published_utc), 0) AS moment, s.signature, r.bands "
        "FROM reached AS r JOIN ops.signatures AS s USING (document_id) JOIN documents AS d USING (document_id, revision)"
    ).to_arrow_table()
    signatures = found["signature"].combine_chunks().flatten().to_numpy(zero_copy_only=False).reshape(-1, PERMUTATIONS)
    columns = (found[name].to_pylist() for name in ("document_id", "undated", "moment", "bands"))
    reports = [
        Signed(document, (undated, moment, document), signed, held)
        for document, undated, moment, held, signed in zip(*columns, signatures, strict=True)
    ]
    pairs = con.execute("SELECT document_id, other_document_id, similarity FROM ops.copies SEMI JOIN reached USING (document_id)").fetchall()
    return Reached(reports, pairs)


def _point(con: duckdb.DuckDBPyConnection) -> int:
    """Write the first original of every copy to documents.copy_of; return how many rows changed."""
    changed = con.execute(
        f"""
        WITH copied AS (SELECT document_id, arg_min(other_document_id, rank) AS original FROM ({_ORDERED}) WHERE first GROUP BY document_id)
        UPDATE documents SET copy_of = w.original FROM (
            SELECT d.document_id, d.revision, c.original
            FROM documents AS d LEFT JOIN copied AS c ON c.document_id = d.document_id AND d.is_current
        ) AS w
        WHERE documents.document_id = w.document_id AND documents.revision = w.revision AND documents.copy_of IS DISTINCT FROM w.original
        """  # noqa: S608 - own text.
    ).fetchall()
    return int(changed[0][0])
