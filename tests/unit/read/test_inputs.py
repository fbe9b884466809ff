"""What the user names: folders, globs, links, pipes, and paths that try something."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.model import Rejection
from dateline.read.inputs import expand, is_article_name

TEXT = "Troops took 12 villages near the border on Friday."


def names(found: list[Path | Rejection], top: Path) -> list[str]:
    return [str(item.relative_to(top)) for item in found if isinstance(item, Path)]


def refused(found: list[Path | Rejection]) -> list[Rejection]:
    return [item for item in found if isinstance(item, Rejection)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.html", "sub/deep/d.jsonl", "e.jsonl.gz", "README.md", ".hidden.txt", ".git/x.txt", "picture.png", "code.py"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    return tmp_path / "news"


def test_a_folder_gives_its_articles_in_order_of_names(folder: Path) -> None:
    assert names(list(expand(str(folder))), folder) == ["a.md", "b.txt", "e.jsonl.gz", "sub/c.html", "sub/deep/d.jsonl"]


def test_globs_files_and_folders(folder: Path) -> None:
    assert names(list(expand(f"{folder}/*.txt")), folder) == ["b.txt"]
    assert names(list(expand(f"{folder}/**/*.html")), folder) == ["sub/c.html"]
    assert names(list(expand(f"{folder}/su*")), folder) == ["sub/c.html", "sub/deep/d.jsonl"]
    assert names(list(expand(f"{folder}/code.py")), folder) == ["code.py"]  # Named by the user, so it is tried.


def test_a_file_whose_name_holds_pattern_characters_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a[1]*.txt"
    path.write_text(TEXT)
    assert list(expand(str(path))) == [path]


@pytest.mark.parametrize(
    ("name", "rule", "words"),
    [
        ("missing.txt", "read.missing", "no such file"),
        ("nothing*.txt", "read.missing", "matches no file"),
        ("a\x00b.txt", "read.unreadable", "null"),
        ("x" * 5000, "read.unreadable", "too long"),
    ],
)
def test_what_is_not_there_says_so(name: str, rule: str, words: str, tmp_path: Path) -> None:
    [row] = refused(list(expand(f"{tmp_path}/{name}")))
    assert (row.stage, row.rule) == ("read", rule)
    assert words in row.reason
    assert str(tmp_path) in (row.location or "")


def test_a_folder_without_articles_says_what_articles_are(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    [row] = refused(list(expand(str(tmp_path))))
    assert row.rule == "read.no_articles"
    assert ".jsonl" in row.reason


def test_links_in_a_circle_end_and_links_within_are_read_once(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "again").symlink_to(folder / "sub", target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    found = list(expand(str(folder)))
    assert sorted(Path(name).name for name in names(found, folder)) == ["a.md", "b.txt", "c.html", "d.jsonl", "e.jsonl.gz"]
    assert [row.rule for row in refused(found)] == ["read.unreadable"]


def test_links_that_leave_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("root:x:0:0")
    (folder / "z.txt").symlink_to(secret)
    (folder / "zz").symlink_to("/etc", target_is_directory=True)
    found = list(expand(str(folder)))
    assert "z.txt" not in names(found, folder)
    assert [row.rule for row in refused(found)] == ["read.link_outside"] * 2


def test_pipes_sockets_and_devices_are_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(folder)  # The address of a local socket may have a hundred characters only.
        listener.bind("s.txt")
        found = list(expand(str(folder)))
    assert [row.rule for row in refused(found)] == ["read.not_a_file"] * 2
    assert [row.rule for row in refused(list(expand("/dev/zero")))] == ["read.not_a_file"]


def test_deep_folders_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    path = tmp_path
    for _ in range(150):
        path = path / "d"
        path.mkdir()
    (path / "a.txt").write_text(TEXT)
    assert len(list(expand(str(tmp_path)))) == 1


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind exist on POSIX systems only")
def test_unreadable_files_and_folders_are_named(tmp_path: Path) -> None:
    """In a process of its own that has given up the rights of root, who may read everything."""
    readable = tmp_path / "a.txt"
    readable.write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "c.txt").write_text(TEXT)
    program = (
        "import os, sys\n"
        "from dateline.read.sources import read_inputs\n"
        "from dateline.model import Rejection\n"
        "list(read_inputs([sys.argv[1] + '/a.txt']))\n"  # Loads all modules and tables while they may be read.
        "os.chmod(sys.argv[1] + '/b.txt', 0); os.chmod(sys.argv[1] + '/closed', 0)\n"
        "os.chmod(sys.argv[1], 0o755)\n"
        "if os.geteuid() == 0:\n"
        "    os.setegid(65534); os.seteuid(65534)\n"
        "for item in read_inputs([sys.argv[1]]):\n"
        "    print(item.rule if isinstance(item, Rejection) else 'article', (item.location if isinstance(item, Rejection) else item.source))\n"
    )
    top = tmp_path
    while top != Path(top.anchor) and top.stat().st_uid == os.geteuid():  # pytest's own folders are closed to others.
        top.chmod(top.stat().st_mode | 0o055)  # Adds rights: the folder for temporary files must keep its own.
        top = top.parent
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    (tmp_path / "closed").chmod(0o755)
    assert sorted(done.stdout.splitlines()) == [f"article {readable}", f"read.unreadable {tmp_path}/b.txt", f"read.unreadable {tmp_path}/closed"]


@pytest.mark.parametrize(
    ("name", "is_one"), [("a.txt", True), ("A.TXT", True), ("a.jsonl.gz", True), ("readme.md", False), (".a.txt", False), ("a.gz", False)]
)
def test_names_of_articles(name: str, is_one: bool) -> None:
    assert is_article_name(name) == is_one
