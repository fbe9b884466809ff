"""Whole runs over a site that goes away, hangs, trickles or lies in the middle: the next run ends with the rows of a run that met no fault.

A page that answers with something else than a page may be so for ever: if it is the next time too, the feed's own words stand in for it.

In each case the second of the three pages that the feed names goes wrong in the first run; where the server goes away, the third cannot be asked for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import duckdb
import pytest
from faked_time import clock
from news_site import BODY, Site, page, rss, serve, trickle
from warehouse_contents import Rows
from warehouse_contents import published as all_published

DRIVER = Path(__file__).with_name("killed_run.py")
PAGES = ("/one", "/two", "/three")

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def furnish(site: Site) -> None:
    """Let the site have a feed of three pages, all well."""
    site.extra["/news"] = lambda handler: handler.reply(rss(site.url, list(PAGES)), "application/rss+xml")  # type: ignore[attr-defined]  # The site's own.
    for number, name in enumerate(PAGES):
        body = page(f"Report {name}", extra=f"<p>The mayor later said that {14 + number} more houses had burnt down in the night.</p>")
        site.extra[name] = lambda handler, body=body: handler.reply(body)  # type: ignore[misc,attr-defined]  # As above.


def goes_away(handler: BaseHTTPRequestHandler) -> None:
    handler.server.shutdown()
    handler.server.server_close()
    handler.close_connection = True


def says_less_than_announced(handler: BaseHTTPRequestHandler) -> None:
    """A whole page by its looks: only the length tells that the end is missing."""
    handler.reply(page("Report /two"), Content_Length="100000")  # type: ignore[attr-defined]  # The site's own.
    handler.close_connection = True


def is_another_type(handler: BaseHTTPRequestHandler) -> None:
    handler.reply(b"%PDF-1.7\n" + bytes(range(256)) * 20, "text/html")  # type: ignore[attr-defined]  # As above.


FAULTS: dict[str, Callable[[Site], Callable[[BaseHTTPRequestHandler], None]]] = {
    "goes away": lambda site: goes_away,
    "hangs": lambda site: lambda handler: (site.stop.wait(20), None)[1],
    "trickles": lambda site: lambda handler: trickle(handler, site, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"),
    "lies about its length": lambda site: says_less_than_announced,
    "lies about its type": lambda site: is_another_type,
}


def published(warehouse: Path) -> Rows:
    """Return the facts of a warehouse, also without the version of the extractors, which changes when somebody edits them while this runs."""
    return all_published(warehouse, refusals=False, without={"extractor_version"})


class Runs:
    """Runs over the feed of one address; the site may be another one each time."""

    def __init__(self) -> None:
        with serve() as site:
            self.port = int(site.url.rsplit(":", 1)[1])
        command = [sys.executable, str(DRIVER), f"http://127.0.0.1:{self.port}/news"]
        self.driver = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, warehouse: Path, fault: str | None = None) -> int:
        assert self.driver.stdin is not None and self.driver.stdout is not None
        with serve(self.port) as site:
            furnish(site)
            if fault is not None:
                site.extra["/two"] = FAULTS[fault](site)
            print(f"never\t{warehouse}", file=self.driver.stdin, flush=True)
            status = int(self.driver.stdout.readline())
            assert site.asked["/two"], "the run came to the fault"
        return status


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    made = Runs()
    with made.driver:
        yield made
        assert made.driver.stdin is not None
        made.driver.stdin.close()


@pytest.fixture(scope="module")
def undisturbed(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    warehouse = tmp_path_factory.mktemp("undisturbed")
    assert runs.run(warehouse) == 0
    return published(warehouse)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_next_run_makes_good_what_a_server_did(fault: str, runs: Runs, undisturbed: Rows, tmp_path: Path) -> None:
    assert len(undisturbed["documents"]) == 3
    assert runs.run(tmp_path, fault) == 0, "a fault of one page is no fault of the run"
    first = published(tmp_path)
    assert 1 <= len(first["documents"]) < 3, "nothing stands in for what did not come whole"
    with duckdb.connect(str(tmp_path / "dateline.duckdb"), read_only=True) as con:
        refused = con.execute("SELECT count(*) FROM ops.quarantine WHERE stage = 'read' AND ends_with(location, '/two')").fetchall()
    assert refused == [(1,)], "and the refusal says why"
    assert runs.run(tmp_path) == 0
    assert published(tmp_path) == undisturbed


def test_the_feeds_words_stand_in_for_what_is_no_page_until_it_is_one(runs: Runs, undisturbed: Rows, tmp_path: Path) -> None:
    def texts(where: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(tmp_path / "dateline.duckdb"), read_only=True) as con:
            return con.execute(f"SELECT url, text FROM documents WHERE {where} ORDER BY 1").fetchall()

    assert runs.run(tmp_path, "lies about its type") == 0
    assert len(texts("true")) == 2, "a slip of the server, perhaps"
    assert runs.run(tmp_path, "lies about its type") == 0
    assert [text for url, text in texts("true") if str(url).endswith("/two")] == [BODY[1]]
    assert runs.run(tmp_path) == 0
    with duckdb.connect(str(tmp_path / "dateline.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM documents").fetchall() == [(4,)], "the feed's words stay as the first revision"
        assert con.execute("SELECT count(*) FROM ops.quarantine WHERE rule = 'read.no_page'").fetchall() == [(0,)]
    assert all(any(text in row for row in undisturbed["documents"]) for _, text in texts("is_current"))


def test_a_source_that_has_gone_quiet_is_named_by_the_doctor_until_it_answers_again(runs: Runs, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{runs.port}/news"
    config = tmp_path / "dateline.toml"
    config.write_text(f'warehouse = "warehouse"\nsources = ["{address}"]\n', encoding="utf-8")

    def said(shift: str | None = None) -> dict[str, dict[str, str]]:
        command = [Path(sys.executable).parent / "dateline", "doctor", "--config", config, "--json"]
        env = {**os.environ, **(clock(shift) if shift else {})}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=200, check=False)
        assert done.returncode == 0, done.stderr  # It stops no run.
        return {found["what"]: found for found in json.loads(done.stdout)}

    assert runs.run(tmp_path / "warehouse") == 0
    assert said()["sources"]["level"] == "ok"
    later = said("+2d")
    assert later["sources"]["level"] == "warning" and f"{address} (0 failures in a row, last answered" in later["sources"]["found"]
    assert "schedule" in later["last run"]["remedy"]
    print(f"never\t{tmp_path / 'warehouse'}", file=runs.driver.stdin, flush=True)  # Nobody is there to answer.
    assert runs.driver.stdout is not None and int(runs.driver.stdout.readline()) == 1
    failed = said("+2d")
    assert failed["last run"]["level"] == "warning" and failed["last run"]["found"].startswith("failed"), "though it has published nothing"
    assert "1 failures in a row" in failed["sources"]["found"]
    assert runs.run(tmp_path / "warehouse") == 0
    assert said()["sources"]["level"] == "ok", "it came back by itself"
