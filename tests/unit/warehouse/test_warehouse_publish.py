"""The lock, the schema, the snapshot, and queries on it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO

import duckdb
import pytest

from dateline.errors import EnvironmentProblem, UsageError, WarehouseBusy
from dateline.warehouse import publish as publishing
from dateline.warehouse import schema
from dateline.warehouse.formats import cell, render
from dateline.warehouse.load import load_batch
from dateline.warehouse.lock import last_holder, open_work
from dateline.warehouse.publish import publish
from dateline.warehouse.query import open_snapshot, run_sql
from dateline.warehouse.runs import finish_run, start_run, write_quality, write_quarantine


@pytest.fixture
def snapshot(kit, stage: Callable[..., Path], tmp_path: Path) -> Path:
    with open_work(tmp_path / "work.duckdb") as con:
        load_batch(con, stage(kit.article("a"), kit.article("b")))
        return publish(con, tmp_path / "dateline.duckdb")


def test_every_table_and_column_says_what_it_means() -> None:
    with duckdb.connect() as con:
        schema.create_tables(con)
        bare = con.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall()
        bare += con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL").fetchall()
        assert bare == []
        tables = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert tables == {path.stem.removeprefix("ops_") for path in schema.sql_files("schema")}


def test_fact_tables_carry_what_every_fact_carries() -> None:
    shared = {"document_id", "revision", "sentence", "start_char", "end_char", "text", "score", "rule", "run_id"}
    for table in schema.FACT_TABLES:
        assert shared <= set(schema.columns(table)), table


def test_a_second_writer_in_the_same_process_is_told_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "work.duckdb"
    with open_work(path, run_id="one"):
        with pytest.raises(WarehouseBusy, match=f"process {os.getpid()} on .*, run one"), open_work(path):
            pass
        with pytest.raises(WarehouseBusy), open_work(tmp_path / "." / "work.duckdb"):
            pass
    with open_work(path, run_id="two"):
        holder = last_holder(path)
        assert holder is not None and holder.run_id == "two"


@pytest.mark.parametrize("content", [b"no database at all", b"\0" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "work.duckdb").write_bytes(content)
    with pytest.raises(EnvironmentProblem, match="cannot be opened") as caught, open_work(tmp_path / "work.duckdb"):
        pass
    assert caught.value.exit_code == 4 and caught.value.remedy
    (tmp_path / "work.duckdb").unlink()
    with open_work(tmp_path / "work.duckdb"):
        pass


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with open_work(tmp_path / "work.duckdb") as con:
        con.execute("INSERT INTO ops.schema_version SELECT 99, 'future', '9', now()::TIMESTAMP")
    with pytest.raises(EnvironmentProblem, match="schema 99"), open_work(tmp_path / "work.duckdb"):
        pass


def test_migrations_run_once_in_order_and_keep_data(kit, stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_work(tmp_path / "work.duckdb") as con:
        load_batch(con, stage(kit.article("a")))
    present = schema.schema_version()
    files = {present + 1: tmp_path / "note.sql", present + 2: tmp_path / "fill.sql"}
    files[present + 1].write_text("ALTER TABLE figures ADD COLUMN note VARCHAR;")
    files[present + 2].write_text("UPDATE figures SET note = 'kept ' || text;")
    monkeypatch.setattr(schema, "migrations", lambda: files)
    for _ in range(2):
        with open_work(tmp_path / "work.duckdb") as con:
            assert con.execute("SELECT note FROM figures").fetchall() == [("kept 70",)]
            assert con.execute("SELECT version, name FROM ops.schema_version ORDER BY 1").fetchall() == [
                (present, "created"),
                (present + 1, "note"),
                (present + 2, "fill"),
            ]
            assert con.execute("SELECT count(*) FROM figure_facts").fetchall() == [(1,)]


def test_a_failed_migration_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_work(tmp_path / "work.duckdb"):
        pass
    bad = tmp_path / "bad.sql"
    bad.write_text("ALTER TABLE figures ADD COLUMN note VARCHAR; ALTER TABLE nowhere ADD COLUMN x VARCHAR;")
    with monkeypatch.context() as patch:
        following = schema.schema_version() + 1
        patch.setattr(schema, "migrations", lambda: {following: bad})
        with pytest.raises(EnvironmentProblem, match="as it was"), open_work(tmp_path / "work.duckdb"):
            pass
    with open_work(tmp_path / "work.duckdb") as con:
        assert "note" not in con.table("figures").columns
        assert con.execute("SELECT count(*) FROM figure_facts").fetchall() == [(0,)]


def test_the_snapshot_has_tables_views_macros_and_comments(kit, snapshot: Path) -> None:
    with duckdb.connect(str(snapshot), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM figure_facts").fetchall() == [(2,)]
        assert con.execute("SELECT round(distance_km(50, 30, 51, 30))").fetchall() == [(111.0,)]
        assert con.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'figures' AND column_name = 'modifier'").fetchall()[0][0]
        assert con.execute("SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal").fetchall()[0][0].startswith("v1.4.0")


def test_a_database_in_memory_or_of_a_newer_format_is_copied_too(kit, stage, tmp_path: Path) -> None:
    with duckdb.connect() as con:
        schema.ensure_schema(con)
        load_batch(con, stage(kit.article("a")))
        publish(con, tmp_path / "it's.duckdb")
        want = kit.contents(con)
    with duckdb.connect(str(tmp_path / "it's.duckdb"), read_only=True) as con:
        assert kit.contents(con) == want
        assert con.execute("SELECT count(*) FROM figure_facts").fetchall() == [(1,)]
        assert con.execute("SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal").fetchall()[0][0].startswith("v1.4.0")


def test_readers_keep_what_they_opened_and_new_ones_see_the_new(kit, stage, snapshot: Path, tmp_path: Path) -> None:
    with open_snapshot(snapshot) as reader:
        with open_work(tmp_path / "work.duckdb") as con:
            load_batch(con, stage(kit.article("c"), run_id="r2"))
            publish(con, snapshot)
        assert reader.execute("SELECT count(*) FROM documents").fetchall() == [(2,)]
    assert run_sql(snapshot, "SELECT count(*) AS n FROM documents").to_pylist() == [{"n": 3}]


def test_a_failed_publication_leaves_the_former_snapshot(kit, snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing.shutil, "copyfile", full)
    with open_work(tmp_path / "work.duckdb") as con, pytest.raises(EnvironmentProblem, match="No space left on device"):
        publish(con, snapshot)
    assert snapshot.read_bytes() == before
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_snapshot_that_does_not_read_back_is_not_published(snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot.read_bytes()
    monkeypatch.setattr(publishing.shutil, "copyfile", lambda source, target: Path(target).write_bytes(before[: len(before) // 2]))
    with open_work(tmp_path / "work.duckdb") as con, pytest.raises(EnvironmentProblem):
        publish(con, snapshot)
    assert snapshot.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "COPY documents TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "EXPORT DATABASE 'out'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "CREATE TABLE x AS SELECT 1",
        "DELETE FROM documents",
        "DROP VIEW figure_facts",
        "SELECT * FROM secret_frame",
        "SELECT 1; SELECT 2",
        "",
        "SELEC 1",
    ],
)
def test_what_a_query_may_not_do(snapshot: Path, sql: str) -> None:
    secret_frame = [1]  # noqa: F841 - a Python variable that SQL must not see.
    before = snapshot.read_bytes()
    with pytest.raises(UsageError):
        run_sql(snapshot, sql)
    assert snapshot.read_bytes() == before


def test_parameters_by_name_and_type(snapshot: Path) -> None:
    assert run_sql(snapshot, "SELECT text FROM figures WHERE value_min > $n LIMIT 1", {"n": 5}).to_pylist() == [{"text": "70"}]
    assert run_sql(snapshot, "@runs", {"last": "3"}).num_rows == 0
    for sql, given, message in [
        ("SELECT $n", {}, "needs a value for \\$n"),
        ("@runs", {"last": "many"}, "last is a number"),
        ("@runs", {"first": "1"}, "no parameter first"),
        ("@attack_daily", {}, "Did you mean @attacks_daily"),
    ]:
        with pytest.raises(UsageError, match=message):
            run_sql(snapshot, sql, given)


def test_no_snapshot_and_no_database(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="dateline run"):
        run_sql(tmp_path / "none.duckdb", "SELECT 1")
    (tmp_path / "text.duckdb").write_text("hello, this is no database")
    with pytest.raises(EnvironmentProblem, match="cannot be opened"):
        run_sql(tmp_path / "text.duckdb", "SELECT 1")


def test_results_in_every_format(snapshot: Path) -> None:
    table = run_sql(
        snapshot,
        "SELECT 'a|b' AS s, 1.0::DOUBLE AS f, 'nan'::DOUBLE AS n, NULL AS z, TIMESTAMP '2025-04-27' AS t, "
        "[1, 2] AS l, MAP {'k': 1} AS m, 'x\x1b[31m\u202e' AS c",
    )
    assert render(table, "json").decode() == (
        '[{"s": "a|b", "f": 1.0, "n": null, "z": null, "t": "2025-04-27T00:00:00", "l": [1, 2], "m": {"k": 1}, "c": "x\\u001b[31m\u202e"}]\n'
    )
    assert render(table, "csv").decode().splitlines()[0] == "s,f,n,z,t,l,m,c"
    assert render(table, "csv").decode().splitlines()[1].startswith('a|b,1.0,,,2025-04-27T00:00:00,"[1, 2]","{""k"": 1}"')
    row = render(table, "markdown").decode().splitlines()[2]
    assert row == '| a\\|b | 1 | nan |  | 2025-04-27 | [1, 2] | {"k": 1} | x\ufffd[31m\ufffd |'
    assert render(table, "parquet")[:4] == b"PAR1"
    assert render(table.slice(0, 0), "json") == b"[]\n"


@pytest.mark.parametrize(
    ("value", "text"), [(1e20, "1e+20"), (0.123456789, "0.123457"), (70.0, "70"), ("a\n b", "a b"), (True, "True"), (float("inf"), "inf")]
)
def test_cells(value: object, text: str) -> None:
    assert cell(value) == text


def test_the_book_of_runs(tmp_path: Path, kit) -> None:
    with open_work(tmp_path / "work.duckdb") as con:
        assert start_run(con, "r1", sources=["a.txt"], versions={"duckdb": "2"}) == []
        assert start_run(con, "r2") == ["r1"]
        finish_run(con, "r2", documents_read=3, facts={"figures": 5}, timings={"load": 0.5}, quarantined=0)
        assert con.execute("SELECT run_id, status, documents_read, facts FROM ops.runs ORDER BY 1").fetchall() == [
            ("r1", "killed", None, None),
            ("r2", "done", 3, {"figures": 5}),
        ]
        with pytest.raises(TypeError, match="no column dokuments"):
            finish_run(con, "r2", dokuments=1)
        refused = kit.rows(kit.article())["ops.quarantine"]
        for _ in range(2):
            write_quarantine(con, refused)
            write_quality(con, [])
        assert con.execute("SELECT count(*) FROM ops.quarantine").fetchall() == [(1,)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(EnvironmentProblem, match="cannot write here"), open_work(tmp_path / "work.duckdb"):
            pass
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_a_file_system_that_shares_blocks_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As btrfs answers: the new file holds the old one's bytes, and none are copied. The other tests run where it is refused."""
    fcntl = pytest.importorskip("fcntl")
    asked = []

    def clone(target: IO[bytes], request: int, source: int) -> int:
        asked.append(request)
        os.sendfile(target.fileno(), source, 0, os.fstat(source).st_size)
        return 0

    monkeypatch.setattr(fcntl, "ioctl", clone)
    monkeypatch.setattr(shutil, "copyfile", lambda *_: pytest.fail("bytes were copied"))
    with open_work(tmp_path / "work.duckdb") as con:
        published = publish(con, tmp_path / "dateline.duckdb")
    assert asked == [0x40049409]
    with duckdb.connect(str(published), read_only=True) as con:
        assert schema.stored_version(con) is not None
