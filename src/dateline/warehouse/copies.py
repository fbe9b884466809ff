"""Wire copies folded: reports that are nearly one text point to the earliest of them.

MinHash signatures (Broder 1997) over four-word shingles, compared only where they share a band. Whom a report copies depends on all current reports,
so it is worked out from all pairs each time: in order of publication, a report is a copy of the first original that it resembles, else an original
itself. Copies of copies do not chain, and the outcome does not hang on the order of loading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from zlib import crc32

import duckdb
import numpy as np
import pyarrow as pa
from datasketch import MinHash

PERMUTATIONS = 128
_ROWS = 4  # Minima a band: texts of similarity 0.6 share one of the 32 bands with a chance of 98.8 percent, those of 0.3 with 23.
SIMILAR = 0.6  # Lightly edited and shortened wire copies lie above, different reports of one event below 0.2.
_SHINGLE = 4
_MIN_WORDS = 20  # Shorter texts are alerts and captions, which resemble each other by their form.
_BATCH = 2_000

_WORD = re.compile(r"\w+")


def signature(text: str) -> np.ndarray | None:
    """Return the MinHash signature of a text, None for one too short to compare."""
    words = _WORD.findall(text.lower())
    if len(words) < _MIN_WORDS:
        return None
    shingles = {" ".join(words[n : n + _SHINGLE]).encode("utf-8", "replace") for n in range(len(words) - _SHINGLE + 1)}
    # The seed is part of what ops.signatures means: another one makes all kept signatures worthless.
    signed = MinHash(num_perm=PERMUTATIONS, seed=1)
    signed.update_batch(shingles)
    return np.asarray(signed.hashvalues, dtype=np.uint32)


def bands(signed: np.ndarray) -> list[int]:
    """Return one hash for every group of four minima; its number is part of it."""
    return [crc32(group.tobytes()) << 8 | number for number, group in enumerate(signed.reshape(-1, _ROWS))]


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
    con.execute("DELETE FROM ops.signatures WHERE document_id IN (FROM outdated)")
    con.execute("DELETE FROM ops.copies WHERE document_id IN (FROM outdated) OR other_document_id IN (FROM outdated)")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE unsigned AS SELECT document_id, revision, row_number() OVER (ORDER BY document_id) AS n "
        "FROM documents ANTI JOIN ops.signatures USING (document_id) WHERE is_current"
    )
    total: int = con.execute("SELECT count(*) FROM unsigned").fetchall()[0][0]
    for begin in range(0, total, _BATCH):
        _sign(con, begin)
    if total:
        _pair(con)
    # Even where no text is new: a report that was read again has lost its copy_of with its old row.
    return _point(con)


def _sign(con: duckdb.DuckDBPyConnection, begin: int) -> None:
    rows = con.execute(
        "SELECT document_id, revision, text FROM documents SEMI JOIN (SELECT * FROM unsigned WHERE n > ? AND n <= ?) USING (document_id, revision)",
        [begin, begin + _BATCH],
    ).fetchall()
    signed = [signature(text) for _, _, text in rows]
    table = pa.table({
        "document_id": [row[0] for row in rows],
        "revision": pa.array([row[1] for row in rows], pa.int32()),
        "signature": pa.array([[] if one is None else one for one in signed], pa.list_(pa.uint32())),
        "bands": pa.array([[] if one is None else bands(one) for one in signed], pa.list_(pa.uint64())),
    })  # fmt: skip
    con.register("signed", table)
    con.execute("INSERT INTO ops.signatures BY NAME SELECT * FROM signed ORDER BY document_id")
    con.unregister("signed")


def _pair(con: duckdb.DuckDBPyConnection) -> None:
    """Compare new texts with all that share a band."""
    con.execute(
        f"""
        INSERT INTO ops.copies
        WITH bands AS (SELECT document_id, unnest(bands) AS band FROM ops.signatures),
             met AS (
                 SELECT DISTINCT least(n.document_id, o.document_id) AS a, greatest(n.document_id, o.document_id) AS b
                 FROM bands n JOIN unsigned u USING (document_id) JOIN bands o ON o.band = n.band AND o.document_id <> n.document_id
             ),
             compared AS (
                 SELECT a, b, list_sum([(p[1] = p[2])::INTEGER FOR p IN list_zip(x.signature, y.signature)]) / {PERMUTATIONS} AS similarity
                 FROM met JOIN ops.signatures x ON x.document_id = a JOIN ops.signatures y ON y.document_id = b
             )
        SELECT * FROM compared WHERE similarity >= {SIMILAR} ORDER BY a, b
        """  # noqa: S608 - constants.
    )


def _point(con: duckdb.DuckDBPyConnection) -> int:
    """Work out who copies whom from all pairs, and write what changed."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in con.execute("SELECT document_id, other_document_id FROM ops.copies").fetchall():
        alike[one].append(other)
        alike[other].append(one)
    in_order = con.execute(
        "SELECT document_id FROM documents WHERE is_current AND document_id IN "
        "(SELECT document_id FROM ops.copies UNION SELECT other_document_id FROM ops.copies) ORDER BY published_utc NULLS LAST, document_id"
    ).fetchall()
    rank = {document: number for number, (document,) in enumerate(in_order)}
    copy_of: dict[str, str] = {}
    for document in rank:
        earlier = [other for other in alike[document] if rank[other] < rank[document] and other not in copy_of]
        if earlier:
            copy_of[document] = min(earlier, key=rank.__getitem__)
    con.register("copied", pa.table({"document_id": pa.array(list(copy_of), pa.string()), "original": pa.array(list(copy_of.values()), pa.string())}))
    changed = con.execute(
        "UPDATE documents SET copy_of = w.original FROM "
        "(SELECT d.document_id, d.revision, c.original FROM documents d LEFT JOIN copied c ON c.document_id = d.document_id AND d.is_current) AS w "
        "WHERE documents.document_id = w.document_id AND documents.revision = w.revision AND documents.copy_of IS DISTINCT FROM w.original"
    ).fetchall()
    con.unregister("copied")
    return int(changed[0][0])
