"""Asking about some days only: marts and macros see no more than was published then."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from dateline.warehouse.load import load_batch
from dateline.warehouse.lock import open_work
from dateline.warehouse.publish import publish
from dateline.warehouse.query import run_sql
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import FACT_TABLES
from dateline.warehouse.stage import write_batch
from load import made_up


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports a day apart, the latest read first, and one without a date."""
    folder = tmp_path_factory.mktemp("days")
    made = []
    for number, day in ((1, 3), (2, 2), (3, 1), (4, None)):
        article, facts = made_up(number)
        published = datetime(2025, 4, day, 12) if day else None
        made.append(rows_of(_at(article, published), facts, run_id="run-1", extractor_version="1"))
    with open_work(folder / "work.duckdb") as con:
        load_batch(con, write_batch(folder / "batch", combine(made)))
        return publish(con, folder / "dateline.duckdb")


def _at(article, published):
    from dataclasses import replace

    return replace(article, published_at=published, published_precision="minute" if published else None)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (None, None, [1, 2, 3, None]),
        (date(2025, 4, 2), None, [2, 3]),
        (None, date(2025, 4, 2), [1, 2]),
        (date(2025, 4, 2), date(2025, 4, 2), [2]),
        (date(2026, 1, 1), None, []),
    ],
)
@pytest.mark.parametrize("source", ["documents", "figure_rows()", "figure_facts"])
def test_only_what_was_published_then_is_seen(snapshot: Path, source: str, since: date | None, until: date | None, days: list[int | None]) -> None:
    sql = f"SELECT DISTINCT day(published_utc) AS day FROM {source} ORDER BY 1 NULLS LAST"
    assert run_sql(snapshot, sql, since=since, until=until)["day"].to_pylist() == days


@pytest.mark.parametrize("table", [*FACT_TABLES, "sentences"])
def test_facts_carry_the_day_of_their_report_and_lie_in_its_order(snapshot: Path, table: str) -> None:
    with duckdb.connect(str(snapshot), read_only=True) as con:
        days = [row[0] for row in con.execute(f"SELECT published_on FROM {table} ORDER BY rowid").fetchall()]
        assert set(days) == {date(2025, 4, 1), date(2025, 4, 2), date(2025, 4, 3), None}
        assert days == sorted(days, key=lambda day: day or date.max)
