"""What was fetched, kept as it came: one compressed file a content, named by its hash, beside the warehouse.

Files are written under another name and renamed, so a name stands for whole content even after a kill; a damaged file shows by its hash. What is
damaged costs no fact, the texts read from it are in the warehouse; only reading it again is not possible until it has been fetched anew.
"""

from __future__ import annotations

import gzip
import os
import zlib
from hashlib import blake2b
from pathlib import Path

from dateline.errors import EnvironmentProblem


def content_hash(body: bytes) -> str:
    """Return 32 hex digits that identify a body."""
    return blake2b(body, digest_size=16).hexdigest()


class RawStore:
    """The folder of kept bodies: <2 digits>/<30 digits>.gz; may be used by several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, digest: str) -> str:
        """Return where a content lies, relative to the folder."""
        return f"{digest[:2]}/{digest[2:]}.gz"

    def put(self, body: bytes) -> tuple[str, str]:
        """Keep a body; return its hash and where it lies.

        Raises:
            EnvironmentProblem: The disk is full or the folder cannot be written.
        """
        digest = content_hash(body)
        relative = self.path_of(digest)
        path = self.folder / relative
        if path.exists() and self.get(relative) == body:
            return digest, relative
        partial = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise _unkept(self.folder, problem) from problem
        try:
            partial.write_bytes(gzip.compress(body, compresslevel=6, mtime=0))
            partial.replace(path)
        except OSError as problem:
            partial.unlink(missing_ok=True)
            raise _unkept(self.folder, problem) from problem
        return digest, relative

    def get(self, relative: str) -> bytes | None:
        """Return a kept body, None where it is gone or damaged."""
        try:
            body = gzip.decompress((self.folder / relative).read_bytes())
        except (OSError, EOFError, zlib.error):
            return None
        return body if self.path_of(content_hash(body)) == relative else None

    def paths(self) -> list[str]:
        """Return where every kept body lies, whole or not, relative to the folder."""
        return [path.relative_to(self.folder).as_posix() for path in self.folder.glob("*/*.gz")]

    def damaged(self, relative: str) -> bool:
        """Return whether a file is there and does not hold what its name says; what cannot be read counts as damaged too."""
        return self.get(relative) is None and (self.folder / relative).exists()

    def remove(self, relative: str) -> int:
        """Remove a kept body and return the bytes that it took."""
        path = self.folder / relative
        try:
            size = path.stat().st_size
            path.unlink()
        except FileNotFoundError:
            return 0
        return size

    def sweep(self) -> int:
        """Remove what killed runs left half written; return how many files."""
        left = list(self.folder.glob("*/*.tmp"))
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def _unkept(folder: Path, problem: OSError) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"what was fetched could not be kept ({problem.strerror or problem}).",
        where=str(folder),
        remedy="Free disk space or choose another warehouse folder, and run again: nothing is lost.",
    )
