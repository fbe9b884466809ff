"""The doctor sees what is wrong and says what to do; each case is made for real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from dateline import health
from dateline.config import Settings
from dateline.errors import WarehouseBusy
from dateline.findings import Finding
from dateline.warehouse import kept_bytes
from dateline.warehouse.backup import back_up
from dateline.warehouse.condition import look_at_snapshot, look_at_work
from dateline.warehouse.kept_bytes import look_at_kept_bytes
from dateline.warehouse.lock import lock_path, open_work, writer_lock
from dateline.warehouse.publish import publish
from dateline.warehouse.raw import RawStore
from dateline.warehouse.runs import finish_run, start_run

FEED = "https://news.example/feed.xml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A warehouse after one good run."""
    settings = Settings(warehouse=tmp_path / "warehouse", sources=(FEED,))
    with open_work(settings.work) as con:
        start_run(con, "run_1")
        finish_run(con, "run_1")
        publish(con, settings.published)
    return settings


def change(settings: Settings, *statements: str) -> None:
    with open_work(settings.work, migrate=False) as con:
        for statement in statements:
            con.execute(statement)
        publish(con, settings.published)


def finding(found: Iterator[Finding], what: str) -> Finding:
    [one] = [item for item in found if item.what == what]
    return one


def test_a_healthy_warehouse_has_nothing_to_say(settings: Settings) -> None:
    found = [*look_at_work(settings), *look_at_snapshot(settings)]
    assert {item.level for item in found} == {"ok"}


def test_a_run_under_way_is_named_and_one_that_writes_for_hours_is_stuck(settings: Settings) -> None:
    with writer_lock(settings.work, "run_2"):
        item = finding(look_at_work(settings), "writer")
        assert item.level == "warning" and "run_2" in item.found
        record = json.loads(lock_path(settings.work).read_text(encoding="utf-8"))
        record["since"] = (datetime.now(UTC) - timedelta(hours=7)).isoformat(timespec="seconds")
        lock_path(settings.work).write_text(json.dumps(record), encoding="utf-8")
        item = finding(look_at_work(settings), "writer")
    assert item.level == "problem" and "stuck" in item.found and "Stop that process" in item.remedy


def test_a_killed_run_is_named(settings: Settings) -> None:
    with open_work(settings.work) as con:
        start_run(con, "run_dead")
    item = finding(look_at_work(settings), "runs")
    assert item.level == "warning" and "run_dead" in item.found


def test_a_program_outside_that_has_the_file_open_is_seen(settings: Settings) -> None:
    script = "import duckdb, sys, time\ncon = duckdb.connect(sys.argv[1])\nprint('open', flush=True)\ntime.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", script, settings.work], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and process.stdout.readline() == "open\n"
        item = finding(look_at_work(settings), "work database")
        with pytest.raises(WarehouseBusy, match="outside Dateline"):
            back_up(settings.work, settings.raw, settings.warehouse / "backup")
    finally:
        process.kill()
        process.wait()
    assert item.level == "problem" and "outside Dateline" in item.found


@pytest.mark.parametrize("name", ["work.duckdb", "dateline.duckdb"])
def test_a_damaged_file_is_a_problem_with_a_remedy(settings: Settings, name: str) -> None:
    path = settings.warehouse / name
    path.write_bytes(b"\0" * path.stat().st_size)
    found = [*look_at_work(settings), *look_at_snapshot(settings)]
    [item] = [item for item in found if item.level == "problem"]
    assert "cannot be read" in item.found and item.remedy


def test_schemas_of_other_versions(settings: Settings) -> None:
    change(settings, "UPDATE ops.schema_version SET version = 1")
    assert [item.level for item in (finding(look_at_work(settings), "work database"), finding(look_at_snapshot(settings), "snapshot"))] == [
        "warning"
    ] * 2
    change(settings, "UPDATE ops.schema_version SET version = 99")
    item = finding(look_at_work(settings), "work database")
    assert item.level == "problem" and "schema 99" in item.found and "Update" in item.remedy


def test_a_schedule_that_is_off_and_a_clock_that_was_wrong(settings: Settings) -> None:
    change(settings, "UPDATE ops.runs SET started_at = started_at - INTERVAL 3 DAY")
    assert "schedule" in finding(look_at_snapshot(settings), "last run").remedy
    change(settings, "UPDATE ops.runs SET started_at = started_at + INTERVAL 30 DAY")
    assert "clock" in finding(look_at_snapshot(settings), "last run").remedy


