"""What a run leaves of a source, for want of time or of an answer, the next one reads: also where the feed lists it no more by then."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from intake_runs import FAST, Reader, failing, tagged
from news_site import BODY, Site, page, rss

pytestmark = pytest.mark.integration

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20


PATIENT = replace(FAST, read_timeout=60.0, total_timeout=60.0)  # All that ends a request is the time of its source.


def serve_page(site: Site, path: str) -> None:
    site.extra[path] = lambda handler: handler.reply(page(f"Report {path}"))  # type: ignore[attr-defined]  # The site's own.


def hang(site: Site, path: str) -> None:
    site.extra[path] = lambda handler: site.stop.wait(60) and None


def listing(site: Site, *paths: str) -> None:
    tagged(site, "/news", rss(site.url, list(paths)), "application/rss+xml")


def titles(reader: Reader) -> list[object]:
    return [title for (title,) in reader.rows("SELECT title FROM documents ORDER BY title")]


@pytest.mark.parametrize("dropped", [False, True], ids=["still listed", "listed no more"])
def test_a_source_that_takes_too_long_is_cut_short_and_loses_nothing(dropped: bool, reader: Reader, site: Site) -> None:
    """An unchanged feed is answered with 304, and goes on all the same. Pages that are known do not take the time of those that are not."""
    paths = [f"/s{number}" for number in range(6)]
    for path in paths:
        serve_page(site, path)
    hang(site, "/s2")
    listing(site, *paths)
    reader.settings = replace(reader.settings, read=replace(PATIENT, source_timeout=2.0))
    first, intake = reader.run("/news")
    assert [article.title for article in first] == ["Report /s0", "Report /s1"]
    assert (list(intake.cut), intake.failed, intake.counts["sources_cut_short"]) == ([f"{site.url}/news"], {}, 1)
    assert not intake.silent
    [(failures, said, due)] = reader.rows("SELECT failures, last_error, next_due_at FROM ops.sources")
    assert (failures, due) == (0, None), "it is asked by the next run"
    assert "Cut short after 2 seconds" in str(said) and "4 pages were left" in str(said)
    assert reader.rows("SELECT location, reason FROM ops.quarantine WHERE rule = 'read.source_timeout'") == [(f"{site.url}/news", said)]
    assert reader.rows("SELECT count(*), count(entry) FROM ops.waiting") == [(4, 4)]

    serve_page(site, "/s2")
    for path in ("/s0", "/s1"):
        hang(site, path)
    if dropped:
        listing(site)
    _, intake = reader.run("/news")
    assert titles(reader) == [f"Report {path}" for path in paths]
    assert dropped or "2 pages were left" in intake.cut[f"{site.url}/news"]
    assert reader.rows("SELECT count(*) FROM ops.waiting") == [(0,)], "of pages that are known nothing is missing"

    for path in ("/s0", "/s1"):
        serve_page(site, path)
    reader.run("/news")
    assert reader.rows("SELECT last_error FROM ops.sources") == [(None,)]
    assert reader.rows("SELECT count(*) FROM ops.quarantine WHERE rule = 'read.source_timeout'") == [(0,)]
    assert reader.rows("SELECT count(*) FROM documents WHERE revision > 1") == [(0,)]


def test_a_page_that_trickles_ends_with_the_time_of_its_source(reader: Reader, site: Site) -> None:
    listing(site, "/trickle", "/s1")
    serve_page(site, "/s1")
    reader.settings = replace(reader.settings, read=replace(PATIENT, source_timeout=2.0))
    begin = time.monotonic()
    _, intake = reader.run("/news")
    assert time.monotonic() - begin < 30, "half of what one try may take"
    assert "2 pages were left" in intake.cut[f"{site.url}/news"]


def test_a_pause_of_an_hour_between_requests_holds_no_run(reader: Reader, site: Site) -> None:
    site.robots = "User-agent: *\nCrawl-delay: 3600\n"
    listing(site, "/s1", "/s2")
    for path in ("/s1", "/s2"):
        serve_page(site, path)
    reader.settings = replace(reader.settings, read=replace(FAST, source_timeout=5.0))
    begin = time.monotonic()
    _, intake = reader.run("/news")
    assert "wants a pause of 30.0 seconds between requests" in intake.cut[f"{site.url}/news"]
    assert time.monotonic() - begin < 15, "not even the first of these pauses was waited for, since there was no time for it"
    assert "/s1" not in site.asked, "nor was it skipped"


def test_a_single_page_without_time_has_failed(reader: Reader, site: Site) -> None:
    reader.settings = replace(reader.settings, read=replace(PATIENT, source_timeout=2.0))
    _, intake = reader.run("/trickle")
    assert "longer than its source had left" in intake.failed[f"{site.url}/trickle"]
    assert intake.silent


def test_time_that_others_need_is_not_counted(reader: Reader, site: Site) -> None:
    """Whoever takes the articles may be busy with each for long."""
    from dateline.ingest.intake import Intake

    listing(site, "/s1", "/s2")
    for path in ("/s1", "/s2"):
        serve_page(site, path)
    intake = Intake(reader.con, replace(reader.settings, read=replace(FAST, source_timeout=3.0)), [f"{site.url}/news"], run_id="r")
    reading = intake.read()
    next(reading)
    time.sleep(3.2)
    assert len(list(reading)) == 1
    assert intake.cut == {}


@pytest.mark.parametrize("comes", [False, True], ids=["stays so", "comes"])
def test_an_entry_whose_page_is_no_page_is_kept_though_its_feed_drops_it(comes: bool, reader: Reader, site: Site) -> None:
    listing(site, "/one", "/two")
    serve_page(site, "/one")
    site.extra["/two"] = lambda handler: handler.reply(PDF, "text/html")  # type: ignore[attr-defined]  # The site's own.
    reader.run("/news")
    assert titles(reader) == ["Report /one"], "a slip of the server, perhaps"
    listing(site, "/one")
    if comes:
        serve_page(site, "/two")
    reader.run("/news")
    rows = reader.rows("SELECT title, text, published_at IS NOT NULL, url FROM documents WHERE url LIKE '%/two'")
    if comes:
        assert [row[0] for row in rows] == ["Report /two"]
    else:
        assert rows == [("Villages change hands", BODY[1], True, f"{site.url}/two")]
    assert reader.rows("SELECT count(*) FROM ops.waiting") == [(0,)]


def test_a_page_that_did_not_answer_is_read_though_its_feed_drops_it(reader: Reader, site: Site) -> None:
    listing(site, "/one", "/two")
    serve_page(site, "/one")
    failing(site, "/two", 503)
    reader.run("/news")
    listing(site, "/one")
    reader.run("/news")
    assert titles(reader) == ["Report /one"]
    serve_page(site, "/two")
    reader.run("/news")
    assert titles(reader) == ["Report /one", "Report /two"]


def test_after_a_week_the_feeds_own_words_stand_in(reader: Reader, site: Site) -> None:
    listing(site, "/one", "/two")
    serve_page(site, "/one")
    failing(site, "/two", 503)
    reader.run("/news")
    listing(site, "/one")
    reader.con.execute("UPDATE ops.waiting SET since = since - INTERVAL 8 DAY")
    reader.run("/news")
    assert [text for (text,) in reader.rows("SELECT text FROM documents WHERE url LIKE '%/two'")] == [BODY[1]]
    assert reader.rows("SELECT count(*) FROM ops.waiting") == [(0,)]


def test_of_more_entries_than_may_wait_the_words_are_kept_at_once(reader: Reader, site: Site) -> None:
    reader.settings = replace(reader.settings, read=replace(FAST, max_links=2, retries=0))
    for number in range(2):
        paths = [f"/s{number}{letter}" for letter in "ab"]
        for path in paths:
            failing(site, path, 503)
        listing(site, *paths)
        reader.run("/news", due_only=False)
    assert reader.rows("SELECT count(*) FROM ops.waiting") == [(2,)]
    assert reader.rows("SELECT count(*), min(text) FROM documents") == [(2, BODY[1])], "the other two are not lost"


def test_what_a_killed_run_had_not_come_to_is_read_though_its_feed_drops_it(reader: Reader, site: Site) -> None:
    listing(site, "/one", "/two")
    serve_page(site, "/one")
    failing(site, "/two", 503)
    reader.run("/news", die=True)
    listing(site, "/three")
    serve_page(site, "/two")
    serve_page(site, "/three")
    reader.run("/news")
    assert titles(reader) == ["Report /one", "Report /three", "Report /two"]


def test_what_a_killed_run_was_given_of_an_unchanged_feed_is_read_though_it_is_edited_away(reader: Reader, site: Site) -> None:
    """The feed was answered with 304: which pages it lists is known from earlier."""
    listing(site, "/one")
    for houses in (9, 14, 21):
        tagged(site, "/one", page(extra=f"<p>The mayor said that {houses} houses had burnt down.</p>"))
        reader.run("/news", die=houses == 14)
    assert reader.rows("SELECT regexp_extract(text, '([0-9]+) houses', 1) FROM documents ORDER BY revision") == [("9",), ("14",), ("21",)]


def waiting_page_is_killed(reader: Reader, site: Site) -> None:
    tagged(site, "/two", page(extra="<p>The mayor said that 14 houses had burnt down.</p>"))
    reader.run("/news", die=True, due_only=False)
    tagged(site, "/two", page(extra="<p>The mayor said that 21 houses had burnt down.</p>"))


def waiting_page_is_refused(reader: Reader, site: Site) -> None:
    tagged(site, "/two", page(extra="<p>The mayor said that 14 houses had burnt down.</p>"))
    reader.run("/news", load=False, refused=True, due_only=False)
    tagged(site, "/two", page(extra="<p>The mayor said that 21 houses had burnt down.</p>"))


@pytest.mark.parametrize(("ends", "texts"), [(waiting_page_is_killed, ["14", "21"]), (waiting_page_is_refused, ["21"])], ids=["killed", "refused"])
def test_what_waits_does_so_until_a_run_has_loaded_it(ends: Callable[[Reader, Site], None], texts: list[str], reader: Reader, site: Site) -> None:
    listing(site, "/two")
    failing(site, "/two", 503)
    reader.run("/news")
    listing(site)
    ends(reader, site)
    reader.run("/news", due_only=False)
    assert [text for (text,) in reader.rows("SELECT regexp_extract(text, '([0-9]+) houses', 1) FROM documents ORDER BY revision")] == texts
