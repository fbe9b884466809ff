"""What `dateline doctor` looks at: each finding says what was found, how bad it is, and what to do."""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from dateline.config import Settings
from dateline.errors import DatelineError

_DISK_WARNING = 2 * 1024**3  # Below this a large run can fill the disk: work database, snapshot copy and staging stand side by side.
_STALE_HOURS = 24


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `level` is "ok", "warning" or "problem"."""

    what: str
    level: str
    found: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def examine(settings: Settings) -> list[Finding]:
    """Return every finding, in the order a run would meet them."""
    return [_python(), *_packages(), _pipeline(settings), _gazetteer(), *_disk(settings), *_warehouse(settings), _server()]


def _python() -> Finding:
    return Finding("Python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores")


def _packages() -> Iterator[Finding]:
    """Compare what is installed with the bounds of our own metadata: an unpinned install gives, among others, a broken Prefect."""
    wrong = []
    for line in requires("dateline") or []:
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(installed, prereleases=True):
            wrong.append(f"{requirement.name} {installed} is outside {requirement.specifier}")
    if wrong:
        yield Finding("packages", "problem", "; ".join(wrong) + ".", "Install from requirements.lock.")
    else:
        shown = ", ".join(f"{name} {version(name)}" for name in ("prefect", "duckdb", "spacy", "great-expectations"))
        yield Finding("packages", "ok", f"all within their bounds ({shown})")


def _pipeline(settings: Settings) -> Finding:
    from dateline.nlp.load import describe, load_nlp

    try:
        load_nlp(settings.model)
    except (DatelineError, OSError, ValueError) as problem:
        remedy = "Install that pipeline, or leave `model` unset to use the shipped one."
        return Finding("language pipeline", "problem", f"{problem}", remedy)
    said = describe(settings.model)
    names = "" if said["names"] == "shipped" else f"; names by {said['names']}"
    return Finding("language pipeline", "ok", f"{said['pipeline']}{names}" + (f" ({said['scores']})" if said["scores"] else ""))


def _gazetteer() -> Finding:
    from dateline.gazetteer import describe, index_path

    if not index_path().exists():
        return Finding("gazetteer", "warning", "not built yet.", "The first run builds it (half a minute), or `dateline gazetteer build`.")
    try:
        return Finding("gazetteer", "ok", str(describe()))
    except (DatelineError, OSError, ValueError) as problem:
        return Finding("gazetteer", "problem", str(problem), "Run `dateline gazetteer build`.")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.warehouse
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    level = "warning" if free < _DISK_WARNING else "ok"
    yield Finding("disk", level, f"{free / 1024**3:.1f} GB free at {folder.absolute()}", "Free some space." if level == "warning" else "")
    if not os.access(folder, os.W_OK):
        yield Finding("warehouse folder", "problem", f"{folder.absolute()} cannot be written.", "Choose another with --warehouse.")


def _warehouse(settings: Settings) -> Iterator[Finding]:
    from dateline.errors import WarehouseBusy
    from dateline.warehouse.lock import writer_lock
    from dateline.warehouse.schema import schema_version

    if not settings.work.exists() and not settings.published.exists():
        yield Finding("warehouse", "ok", f"none yet at {settings.warehouse}", "`dateline run PATH` makes one.")
        return
    try:
        with writer_lock(settings.work):
            yield Finding("writer", "ok", "nobody is writing")
    except WarehouseBusy as busy:
        yield Finding("writer", "warning", busy.message, "A second run would be refused until it ends; if it hangs, stop that process.")
    yield from _snapshot(settings.published, schema_version())


def _snapshot(published: Path, present: int) -> Iterator[Finding]:
    import duckdb

    if not published.exists():
        yield Finding("snapshot", "warning", f"{published} is not there.", "The next run publishes it.")
        return
    try:
        with duckdb.connect(str(published), read_only=True) as con:
            found = con.execute("SELECT max(version) FROM ops.schema_version").fetchone()
            counts = con.execute("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM figures)").fetchone() or (0, 0)
            last = con.execute(
                "SELECT status, started_at, date_diff('hour', started_at, (now() AT TIME ZONE 'UTC')::TIMESTAMP), message "
                "FROM ops.runs ORDER BY started_at DESC LIMIT 1"
            ).fetchone()
    except duckdb.Error as problem:
        remedy = "Delete it: the next run publishes it anew from the work database."
        yield Finding("snapshot", "problem", f"{published} cannot be read: {str(problem).splitlines()[0]}", remedy)
        return
    stored = found[0] if found else None
    if stored != present:
        yield Finding("schema", "warning", f"the snapshot has schema {stored}, this Dateline {present}.", "The next run migrates it.")
    yield Finding("snapshot", "ok", f"{counts[0]} documents, {counts[1]} figures, schema {stored}")
    if last is not None:
        stale = last[2] is not None and last[2] > _STALE_HOURS
        level = "warning" if last[0] in {"failed", "refused", "killed"} or stale else "ok"
        message = f": {last[3]}" if last[3] else ""
        yield Finding("last run", level, f"{last[0]}, started {last[1]} UTC{message}", "Is the schedule on? `dateline schedule`." if stale else "")


def _server() -> Finding:
    import httpx

    url = os.environ.get("PREFECT_API_URL")
    if not url:
        return Finding("Prefect", "ok", "no server configured; a run starts one of its own for its time")
    try:
        httpx.get(f"{url.rstrip('/')}/health", timeout=3).raise_for_status()
    except httpx.HTTPError as problem:
        remedy = "Start it (prefect server start), or unset PREFECT_API_URL."
        return Finding("Prefect", "problem", f"no answer from PREFECT_API_URL ({json.dumps(url)}): {type(problem).__name__}.", remedy)
    return Finding("Prefect", "ok", f"server at {url}")
