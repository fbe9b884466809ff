"""Arrow without pandas, for processes that only write.

Arrow imports pandas when the first array is made, merely to find out whether what it was given is a Series: half a CPU second and 50 MB in every
process that extracts. Where it is told once that pandas is not there it goes on without; asked for a frame later, it looks for pandas anew.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

import pyarrow as pa


class _Hidden(MetaPathFinder):
    """Says of pandas that it is not installed."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(f"{fullname} is not looked for here", name=fullname)


def settle_without_pandas() -> None:
    """Make Arrow's first array where pandas cannot be imported; where pandas is loaded already nothing changes."""
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(hidden)
