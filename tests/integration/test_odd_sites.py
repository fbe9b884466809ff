"""Sites as they are: canonical links that lie, feeds without pages, packed sitemaps, servers that ask for a pause. Nothing may be swallowed."""

from __future__ import annotations

import gzip
import itertools
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from intake_runs import FAST, Reader, failing, tagged
from news_site import BODY, Site, page
from news_site import rss as rss_of

from dateline.config import Settings, load_settings
from dateline.errors import UsageError
from dateline.ingest.intake import Intake
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.model import Rejection
from dateline.read.sources import read_inputs
from dateline.warehouse.raw import RawStore

pytestmark = pytest.mark.integration

URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def report(number: int, head: str = "") -> str:
    return page(f"Report {number}", head=head, extra=f"<p>Another {number + 20} houses had burnt down, the mayor said.</p>")


def feed(site: Site, path: str, items: str) -> None:
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample Desk</title><link>{site.url}/</link>'
    site.extra[path] = lambda handler: handler.reply(f"{head}{items}</channel></rss>", "application/rss+xml")


def test_a_canonical_link_to_the_front_page_swallows_nothing(reader: Reader, site: Site) -> None:
    for number in range(3):
        tagged(site, f"/s{number}", report(number, f'<link rel="canonical" href="{site.url}/">'))
    tagged(site, "/news", rss_of(site.url, ["/s0", "/s1", "/s2"]), "application/rss+xml")
    reader.run("/news")
    assert reader.rows("SELECT url, revision FROM documents ORDER BY url") == [(f"{site.url}/s{number}", 1) for number in range(3)]


def test_entries_that_share_an_address_without_an_article_are_kept_one_by_one(reader: Reader, site: Site) -> None:
    for address in ("/", "/live"):
        failing(site, address, 404)
        feed(
            site,
            "/news",
            "".join(
                f"<item><title>Entry {n}</title><link>{site.url}{address}</link><guid isPermaLink='false'>{address}{n}</guid>"
                f"<description>{BODY[n]}</description></item>"
                for n in range(3)
            ),
        )
        reader.run("/news")
        reader.run("/news")
    assert reader.rows("SELECT title, revision, count(*) FROM documents GROUP BY ALL ORDER BY 1") == [(f"Entry {n}", 1, 2) for n in range(3)]


def test_entries_that_share_the_address_of_an_article_are_that_article(reader: Reader, site: Site) -> None:
    tagged(site, "/one", report(1))
    item = f"<link>{site.url}/one</link><description>{BODY[1]}</description></item>"
    feed(site, "/news", f"<item><title>Report 1</title><guid>a</guid>{item}<item><title>UPDATE Report 1</title><guid>b</guid>{item}")
    reader.run("/news")
    assert reader.rows("SELECT url, title, revision FROM documents") == [(f"{site.url}/one", "Report 1", 1)]


def test_a_packed_sitemap_is_unpacked_and_read_again_when_it_has_not_changed(reader: Reader, site: Site) -> None:
    for number in range(2):
        tagged(site, f"/s{number}", report(number))
    urls = "".join(f"<url><loc>{site.url}/s{number}</loc></url>" for number in range(2))
    packed = gzip.compress(f"{URLSET}{urls}</urlset>".encode(), mtime=0)

    def answer(handler) -> None:
        if handler.headers.get("If-None-Match") == '"1"':
            handler.reply(b"", "application/gzip", 304)
        else:
            handler.reply(packed, "application/gzip", ETag='"1"')

    site.extra["/sitemap.xml.gz"] = answer
    tagged(site, "/index.xml", f"<sitemapindex><sitemap><loc>{site.url}/sitemap.xml.gz</loc></sitemap></sitemapindex>", "application/xml")
    assert sorted(article.title or "" for article in reader.run("/index.xml")[0]) == ["Report 0", "Report 1"]
    tagged(site, "/s1", report(7))
    assert [article.title for article in reader.run("/index.xml")[0]] == ["Report 7"]


def test_a_packed_sitemap_that_swells_is_refused(reader: Reader, site: Site) -> None:
    site.extra["/sitemap.xml.gz"] = lambda handler: handler.reply(gzip.compress(b" " * 50_000_000), "application/gzip")
    reader.run("/sitemap.xml.gz")
    [(reason,)] = reader.rows("SELECT reason FROM ops.quarantine")
    assert "larger than" in str(reason)


