"""Settings: flags before DATELINE_* variables before dateline.toml before defaults; what is unknown or malformed is an error that names its place."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dateline.errors import UsageError
from dateline.normalize.entity_decisions import FILE as DECISIONS
from dateline.read.settings import ReadSettings
from dateline.read.urls import shown_url
from dateline.warehouse.target import Lake, Snapshot, parse_target

CONFIG_NAME = "dateline.toml"
_FOLDER = Path("warehouse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a run can be told.

    Attributes:
        warehouse: Folder of work.duckdb (the writer's), dateline.duckdb (published), raw/, staging/, report.html and datadocs/. Set as PATH or
            duckdb:PATH, or as ducklake:postgres:CONNECTION; then the tables are in that lake, and the rest is in the folder `local`.
        lake: The lake that holds the tables; None where they are in the folder.
        lake_data: Folder or URL of the lake's Parquet files; needed when a lake is made.
        local: Folder on this machine of what is not in the lake.
        model: spaCy pipeline, package or path; None is the shipped one.
        workers: Worker processes that extract, beside the process of the run.
        dask: Address of a Dask scheduler (tcp://host:8786) whose workers extract instead.
        exchange: Folder or URL (s3://bucket/exchange) that those workers write to and the run reads from; unset it is the staging folder, which then
            every machine must see.
        batch: Articles in one batch: the unit of tasks, staging and transactions.
        sources: What `dateline run` without arguments and the schedule read: files, folders, globs, feed and page URLs.
        cron: When `dateline schedule` runs the ingest flow.
        keep_raw_days: Days for which fetched bytes are kept, so that reading can be redone; 0 keeps them for good.
        keep_log_days: Days for which quality results are kept; 0 keeps them for good.
        entity_decisions: What `dateline entities merge` and `split` wrote; beside dateline.toml where there is one.
        webhook: URL that gets a JSON message when a run fails or the quality gate stops it.
        read: Limits and manners of reading (see read/settings.py).
    """

    warehouse: Path = _FOLDER
    lake: Lake | None = None
    lake_data: str | None = None
    local: Path = _FOLDER
    model: str | None = None
    workers: int = 1
    dask: str | None = None
    exchange: str | None = None
    batch: int = 500
    sources: tuple[str, ...] = ()
    cron: str = "*/15 * * * *"
    keep_raw_days: int = 0
    keep_log_days: int = 400
    entity_decisions: Path = Path(DECISIONS)
    webhook: str | None = None
    read: ReadSettings = field(default_factory=ReadSettings)

    @property
    def target(self) -> str:
        """The warehouse as it can be given again."""
        return str(self.warehouse) if self.lake is None else f"ducklake:postgres:{self.lake.connection}"

    @property
    def snapshot(self) -> Snapshot:
        """What readers open."""
        return self.published if self.lake is None else self.lake

    @property
    def work(self) -> Path:
        """The writer's database; nobody else opens it."""
        return self.warehouse / "work.duckdb"

    @property
    def published(self) -> Path:
        """The snapshot that analysts read, replaced whole."""
        return self.warehouse / "dateline.duckdb"

    @property
    def staging(self) -> Path:
        """Parquet of runs under way: staging/<run>/<batch>/<table>.parquet."""
        return self.warehouse / "staging"

    @property
    def exchange_url(self) -> str:
        """Where a cluster's workers leave what they have extracted."""
        return self.exchange or str(self.staging.absolute())

    @property
    def raw(self) -> Path:
        """What was fetched, as it came: raw/<2 digits>/<30 digits>.gz."""
        return self.warehouse / "raw"

    @property
    def report(self) -> Path:
        """The report page."""
        return self.warehouse / "report.html"

    @property
    def datadocs(self) -> Path:
        """Great Expectations' own pages."""
        return self.warehouse / "datadocs"


def load_settings(config: Path | None = None, **flags: Any) -> Settings:
    """Return the settings in force; `flags` that are None count as not given.

    Raises:
        UsageError: The file does not exist or does not parse, or a key or value is not known; the message names file or variable.
    """
    path = config or _configured_path()
    table = _read_toml(path) if path else {}
    values = _from_table(table, path)
    values = _merge(values, _from_environment())
    if flags.get("warehouse") is not None:
        flags["warehouse"] = _cast(Settings, "warehouse", flags["warehouse"], "--warehouse")
    values = _merge(values, {name: value for name, value in flags.items() if value is not None})
    return _build(values)


