"""Articles with facts of known offsets, and the contents of a warehouse in a comparable form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dateline.ids import stable_id
from dateline.model import Article, Candidate, Claim, Date, Entity, Fact, Facts, Figure, Place, PlaceMention, Rejection
from dateline.warehouse.rows import Tables, combine, rows_of
from dateline.warehouse.schema import RUN_COLUMNS, STAGED_TABLES
from dateline.warehouse.stage import write_batch

LYMAN = Place(place_id="geo_1", name="Lyman", kind="city", country="UA", lat=48.99, lon=37.8)
OTHER_LYMAN = Place(place_id="geo_2", name="Lyman", kind="village", country="UA", lat=49.8, lon=36.6)


def _span(record: type, text: str, words: str, **fields: Any) -> Any:
    start = text.index(words)
    fact: Fact = record(start=start, end=start + len(words), text=words, sentence=0, score=0.9, rule="test", **fields)
    return fact


def article(name: str = "one", count: str = "70", **fields: Any) -> tuple[Article, Facts]:
    """Return a report with one fact of every kind."""
    text = f"Syrskyi said on Sunday that almost {count} attacks struck Lyman, by the count of {name}."
    claim = _span(
        Claim,
        text,
        f"almost {count} attacks struck Lyman",
        claim_id="c1",
        cue="said",
        cue_start=8,
        cue_end=12,
        source_text="Syrskyi",
        source_start=0,
        source_end=7,
    )
    facts = Facts(
        entities=(_span(Entity, text, "Syrskyi", type="PERSON", name="Syrskyi", canonical="Oleksandr Syrskyi", entity_id="ent_1"),),
        places=(_span(PlaceMention, text, "Lyman", place=LYMAN, method="country vote", candidates=(Candidate(place=OTHER_LYMAN, score=0.2),)),),
        figures=(
            _span(
                Figure,
                text,
                count,
                value_min=float(count),
                value_max=float(count),
                approx="below",
                kind="attack",
                item="attack",
                claim_id="c1",
                place_id="geo_1",
            ),
        ),
        dates=(_span(Date, text, "Sunday", type="DATE", value="2025-04-27", date_from=datetime(2025, 4, 27), date_to=datetime(2025, 4, 28)),),
        claims=(claim,),
        rejections=(Rejection(stage="normalize", kind="dates", reason="31 April does not exist.", rule="dates.impossible", raw="31 April"),),
        sentences=((0, len(text)),),
    )
    defaults: dict[str, Any] = {"published_at": datetime(2025, 4, 27), "published_precision": "day", "source": f"{name}.txt", "title": name}
    return Article(document_id=stable_id("doc", name), text=text, **{**defaults, **fields}), facts


def rows(*articles: tuple[Article, Facts], run_id: str = "r1", version: str = "1") -> Tables:
    return combine([rows_of(a, f, run_id=run_id, extractor_version=version) for a, f in articles])


@pytest.fixture
def stage(tmp_path: Path) -> Callable[..., Path]:
    """Stage articles as a batch and return its folder."""
    made = []

    def write(*articles: tuple[Article, Facts], **options: Any) -> Path:
        made.append(None)
        return write_batch(tmp_path / "staging" / f"{len(made):06d}", rows(*articles, **options))

    return write


def contents(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables of facts, without the columns that differ between runs, in a stable order."""
    out = {}
    for table in (*STAGED_TABLES, "entities"):
        if table == "ops.quality_results":
            continue
        columns = [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall() if row[0] not in RUN_COLUMNS]
        out[table] = sorted(con.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=repr)
    return out


class Kit:
    """The functions above as one fixture, so that test files need not import this one by its name."""

    article = staticmethod(article)
    rows = staticmethod(rows)
    contents = staticmethod(contents)


@pytest.fixture
def kit() -> type[Kit]:
    return Kit