def test_why_a_page_that_answered_was_not_read_stays_in_the_warehouse(reader: Reader, site: Site) -> None:
    """A page without an article has answered, so its refusal is none of those that a later answer lifts."""
    tagged(site, "/one", "<html><body><p></p></body></html>")
    for _ in range(2):
        reader.run("/one", due_only=False)
        assert reader.rows("SELECT rule, location FROM ops.quarantine") == [("read.fetch", f"{site.url}/one")]
    tagged(site, "/one", report(1))
    reader.run("/one", due_only=False)
    assert reader.rows("SELECT rule, location FROM ops.quarantine") == []


def test_an_archive_behind_an_address_is_refused_with_what_to_do(reader: Reader, site: Site) -> None:
    site.extra["/news.warc.gz"] = lambda handler: handler.reply(gzip.compress(b"WARC/1.0\r\n\r\n"), "application/gzip")
    reader.run("/news.warc.gz")
    [(reason,)] = reader.rows("SELECT reason FROM ops.quarantine")
    assert "Download it" in str(reason)


@pytest.mark.parametrize("where", ["/news", "/one"])
def test_a_server_that_asks_for_hours_is_left_alone_for_them(where: str, reader: Reader, site: Site) -> None:
    tagged(site, "/news", rss_of(site.url, ["/one", "/two"]), "application/rss+xml")
    for address in ("/one", "/two"):
        tagged(site, address, page(address))
    site.extra[where] = lambda handler: handler.reply("busy", status=429, Retry_After="7200")
    reader.run("/news")
    assert site.asked[where] == 1, "asking again at once is what it did not want"
    assert site.asked.get("/two", 0) == 0, "nor another page of that host"
    [(due, tried)] = reader.rows("SELECT next_due_at, last_attempt_at FROM ops.sources")
    assert timedelta(seconds=7100) < due - tried < timedelta(seconds=7300)  # type: ignore[operator]  # Both are times.
    asked = dict(site.asked)
    assert reader.run("/news")[1].counts["sources_resting"] == 1
    assert site.asked == asked


def test_a_source_none_of_whose_pages_answers_has_failed(reader: Reader, site: Site) -> None:
    for address in ("/one", "/two"):
        failing(site, address, 503)
    tagged(site, "/news", rss_of(site.url, ["/one", "/two"]), "application/rss+xml")
    _, intake = reader.run("/news")
    assert "2 pages" in intake.failed[f"{site.url}/news"]
    tagged(site, "/two", page())
    assert reader.run("/news", due_only=False)[1].failed == {}, "one that answers is enough"


def test_of_a_feed_that_is_too_long_the_newest_are_read(reader: Reader, site: Site) -> None:
    reader.settings = replace(reader.settings, read=replace(FAST, max_links=2))
    dates = ["01", "03", "05", "04", "02"]
    feed(
        site,
        "/news",
        "".join(
            f"<item><title>Report</title><link>{site.url}/article{day}</link><guid>{day}</guid><pubDate>{day} Aug 2024 10:00:00 GMT</pubDate></item>"
            for day in dates
        ),
    )
    articles, _ = reader.run("/news")
    assert [article.url for article in articles] == [f"{site.url}/article05", f"{site.url}/article04"]


def test_a_name_and_password_in_an_address_are_written_down_nowhere(reader: Reader, site: Site, tmp_path: Path) -> None:
    address = site.url.replace("http://", "http://bob:geheim@") + "/one"
    [refused] = read_inputs([address], settings=FAST)
    assert isinstance(refused, Rejection) and "geheim" not in str(refused)
    intake = Intake(reader.con, reader.settings, [address], run_id="r")
    list(intake.read())
    intake.write(reader.con, loaded=True)
    assert "geheim" not in str(reader.rows("SELECT * FROM ops.sources")) + str(intake.failed)
    assert not site.asked
    with pytest.raises(UsageError) as said:
        load_settings(sources=(address,))
    assert "geheim" not in str(said.value) and "***@127.0.0.1" in str(said.value)
    assert load_settings(sources=("https://news.example/@desk/feed", "https://news.example?by=a@b", "a@b.txt")).sources, (
        "an @ elsewhere is no password"
    )


