"""What came of a run, for terminals, artifacts and alerts."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import httpx

from dateline.config import Settings
from dateline.errors import DatelineError, QualityError
from dateline.ingest.run import Run

_log = logging.getLogger(__name__)
ALERT_WITHIN = 20.0  # Seconds, for connecting, sending and the whole answer.


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of a run and where its results are.

    Attributes:
        facts: Rows loaded, by table.
        timings: Seconds, by step.
        sources: How many inputs there were, failed, were cut short, rest after failures; pages unchanged, and not asked for again yet.
        failed_sources: One dict a source that gave no answer: source, problem.
        noted_sources: One dict a source that was cut short, or that says for the first time that it has moved for good: source, note.
        quality: One dict an expectation that did not hold: suite, expectation, severity, refused rows.
    """

    run_id: str
    read: int
    known: int
    loaded: int
    refused: int
    words: int
    quarantined: int
    facts: dict[str, int] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    failed_sources: list[dict[str, Any]] = field(default_factory=list)
    noted_sources: list[dict[str, Any]] = field(default_factory=list)
    quality: list[dict[str, Any]] = field(default_factory=list)
    work: Path = Path()
    published: Path | str = Path()
    report: Path = Path()

    def table(self) -> list[dict[str, Any]]:
        """Return the counts as rows of a two-column table."""
        counts = {"articles read": self.read, "known already": self.known, "loaded": self.loaded, "refused": self.refused, "words": self.words}
        sources = {name.replace("_", " "): count for name, count in self.sources.items() if count}
        return [{"what": what, "count": count} for what, count in {**sources, **counts, **self.facts, "rows in quarantine": self.quarantined}.items()]


def summary_of(run: Run) -> Summary:
    """Return the summary of a run that has ended."""
    return Summary(
        run_id=run.run_id,
        read=run.counts["documents_read"],
        known=run.counts["documents_known"],
        loaded=run.counts["documents_loaded"],
        refused=run.counts["documents_refused"],
        words=run.counts["words"],
        quarantined=run.counts["quarantined"],
        facts=dict(run.facts),
        timings={name: round(seconds, 2) for name, seconds in run.timings.items()},
        sources=dict(run.intake.counts) if run.intake else {},
        failed_sources=[{"source": source, "problem": problem} for source, problem in run.intake.failed.items()] if run.intake else [],
        noted_sources=[{"source": source, "note": note} for source, note in run.intake.notes()] if run.intake else [],
        quality=[{name: row[name] for name in ("suite", "expectation", "severity", "unexpected_count", "reason")} for row in run.failed_expectations],
        work=run.settings.work,
        published=str(run.settings.lake) if run.settings.lake else run.settings.published,
        report=run.settings.report,
    )


def alert(settings: Settings, run: Run, problem: BaseException) -> None:
    """Tell the configured webhook that a run failed or was refused; an alert that cannot be sent is logged and changes nothing."""
    if settings.webhook is None:
        return
    message = {
        "kind": "quality gate" if isinstance(problem, QualityError) else "failed run",
        "error": type(problem).__name__,
        "exit_code": problem.exit_code if isinstance(problem, DatelineError) else 1,
        "message": str(problem),
        "run_id": run.run_id,
        "flow": run.flow,
    }
    for library in ("httpx", "httpcore"):  # They log whole addresses, and this one may be a secret.
        logging.getLogger(library).setLevel(logging.WARNING)
    # In a thread, since a server that trickles would never end: the client's own limits count from byte to byte.
    sending = Thread(target=_send, args=(settings.webhook, message), daemon=True)
    sending.start()
    sending.join(ALERT_WITHIN)
    if sending.is_alive():
        _log.warning("the alert could not be sent to %s: no end within %.0f seconds", httpx.URL(settings.webhook).host, ALERT_WITHIN)


def _send(webhook: str, message: dict[str, Any]) -> None:
    try:
        httpx.post(webhook, json=message, timeout=10).raise_for_status()
    except httpx.HTTPError as unsent:
        _log.warning("the alert could not be sent to %s: %s", httpx.URL(webhook).host, type(unsent).__name__)
