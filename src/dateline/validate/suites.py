"""Expectation suites over frames: expectations/*.json run by Great Expectations, every result as a row of ops.quality_results.

Pandas frames, because through Great Expectations' SQL engine most metrics fail on DuckDB, and a batch is small. Positions in the frame come back for
every failing row, which is the quarantine list.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.errors import EnvironmentProblem
from dateline.ids import stable_id
from dateline.resources import root
from dateline.validate.deferred import deferred
from dateline.validate.prepared import COMPLETE, Prepared
from dateline.warehouse.rows import Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a suite found.

    Attributes:
        results: Rows of ops.quality_results, in the suite's order.
        failed: Position of each row that failed a critical expectation, to the `meta` of those it failed.
        missed: Results of critical expectations that were not met, whether or not they name rows.
        raw: Great Expectations' own result, for Data Docs.
    """

    results: list[Row]
    failed: dict[int, list[Mapping[str, Any]]]
    missed: list[Row]
    raw: Any


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


def _columns(kwargs: Mapping[str, Any]) -> list[str]:
    return kwargs.get("column_list") or [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]


def suite_columns(name: str) -> set[str]:
    """Return the columns that a suite looks at."""
    return {column for expectation in suite_record(name)["expectations"] for column in _columns(expectation["kwargs"])}


@dataclass(frozen=True, slots=True)
class _Gate:
    definition: Any
    suites: Mapping[str, Prepared]


_gate_guard = threading.Lock()


def _gate() -> _Gate:
    with _gate_guard:  # warm_up() may be at it in its thread.
        return _made_gate()


@cache
def _made_gate() -> _Gate:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    # One expectation that no suite has draws with the one and computes with the other: two of five seconds.
    with deferred("altair", "scipy.stats"):
        import great_expectations as gx

    # This one module sets INFO on its own logger, to tell of temporary folders.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]  # Stated as a model, taken as a mapping.
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("batch")
    suites = {name: Prepared(gx.ExpectationSuite(**suite_record(name))) for name in suite_names()}
    return _Gate(asset.add_batch_definition_whole_dataframe("whole"), suites)


def warm_up() -> threading.Thread:
    """Import Great Expectations (3 CPU seconds) and ready the suites, in a thread: the first batch need not wait for them."""

    def load() -> None:
        for name, prepared in _gate().suites.items():
            prepared.prepare(suite_columns(name))

    thread = threading.Thread(target=load, name="great-expectations", daemon=True)
    thread.start()
    return thread


def validate_frame(name: str, frame: pd.DataFrame, *, run_id: str, batch: str) -> Outcome:
    """Run the suite `name` over a frame of at least one row.

    Raises:
        EnvironmentProblem: An expectation could not be worked out, which is a fault of the suite, not of the rows.
    """
    gate = _gate()
    # Every expectation copies the frame it is given: only the columns that the suite looks at go in.
    used = suite_columns(name)
    frame = frame[[column for column in frame.columns if column in used]]
    prepared = gate.suites[name]
    validated: Any = prepared.validate(frame) or gate.definition.get_batch({"dataframe": frame}).validate(prepared.suite, result_format=COMPLETE)
    # Results come back in an order of Great Expectations' own; the suite's order decides which reason is named first.
    found = {result.expectation_config.meta["name"]: result for result in validated.results}
    outcome = Outcome([], {}, [], validated)
    for expectation in suite_record(name)["expectations"]:
        meta = expectation["meta"]
        result = found[meta["name"]]
        _raise_if_broken(name, expectation, result)
        row = _result_row(name, expectation, result, run_id, batch)
        outcome.results.append(row)
        if expectation["severity"] == "critical" and not (result.success and not result.result.get("unexpected_count")):
            outcome.missed.append(row)
            for position in result.result.get("unexpected_index_list") or ():
                outcome.failed.setdefault(int(position), []).append(meta)
    return outcome


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
    columns = _columns(kwargs)
    return {
        "result_id": stable_id("res", run_id, batch, name, meta["name"]),
        "run_id": run_id,
        "batch": batch,
        "suite": name,
        "expectation": meta["name"],
        "column_name": ", ".join(columns) or None,
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
