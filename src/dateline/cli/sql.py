"""`dateline sql`."""

from __future__ import annotations


def command() -> None:
    """Placeholder until the verb lands."""
    raise NotImplementedError
