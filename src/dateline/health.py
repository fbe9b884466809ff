"""What `dateline doctor` looks at: each finding says what was found, how bad it is, and what to do."""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from dateline.config import Settings
from dateline.errors import DatelineError
from dateline.findings import Finding

_DISK_WARNING = 2 * 1024**3  # Below this a large run can fill the disk: work database, snapshot copy and staging stand side by side.
_DISK_LEAST = 200 * 1024**2
_PREFECT_LARGE = 1024**3


def examine(settings: Settings, *, deep: bool = False) -> list[Finding]:
    """Return every finding, in the order a run would meet them; `deep` opens every kept file, which else is done with some of them."""
    installed = [_python(), *_packages(), _pipeline(settings), _gazetteer()]
    return [*installed, *_disk(settings), *_warehouse(settings, deep=deep), _server(), *_prefect_database()]


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
    # A run ends with a copy of the work database beside the former one.
    needed = _DISK_LEAST + (settings.work.stat().st_size if settings.work.exists() else 0)
    level = "problem" if free < needed else "warning" if free < _DISK_WARNING else "ok"
    remedy = {"ok": "", "warning": "Free some space.", "problem": f"Free space: a run needs {needed / 1024**3:.1f} GB. `dateline compact` may help."}
    yield Finding("disk", level, f"{free / 1024**3:.1f} GB free at {folder.absolute()}", remedy[level])
    if not os.access(folder, os.W_OK):
        yield Finding("warehouse folder", "problem", f"{folder.absolute()} cannot be written.", "Choose another with --warehouse.")


def _warehouse(settings: Settings, *, deep: bool) -> Iterator[Finding]:
    from dateline.warehouse.condition import look_at_lake, look_at_snapshot, look_at_work
    from dateline.warehouse.kept_bytes import look_at_kept_bytes

    if settings.lake is not None:
        yield from look_at_lake(settings, settings.lake)
        yield from look_at_kept_bytes(settings, deep=deep)
        return
    if not settings.work.exists() and not settings.published.exists():
        yield Finding("warehouse", "ok", f"none yet at {settings.warehouse}", "`dateline run PATH` makes one.")
        return
    yield from look_at_work(settings)
    yield from look_at_snapshot(settings)
    yield from look_at_kept_bytes(settings, deep=deep)


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


def _prefect_database() -> Iterator[Finding]:
    """Look at how large Prefect's own book of runs has become: where no server of its own tends it, it only grows."""
    path = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect") / "prefect.db"
    size = path.stat().st_size if path.is_file() else 0
    if size > _PREFECT_LARGE:
        found = f"{size / 1024**3:.1f} GB at {path}, of runs long past; no fact is in it."
        yield Finding(
            "Prefect's database", "warning", found, "Stop the schedule and the server, move that file away; the next start makes a new one."
        )
