"""Suites made ready once: what Great Expectations works out anew for every batch, though it depends on the suite alone.

Which metrics an expectation needs, and in which order they follow from each other, is two thirds of what validating a batch costs. Here that is asked
once a suite and kept; metrics and expectations are Great Expectations' own, and so are the results (a test holds them against `Batch.validate`).
Where anything goes wrong the caller validates in the plain way, which says what it was.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import great_expectations as gx
    import pandas as pd
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult, ExpectationValidationResult
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine

COMPLETE = {"result_format": "COMPLETE"}  # With the positions of all failing rows: the quarantine list.


@dataclass(frozen=True, slots=True)
class _Expected:
    """An expectation, its configuration, and the metrics by which it is judged: their names to the ids of their values."""

    expectation: Any
    configuration: Any
    needs: Mapping[str, Any]
    result_format: Mapping[str, Any]


@cache
def _narrowing() -> type[PandasExecutionEngine]:
    """Return an engine that gives a metric the columns that it is about and no others: each leaves out rows, by copying all columns that it has."""
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine

    class Narrowing(PandasExecutionEngine):
        def __init__(self) -> None:
            super().__init__()
            self._records: dict[tuple[str, ...], pd.DataFrame] = {}

        def get_domain_records(self, domain_kwargs: dict[str, Any]) -> pd.DataFrame:
            about = [domain_kwargs[key] for key in ("column", "column_A", "column_B") if key in domain_kwargs] or domain_kwargs.get("column_list")
            if not about or domain_kwargs.get("row_condition"):
                return super().get_domain_records(domain_kwargs)
            asked = (*about, domain_kwargs.get("ignore_row_if", ""))
            if asked not in self._records:
                narrow = PandasExecutionEngine()
                narrow.load_batch_data("rows", self.dataframe[list(about)])
                self._records[asked] = narrow.get_domain_records({key: value for key, value in domain_kwargs.items() if key != "batch_id"})
            return self._records[asked]

    return Narrowing


class Prepared:
    """A suite with the graph of its metrics.

    Args:
        suite: The suite. It must not change any more.
    """

    def __init__(self, suite: gx.ExpectationSuite) -> None:
        self.suite = suite
        self._edges: list[Any] = []
        self._expected: Sequence[_Expected] = ()

    def prepare(self, columns: Collection[str]) -> None:
        """Make ready for frames of these columns, which the first of them would otherwise wait for."""
        import pandas as pd
        from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine

        engine = PandasExecutionEngine()
        engine.load_batch_data("rows", pd.DataFrame(columns=list(columns)))
        with suppress(Exception):  # As in validate(): what is wrong with a suite is said of the first frame.
            self._prepare(engine)

    def validate(self, frame: pd.DataFrame) -> ExpectationSuiteValidationResult | None:
        """Return what the suite says of a frame, None where a metric or an expectation could not be worked out."""
        try:
            return self._validated(frame)
        except Exception:  # Whatever it was: the plain way meets it again and reports it.
            return None

    def _validated(self, frame: pd.DataFrame) -> ExpectationSuiteValidationResult | None:
        from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
        from great_expectations.validator.validation_graph import ValidationGraph
        from great_expectations.validator.validation_statistics import calc_validation_statistics

        engine = _narrowing()()
        engine.load_batch_data("rows", frame)
        if not self._expected:
            self._prepare(engine)
        graph = ValidationGraph(engine, self._edges)
        metrics, aborted = graph.resolve({"result_format": dict(COMPLETE)}, show_progress_bars=False)
        if aborted:
            return None
        results = list(self._judged(metrics, engine))
        statistics = calc_validation_statistics(results)
        return ExpectationSuiteValidationResult(
            success=statistics.success,
            results=results,
            suite_name=self.suite.name,
            statistics={
                "evaluated_expectations": statistics.evaluated_expectations,
                "successful_expectations": statistics.successful_expectations,
                "unsuccessful_expectations": statistics.unsuccessful_expectations,
                "success_percent": statistics.success_percent,
            },
            meta={},
        )

    def _prepare(self, engine: Any) -> None:
        from great_expectations.validator.validation_graph import ValidationGraph

        graph = ValidationGraph(engine)
        expected = []
        for expectation in self.suite.expectations:
            needed = expectation.get_validation_dependencies(execution_engine=engine, runtime_configuration={"result_format": dict(COMPLETE)})
            for metric in needed.get_metric_configurations():
                graph.build_metric_dependency_graph(metric, {"result_format": dict(COMPLETE)})
            needs = {name: metric.id for name, metric in needed.metric_configurations.items()}
            expected.append(_Expected(expectation, expectation.configuration, needs, needed.result_format))
        self._edges, self._expected = graph.edges, expected

    def _judged(self, metrics: Mapping[Any, Any], engine: Any) -> Iterator[ExpectationValidationResult]:
        from great_expectations.core.expectation_validation_result import ExpectationValidationResult

        for one in self._expected:
            runtime = {"result_format": copy.copy(one.result_format)}
            values = {name: metrics[key] for name, key in one.needs.items()}
            found = one.expectation._validate(metrics=values, runtime_configuration=runtime, execution_engine=engine)
            answer = found if isinstance(found, dict) else found.to_json_dict()
            result = ExpectationValidationResult(**answer)
            result.expectation_config = one.configuration
            yield result
