"""A source that changes its ways is noticed by Great Expectations with bounds from its own history; one that swings as ever is not."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import duckdb
import pytest

from dateline.validate.drift import MEASURES, bounds, look_for_drift
from dateline.validate.suites import suite_record
from dateline.warehouse.runs import start_run, write_quality
from dateline.warehouse.schema import ensure_schema

NOW = datetime(2025, 5, 30, 9, 30)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        ensure_schema(con)
        yield con


def fill(
    con: duckdb.DuckDBPyConnection,
    source: str,
    day: int,
    *,
    documents: int,
    figures: int = 4,
    unresolved: int = 1,
    language: str = "en",
    words: int = 400,
) -> None:
    """Let a source have brought so many reports `day` days ago, each with so many figures and 10 dates, of which so many without a value."""
    begin = NOW - timedelta(days=day, hours=12)
    con.execute(
        "INSERT INTO documents BY NAME SELECT $s || $d || '-' || n AS document_id, 1 AS revision, true AS is_current, $s AS publisher, "
        "$t AS fetched_at, $l AS language, 'x' AS source, 'x' AS text, n::VARCHAR AS text_hash, $w AS words, '1' AS extractor_version, "
        "'r' AS run_id FROM range($n) AS r(n)",
        {"s": source, "d": day, "t": begin, "l": language, "n": documents, "w": words},
    )
    fact = "document_id, 1 AS revision, 0 AS sentence, 0 AS start_char, 1 AS end_char, 'x' AS text, 1.0 AS score, 't' AS rule, 'r' AS run_id"
    where = "FROM documents, range($n) AS r(n) WHERE starts_with(document_id, $p)"
    values = {"n": figures, "p": f"{source}{day}-"}
    con.execute(
        f"INSERT INTO figures BY NAME SELECT document_id || n AS figure_id, {fact}, 'exact' AS approx, 'count' AS unit, 'other' AS kind, "
        f"false AS negated {where}",
        values,
    )
    con.execute(
        f"INSERT INTO dates BY NAME SELECT document_id || n AS date_id, {fact}, 'DATE' AS type, '2025' AS value, "
        f"CASE WHEN n < {unresolved} THEN 'no year' END AS unresolved {where}",
        values | {"n": 10},
    )


def warnings(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return which expectations did not hold, with the sources they name."""
    results = look_for_drift(con, run_id="r", now=NOW, loaded=True)
    return {row["expectation"]: [item["source"] for item in json.loads(row["observed"])] for row in results if not row["success"]}


@pytest.fixture
def two_weeks(con) -> duckdb.DuckDBPyConnection:
    """Two sources that swing as sources do, and a quiet one."""
    chance = random.Random(4)
    for day in range(1, 15):
        fill(con, "desk", day, documents=40 + chance.randint(-8, 8), figures=4 + day % 2, words=400 + chance.randint(-30, 30))
        fill(con, "wire", day, documents=20 + chance.randint(-5, 5))
        fill(con, "quiet", day, documents=2)
    return con


def test_days_as_ever_warn_of_nothing(two_weeks) -> None:
    fill(two_weeks, "desk", 0, documents=33)
    fill(two_weeks, "wire", 0, documents=26)
    assert warnings(two_weeks) == {}, "nor does a quiet source that brought nothing"


@pytest.mark.parametrize(
    ("change", "expectation"),
    [
        ({"documents": 0}, "drift.documents.low"),
        ({"documents": 150}, "drift.documents.high"),
        ({"documents": 40, "figures": 0}, "drift.figures_per_document.low"),
        ({"documents": 40, "figures": 30}, "drift.figures_per_document.high"),
        ({"documents": 40, "unresolved": 7}, "drift.unresolved_percent.high"),
        ({"documents": 40, "language": "de"}, "drift.foreign_percent.high"),
        ({"documents": 40, "words": 200}, "drift.words_per_document.low"),
    ],
)
def test_a_source_that_changes_is_named_the_same_day(two_weeks, change: dict[str, int], expectation: str) -> None:
    fill(two_weeks, "desk", 0, **change)  # type: ignore[arg-type]  # Words and numbers by name.
    fill(two_weeks, "wire", 0, documents=20)
    assert warnings(two_weeks) == {expectation: ["desk"]}


def test_the_reason_names_the_source_with_what_it_brought_and_what_was_expected(two_weeks) -> None:
    fill(two_weeks, "wire", 0, documents=20)
    results = look_for_drift(two_weeks, run_id="r", now=NOW, loaded=True)
    [reason] = [row["reason"] for row in results if not row["success"]]
    assert reason.startswith("documents of desk: 0, expected ")


