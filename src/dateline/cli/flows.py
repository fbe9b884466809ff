"""Load and call the Prefect flows, which lie in flows/ beside the package (inside it when installed)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import TypeVar

from dateline import resources
from dateline.errors import EnvironmentProblem

T = TypeVar("T")


def load(name: str, *, quiet: bool = True) -> ModuleType:
    """Return flows/<name>.py as a module; `quiet` keeps Prefect's own log to warnings."""
    if quiet:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    folder = str(resources.root() / "flows")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return import_module(name)


def call(flow: Callable[..., T], **parameters: object) -> T:
    """Run a flow and return what it returns.

    Raises:
        EnvironmentProblem: Prefect's server went away. The steps need none, so they went on; only its begin, its end and its artifacts do.
    """
    import httpx

    try:
        return flow(**parameters)
    except httpx.TransportError as gone:
        raise EnvironmentProblem(
            f"Prefect's server went away before the run had ended ({gone}).",
            where=os.environ.get("PREFECT_API_URL"),
            remedy="Start it again. What was loaded stays (`dateline sql @runs` says how far the run came); the next run does the rest.",
        ) from gone
