"""Stories over written reports: pairs of reports on one happening, and near misses (another fire the same day, the next attack on the same town).

The happenings are made up, like the words; the bound of warehouse/stories.py was not set on them. Floors lie a little below what is measured.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import duckdb

from dateline.model import Article
from dateline.nlp.load import load_nlp
from dateline.pipeline import extract
from dateline.read.sources import read_inputs
from dateline.warehouse.copies import fold_copies
from dateline.warehouse.load import load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.stage import write_batch
from dateline.warehouse.stories import group_stories

GOLD = Path(__file__).with_name("stories.jsonl")
PRECISION, RECALL = 0.95, 0.85


def pairs(groups: dict[str, str | None]) -> set[tuple[str, str]]:
    """Return the pairs of reports that are in one group."""
    return {(a, b) for a, b in combinations(sorted(groups), 2) if groups[a] is not None and groups[a] == groups[b]}


def test_reports_on_one_happening_are_one_story_and_near_misses_are_not(tmp_path: Path) -> None:
    articles = [item for item in read_inputs([str(GOLD)]) if isinstance(item, Article)]
    gold = {record["id"]: record["happening"] for record in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}
    assert len(articles) == len(gold)
    with duckdb.connect() as con:
        ensure_schema(con)
        load_batch(
            con, write_batch(tmp_path / "0", combine(rows_of(a, f, run_id="r", extractor_version="1") for a, f in extract(load_nlp(), articles)))
        )
        fold_copies(con)
        group_stories(con)
        found = dict(con.execute("SELECT origin_id, story_id FROM documents").fetchall())
    meant, said = pairs(gold), pairs(found)
    precision, recall = len(meant & said) / max(1, len(said)), len(meant & said) / len(meant)
    print(f"pairs meant {len(meant)}, found {len(said)}, precision {precision:.2f}, recall {recall:.2f}")
    assert precision >= PRECISION and recall >= RECALL, (sorted(said - meant), sorted(meant - said))
