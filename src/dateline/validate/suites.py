"""Expectation suites over the rows of a batch: which rows may be loaded, and every result as a row.

The suites are expectations/*.json. Great Expectations validates pandas frames here: through its SQL engine for DuckDB most metrics fail, and a batch
is small. Positions in the frame come back for every failing row, which is the quarantine list.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from dateline.errors import EnvironmentProblem, QualityError
from dateline.ids import stable_id
from dateline.resources import root
from dateline.validate.frames import Known, batch_frame, frame_of
from dateline.validate.quarantine import split
from dateline.warehouse.rows import Row, Tables

if TYPE_CHECKING:
    import great_expectations as gx

# Rows are looked at after those they point to, so that a row whose claim or place was refused is seen to point to nothing.
ORDER = ("documents", "places", "claims", "entity_mentions", "place_mentions", "figures", "dates")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A suite's outcome: rows of ops.quality_results, and for each failing position the `meta` of the critical expectations it failed."""

    results: list[Row]
    failed: dict[int, list[Mapping[str, Any]]]
    stopped_by: list[Row]


def suite_names() -> list[str]:
    """Return the names of the suites in expectations/."""
    return sorted(path.stem for path in (root() / "expectations").glob("*.json"))


@cache
def suite_record(name: str) -> dict[str, Any]:
    """Return a suite as it stands in expectations/<name>.json."""
    path = root() / "expectations" / f"{name}.json"
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise EnvironmentProblem(f"the suite cannot be read: {problem}", where=str(path), remedy="Mend the JSON or reinstall.") from problem
    return record


@dataclass(frozen=True, slots=True)
class _Gate:
    context: Any
    definition: Any
    suites: Mapping[str, gx.ExpectationSuite]


@cache
def _gate() -> _Gate:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]  # Stated as a model, taken as a mapping.
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("batch")
    suites = {name: gx.ExpectationSuite(**suite_record(name)) for name in suite_names()}
    return _Gate(context, asset.add_batch_definition_whole_dataframe("whole"), suites)


def warm_up() -> threading.Thread:
    """Import Great Expectations in a thread, so that the first batch need not wait for it."""
    thread = threading.Thread(target=_gate, name="great-expectations", daemon=True)
    thread.start()
    return thread


def validate_frame(name: str, frame: pd.DataFrame, *, run_id: str, batch: str) -> Outcome:
    """Run the suite `name` over a frame."""
    gate = _gate()
    validated = gate.definition.get_batch({"dataframe": frame}).validate(gate.suites[name], result_format={"result_format": "COMPLETE"})
    # Results come back in an order of Great Expectations' own; the suite's order decides which reason is named first.
    found = {result.expectation_config.meta["name"]: result for result in validated.results}
    results, stopped_by = [], []
    failed: dict[int, list[Mapping[str, Any]]] = {}
    for expectation in suite_record(name)["expectations"]:
        meta = expectation["meta"]
        result = found[meta["name"]]
        _raise_if_broken(name, expectation, result)
        row = _result_row(name, expectation, result, run_id, batch)
        results.append(row)
        if expectation["severity"] != "critical" or not _misses(result):
            continue
        if name == "batch" or "unexpected_index_list" not in result.result:
            stopped_by.append(row)
        for position in result.result.get("unexpected_index_list") or ():
            failed.setdefault(int(position), []).append(meta)
    return Outcome(results, failed, stopped_by)


def _misses(result: Any) -> bool:
    return bool(result.result.get("unexpected_count")) or not result.success


def _raise_if_broken(name: str, expectation: Mapping[str, Any], result: Any) -> None:
    if result.result or result.success:
        return
    raise EnvironmentProblem(
        f"the expectation {expectation['meta']['name']} could not be worked out: {str(result.exception_info)[:500]}",
        where=f"expectations/{name}.json",
        remedy="It names a column that is not there, or a wrong type; mend the suite.",
    )


def _result_row(name: str, expectation: Mapping[str, Any], result: Any, run_id: str, batch: str) -> Row:
    kwargs, meta = expectation["kwargs"], expectation["meta"]
    observed = result.result.get("observed_value")
    bound = {key: value for key, value in kwargs.items() if not key.startswith("column") and key != "ignore_row_if"}
    count = result.result.get("element_count")
    unexpected = result.result.get("unexpected_count")
    return {
        "result_id": stable_id("res", run_id, batch, name, meta["name"]),
        "run_id": run_id,
        "batch": batch,
        "suite": name,
        "expectation": meta["name"],
        "column_name": kwargs.get("column") or ", ".join(filter(None, (kwargs.get("column_A"), kwargs.get("column_B")))) or None,
        "severity": expectation["severity"],
        "success": bool(result.success),
        "element_count": count,
        "unexpected_count": unexpected,
        "unexpected_percent": None if not count or unexpected is None else 100 * unexpected / count,
        "observed": None if observed is None else str(observed),
        "bound": json.dumps(bound, ensure_ascii=False) if bound else None,
        "reason": meta["reason"],
        "checked_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    }


def validate_batch(tables: Tables, *, run_id: str, batch: str) -> tuple[Tables, list[Row]]:
    """Return the rows that may be loaded, refused ones in `["ops.quarantine"]`, and the results (also in `["ops.quality_results"]`).

    Raises:
        QualityError: A critical expectation of the batch as a whole failed: load nothing. Its `results` hold the rows of ops.quality_results.
    """
    known = Known()
    known.count_sentences(tables["sentences"])
    kept: Tables = {table: list(rows) for table, rows in tables.items()}
    results: list[Row] = []
    stopped_by: list[Row] = []
    for table in ORDER:
        if tables[table]:  # An empty frame has no types: every column would be of kind object and some expectations refuse it.
            outcome = validate_frame(table, frame_of(table, tables[table], known), run_id=run_id, batch=batch)
            kept[table], refused = split(table, tables[table], outcome.failed, run_id=run_id)
            kept["ops.quarantine"].extend(refused)
            results += outcome.results
            stopped_by += outcome.stopped_by
        known.keep(table, kept[table])
    kept["sentences"] = [row for row in tables["sentences"] if (row["document_id"], row["revision"]) in known.documents]
    refused_rows = len(kept["ops.quarantine"]) - len(tables["ops.quarantine"])
    whole = validate_frame("batch", batch_frame(tables, refused_rows), run_id=run_id, batch=batch)
    results += whole.results
    stopped_by += whole.stopped_by
    kept["ops.quality_results"] = [*tables["ops.quality_results"], *results]
    if stopped_by:
        raise refusal(stopped_by, results, batch)
    return kept, results


def refusal(stopped_by: Sequence[Row], results: list[Row], batch: str) -> QualityError:
    """Return the error that stops a load, with every result attached as `results`."""
    names = ", ".join(str(row["expectation"]) for row in stopped_by)
    problem = QualityError(
        f"the quality gate refused the batch: {names}. {stopped_by[0]['reason']}",
        where=f"batch {batch}",
        remedy="Nothing was loaded. Look at the inputs and at ops.quality_results, then run again.",
    )
    problem.results = results  # type: ignore[attr-defined]  # Carried along for ops.quality_results; the base class stays free of storage.
    return problem
