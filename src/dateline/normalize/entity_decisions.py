"""What users decided about entities, kept as data: a CSV of merges and splits that every later extraction applies.

The file has the columns action, type, name, into, note. "merge" makes every mention whose full name is `name` the entity `into`; "split" keeps a
name out of the alias table and away from names that only sound like it, so that it is an entity of its own. The last decision about a name counts.
Runs keep to the file of their settings (`entity_decisions`, beside dateline.toml); a pipeline used as a library to the one that the environment
variable DATELINE_ENTITY_DECISIONS names, else to `entity_decisions.csv` in the working folder. No file, no decisions.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dateline.errors import UsageError
from dateline.model import ENTITY_TYPES
from dateline.normalize.entity_names import fold

COLUMNS = ("action", "type", "name", "into", "note")
VARIABLE = "DATELINE_ENTITY_DECISIONS"
FILE = "entity_decisions.csv"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the file."""

    action: str
    type: str
    name: str
    into: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in force, by type and folded name."""

    rows: tuple[Decision, ...] = ()
    merges: dict[tuple[str, str], str] = field(default_factory=dict)
    splits: frozenset[tuple[str, str]] = frozenset()

    def target(self, name: str, kind: str) -> str | None:
        """Return the name that a name was merged into, following chains; None when nobody merged it."""
        seen = set()
        key = (kind, fold(name))
        target = None
        while key in self.merges and key not in seen:
            seen.add(key)
            target = self.merges[key]
            key = (kind, fold(target))
        return target

    def is_split(self, name: str, kind: str) -> bool:
        """Tell whether a name was made an entity of its own."""
        return (kind, fold(name)) in self.splits


_chosen: list[Path] = []


def use(file: Path | None) -> None:
    """Make `file` the one that this process keeps to; None goes back to the environment variable and the working folder."""
    _chosen[:] = [file] if file is not None else []


def path() -> Path:
    """Return where the decisions are kept."""
    return _chosen[0] if _chosen else Path(os.environ.get(VARIABLE) or FILE)


def decisions(source: Path | None = None) -> Decisions:
    """Return the decisions in force; the file is read again when it has changed.

    Raises:
        UsageError: A row has an unknown action or type; the message names file and line.
    """
    file = source or path()
    try:
        stamp = file.stat().st_mtime_ns
    except OSError:
        return Decisions()
    return _read(file, stamp)


@lru_cache(maxsize=8)
def _read(file: Path, stamp: int) -> Decisions:
    rows: list[Decision] = []
    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            decision = Decision(*((row.get(column) or "").strip() for column in COLUMNS))
            where = f"{file}:{number}"
            if decision.action not in {"merge", "split"} or decision.type not in ENTITY_TYPES or not fold(decision.name):
                raise UsageError(
                    f"{decision.action!r}, {decision.type!r}, {decision.name!r} is no decision.",
                    where=where,
                    remedy=f"action is merge or split, type one of {', '.join(ENTITY_TYPES)}.",
                )
            if decision.action == "merge" and not fold(decision.into):
                raise UsageError("A merge says into which name.", where=where, remedy="Fill the column `into`.")
            rows.append(decision)
    return in_force(rows)


def in_force(rows: list[Decision]) -> Decisions:
    """Return the decisions that count: the last one about each name."""
    last = {(row.type, fold(row.name)): row for row in rows}
    merges = {key: row.into for key, row in last.items() if row.action == "merge" and fold(row.into) != key[1]}
    return Decisions(tuple(rows), merges, frozenset(key for key, row in last.items() if row.action == "split"))


def append(decision: Decision, target: Path | None = None) -> Path:
    """Write one decision behind the others and return the file."""
    file = target or path()
    new = not file.exists()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerow([decision.action, decision.type, decision.name, decision.into, decision.note])
    return file
