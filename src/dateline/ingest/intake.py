"""Reading the sources of a run with what earlier runs know of them, and keeping what came.

The book (ops.sources, ops.fetches) is read once at the begin and written once at the end, by the run's own thread. Until a run has loaded what it
read, nothing of it counts as known: a killed or refused run leaves no ETag behind that would make the next one miss an article. A feed that has not
changed is read again from what was kept, since the pages it lists may have, or may not have answered last time. What a run leaves of a source, for
want of time or of an answer, waits for the next one in ops.waiting, whether or not it is still listed then.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import duckdb

from dateline.config import Settings
from dateline.ids import stable_id, text_hash
from dateline.ingest.journal import Journal, Replay
from dateline.ingest.moved import Moved
from dateline.ingest.past import Past, pause
from dateline.model import Article, Rejection
from dateline.read.decode import binary_kind
from dateline.read.fetched import Fetched
from dateline.read.outcome import Outcome
from dateline.read.sniff import format_of
from dateline.read.sources import read_inputs
from dateline.read.urls import shown_url
from dateline.warehouse.raw import RawStore
from dateline.warehouse.rows import Row
from dateline.warehouse.sources import Known, source_id, unnamed, write_sources

if TYPE_CHECKING:
    from dateline.read.fetch import Web


class Intake:
    """What a run reads from: a Fetcher for the readers, and the book of sources.

    Attributes:
        counts: sources, of these failed, cut short and resting; pages_unchanged and pages_resting.
        failed: Source to problem, in the order in which they failed.
        cut: Source to what was left of it for the next run.
        moved: Source to where its server says for the first time that it has gone for good.
    """

    def __init__(
        self, con: duckdb.DuckDBPyConnection, settings: Settings, inputs: Sequence[str], *, run_id: str, now: datetime | None = None
    ) -> None:
        self._settings = settings
        self._run_id = run_id
        self._now = (now or datetime.now(UTC)).replace(tzinfo=None)
        self._inputs = tuple(dict.fromkeys(inputs))
        self._past = Past(con, self._inputs, settings.read, self._now)
        self._raw = RawStore(settings.raw)
        self._journal = Journal(self._raw)
        self._fetches: dict[str, Row] = {}
        self._listings: set[str] = set()
        self._read_as: dict[str, str | None] = {}
        self._conditions = {url: (known.etag, known.last_modified) for url, known in self._past.known.items()}
        self._confirmed: list[str] = []
        self._outcomes: dict[str, Outcome] = {}
        self._moved = Moved(self._past.sources, self._now)
        self._guard = threading.Lock()
        self._web: Web | None = None
        self.counts: Counter[str] = Counter(sources=len(self._inputs))
        self.failed: dict[str, str] = {}
        self.cut: dict[str, str] = {}
        self.moved: dict[str, str] = {}

    def read(self, *, due_only: bool = False) -> Iterator[Article | Rejection]:
        """Yield what the inputs hold; with `due_only` those that failed lately are left alone until their time has come."""
        resting = {name for name in self._inputs if due_only and self._past.rests(name)}
        self.counts["sources_resting"] = len(resting)
        self._raw.sweep()
        seen: set[tuple[str, str]] = set()
        for article in self._left_by_killed_runs():
            key = (article.document_id, text_hash(article.text))
            if key not in seen:
                seen.add(key)
                yield article
        try:
            asked = [name for name in self._inputs if name not in resting]
            for item in read_inputs(asked, settings=self._settings.read, fetcher=self, on_source=self._ended, backlog=self._past.backlog):
                if isinstance(item, Rejection) or ("://" not in item.source and not seen):  # Most lines of files end here.
                    yield item
                    continue
                digest = text_hash(item.text)
                # The text of an address; none where it holds several.
                self._read_as[item.source] = digest if item.source not in self._read_as else None
                if (item.document_id, digest) not in seen:
                    yield item
        finally:
            self.close()

    def _left_by_killed_runs(self) -> Iterator[Article]:
        """Yield the articles that killed runs had fetched, in order: what they said then may be said no more."""
        for answers in self._journal.take_over():
            sources = dict.fromkeys(answer.source for answer in answers.values() if answer.source)
            replay = Replay(answers)
            backlog = partial(self._past.backlog_of_killed, replay)
            for item in read_inputs(
                list(sources), settings=self._settings.read, fetcher=replay, on_source=self._left_to_this_run, backlog=backlog
            ):  # fmt: skip
                if isinstance(item, Article):  # What was refused then is refused again, if it still stands there.
                    yield item

    def _left_to_this_run(self, outcome: Outcome) -> None:
        """Keep what a killed run had no answer for: its feed may list it no more."""
        with self._guard:
            self._past.waiting[source_id(outcome.source)].entries += [(entry, False) for entry in outcome.entries]

    def close(self) -> None:
        """Close all connections."""
        with self._guard:
            web, self._web = self._web, None
        if web is not None:
            web.close()

    def get(self, url: str, *, source: str | None = None, until: float = float("inf")) -> Fetched:
        """Return the answer for an address, or "not modified" where asking again would be too early."""
        known = self._past.known.get(url)
        if url != source and self._past.stays(url):
            with self._guard:
                self.counts["pages_resting"] += 1
            return Fetched.unchanged(url, source)
        answer = self._ask(url, source, until)
        if not answer.not_modified or known is None:
            return replace(answer, first=known is None)
        body = self._raw.get(known.raw_path) if known.raw_path else None
        if body is None:  # Let go or damaged: it is fetched once more.
            del self._conditions[url]
            return self._ask(url, source, until)
        listing = format_of(answer.url, body[:8192], content_type=known.content_type) in {"feed", "sitemap"}
        if listing or (url != source and binary_kind(body) is not None):  # What is no page has no article: what the feed says of it may stand in.
            whole = replace(answer, status=200, body=body, content_type=known.content_type, charset=known.charset, not_modified=False)
            if listing and known.raw_path:
                self._journal.add(whole, known.raw_path)  # Without it what comes of the pages that it lists would be lost with a killed run.
            return whole
        return answer

    def _ask(self, url: str, source: str | None, until: float) -> Fetched:
        def fetch(moved: str | None) -> Fetched:
            return self._ready().get(url, source=source, until=until, moved=moved)

        return self._moved.ask(url, fetch) if url == source else fetch(None)

    def _ready(self) -> Web:
        from dateline.read.fetch import Web  # httpx is loaded only where something is fetched.

        with self._guard:
            if self._web is None:
                self._web = Web(self._settings.read, conditions=self._conditions, on_fetched=self._keep)
            return self._web

    def _keep(self, answer: Fetched) -> None:
        known = self._past.known.get(answer.asked)
        if answer.not_modified:
            with self._guard:
                self.counts["pages_unchanged"] += 1
                if known is not None:
                    self._confirmed.append(known.fetch_id)
            return
        digest, path = self._raw.put(answer.body)
        self._journal.add(answer, path)
        row = {
            "fetch_id": stable_id("fet", answer.asked, digest),
            "source_id": source_id(answer.source) if answer.source else None,
            "address": answer.asked,
            "final_address": answer.url,
            "fetched_at": known.fetched_at if known is not None and known.content_hash == digest else self._now,
            "checked_at": self._now,
            "status": answer.status,
            "content_type": answer.content_type,
            "charset": answer.charset,
            "etag": answer.etag,
            "last_modified": answer.last_modified,
            "bytes": len(answer.body),
            "content_hash": digest,
            "raw_path": path,
            "run_id": self._run_id,
        }
        with self._guard:
            self._fetches[answer.asked] = row
            if format_of(answer.url, answer.body[:8192], content_type=answer.content_type) in {"feed", "sitemap"}:
                self._listings.add(answer.asked)

    def _ended(self, outcome: Outcome) -> None:
        with self._guard:
            self._outcomes[outcome.source] = outcome
            if outcome.problem is not None:
                self.failed[shown_url(outcome.source)] = outcome.problem
                self.counts["sources_failed"] += 1
            elif outcome.cut is not None:
                self.cut[shown_url(outcome.source)] = outcome.cut
                self.counts["sources_cut_short"] += 1
            if (moved := self._moved.news(outcome)) is not None:
                self.moved[shown_url(outcome.source)] = moved

    @property
    def silent(self) -> bool:
        """Whether no source gave an answer: all failed now, or rest after failures."""
        return bool(self._inputs) and not any(outcome.problem is None for outcome in self._outcomes.values())

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield what else is to be said of sources that answered: the source, and what."""
        for source, cut in self.cut.items():
            yield source, f"{cut} The next run goes on there."
        for source, address in self.moved.items():
            yield source, f"It has moved for good, to {address}, which is read from now on. Change the configuration."

    def write(self, con: duckdb.DuckDBPyConnection, *, loaded: bool, refused: bool = False) -> None:
        """Write the book; `loaded` says that what was read is in the warehouse, `refused` that the quality gate wants none of it."""
        for row in self._fetches.values() if not loaded else ():
            row["etag"] = row["last_modified"] = None
        came = list(self._fetches.values())
        fetches = [self._as_before(row) or row for row in came] if loaded else came
        replaced = [known for row in fetches if loaded and (known := self._replaced_by(row)) is not None]
        rows = [self._source_row(outcome) for outcome in self._outcomes.values()]
        left = {source_id(name): outcome for name, outcome in self._outcomes.items()}
        waiting = []
        for source, known_left in self._past.waiting.items():  # Killed runs' as well, whose sources may not be among the inputs.
            outcome = left.get(source)
            entries = outcome.entries if outcome else [entry for entry, _ in known_left.entries]
            unfinished = outcome.unfinished if outcome and outcome.problem is None else known_left.unfinished
            waiting += known_left.rows(source, entries, unfinished, self._now)
        self._journal.close(done=loaded or refused)
        write_sources(
            con,
            rows,
            fetches,
            self._confirmed,
            self._now,
            run_id=self._run_id,
            replaced=[known.fetch_id for known in replaced],
            waiting=waiting,
            settled=list(left) if loaded else [],
        )
        if loaded:
            let_go = {row["raw_path"] for row, kept in zip(came, fetches, strict=True) if row is not kept}
            for path in unnamed(con, let_go | {known.raw_path for known in replaced if known.raw_path}):
                self._raw.remove(path)

    def _as_before(self, row: Row) -> Row | None:
        """Return the row of a page of which only the frame has changed (a token, other headlines beside it) with the body first kept.

        The text is what counts: else such a page would bring a body at every visit, and would never count as one that stays the same.
        """
        known = self._past.known.get(row["address"])
        if known is None or known.content_hash == row["content_hash"] or known.text_hash is None or known.raw_path is None:
            return None
        if self._read_as.get(row["final_address"]) != known.text_hash or self._raw.get(known.raw_path) is None:
            return None
        return row | {name: getattr(known, name) for name in ("fetch_id", "content_hash", "fetched_at", "raw_path", "bytes")}

    def _replaced_by(self, row: Row) -> Known | None:
        """Return what was kept before and need not be any more.

        Of a feed or sitemap one list a day is enough, the reports are kept themselves; of a page what is damaged, where the new bytes hold the same
        text.
        """
        known = self._past.known.get(row["address"])
        if known is None or known.content_hash == row["content_hash"]:
            return None
        if row["address"] in self._listings:
            return known if known.fetched_at.date() == self._now.date() else None
        same = known.text_hash is not None and self._read_as.get(row["final_address"]) == known.text_hash
        return known if same and known.raw_path is not None and self._raw.get(known.raw_path) is None else None

    def _source_row(self, outcome: Outcome) -> Row:
        before = self._past.sources.get(outcome.source, {})
        fetched = self._fetches.get(outcome.source)
        failures = 0 if outcome.problem is None else before.get("failures", 0) + 1
        asked_for = timedelta(seconds=min(outcome.wait, self._settings.read.source_max_backoff))
        rest = max(pause(failures, self._settings.read) if failures else timedelta(), asked_for)
        return {
            "source_id": source_id(outcome.source),
            "kind": outcome.kind or before.get("kind", "unknown"),
            "address": shown_url(outcome.source),
            # After "not modified" the conditions of before hold on.
            "etag": fetched["etag"] if fetched else before.get("etag"),
            "last_modified": fetched["last_modified"] if fetched else before.get("last_modified"),
            "last_attempt_at": self._now,
            "last_success_at": self._now if outcome.problem is None else before.get("last_success_at"),
            "failures": failures,
            "last_error": outcome.problem or outcome.cut,
            "next_due_at": self._now + rest if rest else None,
            **self._moved.row(outcome),
        }