def test_every_expectation_can_fail() -> None:
    """Each of the suite is among the cases above."""
    names = {expectation["meta"]["name"] for expectation in suite_record("drift")["expectations"]}
    assert len(names) == 7 and {name.split(".")[1] for name in names} == set(MEASURES)


@pytest.mark.parametrize("weeks", [1, 2, 4])
def test_a_source_that_rests_at_weekends_is_not_silent_then_but_on_a_working_day(con, weeks: int) -> None:
    """The last day of the history is a Sunday; a source with one week of history has one other Sunday."""
    for day in range(1, 7 * weeks + 1):
        fill(con, "desk", day, documents=1 if day % 7 in (0, 1) else 40)
        fill(con, "wire", day, documents=1 if day % 7 in (3, 4) else 40)
    fill(con, "desk", 0, documents=0)
    fill(con, "wire", 0, documents=0)
    assert warnings(con) == {"drift.documents.low": ["wire"]}


def test_a_day_of_silence_last_week_does_not_hide_that_of_today(con) -> None:
    for day in range(1, 29):
        fill(con, "desk", day, documents=0 if day == 7 else 40)
    assert warnings(con) == {"drift.documents.low": ["desk"]}


def test_without_a_week_of_history_nothing_is_said(con) -> None:
    for day in range(1, 6):
        fill(con, "desk", day, documents=40)
    assert look_for_drift(con, run_id="r", now=NOW, loaded=True) == []


def test_a_source_is_known_by_its_address_where_it_was_fetched(two_weeks) -> None:
    two_weeks.execute("INSERT INTO ops.sources (source_id, kind, address, failures) VALUES ('s', 'feed', 'https://news.example/feed.xml', 0)")
    two_weeks.execute(
        "INSERT INTO ops.fetches (fetch_id, source_id, document_id, address, fetched_at, checked_at, run_id) "
        "SELECT document_id, 's', document_id, 'a', fetched_at, fetched_at, 'r' FROM documents WHERE publisher = 'desk'"
    )
    fill(two_weeks, "wire", 0, documents=20)
    assert warnings(two_weeks) == {"drift.documents.low": ["https://news.example/feed.xml"]}


def test_silence_is_looked_at_now_and_then_without_anything_new(two_weeks) -> None:
    start_run(two_weeks, "r")
    results = look_for_drift(two_weeks, run_id="r", now=NOW, loaded=False)
    assert {row["batch"] for row in results} == {"drift"}
    write_quality(two_weeks, results)
    two_weeks.execute("UPDATE ops.quality_results SET checked_at = ?", [NOW - timedelta(hours=1)])
    assert look_for_drift(two_weeks, run_id="r", now=NOW, loaded=False) == []
    two_weeks.execute("UPDATE ops.quality_results SET checked_at = ?", [NOW - timedelta(hours=7)])
    assert look_for_drift(two_weeks, run_id="r", now=NOW, loaded=False)


def test_quality_trend_shows_it_run_by_run(two_weeks) -> None:
    for run, documents in (("r1", 40), ("r2", 0)):
        start_run(two_weeks, run)
        two_weeks.execute("DELETE FROM documents WHERE starts_with(document_id, 'desk0-')")
        fill(two_weeks, "desk", 0, documents=documents)
        if run == "r1":
            fill(two_weeks, "wire", 0, documents=20)
        write_quality(two_weeks, look_for_drift(two_weeks, run_id=run, now=NOW, loaded=True))
    rows = two_weeks.execute(
        "SELECT failed_batches, unexpected_count, change > 0 FROM quality_trend WHERE expectation = 'drift.documents.low' ORDER BY started_at, run_id"
    ).fetchall()
    assert rows == [(0, 0, None), (1, 1, True)]


def test_bounds_follow_the_middle_and_the_spread() -> None:
    assert bounds("documents", [100.0] * 14) == (60.0, 140.0)  # Four times the root of 100.
    assert bounds("documents", [4.0] * 14)[0] == 0.0
    low, high = bounds("documents", [60.0, 100.0, 140.0] * 5)
    assert low == 0.0 and high > 300
    assert bounds("documents", [100.0] * 14, [8.0, 8.0]) == (0.0, 140.0)
    assert bounds("documents", [4.0] * 14, [100.0, 100.0]) == (0.0, 140.0)
    assert bounds("foreign_percent", [0.0] * 14) == (0.0, 8.0)
    assert all(value != value for value in bounds("documents", [1.0] * 6)), "not a number: too few days"


def test_one_odd_day_in_the_past_does_not_widen_the_bounds() -> None:
    assert bounds("documents", [100.0] * 13 + [5000.0]) == bounds("documents", [100.0] * 14)
