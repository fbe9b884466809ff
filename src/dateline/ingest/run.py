"""One run over the warehouse: what it owns (the writer's lock, worker processes, staging), its steps, and its entry in the book of runs."""

from __future__ import annotations

import logging
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Any, Self

import duckdb

from dateline.config import Settings
from dateline.errors import EnvironmentProblem, QualityError
from dateline.ingest.account import versions
from dateline.ingest.away import clear
from dateline.ingest.batching import batched
from dateline.ingest.intake import Intake
from dateline.ingest.sieve import Sieve
from dateline.ingest.workers import Batch, Extracted, Workers
from dateline.model import Article, Rejection
from dateline.nlp.version import extractor_version
from dateline.read.urls import shown_url
from dateline.validate.checks import checked_whole, run_checks
from dateline.validate.drift import look_for_drift
from dateline.validate.suites import Outcome, warm_up
from dateline.warehouse.copies import fold_copies
from dateline.warehouse.load import Loaded, load_batch, put_back
from dateline.warehouse.rows import quarantine_row
from dateline.warehouse.runs import finish_run, forget_results, last_status, start_run, write_quality, write_quarantine
from dateline.warehouse.stage import discard, settle_memory, sweep
from dateline.warehouse.stories import group_stories
from dateline.warehouse.writer import open_writer

_log = logging.getLogger(__name__)

_RENEWED = 5  # Loads after which the database is opened anew, in a tenth of a second: memory would grow by some 20 MB with each.


