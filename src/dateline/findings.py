"""What `dateline doctor` says of one thing."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `level` is "ok", "warning" or "problem"."""

    what: str
    level: str
    found: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return it as a mapping, for JSON."""
        return asdict(self)
