"""The book of sources: conditions, revisits, failures and what comes of them, run after run against a real server on this machine.

Extraction is left out by running the readers and the loader alone, so that a run costs milliseconds; whole runs are in test_killed_runs.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from intake_runs import FAST, Reader, failing, tagged
from news_site import BODY, Site, page, rss

from dateline.ingest.intake import Intake
from dateline.ingest.journal import _TRIES
from dateline.ingest.past import pause
from dateline.ingest.reread import reread
from dateline.model import Article, Rejection
from dateline.read.settings import ReadSettings
from dateline.warehouse.raw import RawStore

pytestmark = pytest.mark.integration


def test_nothing_new_is_asked_for_with_conditions_and_yields_nothing(reader: Reader, site: Site) -> None:
    tagged(site, "/news", rss(site.url, ["/one", "/two"]), "application/rss+xml")
    for name in ("/one", "/two"):
        tagged(site, name, page(f"Report {name}"))
    first, _ = reader.run("/news")
    again, intake = reader.run("/news")
    assert (len(first), len(again)) == (2, 0)
    assert intake.counts["pages_unchanged"] == 3
    assert not intake.silent
    assert reader.rows("SELECT kind, failures, etag IS NOT NULL FROM ops.sources") == [("feed", 0, True)]
    assert reader.rows("SELECT count(*), count(document_id), count(DISTINCT source_id), min(status) FROM ops.fetches") == [(3, 2, 1, 200)]


def test_everything_fetched_is_kept_as_it_came(reader: Reader, site: Site) -> None:
    reader.run("/article", "/latin", "/gzip")
    kept = dict(reader.rows("SELECT address, raw_path FROM ops.fetches"))
    assert len(kept) == 3
    assert RawStore(reader.settings.raw).get(kept[site.url + "/article"]) == page().encode()
    assert "café".encode("latin-1") in (RawStore(reader.settings.raw).get(kept[site.url + "/latin"]) or b"")


def test_an_edited_page_is_a_revision_though_its_feed_says_not_modified(reader: Reader, site: Site) -> None:
    tagged(site, "/news", rss(site.url, ["/one"]), "application/rss+xml")
    tagged(site, "/one", page())
    reader.run("/news")
    tagged(site, "/one", page(extra="<p>The mayor later said that 14 more houses had burnt down in the night.</p>"))
    [article], _ = reader.run("/news")
    assert "14 more houses" in article.text
    assert reader.rows("SELECT count(*), max(revision), count(*) FILTER (is_current) FROM documents") == [(2, 2, 1)]
    assert reader.rows("SELECT count(*), count(DISTINCT document_id) FROM ops.fetches WHERE address LIKE '%/one'") == [(2, 1)]


def test_a_page_that_did_not_answer_is_read_by_the_next_run(reader: Reader, site: Site) -> None:
    tagged(site, "/news", rss(site.url, ["/one", "/two"]), "application/rss+xml")
    tagged(site, "/one", page("One"))
    failing(site, "/two", 503)
    first, _ = reader.run("/news")
    assert [article.title for article in first] == ["One"], "the feed's own words must not become the first revision of a page that comes back"
    assert reader.rows("SELECT count(*) FROM ops.quarantine WHERE rule = 'read.fetch'") == [(1,)]
    tagged(site, "/two", page("Two"))
    second, _ = reader.run("/news")
    assert [article.title for article in second] == ["Two"]
    assert reader.rows("SELECT count(*) FROM documents WHERE revision = 1") == [(2,)]
    assert reader.rows("SELECT count(*) FROM ops.quarantine WHERE rule = 'read.fetch'") == [(0,)], "it was fetched after all"


@pytest.mark.parametrize("refused", [False, True])
def test_a_run_that_loaded_nothing_leaves_no_conditions(refused: bool, reader: Reader, site: Site) -> None:
    """After a failed run the journal would still bring the article, after a refused one only the server can."""
    tagged(site, "/one", page())
    lost, _ = reader.run("/one", load=False, refused=refused)
    again, _ = reader.run("/one")
    assert (len(lost), len(again)) == (1, 1), "the server would have said that nothing is new"


def test_what_a_killed_run_was_given_is_read_by_the_next_though_it_is_edited_away(reader: Reader, site: Site) -> None:
    tagged(site, "/news", rss(site.url, ["/one", "/two"]), "application/rss+xml")
    tagged(site, "/one", page(extra="<p>The mayor first said that 9 houses had burnt down.</p>", published=None))
    tagged(site, "/two", page("Two"))
    reader.run("/news", die=True)
    tagged(site, "/one", page(extra="<p>The mayor later said that 14 houses had burnt down.</p>", published=None))
    articles, _ = reader.run("/news")
    assert len(articles) == 3, "the unchanged page once"
    rows = reader.rows(
        "SELECT revision, is_current, contains(text, '9 houses'), published_at IS NOT NULL FROM documents WHERE url LIKE '%/one' ORDER BY 1"
    )
    assert rows == [(1, False, True, True), (2, True, False, True)], "in order, and with what the feed said of it"
    assert reader.run("/news")[0] == []


def test_what_the_quality_gate_refused_is_not_brought_back(reader: Reader, site: Site) -> None:
    tagged(site, "/one", page("Bad"))
    reader.run("/one", load=False, refused=True)
    tagged(site, "/one", page("Good", extra="<p>The mayor later said that 14 houses had burnt down.</p>"))
    assert [article.title for article in reader.run("/one")[0]] == ["Good"]


def test_what_two_killed_runs_were_given_is_read_though_it_was_edited_between_them(reader: Reader, site: Site) -> None:
    for houses in (9, 14, 21):
        tagged(site, "/one", page(extra=f"<p>The mayor said that {houses} houses had burnt down.</p>", published=None))
        reader.run("/one", die=houses != 21)
    rows = reader.rows("SELECT is_current, regexp_extract(text, '([0-9]+) houses', 1) FROM documents ORDER BY revision")
    assert rows == [(False, "9"), (False, "14"), (True, "21")]
    assert not list(reader.settings.raw.glob("journal*"))


def test_a_journal_that_kills_its_readers_is_given_up_and_a_cut_one_is_read_as_far_as_it_goes(reader: Reader, site: Site) -> None:
    tagged(site, "/one", page())
    reader.run("/one", die=True)
    journal = reader.settings.raw / "journal.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8") + '{"asked": "cut in the mid', encoding="utf-8")
    for run in range(_TRIES + 2):
        reading = Intake(reader.con, reader.settings, [], run_id=f"again {run}").read()
        assert (next(reading, None) is not None) == (run < _TRIES)


def test_a_failing_source_rests_longer_each_time_and_comes_back_by_itself(reader: Reader, site: Site) -> None:
    failing(site, "/news")
    tagged(site, "/one", page())
    _, intake = reader.run("/news", "/one")
    assert list(intake.failed) == [site.url + "/news"]
    assert not intake.silent, "the other source answered"
    [(failures, error, due, tried)] = reader.rows("SELECT failures, last_error, next_due_at, last_attempt_at FROM ops.sources WHERE failures > 0")
    assert (failures, "500" in str(error)) == (1, True)
    assert timedelta(seconds=200) < due - tried < timedelta(seconds=400)  # type: ignore[operator]  # Both are times.

    asked = site.asked["/news"]
    _, intake = reader.run("/news", "/one")
    assert site.asked["/news"] == asked, "it rests"
    assert (intake.counts["sources_resting"], intake.counts["sources_failed"]) == (1, 0)

    reader.con.execute("UPDATE ops.sources SET next_due_at = last_attempt_at")
    reader.run("/news")
    assert reader.rows("SELECT failures FROM ops.sources WHERE address LIKE '%/news'") == [(2,)]

    tagged(site, "/news", rss(site.url, ["/one"]), "application/rss+xml")
    reader.con.execute("UPDATE ops.sources SET next_due_at = last_attempt_at")
    reader.run("/news")
    assert reader.rows("SELECT failures, last_error, next_due_at FROM ops.sources WHERE address LIKE '%/news'") == [(0, None, None)]


def test_a_source_that_is_named_is_asked_though_it_rests(reader: Reader, site: Site) -> None:
    failing(site, "/one")
    reader.run("/one")
    tagged(site, "/one", page())
    articles, _ = reader.run("/one", due_only=False)
    assert len(articles) == 1


def test_a_time_from_a_clock_that_was_ahead_does_not_silence_a_source_for_years(reader: Reader, site: Site) -> None:
    tagged(site, "/one", page())
    reader.run("/one")
    reader.con.execute("UPDATE ops.sources SET next_due_at = '2999-01-01'")
    reader.con.execute("UPDATE ops.fetches SET checked_at = '2999-01-01'")
    tagged(site, "/one", page(extra="<p>The mayor later said that 14 more houses had burnt down.</p>"))
    articles, intake = reader.run("/one")
    assert (len(articles), intake.counts["sources_resting"]) == (1, 0)
    assert reader.rows("SELECT max(checked_at) < '2999-01-01' FROM ops.fetches") == [(True,)]


def test_a_run_is_silent_when_no_source_answers_or_all_rest(reader: Reader, site: Site) -> None:
    failing(site, "/one")
    assert reader.run("/one")[1].silent
    assert reader.run("/one")[1].silent
    assert reader.run(f"{reader.folder}/missing.txt")[1].silent


@pytest.mark.parametrize("damage", ["removed", "damaged"])
def test_a_feed_whose_kept_bytes_are_gone_is_fetched_whole(reader: Reader, site: Site, damage: str) -> None:
    tagged(site, "/news", rss(site.url, ["/one"]), "application/rss+xml")
    tagged(site, "/one", page())
    reader.run("/news")
    for file in reader.settings.raw.rglob("*.gz"):
        file.unlink() if damage == "removed" else file.write_bytes(b"damaged")
    tagged(site, "/one", page(extra="<p>The mayor later said that 14 more houses had burnt down.</p>"))
    articles, _ = reader.run("/news")
    assert len(articles) == 1


def test_a_page_that_has_long_stayed_the_same_is_asked_for_less_often(reader: Reader, site: Site) -> None:
    reader.settings = replace(reader.settings, read=replace(FAST, revisit=0.1))
    tagged(site, "/news", rss(site.url, ["/one"]), "application/rss+xml")
    tagged(site, "/one", page())
    reader.run("/news")
    reader.con.execute("UPDATE ops.fetches SET fetched_at = fetched_at - INTERVAL 10 DAY")
    _, intake = reader.run("/news")
    assert (intake.counts["pages_resting"], site.asked["/one"]) == (1, 1)
    reader.con.execute("UPDATE ops.fetches SET fetched_at = fetched_at - INTERVAL 2 DAY, checked_at = checked_at - INTERVAL 2 DAY")
    reader.run("/news")
    assert site.asked["/one"] == 2


def test_folders_and_files_have_a_row_too(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("The ministry said that 14 houses were damaged in Sumy on Monday.", encoding="utf-8")
    reader.run(str(tmp_path / "articles"), str(tmp_path / "gone.txt"))
    rows = reader.rows("SELECT kind, failures, next_due_at IS NULL FROM ops.sources ORDER BY kind")
    assert rows == [("file", 1, False), ("folder", 0, True)]


def test_pauses_double_with_jitter_up_to_a_bound() -> None:
    settings = ReadSettings(source_backoff=100.0, source_max_backoff=1000.0)
    spans = [[pause(failures, settings).total_seconds() for _ in range(50)] for failures in (1, 2, 3, 400)]
    for span, middle in zip(spans, (100, 200, 400, 1000), strict=True):
        assert 0.75 * middle <= min(span) < max(span) <= 1.25 * middle


def test_pages_are_read_again_from_what_was_kept_with_what_the_feed_said_of_them(reader: Reader, site: Site) -> None:
    tagged(site, "/news", rss(site.url, ["/one", "/words"]), "application/rss+xml")
    tagged(site, "/one", page(published=None).replace('<meta property="og:site_name" content="Sample Desk">', ""))
    tagged(site, "/words", BODY[0], "text/plain; charset=utf-8")
    first, _ = reader.run("/news")
    asked = dict(site.asked)
    again = list(reread(reader.con, RawStore(reader.settings.raw), FAST))
    assert [replace(a, fetched_at=None) for a in first] == [replace(a, fetched_at=None) for a in again if isinstance(a, Article)]
    assert first[0].published_at is not None, "the page itself names no date"
    assert site.asked == asked, "nothing was fetched"


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: os.truncate(file, 40), lambda file: file.write_bytes(b"")])
def test_kept_bytes_that_are_gone_or_damaged_are_a_row_and_the_others_are_read(reader: Reader, site: Site, damage: Callable[[Path], object]) -> None:
    reader.run("/article", "/latin")
    paths = dict(reader.rows("SELECT address, raw_path FROM ops.fetches"))
    damage(reader.settings.raw / str(paths[site.url + "/article"]))
    row, article = sorted(reread(reader.con, RawStore(reader.settings.raw), FAST), key=lambda one: isinstance(one, Article))
    assert isinstance(row, Rejection) and row.rule == "read.raw_gone"
    assert str(paths[site.url + "/article"]) in row.reason, "the file that `dateline doctor` names"
    assert isinstance(article, Article) and article.source == site.url + "/latin"


def test_times_are_utc(reader: Reader, site: Site) -> None:
    reader.run("/article")
    [(fetched,)] = reader.rows("SELECT fetched_at FROM ops.fetches")
    assert isinstance(fetched, datetime) and abs(reader.rows("SELECT (now() AT TIME ZONE 'UTC')::TIMESTAMP")[0][0] - fetched) < timedelta(minutes=1)  # type: ignore[operator]
