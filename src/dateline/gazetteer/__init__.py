"""Places by name: `gazetteer.load().lookup("Kharkov")`, offline, from one compact file that is built at first use."""

from __future__ import annotations

from dateline.gazetteer.build import add, build, describe, index_path, load
from dateline.gazetteer.lookup import Entry, Gazetteer
from dateline.gazetteer.names import fold, skeleton

__all__ = ["Entry", "Gazetteer", "add", "build", "describe", "fold", "index_path", "load", "skeleton"]