def _configured_path() -> Path | None:
    named = os.environ.get("DATELINE_CONFIG")
    if named:
        return Path(named)
    here = Path(CONFIG_NAME)
    return here if here.is_file() else None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise UsageError("no such configuration file.", where=str(path), remedy="Write one with `dateline init`.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UsageError(f"not TOML: {problem}.", where=str(path), remedy="Mend that line.") from None


def _from_table(table: Mapping[str, Any], path: Path | None) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in table.items():
        if name == "read" and isinstance(value, Mapping):
            out["read"] = {key: _cast(ReadSettings, key, item, f"{path}, [read] {key}") for key, item in value.items()}
        else:
            out[name] = _cast(Settings, name, value, f"{path}, {name}")
    # A path in the file means the same from wherever the command is typed, or the schedule started.
    base = path.parent if path else Path()
    for folder in ("warehouse", "local"):
        if isinstance(out.get(folder), Path):
            out[folder] = base / out[folder]
    out["entity_decisions"] = base / out.get("entity_decisions", DECISIONS)
    if "sources" in out:
        out["sources"] = tuple(source if "://" in source else str(base / source) for source in out["sources"])
    return out


def _from_environment() -> dict[str, Any]:
    out: dict[str, Any] = {}
    for spec in fields(Settings):
        variable = f"DATELINE_{spec.name.upper()}"
        if spec.name not in ("read", "lake") and os.environ.get(variable):
            out[spec.name] = _cast(Settings, spec.name, os.environ[variable], variable)
    for spec in fields(ReadSettings):
        variable = f"DATELINE_READ_{spec.name.upper()}"
        if os.environ.get(variable):
            out.setdefault("read", {})[spec.name] = _cast(ReadSettings, spec.name, os.environ[variable], variable)
    return out


def _merge(low: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    out = {**low, **high}
    if "read" in low and "read" in high:
        out["read"] = {**low["read"], **high["read"]}
    return out


def _build(values: dict[str, Any]) -> Settings:
    if "read" in values:
        values = {**values, "read": ReadSettings(**values["read"])}
    if isinstance(values.get("warehouse"), Lake):
        lake = replace(values["warehouse"], data=values.get("lake_data"))
        values = {**values, "lake": lake, "warehouse": values.get("local", _FOLDER)}
    settings = Settings(**values)
    if settings.workers < 1 or settings.batch < 1:
        raise UsageError("workers and batch must be 1 or more.", remedy="Give a positive number.")
    if settings.webhook is not None and not _can_be_sent_to(settings.webhook):
        # Its value is not shown: it may be a secret.
        raise UsageError("webhook is no http or https address.", remedy='Give it whole, as in webhook = "https://example.org/hooks/dateline".')
    if any("://" in source and shown_url(source) != source for source in settings.sources):
        shown = ", ".join(shown_url(source) for source in settings.sources if shown_url(source) != source)
        raise UsageError("sources must not hold a name or password.", where=shown, remedy="They would be written down; fetch it by other means.")
    if not settings.read.source_timeout > 0:
        raise UsageError("read.source_timeout must be more than 0 seconds.", remedy="Give 300, or inf for no limit.")
    if settings.keep_raw_days < 0 or settings.keep_log_days < 0:
        raise UsageError("keep_raw_days and keep_log_days are numbers of days.", remedy="Give 0 to keep everything for good.")
    return settings


def _can_be_sent_to(webhook: str) -> bool:
    try:
        parts = urlsplit(webhook)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def _cast(kind: type, name: str, value: object, where: str) -> Any:
    """Return `value` as the type of the field; strings from the environment are read as that type."""
    known = {spec.name: str(spec.type) for spec in fields(kind) if spec.name != "lake"}  # That one is said by `warehouse`.
    if name not in known:
        raise UsageError(f"unknown setting {name!r}.", where=where, remedy=f"Known ones: {', '.join(sorted(known))}.")
    wanted = known[name]
    if name == "warehouse" and isinstance(target := parse_target(str(value)), Lake):
        return target
    try:
        if wanted.startswith("Path"):
            return Path(str(value).removeprefix("duckdb:")).expanduser()
        if wanted.startswith("tuple"):
            return tuple(value.split()) if isinstance(value, str) else tuple(str(item) for item in value)  # type: ignore[attr-defined]  # What cannot be gone through raises below.
        if wanted.startswith("bool"):
            return _boolean(value)
        if wanted.startswith(("int", "float")):
            if isinstance(value, bool):
                raise ValueError
            return int(str(value)) if wanted.startswith("int") else float(str(value))
    except (TypeError, ValueError):
        raise UsageError(f"{value!r} is not a {wanted.split('[')[0]}.", where=where, remedy="Mend the value.") from None
    return str(value)


def _boolean(value: object) -> bool:
    words = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
    text = str(value).casefold()
    if text not in words:
        raise ValueError(text)
    return words[text]
