"""Kept bytes come back as they were, or not at all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dateline.errors import EnvironmentProblem
from dateline.warehouse.raw import RawStore


def test_a_body_comes_back_and_is_kept_once(tmp_path: Path) -> None:
    store = RawStore(tmp_path / "raw")
    digest, path = store.put(b"<html>" + b"a" * 10_000)
    assert store.put(b"<html>" + b"a" * 10_000) == (digest, path)
    assert store.get(path) == b"<html>" + b"a" * 10_000
    assert path == f"{digest[:2]}/{digest[2:]}.gz"
    assert [file.stat().st_size < 200 for file in (tmp_path / "raw").rglob("*.gz")] == [True]


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"", lambda data: data[:30] + b"\0\0" + data[32:]])
def test_a_damaged_file_is_noticed_and_put_right_by_the_next_fetch(tmp_path: Path, damage) -> None:
    store = RawStore(tmp_path)
    _, path = store.put(bytes(range(256)) * 8)
    (tmp_path / path).write_bytes(damage((tmp_path / path).read_bytes()))
    assert store.get(path) is None
    store.put(bytes(range(256)) * 8)
    assert store.get(path) == bytes(range(256)) * 8


def test_another_content_under_a_name_is_not_believed(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    (_, one), (_, other) = store.put(b"one"), store.put(b"other")
    (tmp_path / other).replace(tmp_path / one)
    assert store.get(one) is None


def test_threads_may_keep_the_same_body(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    threads = [threading.Thread(target=store.put, args=(b"same" * 1000,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.suffix for path in tmp_path.rglob("*.*")] == [".gz"]


def test_what_a_killed_run_left_half_written_is_swept(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    _, path = store.put(b"whole")
    (tmp_path / path).with_name("x.gz.1.2.tmp").write_bytes(b"half")
    assert store.sweep() == 1
    assert store.get(path) == b"whole"


def test_a_folder_that_cannot_be_written_stops_the_run_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="could not be kept"):
        RawStore(tmp_path / "raw").put(b"body")
