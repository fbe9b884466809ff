"""A warehouse in a DuckLake: the same rows as in a file, from several writers at once, asked with the same queries."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from lake_writer import load_all
from warehouse_contents import Rows, contents

from dateline.config import Settings
from dateline.errors import UsageError
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.validate.checks import failed_checks, run_checks
from dateline.warehouse.lake import open_reader
from dateline.warehouse.query import mart_names, named_queries, run_sql
from dateline.warehouse.target import Lake

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "seeds" / "articles"

pytestmark = [pytest.mark.scale, pytest.mark.timeout(600)]


def run(settings: Settings, *inputs: object) -> None:
    with Run(settings, inputs=[str(name) for name in inputs]) as run:
        take_plainly(run, run.batches(run.read()))


@pytest.fixture(scope="session")
def in_a_file(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What a run over the sample articles leaves in a DuckDB file."""
    settings = Settings(warehouse=tmp_path_factory.mktemp("file"), batch=3)
    run(settings, ARTICLES)
    with duckdb.connect(str(settings.published), read_only=True) as con:
        return contents(con)


@pytest.fixture
def settings(catalog: str, tmp_path: Path) -> Settings:
    lake = Lake(catalog, str(tmp_path / "data"))
    return Settings(warehouse=tmp_path / "here", lake=lake, batch=3)


def test_a_lake_holds_the_rows_of_a_file_and_answers_every_query(settings: Settings, in_a_file: Rows) -> None:
    assert settings.lake is not None
    run(settings, ARTICLES)
    with open_reader(settings.lake) as con:
        assert contents(con) == in_a_file
    run(settings, ARTICLES)  # Once more: nothing is added.
    with open_reader(settings.lake) as con:
        assert contents(con) == in_a_file
        assert not failed_checks(run_checks(con, run_id="check"))
    for name in (*named_queries(), *mart_names()):
        run_sql(settings.lake, f"@{name}")
    [row] = run_sql(settings.lake, "SELECT value_min, speaker FROM attacks_daily WHERE words = 'almost 70'").to_pylist()
    assert row == {"value_min": 70.0, "speaker": "Oleksandr Syrskyi"}
    assert list(Path(str(settings.lake.data)).rglob("*.parquet"))


def writer(lake: Lake, folder: Path, first: int, last: int, *call: int) -> subprocess.Popen[str]:
    """Start a writer and return it when it is ready to begin."""
    words = [sys.executable, Path(__file__).with_name("lake_writer.py"), lake.connection, lake.data, folder, first, last, *call]
    path = os.pathsep.join(str(ROOT / name) for name in ("benchmarks", "tests/scale"))
    process = subprocess.Popen(
        list(map(str, words)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finished(*writers: subprocess.Popen[str]) -> list[int]:
    """Let writers begin together, and return how they ended."""
    for process in writers:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.wait(300) for process in writers]


@pytest.fixture(scope="module")
def made_up_in_a_file(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What one writer leaves in a DuckDB file of all the made-up articles."""
    settings = Settings(warehouse=tmp_path_factory.mktemp("alone"))
    load_all(settings, 0, 100)
    with duckdb.connect(str(settings.published), read_only=True) as con:
        return contents(con)


def test_two_writers_at_once_leave_the_rows_of_one(settings: Settings, tmp_path: Path, made_up_in_a_file: Rows) -> None:
    """Forty of the hundred articles come to both: none is lost, none stands twice."""
    assert settings.lake is not None
    assert finished(writer(settings.lake, tmp_path / "one", 0, 70), writer(settings.lake, tmp_path / "two", 30, 100)) == [0, 0]
    with open_reader(settings.lake) as con:
        assert contents(con) == made_up_in_a_file
        assert not failed_checks(run_checks(con, run_id="check"))
        assert con.execute("SELECT count(*), count(DISTINCT figure_id) FROM figures").fetchall() == [(2500, 2500)]
        assert con.execute("SELECT run_id, status FROM ops.runs ORDER BY 1").fetchall() == [("run one", "done"), ("run two", "done")]


def test_a_writer_killed_in_a_load_holds_nobody_up_and_is_made_good(settings: Settings, tmp_path: Path, made_up_in_a_file: Rows) -> None:
    assert settings.lake is not None
    assert finished(writer(settings.lake, tmp_path / "one", 0, 70, 12), writer(settings.lake, tmp_path / "two", 30, 100)) == [-9, 0]
    with open_reader(settings.lake) as con:
        assert con.execute("SELECT status FROM ops.runs WHERE run_id = 'run one'").fetchall() == [("running",)]
        [(documents,)] = con.execute("SELECT count(*) FROM documents").fetchall()
        assert documents == 80  # One batch of the killed writer, whole, and seven of the other.
    assert finished(writer(settings.lake, tmp_path / "three", 0, 70)) == [0]
    with open_reader(settings.lake) as con:
        assert contents(con) == made_up_in_a_file
        assert con.execute("SELECT status FROM ops.runs WHERE run_id = 'run one'").fetchall() == [("killed",)]


def test_the_data_may_lie_in_object_storage(catalog: str, storage: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in storage.items():
        monkeypatch.setenv(name, value)
    lake = Lake(catalog, "s3://exchange/lake")
    load_all(Settings(warehouse=tmp_path / "here", lake=lake), 0, 10)
    assert run_sql(Lake(catalog), "SELECT count(*) AS figures FROM figure_facts")["figures"].to_pylist() == [250]
    with pytest.raises(UsageError):
        run_sql(Lake(catalog), "SELECT * FROM read_text('s3://exchange/other.txt')")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '{data}/here.csv'",
        "DELETE FROM figures",
        "SELECT * FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1')",
        "EXPLAIN ANALYZE SELECT * FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1')",
        "PIVOT (FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1 AS a')) ON a",
        "CALL ducklake_expire_snapshots('lake', older_than => now())",
        "ATTACH 'x.duckdb' AS other",
        "SET enable_external_access = true",
    ],
)
def test_readers_of_a_lake_have_no_way_out(lake_to_read: Lake, sql: str) -> None:
    with pytest.raises(UsageError):
        run_sql(lake_to_read, sql.format(data=lake_to_read.data))


@pytest.mark.parametrize("source", ["figures", "figure_rows()", "figure_facts"])
def test_some_days_of_a_lake(lake_to_read: Lake, source: str) -> None:
    """The ten made-up reports are of one Sunday."""
    day = date(2025, 4, 27)
    sql = f"SELECT count(*) AS figures FROM {source}"
    assert run_sql(lake_to_read, sql, since=day, until=day)["figures"].to_pylist() == [250]
    assert run_sql(lake_to_read, sql, since=day + timedelta(1))["figures"].to_pylist() == [0]


@pytest.fixture(scope="module")
def lake_to_read(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    import psycopg

    folder = tmp_path_factory.mktemp("reading")
    with psycopg.connect(f"{postgres} dbname=postgres", autocommit=True) as con:
        con.execute("CREATE DATABASE reading")
    lake = Lake(f"{postgres} dbname=reading", str(folder / "data"))
    load_all(Settings(warehouse=folder / "here", lake=lake), 0, 10)
    return lake
