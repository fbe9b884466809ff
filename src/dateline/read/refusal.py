"""What could not be read, as a row: never silence, never an exception that ends a run."""

from __future__ import annotations

from dateline.errors import ReadError
from dateline.model import Rejection

# Rules after which the article is kept without the field, or with what is left of it.
_NOTES = frozenset({"published", "url", "feed_fallback", "duplicate_id", "warc_truncated", "surrogate", "raw_gone"})
RAW_CHARS = 500  # Enough to recognize the thing, little enough for a table.


def refuse(rule: str, reason: str, location: str, *, raw: str | bytes | None = None, document_id: str | None = None) -> Rejection:
    """Return the row for something that was refused, or for a part of a kept article that was (then with `document_id`)."""
    if isinstance(raw, bytes):
        raw = raw[:RAW_CHARS].decode("utf-8", "replace")
    # A NUL or half a surrogate pair cannot be stored; the row is for people, so a mark in its place is right.
    shown = None if raw is None else raw[:RAW_CHARS].replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return Rejection(
        stage="read",
        kind="documents",
        reason=reason,
        rule=f"read.{rule}",
        location=location,
        raw=shown,
        document_id=document_id,
        severity="note" if rule in _NOTES else "refused",
    )


def refusal_of(problem: ReadError, rule: str, location: str) -> Rejection:
    """Return the row for an error that a reader raised."""
    reason = f"{problem.message} {problem.remedy}" if problem.remedy else problem.message
    return refuse(rule, reason, problem.where or location)