@pytest.mark.parametrize("status", ["failed", "refused", "killed"])
def test_a_run_that_went_wrong_is_named_with_its_message(settings: Settings, status: str) -> None:
    change(settings, f"UPDATE ops.runs SET status = '{status}', message = 'the reason'")
    item = finding(look_at_snapshot(settings), "last run")
    assert item.level == "warning" and status in item.found and "the reason" in item.found


def test_a_run_that_failed_is_named_though_it_has_published_nothing(settings: Settings) -> None:
    with open_work(settings.work) as con:
        start_run(con, "run_2")
        finish_run(con, "run_2", status="failed", message="no source gave an answer")
    item = finding(look_at_snapshot(settings), "last run")
    assert item.level == "warning" and "no source gave an answer" in item.found
    with writer_lock(settings.work):
        assert finding(look_at_snapshot(settings), "last run").level == "ok", "what is published is what can be read then"
    settings.published.unlink()
    assert finding(look_at_snapshot(settings), "last run").level == "warning"


def source(failures: int, success: str) -> str:
    return (
        "INSERT INTO ops.sources (source_id, kind, address, failures, last_error, last_success_at, next_due_at) "
        f"VALUES ('s', 'feed', '{FEED}', {failures}, 'The server answered 500.', {success}, NULL)"
    )


@pytest.mark.parametrize(
    ("failures", "success", "level"),
    [
        (0, "now()::TIMESTAMP", "ok"), (1, "now()::TIMESTAMP", "ok"), (3, "now()::TIMESTAMP", "warning"), (1, "NULL", "warning"),
        (0, "now()::TIMESTAMP - INTERVAL 3 DAY", "warning"),
    ],
)  # fmt: skip
def test_sources_that_have_gone_quiet(settings: Settings, failures: int, success: str, level: str) -> None:
    change(settings, source(failures, success))
    item = finding(look_at_snapshot(settings), "sources")
    assert item.level == level
    assert level == "ok" or (FEED in item.found and item.remedy)


def test_sources_that_have_moved_for_good_and_pages_that_wait_for_days(settings: Settings) -> None:
    change(settings, source(0, "now()::TIMESTAMP"))
    assert not [item for item in look_at_snapshot(settings) if item.what in {"moved sources", "waiting pages"}]
    change(settings, "UPDATE ops.sources SET moved_to = 'https://elsewhere.example/feed.xml'")
    change(
        settings,
        "INSERT INTO ops.waiting SELECT i::VARCHAR, 's', 'https://news.example/' || i, CASE WHEN i < 3 THEN '{}' END, "
        "now()::TIMESTAMP - to_days(i) FROM range(4) AS t(i)",
    )
    item = finding(look_at_snapshot(settings), "moved sources")
    assert item.level == "warning" and "https://elsewhere.example/feed.xml" in item.found and "dateline.toml" in item.remedy
    item = finding(look_at_snapshot(settings), "waiting pages")
    assert item.level == "warning" and f"{FEED} (2 since" in item.found and "source_timeout" in item.remedy


def test_a_source_that_is_configured_no_more_is_not_mourned(settings: Settings) -> None:
    change(settings, source(9, "NULL"))
    assert not [item for item in look_at_snapshot(Settings(warehouse=settings.warehouse)) if item.what == "sources"]


def test_texts_of_other_extractors_ask_for_reprocessing(settings: Settings) -> None:
    change(
        settings,
        "INSERT INTO documents BY NAME SELECT 'doc_1' AS document_id, 1 AS revision, true AS is_current, 'a' AS source, 'text' AS text, "
        "'h' AS text_hash, 1 AS words, 'of old' AS extractor_version, 'run_1' AS run_id",
    )
    assert "reprocess" in finding(look_at_snapshot(settings), "extractors").remedy


@pytest.mark.parametrize(("free", "level"), [(10**8, "problem"), (10**9, "warning"), (10**11, "ok")])
def test_a_disk_that_fills_up(settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: usage(10**12, 0, free))
    assert finding(health._disk(settings), "disk").level == level


def test_looking_changes_nothing(settings: Settings) -> None:
    before = settings.work.read_bytes()
    with duckdb.connect(str(settings.published), read_only=True):
        list(look_at_work(settings))
    assert settings.work.read_bytes() == before