def test_a_page_of_which_only_the_frame_changes_is_kept_once(reader: Reader, site: Site) -> None:
    """A token in the markup makes new bytes at every request; with those kept, a year would fill any disk."""
    numbers = itertools.count()
    site.extra["/one"] = lambda handler: handler.reply(page(head=f'<meta name="csrf-token" content="{next(numbers)}">'))
    feed(site, "/news", f"<item><title>Report</title><link>{site.url}/one</link><guid>1</guid></item>")
    for _ in range(4):
        reader.run("/news")
    assert reader.rows("SELECT count(*) FROM ops.fetches WHERE address LIKE '%/one'") == [(1,)]
    assert len(list(reader.settings.raw.rglob("*.gz"))) == 2, "the feed and the page"
    reader.settings = replace(reader.settings, read=replace(FAST, revisit=0.1))
    reader.con.execute("UPDATE ops.fetches SET fetched_at = fetched_at - INTERVAL 10 DAY")
    assert reader.run("/news")[1].counts["pages_resting"] == 1, "it has stayed the same for ten days"


def test_damaged_bytes_of_a_page_give_way_to_those_of_another_frame(reader: Reader, site: Site) -> None:
    numbers = itertools.count()
    site.extra["/one"] = lambda handler: handler.reply(page(head=f'<meta name="csrf-token" content="{next(numbers)}">'))
    reader.run("/one")
    [file] = reader.settings.raw.rglob("*.gz")
    os.truncate(file, 40)
    reader.run("/one")
    [(path,)] = reader.rows("SELECT raw_path FROM ops.fetches")
    assert reader.rows("SELECT count(*) FROM documents") == [(1,)]
    assert RawStore(reader.settings.raw).get(str(path)) == page(head='<meta name="csrf-token" content="1">').encode()
    assert RawStore(reader.settings.raw).paths() == [path], "nobody needs the damaged file any more"


TOPICS = (
    "The river rose by two metres overnight and the lower market stood under water, firefighters in the port said on Tuesday.",
    "Parliament passed a budget with higher spending on schools after a debate of nine hours, its speaker announced.",
    "An engine failed shortly after take-off, so the crew turned back and landed safely with 143 passengers on board.",
)


@pytest.fixture
def whole_run(tmp_path: Path, site: Site) -> Callable[[], list[tuple[object, ...]]]:
    """Read the site's feed as a run does and return what the warehouse holds then."""

    def carry_out() -> list[tuple[object, ...]]:
        settings = Settings(warehouse=tmp_path / "warehouse", read=FAST)
        with Run(settings, inputs=[f"{site.url}/news"]) as run:
            take_plainly(run, run.batches(run.read()))
        with duckdb.connect(str(settings.published), read_only=True) as con:
            return con.execute("SELECT url, revision, title FROM documents ORDER BY title, revision").fetchall()

    return carry_out


def named_alike(site: Site, number: int, *, title: str | None = None, address: str | None = None) -> None:
    """Serve an article whose template calls every page by one address."""
    text = TOPICS[number] + (" More was not known by the evening." if title else "")
    head = (
        f'<!DOCTYPE html><html lang="en"><head><title>{title or f"Topic {number}"}</title><link rel="canonical" href="{site.url}/world/all"></head>'
    )
    tagged(site, address or f"/s{number}", f"{head}<body><article><h1>{title or f'Topic {number}'}</h1><p>{text}</p></article></body></html>")


def test_a_canonical_link_that_all_pages_share_swallows_nothing(site: Site, whole_run: Callable[[], list[tuple[object, ...]]]) -> None:
    """In one run, and in the next ones, when the address is known already."""
    for number in range(3):
        named_alike(site, number)
    tagged(site, "/news", rss_of(site.url, ["/s0", "/s1"]), "application/rss+xml")
    whole_run()
    tagged(site, "/news", rss_of(site.url, ["/s2", "/s0", "/s1"]), "application/rss+xml")
    expected = [(f"{site.url}/world/all", 1, "Topic 0"), (f"{site.url}/s1", 1, "Topic 1"), (f"{site.url}/s2", 1, "Topic 2")]
    assert whole_run() == expected
    assert whole_run() == expected
    named_alike(site, 1, title="Topic 1, edited")
    assert whole_run()[2] == (f"{site.url}/s1", 2, "Topic 1, edited"), "an edited one stays what it is"


def test_a_page_under_two_addresses_is_one_article_though_its_title_differs(site: Site, whole_run: Callable[[], list[tuple[object, ...]]]) -> None:
    named_alike(site, 0)
    tagged(site, "/news", rss_of(site.url, ["/s0"]), "application/rss+xml")
    whole_run()
    named_alike(site, 0, title="Topic 0, short", address="/amp/s0")
    tagged(site, "/news", rss_of(site.url, ["/amp/s0"]), "application/rss+xml")
    assert [(url, revision) for url, revision, _ in whole_run()] == [(f"{site.url}/world/all", 1), (f"{site.url}/world/all", 2)]
