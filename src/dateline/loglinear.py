"""Small log-linear models over named features, whose weights are readable tables (place_weights.csv, figure_weights.csv in seeds/reference).

`training/fit_places.py` and `training/fit_figures.py` write the tables. A feature that a table does not name weighs nothing.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from pathlib import Path

from dateline.resources import reference

TABLES = ("place_weights.csv", "figure_weights.csv")
_OVERRIDE: dict[str, dict[str, float]] = {}


@cache
def weights(model: str) -> dict[str, float]:
    """Return feature -> weight of one model (the first column of the tables)."""
    return (_OVERRIDE or shipped()).get(model, {})


@cache
def shipped() -> dict[str, dict[str, float]]:
    """Return the tables of all models: model -> feature -> weight."""
    return {model: table for name in TABLES for model, table in read(reference(name)).items()}


def read(path: Path) -> dict[str, dict[str, float]]:
    """Return the tables of a weights file: model -> feature -> weight."""
    tables: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            tables[row["model"]][row["feature"]] = float(row["weight"])
    return dict(tables)


def score(model: str, features: Iterable[str]) -> float:
    """Return the sum of the weights of binary features."""
    return sum(map(weights(model).get, features, repeat(0.0)))


def probability(model: str, features: Iterable[str]) -> float:
    """Return the logistic of `score`."""
    value = score(model, features)
    return 1.0 / (1.0 + math.exp(-value)) if value > -30 else 0.0


def replace(tables: dict[str, dict[str, float]]) -> None:
    """Use these models and no others in this process; for fitting and for cross-validation."""
    weights.cache_clear()
    _OVERRIDE.clear()
    _OVERRIDE.update(tables)