def test_a_source_out_of_its_bounds_is_named_until_it_is_within_them_again(settings: Settings) -> None:
    row = "'b', 'drift', 'drift.documents.low', 'warning', {}, '{}', '2025-01-0{}'"
    insert = "INSERT INTO ops.quality_results (result_id, run_id, batch, suite, expectation, severity, success, reason, checked_at) VALUES "
    change(settings, insert + "('1', 'run_1', " + row.format("false", f"documents of {FEED}: 0, expected 20 to 60.", 1) + ")")
    item = finding(look_at_snapshot(settings), "drift")
    assert item.level == "warning" and FEED in item.found and item.remedy
    change(settings, insert + "('2', 'run_2', " + row.format("true", "", 2) + ")")
    assert not [item for item in look_at_snapshot(settings) if item.what == "drift"]


def test_a_database_of_prefect_that_has_grown_for_years_is_named(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    with (tmp_path / "prefect.db").open("wb") as file:
        file.truncate(1000)
        assert not list(health._prefect_database())
        file.truncate(3 * 1024**3)  # A hole: it takes no room.
    [item] = health._prefect_database()
    assert "3.0 GB" in item.found and str(tmp_path) in item.found and item.remedy


def keep(settings: Settings, count: int) -> list[Path]:
    """Let the warehouse name so many kept bodies and return their files, oldest first."""
    store = RawStore(settings.raw)
    paths = [store.put(b"<html>" + bytes(str(number), "ascii") * 400)[1] for number in range(count)]
    for number, path in enumerate(paths):
        os.utime(store.folder / path, (1_700_000_000 + number, 1_700_000_000 + number))
    rows = ", ".join(f"('f{n}', 'https://news.example/{n}', now()::TIMESTAMP, now()::TIMESTAMP, 200, 'h', '{p}', 'r')" for n, p in enumerate(paths))
    change(settings, f"INSERT INTO ops.fetches (fetch_id, address, fetched_at, checked_at, status, content_hash, raw_path, run_id) VALUES {rows}")
    return [store.folder / path for path in paths]


def rot(path: Path) -> None:
    """Turn over one bit in the middle, as a disk does that goes bad: length and time stay."""
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("damage", [rot, lambda path: os.truncate(path, 9), lambda path: path.write_bytes(b"")])
def test_a_damaged_kept_file_is_named_with_its_address_and_a_remedy(settings: Settings, damage: Callable[[Path], object]) -> None:
    files = keep(settings, 3)
    assert finding(look_at_kept_bytes(settings), "kept bytes").level == "ok"
    damage(files[1])
    item = finding(look_at_kept_bytes(settings), "kept bytes")
    assert item.level == "warning" and str(files[1]) in item.found and "https://news.example/1" in item.found and "1 damaged" in item.found
    assert "backup" in item.remedy and "reprocess --reread" in item.remedy


def test_a_kept_file_that_is_gone_is_named_unless_a_run_may_be_letting_it_go(settings: Settings) -> None:
    files = keep(settings, 3)
    files[2].unlink()
    item = finding(look_at_kept_bytes(settings), "kept bytes")
    assert item.level == "warning" and "1 are gone" in item.found and str(files[2]) in item.found and "https://news.example/2" in item.found
    with writer_lock(settings.work):
        assert finding(look_at_kept_bytes(settings), "kept bytes").level == "ok"


def test_of_many_kept_files_the_newest_and_some_others_are_opened_and_all_on_demand(settings: Settings) -> None:
    files = keep(settings, 700)
    assert "500 of 700 files opened" in finding(look_at_kept_bytes(settings), "kept bytes").found
    rot(files[-1])
    item = finding(look_at_kept_bytes(settings), "kept bytes")
    assert str(files[-1]) in item.found and "--deep" in item.remedy
    for path in files[:400]:
        rot(path)
    item = finding(look_at_kept_bytes(settings), "kept bytes")
    assert 200 < int(item.found.split()[0]) < 301, "of 500 others 300 are opened, four fifths of them damaged"
    item = finding(look_at_kept_bytes(settings, deep=True), "kept bytes")
    assert item.found.startswith("401 damaged (all 700 files opened)") and "and 396 more" in item.found and "--deep" not in item.remedy


def test_however_large_the_kept_files_are_the_look_is_a_short_one(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    files = keep(settings, 9)
    monkeypatch.setattr(kept_bytes, "_BYTES", 4 * files[0].stat().st_size)
    assert "4 of 9 files opened" in finding(look_at_kept_bytes(settings), "kept bytes").found
    monkeypatch.setattr(kept_bytes, "_BYTES", 1)
    assert "1 of 9 files opened" in finding(look_at_kept_bytes(settings), "kept bytes").found


def test_a_warehouse_without_kept_files_has_nothing_to_say_of_them(settings: Settings) -> None:
    assert not list(look_at_kept_bytes(settings))
