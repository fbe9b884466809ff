"""Merge GeoNames dump files and plain CSV files into a collection of places."""

from __future__ import annotations

from pathlib import Path

from dateline.gazetteer.sources import Collection


def merge(collection: Collection, path: Path) -> None:
    """Merge one file."""
    raise NotImplementedError(path)
