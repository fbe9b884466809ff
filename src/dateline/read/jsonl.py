"""JSON lines: one article a line, the text taken as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dateline.ids import stable_id
from dateline.model import Article


def article_from_record(record: Mapping[str, Any], *, source: str) -> Article:
    """Return the article of one record; offsets of facts refer to record["text"] unchanged."""
    published = record.get("published") or record.get("dct")
    when = datetime.fromisoformat(str(published)) if published else None
    origin = str(record["id"])
    return Article(
        document_id=stable_id("doc", record.get("url") or origin),
        text=record["text"],
        title=record.get("title"),
        url=record.get("url"),
        publisher=record.get("publisher"),
        byline=record.get("byline"),
        published_at=when,
        published_precision="day" if when else None,
        source=source,
        origin_id=origin,
    )
