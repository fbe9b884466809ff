"""Runs of the intake and the loader alone over one warehouse and a real server: milliseconds a run, since nothing is extracted."""

from __future__ import annotations

from pathlib import Path

import duckdb
from news_site import Site

from dateline.config import Settings
from dateline.ingest.intake import Intake
from dateline.model import Article, Facts, Rejection
from dateline.read.settings import ReadSettings
from dateline.warehouse.load import load_batch
from dateline.warehouse.rows import combine, quarantine_row, rows_of
from dateline.warehouse.runs import finish_run, start_run, write_quarantine
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.stage import write_batch

FAST = ReadSettings(
    allow_private=True, per_host_delay=0.0, backoff=0.01, max_backoff=0.02, read_timeout=1.0, total_timeout=2.0, retries=1, revisit=0.0
)  # fmt: skip


class Reader:
    """Runs of the intake over one warehouse, without extraction."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.con = duckdb.connect()
        ensure_schema(self.con)
        self.folder = folder
        self.site = site
        self.settings = Settings(warehouse=folder, read=FAST)
        self.runs = 0

    def run(self, *paths: str, load: bool = True, due_only: bool = True, die: bool = False, refused: bool = False) -> tuple[list[Article], Intake]:
        self.runs += 1
        run_id = f"run_{self.runs}"
        start_run(self.con, run_id)
        intake = Intake(
            self.con, self.settings, [path if path.startswith(str(self.folder)) else self.site.url + path for path in paths], run_id=run_id
        )
        items = list(intake.read(due_only=due_only))
        articles = [item for item in items if isinstance(item, Article)]
        if die:  # What a killed run leaves: neither book nor facts, but what it wrote to files.
            return articles, intake
        write_quarantine(self.con, [quarantine_row(item, run_id=run_id) for item in items if isinstance(item, Rejection)])
        if load:
            tables = combine([rows_of(article, Facts(), run_id=run_id, extractor_version="1") for article in articles])
            load_batch(self.con, write_batch(self.folder / run_id, tables))
        intake.write(self.con, loaded=load, refused=refused)
        finish_run(self.con, run_id, status="done" if load else "refused" if refused else "failed")
        return articles, intake

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.con.execute(sql).fetchall()


def tagged(site: Site, path: str, body: str, kind: str = "text/html; charset=utf-8") -> None:
    """Serve a body under a path with an ETag of its own."""
    tag = f'"{abs(hash(body))}"'

    def answer(handler) -> None:
        if handler.headers.get("If-None-Match") == tag:
            handler.send_response(304)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        else:
            handler.reply(body, kind, ETag=tag)

    site.extra[path] = answer


def failing(site: Site, path: str, status: int = 500) -> None:
    site.extra[path] = lambda handler: handler.reply("broken", status=status)
