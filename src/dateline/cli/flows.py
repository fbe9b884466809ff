"""Load the Prefect flows, which lie in flows/ beside the package (inside it when installed)."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType

from dateline import resources


def load(name: str, *, quiet: bool = True) -> ModuleType:
    """Return flows/<name>.py as a module; `quiet` keeps Prefect's own log to warnings."""
    if quiet:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    folder = str(resources.root() / "flows")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return import_module(name)
