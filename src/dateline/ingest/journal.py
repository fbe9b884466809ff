"""What a run under way has fetched, written down at once, so that a killed run's answers are read by the next one.

A server may say something else by then: without this, a text that it served between two edits would be lost with the run. The journal is read once
and removed before it is used, so that a page which kills its reader does so once.
"""

from __future__ import annotations

import json
import threading
from dataclasses import fields, replace
from datetime import datetime
from typing import IO, Any

from dateline.ingest.raw import RawStore
from dateline.read.fetched import Fetched, Unavailable


class Journal:
    """The answers of the run under way: one JSON line each, without the body, which lies in the raw folder."""

    def __init__(self, raw: RawStore) -> None:
        self._raw = raw
        self._path = raw.folder / "journal.jsonl"
        self._file: IO[str] | None = None
        self._guard = threading.Lock()

    def take_over(self) -> dict[str, Fetched]:
        """Return what a killed run had fetched, by address, and forget it."""
        left: dict[str, Fetched] = {}
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return left
        self._path.unlink()
        for line in lines:
            try:
                record = json.loads(line)
                body = self._raw.get(record.pop("raw_path"))
                if body is not None:
                    left[record["asked"]] = Fetched(**record | {"body": body, "fetched_at": datetime.fromisoformat(record["fetched_at"])})
            except (ValueError, KeyError, TypeError):
                continue  # The last line of a killed run may be cut.
        return left

    def add(self, answer: Fetched, raw_path: str) -> None:
        """Write down an answer."""
        record: dict[str, Any] = {spec.name: getattr(answer, spec.name) for spec in fields(answer) if spec.name != "body"}
        line = json.dumps(record | {"raw_path": raw_path, "fetched_at": answer.fetched_at.isoformat()}, ensure_ascii=True)
        with self._guard:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("a", encoding="utf-8")
            self._file.write(line + "\n")
            self._file.flush()

    def close(self, *, done: bool) -> None:
        """Close the journal; `done` says that nobody needs it any more."""
        with self._guard:
            if self._file is not None:
                self._file.close()
                self._file = None
            if done:
                self._path.unlink(missing_ok=True)


class Replay:
    """A fetcher that answers with what a killed run had fetched, and with nothing else."""

    def __init__(self, answers: dict[str, Fetched]) -> None:
        self._answers = answers

    def get(self, url: str, *, source: str | None = None) -> Fetched:
        """Return the answer of then.

        Raises:
            Unavailable: There was none.
        """
        if url not in self._answers:
            raise Unavailable("The killed run had not come to it.", where=url)
        return replace(self._answers[url], first=True)  # Nobody has asked since.

    def close(self) -> None:
        """Nothing is open."""
