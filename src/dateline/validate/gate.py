"""The quality gate of a run: each batch row by row before it is loaded, then the run as a whole.

Rows that fail a critical expectation leave the batch for ops.quarantine. Whether a run may be loaded at all (too few reports, no figures in much
text, too much refused) is asked once, of all its batches together: a single short batch would raise alarms over nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from dateline.errors import QualityError
from dateline.validate.frames import Known, frame_of
from dateline.validate.quarantine import split
from dateline.validate.suites import Outcome, validate_frame
from dateline.warehouse.rows import Row
from dateline.warehouse.schema import FACT_TABLES
from dateline.warehouse.stage import arrow_table, read_batch, rewrite

# Rows are looked at after those they point to, so that a row whose claim or place was refused is seen to point to nothing.
ORDER = ("documents", "places", "claims", "entity_mentions", "place_mentions", "figures", "dates")
_MUCH_TEXT = 10_000  # Words from which on no figure at all means a broken extractor; see expectations/run.json.
_MANY_ROWS = 100


class LoadRefused(QualityError):  # noqa: N818 - named as people say it, like WarehouseBusy.
    """The run as a whole failed a critical expectation; `results` holds the rows of ops.quality_results to be kept all the same."""

    def __init__(self, message: str, *, where: str | None = None, remedy: str | None = None, results: Sequence[Row] = ()) -> None:
        super().__init__(message, where=where, remedy=remedy)
        self.results = list(results)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What validating a batch came to.

    Attributes:
        kept: Arrow tables of the rows that may be loaded; ops.quarantine and ops.quality_results included.
        refused: How many rows went to quarantine.
        results: Rows of ops.quality_results.
        counts: Documents, words, rows by table, refused and failed: what `judge` adds up over a run.
    """

    kept: dict[str, pa.Table]
    refused: int
    results: list[Row]
    counts: Counter[str]
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    @property
    def unmet(self) -> list[Row]:
        """Results that were not met."""
        return [row for row in self.results if not row["success"]]


def validate_batch(tables: Mapping[str, pa.Table], *, run_id: str, batch: str) -> Verdict:
    """Hold the rows of a batch against the suites of their tables."""
    known = Known()
    known.count_sentences(tables["sentences"])
    kept = dict(tables)
    outcomes: dict[str, Outcome] = {}
    refused: list[Row] = []
    for table in ORDER:
        rows = tables[table]
        if rows.num_rows:  # There is nothing to say about no rows, and some expectations refuse an empty frame.
            outcomes[table] = validate_frame(table, frame_of(table, rows, known), run_id=run_id, batch=batch)
            kept[table], out = split(table, rows, outcomes[table].failed, run_id=run_id)
            refused += out
        known.keep(table, kept[table])
    kept["sentences"] = _of_known(tables["sentences"], known)
    results = [row for outcome in outcomes.values() for row in outcome.results]
    kept["ops.quarantine"] = pa.concat_tables([tables["ops.quarantine"], arrow_table("ops.quarantine", refused)])
    kept["ops.quality_results"] = pa.concat_tables([tables["ops.quality_results"], arrow_table("ops.quality_results", results)])
    return Verdict(kept, len(refused), results, _counts(tables, len(refused)), outcomes)


def validate_staged(folder: str | Path, *, run_id: str, batch: str) -> Verdict:
    """Hold a staged batch against the suites and write it back without the refused rows; the folder is whole at any moment."""
    tables = read_batch(folder)
    verdict = validate_batch(tables, run_id=run_id, batch=batch)
    rewrite(folder, {table: rows for table, rows in verdict.kept.items() if rows is not tables[table]})
    return verdict


def _of_known(rows: pa.Table, known: Known) -> pa.Table:
    keys = zip(rows["document_id"].to_pylist(), rows["revision"].to_pylist(), strict=True)
    of_known = [key in known.texts for key in keys]
    return rows if all(of_known) else rows.filter(pa.array(of_known, type=pa.bool_()))


def _counts(tables: Mapping[str, pa.Table], refused: int) -> Counter[str]:
    counts = Counter({table: rows.num_rows for table, rows in tables.items()})
    counts["words"] = sum(tables["documents"]["words"].to_pylist())
    counts["refused"] = refused
    counts["failed"] = tables["ops.quarantine"]["rule"].to_pylist().count("extract.failed")
    return counts


def judge(counts: Mapping[str, int], *, run_id: str) -> list[Row]:
    """Hold a run as a whole against expectations/run.json; `counts` is the sum of the batches' counts. Return the results.

    Raises:
        LoadRefused: A critical one is not met: load nothing of this run. Exit code 3.
    """
    outcome = validate_frame("run", run_frame(counts), run_id=run_id, batch="run")
    if outcome.missed:
        names = ", ".join(str(row["expectation"]) for row in outcome.missed)
        raise LoadRefused(
            f"the quality gate refused the run: {names}. {outcome.missed[0]['reason']}",
            where=run_id,
            remedy="Nothing was loaded. `dateline sql @refused_by_rule` and the quality report show what was wrong; mend it and run again.",
            results=outcome.results,
        )
    return outcome.results


def run_frame(counts: Mapping[str, int]) -> pd.DataFrame:
    """Return one row that describes a run, see expectations/README.md."""
    words, documents = counts.get("words", 0), counts.get("documents", 0)
    facts = sum(counts.get(table, 0) for table in FACT_TABLES)
    row: dict[str, Any] = {"documents": documents, "words": words}
    for table in ("figures", "entity_mentions", "dates"):
        row[f"{table}_in_much_text"] = counts.get(table, 0) if words >= _MUCH_TEXT else None
    row["refused_percent"] = 100 * counts.get("refused", 0) / facts if facts >= _MANY_ROWS else None
    row["failed_percent"] = 100 * counts.get("failed", 0) / documents if documents else None
    return pd.DataFrame([row])
