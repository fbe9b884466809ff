"""Waiting for servers that tests start."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

BIN = Path(sys.executable).parent


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Wait for a condition; fail with `what` when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return
        time.sleep(0.2)
    raise AssertionError(f"{what} did not come about within {seconds:.0f} s")