class Run:
    """A run, used as a context manager; leaving it closes the entry in ops.runs, the worker processes and the warehouse, whatever happened.

    The steps are called in the order read, batches, extract, validate, judge, load, finish. Nothing is loaded before every batch has been validated,
    so that a refusal by the quality gate leaves the warehouse as it was. Steps other than `extract` belong to one thread.
    """

    def __init__(self, settings: Settings, *, inputs: Sequence[str] = (), flow: str = "ingest") -> None:
        self.settings = settings
        self.inputs = tuple(inputs)
        self.flow = flow
        self.run_id = f"run_{datetime.now(UTC):%Y%m%dT%H%M%S}_{secrets.token_hex(3)}"
        self.staging = settings.staging / self.run_id
        self.abreast = settings.workers
        self.counts: Counter[str] = Counter()
        self.facts: Counter[str] = Counter()
        self.judged: Counter[str] = Counter()
        self.timings: defaultdict[str, float] = defaultdict(float)
        self.failed_expectations: list[dict[str, Any]] = []
        self.intake: Intake | None = None
        self._unfinished = False
        self._loads = 0
        self._dead: list[str] = []
        self._outcomes: dict[str, Outcome] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        settle_memory()
        with ExitStack() as stack:
            self.writer = stack.enter_context(open_writer(self.settings, run_id=self.run_id))
            # The folder's lock is held, so whatever is in staging was left by a run that died: its documents are not loaded and are read again.
            self._sweep()
            self._sieve = Sieve(self.con, extractor_version(self.settings.model), self.counts)
            with self.writer.turn():
                # A run that ended after its loads and before its last steps has left those to this one.
                self._unfinished = last_status(self.con) not in {None, "done"}
                started = versions(self.settings.model)
                self._dead = start_run(
                    self.con, self.run_id, flow=self.flow, sources=[shown_url(name) for name in self.inputs], versions=started, dead=self.writer.dead
                )
            self.workers = stack.enter_context(Workers(self.settings.workers, self.settings.model))
            self._stack = stack.pop_all()
        return self

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection to the warehouse, until the next load: long runs renew it."""
        return self.writer.con

    def _sweep(self) -> None:
        if self.settings.exchange:
            for left in self.settings.staging.glob("run_*"):
                clear(self.settings.exchange, left.name)
        sweep(self.settings.staging)
        self.staging.mkdir(parents=True)  # By its name the next run knows what this one leaves in the exchange, should it be killed.

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        with self._stack:
            if problem is not None:
                self._give_up(problem)
            discard(self.staging)
        if isinstance(problem, duckdb.Error):
            raise EnvironmentProblem(
                f"the work database failed: {str(problem).splitlines()[0]}",
                where=str(self.settings.lake or self.settings.work),
                remedy="Check the disk (`dateline doctor`) and run again: what was committed stays, the rest is read again.",
            ) from problem

    def _give_up(self, problem: BaseException) -> None:
        """Close the entry of a run that failed, if the database still lets itself be written to; what went wrong first is what counts."""
        try:
            self._finish("refused" if isinstance(problem, QualityError) else "failed", str(problem) or type(problem).__name__)
            if isinstance(problem, QualityError):
                # The facts are as they were; what readers of quality reports must see is that, and why, a run was refused.
                self.writer.publish()
        except (duckdb.Error, EnvironmentProblem) as unclosed:
            _log.warning("the run could not be closed (%s); the next one marks it as killed", str(unclosed).splitlines()[0])

    def _finish(self, status: str, message: str | None = None) -> None:
        with self.writer.turn():
            self._close(status, message)

    def _close(self, status: str, message: str | None) -> None:
        self._write_refusals()
        if self.intake is not None and status != "done":
            self.intake.write(self.con, loaded=False, refused=status == "refused")
        finish_run(
            self.con,
            self.run_id,
            status=status,
            message=None if message is None else message[:2000],
            facts=dict(self.facts),
            timings={name: round(seconds, 3) for name, seconds in self.timings.items()},
            **{name: self.counts[name] for name in ("documents_read", "documents_known", "documents_loaded", "documents_refused", "words")},
        )

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add what the block took to the timings of a step."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.timings[step] += time.perf_counter() - began

    def read(self, *, due_only: bool = False) -> Iterator[Article | Rejection]:
        """Yield what the inputs hold, with what earlier runs know of them; `due_only` leaves those alone that failed lately, as a schedule does."""
        self.intake = Intake(self.con, self.settings, self.inputs, run_id=self.run_id)
        return self.intake.read(due_only=due_only)

    def batches(self, stream: Iterable[Article | Rejection], *, skip_known: bool = True) -> Iterator[Batch]:
        """Yield batches of the articles that are not known yet (or of all); refusals travel with the batch they came with."""
        fresh = self._sieve.fresh(stream, partial(self.timed, "read"), skip_known=skip_known)
        groups = batched(self._warming_up(fresh), most=self.settings.batch, abreast=lambda: self.abreast)
        for number, articles in enumerate(groups):
            yield self._batch(number, articles)
        self._keep_refusals()

    def _warming_up(self, articles: Iterable[Article]) -> Iterator[Article]:
        for number, article in enumerate(articles):
            if not number:
                if self.settings.dask is None:
                    self.workers.warm_up()
                warm_up()  # The quality gate, while the workers load their pipelines.
            yield article

    def _batch(self, number: int, articles: Sequence[Article]) -> Batch:
        folder = self.staging / f"{number:06d}"
        return Batch(
            number=number,
            folder=folder,
            run_id=self.run_id,
            model=self.settings.model,
            articles=tuple(articles),
            rejections=tuple(self._sieve.take_refused()),
            decisions=self.settings.entity_decisions.absolute(),
        )

    def _keep_refusals(self) -> None:
        """Write refusals that no batch took along."""
        if self._sieve.refused:
            with self.writer.turn():
                self._write_refusals()

    def _write_refusals(self) -> None:
        write_quarantine(self.con, [quarantine_row(r, run_id=self.run_id) for r in self._sieve.take_refused()])

    def extract(self, batch: Batch) -> Extracted:
        """Read the facts of a batch into staging; may be called from several threads."""
        return self.workers.extract(batch)

    def validate(self, batch: Extracted) -> None:
        """Hold the rows of a staged batch against the expectation suites; rows that a critical one refuses move to its quarantine."""
        from dateline.validate.docs import keep_worst
        from dateline.validate.gate import validate_staged

        with self.timed("validate"):
            verdict = validate_staged(batch.folder, run_id=self.run_id, batch=batch.folder.name)
        keep_worst(self._outcomes, verdict.outcomes)
        self.judged.update(verdict.counts)
        self.failed_expectations += verdict.unmet

    def judge(self) -> None:
        """Hold the run as a whole against its suite, once every batch is validated and before any is loaded; a run with nothing new passes.

        Raises:
            LoadRefused: A critical expectation of the run failed; nothing of it may be loaded.
        """
        if not self.judged:
            return
        from dateline.validate.gate import LoadRefused, judge

        with self.timed("validate"):
            try:
                results = judge(self.judged, run_id=self.run_id)
            except LoadRefused as refusal:
                with self.writer.turn():
                    write_quality(self.con, refusal.results)
                self._write_docs()
                raise
            with self.writer.turn():
                write_quality(self.con, results)
        self.failed_expectations += [row for row in results if not row["success"]]

    def load(self, batch: Extracted) -> Loaded:
        """Load a validated batch in one transaction and drop its staging."""
        with self.timed("load"), self.writer.turn():
            if self._loads % _RENEWED == _RENEWED - 1:
                self.writer.renew()
            loaded = self.writer.carry_out(load_batch, batch.folder)
        self._loads += 1
        discard(batch.folder)
        self.counts["documents_loaded"] += loaded.documents
        self.counts["words"] += batch.words
        self.facts.update(loaded.rows)
        return loaded

    def finish(self) -> None:
        """Run the checks over the warehouse, close the entry in the book of runs, and swap the snapshot that analysts read."""
        with self.writer.turn():
            self._renew_after_many()
            self._unfinished |= put_back(self.con, self._sieve.put_back) > 0  # Still so when this step is tried again.
        if self.counts["documents_loaded"] or self._unfinished:
            with self.timed("copies"), self.writer.turn():
                self.writer.carry_out(fold_copies)
            with self.timed("stories"), self.writer.turn():
                self.writer.carry_out(group_stories)
                self._renew_after_many()
        with self.timed("check"), self.writer.turn():
            if self.intake is not None:
                self.intake.write(self.con, loaded=True)
            now = datetime.now(UTC).replace(tzinfo=None)
            # What a killed run has loaded was looked at by nobody.
            sound = frozenset[str]() if self._dead else checked_whole(self.con, now=now)
            results = self.writer.carry_out(run_checks, run_id=self.run_id, sound=sound)
            results += self.writer.carry_out(look_for_drift, run_id=self.run_id, now=now, loaded=bool(self.counts["documents_loaded"]))
            write_quality(self.con, results)
            forget_results(self.con, self.settings.keep_log_days)
        self.failed_expectations += [row for row in results if not row["success"]]
        self._finish("done")
        row = self.con.execute("SELECT quarantined FROM ops.runs WHERE run_id = ?", [self.run_id]).fetchone()
        self.counts["quarantined"] = row[0] if row else 0
        with self.timed("publish"):
            self.writer.publish()
        self._write_docs()

    def _renew_after_many(self) -> None:
        if self._loads >= _RENEWED:
            self.writer.renew()

    def _write_docs(self) -> None:
        """Write Data Docs of what was validated; those of an earlier run stay where nothing was."""
        if self._outcomes:
            from dateline.validate.docs import write_docs

            with self.timed("docs"):
                write_docs(self._outcomes, self.settings.datadocs, run_id=self.run_id)
