"""A clock that stands elsewhere, for processes that a test starts."""

from __future__ import annotations

from pathlib import Path

import pytest


def clock(shift: str) -> dict[str, str]:
    """Return the environment of a process whose clock is shifted ("+7h", "-400d") or stands at a time ("@2024-01-01 00:00:00"); else skip."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        pytest.skip("libfaketime is not installed (Debian: apt-get install faketime)")
    return {"LD_PRELOAD": str(library), "FAKETIME": shift}
