"""The condition of a warehouse, for `dateline doctor`: who writes, whether the files can be read, how runs and sources fare. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from dateline.config import Settings
from dateline.errors import EnvironmentProblem, WarehouseBusy
from dateline.findings import Finding
from dateline.warehouse.kept import stale_count
from dateline.warehouse.lake import open_reader
from dateline.warehouse.lock import Holder, last_holder, writer_lock
from dateline.warehouse.schema import schema_version, stored_version
from dateline.warehouse.target import Lake

_STALE = timedelta(hours=24)
_STUCK = timedelta(hours=6)  # The flows end a run at this age themselves (RUN_TIMEOUT), so whoever writes longer hangs.
_FAILURES = 3  # In a row: once is the weather of the web.
_SHOWN = 5


def look_at_work(settings: Settings) -> Iterator[Finding]:
    """Yield who writes, and whether the work database opens and has a schema that this Dateline knows."""
    try:
        with writer_lock(settings.work):
            yield Finding("writer", "ok", "nobody is writing")
            if settings.work.exists():
                yield from _opened(settings.work)
    except WarehouseBusy as busy:
        yield _writer(busy, last_holder(settings.work))


def _writer(busy: WarehouseBusy, holder: Holder | None) -> Finding:
    began = _moment(holder.since) if holder else None
    if began is not None and datetime.now(UTC) - began > _STUCK:
        hours = (datetime.now(UTC) - began).total_seconds() / 3600
        return Finding(
            "writer", "problem", f"{busy.message} That is {hours:.0f} hours: it is stuck.", "Stop that process; the next run makes it good."
        )
    return Finding("writer", "warning", busy.message, "A second run would be refused until it ends; if it hangs, stop that process.")


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _opened(work: Path) -> Iterator[Finding]:
    if work.with_name(work.name + ".wal").exists():
        # Opening it, even for reading, would play the log in.
        yield Finding("work database", "warning", "the last writer was killed and left a log.", "The next run plays it in; nothing is lost.")
        return
    try:
        with duckdb.connect(str(work), read_only=True) as con:
            stored = stored_version(con)
            dead = con.execute("SELECT run_id FROM ops.runs WHERE status = 'running'").fetchall() if stored else []
    except duckdb.Error as problem:
        text = str(problem).splitlines()[0]
        if "lock" in text.lower():
            remedy = "Close that program; it may read the published snapshot instead."
            yield Finding("work database", "problem", f"a program outside Dateline has it open: {text}", remedy)
        else:
            remedy = "`dateline restore` a backup, or move the file away: the next run builds a new one from the sources."
            yield Finding("work database", "problem", f"{work} cannot be read: {text}", remedy)
        return
    yield _schema("work database", stored)
    if dead:
        names = ", ".join(row[0] for row in dead)
        yield Finding("runs", "warning", f"killed and not yet made good: {names}.", "The next run does that; nothing is lost.")


def _schema(what: str, stored: int | None) -> Finding:
    present = schema_version()
    if stored is not None and stored > present:
        return Finding(what, "problem", f"it has schema {stored}, this Dateline knows {present}.", "Update Dateline, or use another warehouse.")
    if stored != present:
        return Finding(what, "warning", f"it has schema {stored}, this Dateline {present}.", "The next run migrates it; `dateline backup` first.")
    return Finding(what, "ok", f"schema {stored}")


def look_at_snapshot(settings: Settings) -> Iterator[Finding]:
    """Yield what the published snapshot says of itself, of the last run, and of the sources."""
    if not settings.published.exists():
        yield Finding("snapshot", "warning", f"{settings.published} is not there.", "The next run publishes it.")
        yield from _book(settings) or ()
        return
    try:
        with duckdb.connect(str(settings.published), read_only=True) as con:
            yield from _read(con, settings)
    except duckdb.Error as problem:
        remedy = "Delete it: the next run publishes it anew from the work database."
        yield Finding("snapshot", "problem", f"{settings.published} cannot be read: {str(problem).splitlines()[0]}", remedy)


def look_at_lake(settings: Settings, lake: Lake) -> Iterator[Finding]:
    """Yield what a lake says of itself, of the last run, and of the sources."""
    try:
        with open_reader(lake) as con:
            yield from _read(con, settings)
    except (duckdb.Error, EnvironmentProblem) as problem:
        remedy = "The first run makes it; for the rest see docs/scale.md."
        yield Finding("lake", "problem", f"{lake} cannot be read: {str(problem).splitlines()[0]}", remedy)


def _read(con: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[Finding]:
    stored = stored_version(con)
    schema = _schema("snapshot", stored)
    if schema.level != "ok":
        yield schema
        return  # Its tables may be others than those asked for here.
    [(documents, figures)] = con.execute("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM figures)").fetchall()
    yield Finding("snapshot", "ok", f"{documents} documents, {figures} figures, schema {stored}")
    latest = _book(settings) if settings.lake is None else None
    yield from _runs(con, settings) if latest is None else latest
    yield from _extractors(con, settings)
    yield from _drift(con)


def _book(settings: Settings) -> list[Finding] | None:
    """Return what the work database says of the last run and the sources, None where it cannot be read now: a run that failed publishes nothing."""
    try:
        with writer_lock(settings.work):
            if not settings.work.exists() or settings.work.with_name(settings.work.name + ".wal").exists():
                return None
            with duckdb.connect(str(settings.work), read_only=True) as con:
                return _runs(con, settings) if stored_version(con) == schema_version() else None
    except (WarehouseBusy, duckdb.Error):
        return None


def _runs(con: duckdb.DuckDBPyConnection, settings: Settings) -> list[Finding]:
    return [*_last_run(con), *_sources(con, settings), *_moved(con, settings), *_waiting(con, settings)]


def _last_run(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("SELECT status, started_at, message FROM ops.runs ORDER BY started_at DESC LIMIT 1").fetchall()
    if not rows:
        return
    status, started, message = rows[0]
    age = _now() - started
    remedy = "Is the schedule on? `dateline schedule`." if age > _STALE else ""
    if age < -timedelta(minutes=5):
        remedy = "Set the clock of this machine: one of the two was wrong."
    level = "warning" if remedy or status in {"failed", "refused", "killed"} else "ok"
    yield Finding("last run", level, f"{status}, started {started:%Y-%m-%d %H:%M} UTC" + (f": {message}" if message else ""), remedy)


def _extractors(con: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[Finding]:
    from dateline.nlp.version import extractor_version

    stale = stale_count(con, extractor_version(settings.model))
    if stale:
        yield Finding("extractors", "warning", f"{stale} texts were read by other extractors than these.", "`dateline reprocess` reads them again.")


def _sources(con: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[Finding]:
    rows = con.execute(
        "SELECT address, failures, last_error, last_success_at, next_due_at FROM ops.sources WHERE list_contains($1, address) "
        "ORDER BY failures DESC, address",
        [list(settings.sources)],
    ).fetchall()
    now, bad = _now(), []
    for address, failures, error, success, due in rows:
        if failures >= _FAILURES or success is None or now - success > _STALE:
            last = f"last answered {success:%Y-%m-%d %H:%M} UTC" if success else "never answered"
            again = f", asked again after {due:%Y-%m-%d %H:%M} UTC" if due else ""
            bad.append(f"{address} ({failures} failures in a row, {last}{again}: {error or 'not asked since'})")
    if bad:
        more = f" and {len(bad) - _SHOWN} more" if len(bad) > _SHOWN else ""
        remedy = "Look at the address in a browser; `dateline run ADDRESS` asks it at once."
        yield Finding("sources", "warning", f"{len(bad)} of {len(rows)} are stale: {'; '.join(bad[:_SHOWN])}{more}", remedy)
    elif rows:
        yield Finding("sources", "ok", f"{len(rows)} answered in the last day")


def _moved(con: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[Finding]:
    rows = con.execute(
        "SELECT address, moved_to FROM ops.sources WHERE list_contains($1, address) AND moved_to IS NOT NULL ORDER BY address",
        [list(settings.sources)],
    ).fetchall()
    if rows:
        more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
        moved = "; ".join(f"{address} to {target}" for address, target in rows[:_SHOWN])
        yield Finding("moved sources", "warning", f"{len(rows)} have moved for good: {moved}{more}.", "Change `sources` in dateline.toml.")


def _waiting(con: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[Finding]:
    """Yield the sources whose pages wait for longer than a day: that is more than a bad hour. Sitemaps may well take longer."""
    rows = con.execute(
        "SELECT s.address, count(*), min(w.since) FROM ops.waiting AS w JOIN ops.sources AS s USING (source_id) "
        "WHERE list_contains($1, s.address) AND w.entry IS NOT NULL AND w.since < $2 GROUP BY s.address ORDER BY 2 DESC, 1",
        [list(settings.sources), _now() - _STALE],
    ).fetchall()
    if rows:
        more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
        shown = "; ".join(f"{address} ({count:,} since {since:%Y-%m-%d %H:%M} UTC)" for address, count, since in rows[:_SHOWN])
        remedy = "They are tried by every run; where a run never has time for them, raise read.source_timeout."
        yield Finding("waiting pages", "warning", f"not read for more than a day: {shown}{more}.", remedy)


def _drift(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Yield which sources were out of their usual bounds when that was last looked at."""
    rows = con.execute(
        "SELECT reason, checked_at FROM ops.quality_results WHERE suite = 'drift' AND NOT success "
        "AND run_id = (SELECT arg_max(run_id, checked_at) FROM ops.quality_results WHERE suite = 'drift') ORDER BY expectation"
    ).fetchall()
    for reason, checked in rows[:_SHOWN]:
        yield Finding("drift", "warning", f"{checked:%Y-%m-%d %H:%M} UTC: {reason}", "Look at the source in a browser; see docs/quality.md.")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
