"""Deterministic ids: the same raw values give the same id in every run, on every machine, in any order of loading."""

from __future__ import annotations

from hashlib import blake2b

_SEPARATOR = "\x1f"  # Unit separator: cannot stand in cleaned text, so ("ab", "c") and ("a", "bc") differ.


def stable_id(prefix: str, *parts: object) -> str:
    """Return `prefix` and 16 hex digits hashed from `parts`; None and "" differ.

    >>> stable_id("doc", "https://example.org/a") == stable_id("doc", "https://example.org/a")
    True
    """
    raw = _SEPARATOR.join("\x00" if part is None else str(part) for part in parts)
    return f"{prefix}_{blake2b(raw.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def text_hash(text: str) -> str:
    """Return 32 hex digits that identify a text; equal texts are one revision."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
