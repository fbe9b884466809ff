"""A small warehouse in memory, filled by hand: enough columns by default, those that matter to a case stated in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import duckdb
import pytest

from dateline.ids import text_hash
from dateline.warehouse.query import execute, named_query
from dateline.warehouse.schema import create_tables, create_views

DEFAULTS: dict[str, dict[str, Any]] = {
    "documents": {"is_current": True, "source": "file.txt", "extractor_version": "1", "run_id": "r1"},
    "figures": {"approx": "exact", "unit": "count", "kind": "other", "negated": False, "score": 1.0, "rule": "rule", "run_id": "r1"},
    "claims": {"act": "say", "mode": "asserted", "is_quote": False, "score": 1.0, "rule": "rule", "run_id": "r1"},
    "dates": {"type": "DATE", "score": 1.0, "rule": "rule", "run_id": "r1"},
    "entity_mentions": {"type": "PERSON", "score": 1.0, "rule": "rule", "run_id": "r1"},
    "place_mentions": {"method": "name", "metonym": False, "score": 1.0, "rule": "rule", "run_id": "r1"},
    "entities": {"type": "PERSON"},
    "places": {"kind": "city"},
    "ops.quality_results": {"batch": "1", "severity": "warning", "checked_at": datetime(2025, 1, 1)},
    "ops.runs": {"status": "done", "flow": "ingest"},
    "ops.quarantine": {"stage": "validate", "reason": "why", "run_id": "r1", "created_at": datetime(2025, 1, 1)},
}


class World:
    """Writes rows; spans are given by their words and looked up in the text of the document."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.texts: dict[tuple[str, int], str] = {}
        self._count = 0

    def row(self, table: str, **columns: Any) -> None:
        values = {**DEFAULTS.get(table, {}), **columns}
        marks = ", ".join("?" for _ in values)
        self.con.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))

    def document(self, document_id: str, text: str, *, published: str | None = None, revision: int = 1, **columns: Any) -> None:
        moment = datetime.fromisoformat(published) if published else None
        self.row(
            "documents", document_id=document_id, revision=revision, text=text, text_hash=text_hash(text), words=len(text.split()),
            published_at=moment, published_utc=moment, **columns,
        )  # fmt: skip
        self.texts[document_id, revision] = text
        start = 0
        for n, sentence in enumerate(text.split(". ")):
            self.row("sentences", document_id=document_id, revision=revision, sentence=n, start_char=start, end_char=start + len(sentence))
            start += len(sentence) + 2

    def span(self, table: str, key: str, document_id: str, words: str, *, revision: int = 1, nth: int = 0, **columns: Any) -> str:
        text = self.texts[document_id, revision]
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        self._count += 1
        name = columns.pop(key, f"{table}{self._count}")
        extra = {"content_start": start, "content_end": start + len(words)} if table == "claims" else {}
        self.row(
            table, **{key: name}, document_id=document_id, revision=revision, sentence=text[:start].count(". "), start_char=start,
            end_char=start + len(words), text=words, **extra, **columns,
        )  # fmt: skip
        return name

    def figure(self, document_id: str, words: str, value: float | None, high: float | None = None, **columns: Any) -> str:
        return self.span("figures", "figure_id", document_id, words, value_min=value, value_max=value if high is None else high, **columns)

    def claim(self, document_id: str, words: str, **columns: Any) -> str:
        return self.span("claims", "claim_id", document_id, words, **columns)

    def place_mention(self, document_id: str, words: str, place_id: str | None, **columns: Any) -> str:
        return self.span("place_mentions", "mention_id", document_id, words, place_id=place_id, **columns)

    def mention(self, document_id: str, words: str, entity_id: str, **columns: Any) -> str:
        return self.span("entity_mentions", "mention_id", document_id, words, entity_id=entity_id, name=words, **columns)

    def select(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()

    def query(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        query = named_query(name)
        given = {p.name: parameters.pop(p.name, p.default) for p in query.parameters}
        assert not parameters, f"@{name} has no parameter {parameters}"
        rows: list[dict[str, Any]] = execute(self.con, query.sql, given).to_pylist(maps_as_pydicts="strict")
        return rows


@pytest.fixture(scope="session")
def _empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        create_tables(con)
        create_views(con)
        yield con


@pytest.fixture
def world(_empty: duckdb.DuckDBPyConnection) -> Iterator[World]:
    """An empty warehouse; what a test writes is rolled back, for making the tables anew takes longer than the test."""
    _empty.execute("BEGIN")
    yield World(_empty)
    _empty.execute("ROLLBACK")
