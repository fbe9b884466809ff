"""Backups are whole or not there, restored or refused; compacting gives back room and loses nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dateline.config import Settings
from dateline.errors import EnvironmentProblem, UsageError, WarehouseBusy
from dateline.warehouse.backup import MANIFEST, back_up, read_manifest, restore
from dateline.warehouse.compact import compact
from dateline.warehouse.load import load_batch
from dateline.warehouse.lock import open_work, writer_lock
from dateline.warehouse.publish import publish
from dateline.warehouse.raw import RawStore
from dateline.warehouse.stage import arrow_table

_HANG = """
import sys, time
from pathlib import Path
from dateline.config import Settings
from dateline.warehouse import {module} as module
def hang(*_, **__):
    print("hanging", flush=True)
    time.sleep(600)
module.{function} = hang
settings = Settings(warehouse=Path(sys.argv[1]))
backup = Path(sys.argv[2])
{call}
"""
_CALLS = {
    "backup": "module.back_up(settings.work, settings.raw, backup)",
    "restore": "module.restore(backup, settings.work, settings.raw, settings.published, replace=True)",
    "compact": "module.compact(settings)",
}


@pytest.fixture
def settings(kit, stage: Callable[..., Path], tmp_path: Path) -> Settings:
    settings = Settings(warehouse=tmp_path / "warehouse")
    with open_work(settings.work) as con:
        load_batch(con, stage(kit.article("a"), kit.article("b")))
        publish(con, settings.published)
    RawStore(settings.raw).put(b"<html>as it came</html>")
    return settings


def contents(kit, path: Path) -> dict[str, Any]:
    with duckdb.connect(str(path), read_only=True) as con:
        found: dict[str, Any] = kit.contents(con)
        return found


def add(kit, stage: Callable[..., Path], settings: Settings, name: str) -> None:
    with open_work(settings.work) as con:
        load_batch(con, stage(kit.article(name)))
        publish(con, settings.published)


def killed(settings: Settings, backup: Path, what: str, function: str) -> None:
    """Start a program that hangs in a function, and kill it there with SIGKILL."""
    module = "compact" if what == "compact" else "backup"
    script = _HANG.format(module=module, function=function, call=_CALLS[what])
    process = subprocess.Popen([sys.executable, "-c", script, settings.warehouse, backup], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "hanging\n"
    process.kill()
    process.wait()


def test_a_backup_comes_back_as_it_was(kit, settings: Settings, tmp_path: Path) -> None:
    manifest = back_up(settings.work, settings.raw, tmp_path / "backup")
    assert (manifest.rows["main.documents"], len(manifest.raw)) == (2, 1)
    other = Settings(warehouse=tmp_path / "other")
    restore(tmp_path / "backup", other.work, other.raw, other.published)
    assert contents(kit, other.work) == contents(kit, settings.work) == contents(kit, other.published)
    assert [path.read_bytes() for path in other.raw.rglob("*.gz")] == [path.read_bytes() for path in settings.raw.rglob("*.gz")]


def test_a_former_backup_is_brought_up_to_date_and_holds_one_copy(kit, stage, settings: Settings, tmp_path: Path) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    add(kit, stage, settings, "c")
    assert back_up(settings.work, settings.raw, tmp_path / "backup").rows["main.documents"] == 3
    assert len(list((tmp_path / "backup").glob("work-*.duckdb"))) == 1


def test_a_warehouse_that_is_there_is_replaced_only_when_told_to(kit, stage, settings: Settings, tmp_path: Path) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    before = contents(kit, settings.work)
    add(kit, stage, settings, "c")
    with pytest.raises(UsageError, match="already"):
        restore(tmp_path / "backup", settings.work, settings.raw, settings.published)
    restore(tmp_path / "backup", settings.work, settings.raw, settings.published, replace=True)
    assert contents(kit, settings.work) == contents(kit, settings.published) == before


@pytest.mark.parametrize("what", _CALLS)
def test_a_live_writer_is_refused(settings: Settings, tmp_path: Path, what: str) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    with open_work(settings.work) as con:
        con.execute("UPDATE documents SET title = 'later'")
    before = settings.work.read_bytes()
    call = {
        "backup": lambda: back_up(settings.work, settings.raw, tmp_path / "second"),
        "restore": lambda: restore(tmp_path / "backup", settings.work, settings.raw, settings.published, replace=True),
        "compact": lambda: compact(settings),
    }[what]
    with writer_lock(settings.work, "live"), pytest.raises(WarehouseBusy, match="live"):
        call()
    assert settings.work.read_bytes() == before


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("pattern", "damage"),
    [
        ("work-*.duckdb", _flip), ("work-*.duckdb", lambda path: os.truncate(path, 1000)), ("work-*.duckdb", Path.unlink),
        ("raw/*/*.gz", Path.unlink), ("raw/*/*.gz", lambda path: os.truncate(path, 3)), ("raw/*/*.gz", _flip),
        (MANIFEST, lambda path: path.write_text("{")),
        (MANIFEST, lambda path: path.write_text(path.read_text().replace('"database": "', '"database": "../'))),
        (MANIFEST, lambda path: path.write_text(json.dumps(json.loads(path.read_text()) | {"rows": {"main.documents": 9}}))),
    ],
)  # fmt: skip
def test_a_damaged_backup_is_refused_and_the_warehouse_stays(
    settings: Settings, tmp_path: Path, pattern: str, damage: Callable[[Path], object]
) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    [file] = (tmp_path / "backup").glob(pattern)
    damage(file)
    before = settings.work.read_bytes()
    with pytest.raises(EnvironmentProblem):
        restore(tmp_path / "backup", settings.work, settings.raw, settings.published, replace=True)
    assert settings.work.read_bytes() == before
    assert not list(settings.warehouse.glob(".work.duckdb.*"))


@pytest.mark.parametrize("damage", [_flip, lambda path: os.truncate(path, 9)])
def test_damaged_kept_bytes_never_replace_a_good_copy_and_are_mended_from_it(
    settings: Settings, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    [file] = settings.raw.glob("*/*.gz")
    whole = file.read_bytes()
    damage(file)
    manifest = back_up(settings.work, settings.raw, tmp_path / "backup")
    assert (len(manifest.raw), manifest.damaged) == (1, [])
    restore(tmp_path / "backup", settings.work, settings.raw, settings.published, replace=True)
    assert file.read_bytes() == whole


def test_damaged_kept_bytes_stop_no_backup_and_are_named(settings: Settings, tmp_path: Path) -> None:
    RawStore(settings.raw).put(b"another")
    file, other = sorted(settings.raw.glob("*/*.gz"))
    _flip(file)
    manifest = back_up(settings.work, settings.raw, tmp_path / "backup")
    assert manifest.damaged == read_manifest(tmp_path / "backup").damaged == [file.relative_to(settings.raw).as_posix()]
    assert list(manifest.raw) == [other.relative_to(settings.raw).as_posix()]
    restore(tmp_path / "backup", settings.work, settings.raw, settings.published, replace=True)


def test_a_backup_of_a_version_that_did_not_look_into_kept_bytes_comes_back(settings: Settings, tmp_path: Path) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    path = tmp_path / "backup" / MANIFEST
    record = json.loads(path.read_text(encoding="utf-8"))
    del record["damaged"]
    path.write_text(json.dumps(record), encoding="utf-8")
    restore(tmp_path / "backup", settings.work, settings.raw, settings.published, replace=True)


def test_a_folder_of_something_else_is_not_written_into(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"x")
    with pytest.raises(UsageError, match="holds no backup"):
        back_up(settings.work, settings.raw, tmp_path / "photos")


@pytest.mark.integration
@pytest.mark.parametrize("function", ["checksum", "_verify", "_write_manifest"])
def test_a_killed_backup_leaves_the_former_one_whole(kit, stage, settings: Settings, tmp_path: Path, function: str) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    before = contents(kit, settings.work)
    add(kit, stage, settings, "c")
    killed(settings, tmp_path / "backup", "backup", function)
    other = Settings(warehouse=tmp_path / "other")
    restore(tmp_path / "backup", other.work, other.raw, other.published)
    assert contents(kit, other.work) == before
    back_up(settings.work, settings.raw, tmp_path / "backup")
    assert read_manifest(tmp_path / "backup").rows["main.documents"] == 3
    assert sorted(path.suffix for path in (tmp_path / "backup").iterdir() if path.is_file()) == [".duckdb", ".json"]


@pytest.mark.integration
@pytest.mark.parametrize("function", ["_verify", "_copy_raw", "sync_folder", "publish"])
def test_a_killed_restore_is_made_good_by_the_next(kit, stage, settings: Settings, tmp_path: Path, function: str) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    before = contents(kit, settings.work)
    add(kit, stage, settings, "c")
    later = contents(kit, settings.work)
    killed(settings, tmp_path / "backup", "restore", function)
    assert contents(kit, settings.work) in (before, later), "one or the other, never a mixture"
    restore(tmp_path / "backup", settings.work, settings.raw, settings.published, replace=True)
    assert contents(kit, settings.work) == contents(kit, settings.published) == before


@pytest.mark.integration
def test_the_log_of_a_killed_writer_is_not_played_into_what_is_restored(kit, stage, settings: Settings, tmp_path: Path) -> None:
    back_up(settings.work, settings.raw, tmp_path / "backup")
    before = contents(kit, settings.work)
    script = (
        "import duckdb, sys, time\ncon = duckdb.connect(sys.argv[1])\n"
        "con.execute(\"UPDATE documents SET title = 'of the log'\")\nprint('done', flush=True)\ntime.sleep(600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, settings.work], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "done\n"
    process.kill()
    process.wait()
    assert settings.work.with_name("work.duckdb.wal").exists()
    restore(tmp_path / "backup", settings.work, settings.raw, settings.published, replace=True)
    assert contents(kit, settings.work) == before


def test_compacting_gives_back_room_and_keeps_every_row(kit, stage, settings: Settings) -> None:
    with open_work(settings.work) as con:
        words = ", ".join(f"sha256((range + {n})::VARCHAR) AS text_{n}" for n in range(3))
        con.execute(f"CREATE TABLE filler AS SELECT range AS n, {words} FROM range(20_000)")
        con.execute("CHECKPOINT")
        con.execute("DROP TABLE filler")
    add(kit, stage, settings, "c")
    before = contents(kit, settings.work)
    done = compact(settings)
    assert done.size_after < 0.8 * done.size_before
    assert contents(kit, settings.work) == contents(kit, settings.published) == before
    with duckdb.connect(str(settings.published), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM stories").fetchall() == [(3,)], "views came along"
    add(kit, stage, settings, "d")
    assert len(contents(kit, settings.work)["documents"]) == 4


@pytest.mark.integration
@pytest.mark.parametrize("function", ["_rewrite", "sync_folder", "publish"])
def test_killed_compacting_loses_nothing(kit, settings: Settings, tmp_path: Path, function: str) -> None:
    before = contents(kit, settings.work)
    killed(settings, tmp_path / "none", "compact", function)
    assert contents(kit, settings.work) == before
    compact(settings)
    assert contents(kit, settings.work) == contents(kit, settings.published) == before
    assert not list(settings.warehouse.glob(".work.duckdb.*"))


def test_old_bytes_and_results_are_let_go_as_the_settings_say(settings: Settings) -> None:
    store = RawStore(settings.raw)
    paths = {name: store.put(name.encode())[1] for name in ("old", "new", "shared", "of a failed run")}
    row = {"fetched_at": None, "status": 200, "content_hash": "x", "run_id": "r"}
    fetches = [("1", "old", 100), ("2", "new", 1), ("3", "shared", 100), ("4", "shared", 1)]
    with open_work(settings.work) as con:
        now = con.execute("SELECT (now() AT TIME ZONE 'UTC')::TIMESTAMP").fetchall()[0][0]
        days = {key: con.execute("SELECT ?::TIMESTAMP - to_days(?::INTEGER)", [now, age]).fetchall()[0][0] for key, _, age in fetches}
        rows = [
            {**row, "fetch_id": key, "address": key, "raw_path": paths[name], "fetched_at": days[key], "checked_at": days[key]}
            for key, name, _ in fetches
        ]
        con.register("rows", arrow_table("ops.fetches", rows))
        con.execute("INSERT INTO ops.fetches SELECT * FROM rows")
        con.unregister("rows")
        result = "run_id, batch, suite, expectation, severity, success, checked_at"
        for age in (1, 1000):
            con.execute(f"INSERT INTO ops.quality_results (result_id, {result}) VALUES (?, 'r', 'b', 's', 'e', 'w', true, ?)", [str(age), days["2"]])
        con.execute("UPDATE ops.quality_results SET checked_at = checked_at - INTERVAL 1000 DAY WHERE result_id = '1000'")
    month_ago = time.time() - 40 * 86400
    for name in ("old", "new", "shared"):
        os.utime(settings.raw / paths[name], (month_ago, month_ago))
    kept = compact(settings)
    assert (kept.raw_files, kept.quality_results) == (0, 1), "bytes are kept for good unless told otherwise"
    done = compact(Settings(warehouse=settings.warehouse, keep_raw_days=30))
    assert done.raw_files == 1
    left = {name for name, path in paths.items() if store.get(path) is not None}
    assert left == {"new", "shared", "of a failed run"}
    with duckdb.connect(str(settings.published), read_only=True) as con:
        assert con.execute("SELECT fetch_id FROM ops.fetches WHERE raw_path IS NULL ORDER BY 1").fetchall() == [("1",), ("3",)]
