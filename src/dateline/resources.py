"""Where the files that ship with Dateline are: next to the code in a checkout, inside the package when installed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dateline.errors import EnvironmentProblem

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Return the folder that holds sql/, expectations/ and seeds/."""
    tried = [_PACKAGE / "_data", _PACKAGE.parents[1]]
    for folder in tried:
        if (folder / "seeds" / "reference").is_dir():
            return folder
    raise EnvironmentProblem(
        "Dateline's own tables (seeds/reference) were not found.",
        where=", ".join(map(str, tried)),
        remedy="Reinstall the package, or work from a complete checkout.",
    )


def reference(name: str) -> Path:
    """Return the path of a table of seeds/reference, by file name."""
    return root() / "seeds" / "reference" / name


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of seeds/reference as dicts of strings; lines that start with # are comments."""
    with reference(name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))
