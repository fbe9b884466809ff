"""What a run under way has fetched, written down at once, so that a killed run's answers are read by the next one.

A server may say something else by then: without this, a text that it served between two edits would be lost with the run. Each killed run leaves a
journal of its own, because two of them may hold two texts of one page. A journal is kept until a run has come to its end, since the run that takes it
over may be killed as well, but is taken over ten times at most: a page that kills its reader must not do so for ever.
"""

from __future__ import annotations

import json
import threading
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from dateline.read.fetched import Fetched, Unavailable
from dateline.warehouse.raw import RawStore

_TRIES = 10  # Runs that take a journal over.


class Journal:
    """The answers of the run under way: one JSON line each, without the body, which lies in the raw folder.

    That of the run under way is `journal.jsonl`; those taken over are `journal-NUMBER.TRIES.jsonl`, the oldest with the least number.
    """

    def __init__(self, raw: RawStore) -> None:
        self._raw = raw
        self._path = raw.folder / "journal.jsonl"
        self._file: IO[str] | None = None
        self._guard = threading.Lock()

    def take_over(self) -> list[dict[str, Fetched]]:
        """Return what killed runs had fetched, by address, the oldest run first."""
        taken = self._taken()
        if self._path.exists():
            self._path.rename(self._named(1 + max((number for _, number, _ in taken), default=0), 0))
            taken = self._taken()
        rounds = []
        for path, number, tries in taken:
            if tries >= _TRIES:
                path.unlink()
                continue
            rounds.append(self._answers(path.rename(self._named(number, tries + 1))))
        return rounds

    def _named(self, number: int, tries: int) -> Path:
        return self._path.with_name(f"journal-{number:06d}.{tries}.jsonl")

    def _taken(self) -> list[tuple[Path, int, int]]:
        """Return the journals of killed runs with their numbers and how often they were taken over, oldest first."""
        found = [(path, path.name.split("-")[1].split(".")) for path in sorted(self._path.parent.glob("journal-*.*.jsonl"))]
        return [(path, int(parts[0]), int(parts[1])) for path, parts in found if parts[0].isdecimal() and parts[1].isdecimal()]

    def _answers(self, path: Path) -> dict[str, Fetched]:
        left: dict[str, Fetched] = {}
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
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
                for path in (self._path, *(path for path, _, _ in self._taken())):
                    path.unlink(missing_ok=True)


class Replay:
    """A fetcher that answers with what a killed run had fetched, and with nothing else."""

    def __init__(self, answers: dict[str, Fetched]) -> None:
        self._answers = answers

    def get(self, url: str, *, source: str | None = None, until: float = float("inf")) -> Fetched:
        """Return the answer of then.

        Raises:
            Unavailable: There was none.
        """
        if url not in self._answers:
            raise Unavailable("The killed run had not come to it.", where=url)
        return replace(self._answers[url], first=True)  # Nobody has asked since.

    def close(self) -> None:
        """Nothing is open."""

    def __contains__(self, url: object) -> bool:
        """Whether there was no answer: what there was one for is to be read first."""
        return url not in self._answers
