"""What the user named, as single files: folders walked, globs expanded, links and special files looked at before anything is opened."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath

from dateline.model import Rejection
from dateline.read.refusal import refuse
from dateline.read.sniff import SUFFIXES

_COMPRESSED = ".gz"
_NOT_ARTICLES = {"readme", "license", "licence", "notice", "changelog", "contributing"}
_FORMATS = "Articles are .txt, .md, .html, .jsonl, .rss, .atom, .xml and .warc files (also .gz)."


def expand(name: str) -> Iterator[Path | Rejection]:
    """Yield the files that an input means, in order of their names, and a row for each that cannot be one."""
    try:
        path = Path(name)
        mode = path.stat().st_mode
    except (OSError, ValueError) as problem:
        if glob.has_magic(name) and "\x00" not in name:
            yield from _expand_glob(name)
        else:
            yield _missing(name, problem)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path)
    else:
        yield _regular(path, mode)


def _missing(name: str, problem: Exception) -> Rejection:
    shown = name.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\\0")
    if isinstance(problem, FileNotFoundError):
        return refuse("missing", "There is no such file or folder. Check the path; quote patterns with * so that the shell leaves them.", shown)
    detail = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return refuse("unreadable", f"It cannot be opened ({detail}). Check the path and its permissions.", shown)


def _regular(path: Path, mode: int) -> Path | Rejection:
    if stat.S_ISREG(mode):
        return path
    return refuse(
        "not_a_file", "This is a pipe, socket or device, not a file. Save the articles to a file, or pass - to read standard input.", str(path)
    )


def _expand_glob(pattern: str) -> Iterator[Path | Rejection]:
    found = False
    for name in sorted(glob.iglob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute patterns.
        found = True
        path = Path(name)
        if path.is_dir() and not pattern.endswith("**"):
            yield from _walk(path)
        elif not path.is_dir():
            yield from expand(name)
    if not found:
        yield refuse("missing", "The pattern matches no file. Check it, and that it is quoted.", pattern)


def is_article_name(name: str) -> bool:
    """Return whether a file of a folder may hold articles, by its name."""
    pure = PurePath(name.lower())
    if pure.suffix == _COMPRESSED:
        pure = PurePath(pure.stem)
    return pure.suffix in SUFFIXES and pure.stem not in _NOT_ARTICLES and not name.startswith(".")


def _walk(folder: Path) -> Iterator[Path | Rejection]:
    """Yield the articles below a folder. Links are followed within it only, each folder once, so that loops end and nothing outside is read."""
    top = Path(os.path.realpath(folder))
    waiting, visited, found = [folder], {str(top)}, False
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as problem:
            found = True
            yield _missing(str(current), problem)
            continue
        folders: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            try:
                if entry.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(top):
                    if path.is_dir() or is_article_name(entry.name):
                        found = True
                        yield refuse("link_outside", "The link leads out of the folder and was not followed. Name its target itself.", str(path))
                    continue
                if entry.is_dir():
                    real = os.path.realpath(path)
                    if real not in visited:
                        visited.add(real)
                        folders.append(path)
                elif is_article_name(entry.name):
                    found = True
                    yield _regular(path, entry.stat().st_mode)
            except OSError as problem:
                found = True
                yield _missing(entry.path, problem)
        waiting.extend(reversed(folders))
    if not found:
        yield refuse("no_articles", f"The folder holds no articles. {_FORMATS}", str(folder))
