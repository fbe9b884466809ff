"""Reading from real servers on this machine: pages, feeds, sitemaps, and servers that lie, hang, trickle and swell."""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.fetch import Web
from dateline.read.fetched import Fetched
from dateline.read.guard import AddressError, GuardedBackend
from dateline.read.settings import ReadSettings
from dateline.read.sources import read_inputs

sys.path.insert(0, str(Path(__file__).parent))  # The site is a module of this folder, and tests are no package.
from news_site import BODY, Site, page, rss, serve

pytestmark = pytest.mark.integration

FAST = ReadSettings(
    allow_private=True,
    per_host_delay=0.0,
    backoff=0.01,
    max_backoff=0.05,
    connect_timeout=2.0,
    read_timeout=1.0,
    total_timeout=2.0,
    retries=2,
    now=datetime(2026, 1, 1, tzinfo=UTC),
)
TEXT = "\n\n".join((BODY[0].split(" - ", 1)[1], *BODY[1:]))


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


def read(site: Site, *paths: str, settings: ReadSettings = FAST) -> tuple[list[Article], list[Rejection]]:
    items = list(read_inputs([site.url + path for path in paths], settings=settings))
    return [item for item in items if isinstance(item, Article)], [item for item in items if isinstance(item, Rejection)]


def test_a_page_becomes_an_article_with_all_that_it_says_of_itself(site: Site) -> None:
    [article], refused = read(site, "/article")
    assert not refused
    assert article.text == TEXT
    assert (article.title, article.publisher, article.language) == ("Villages change hands", "Sample Desk", "en")
    assert article.published_at is not None
    assert (article.published_at.isoformat(), article.published_precision) == ("2024-08-12T19:40:00+03:00", "second")
    assert (article.dateline_place, article.byline) == ("KYIV", "Sample Desk")
    assert article.url == f"{site.url}/article"
    assert article.fetched_at is not None
    assert site.headers["/article"]["User-Agent"].startswith("dateline/")


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/redirect", "/plain"])
def test_ways_of_sending_the_same_article(site: Site, path: str) -> None:
    [article], refused = read(site, path)
    assert not refused
    assert article.text == TEXT


def test_a_declared_encoding_is_used(site: Site) -> None:
    [article], _ = read(site, "/latin")
    assert "The café in Orléans stayed open" in article.text


def test_a_feed_is_followed_and_a_missing_page_falls_back_to_the_feeds_own_words(site: Site) -> None:
    articles, refused = read(site, "/feed")
    assert [article.title for article in articles] == ["Report 1", "Report 2", "Villages change hands"]
    assert [article.text for article in articles] == [TEXT, TEXT, BODY[1]]
    assert [row.rule for row in refused] == ["read.feed_fallback"]
    assert "404" in refused[0].reason
    assert refused[0].document_id == articles[2].document_id
    assert articles[0].origin_id == f"{site.url}/article1"  # feedparser makes a guid that is a permalink absolute.


def test_a_feed_under_the_wrong_type_is_still_a_feed(site: Site) -> None:
    articles, _ = read(site, "/feed-as-html")
    assert [article.title for article in articles] == ["Report 1"]


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-index.xml"])
def test_a_sitemap_is_followed_newest_first(site: Site, path: str) -> None:
    articles, refused = read(site, path)
    assert [article.title for article in articles] == ["Report 2", "Report 1"]
    assert not refused


def test_a_feed_file_on_disk_leads_to_the_pages(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(rss(site.url, ["/article1"]), encoding="utf-8")
    [article] = read_inputs([str(file)], settings=FAST)
    assert isinstance(article, Article)
    assert article.url == f"{site.url}/article1"


def test_conditions_are_sent_and_nothing_new_yields_nothing(site: Site) -> None:
    url = site.url + "/conditional"
    kept: list[Fetched] = []
    with Web(FAST, on_fetched=kept.append) as web:
        first = web.get(url)
    assert (first.etag, first.last_modified) == ('"v1"', "Mon, 12 Aug 2024 16:40:00 GMT")
    with Web(FAST, conditions={url: (first.etag, first.last_modified)}, on_fetched=kept.append) as web:
        assert list(read_inputs([url], settings=FAST, fetcher=web)) == []
    assert [answer.not_modified for answer in kept] == [False, True]
    assert site.headers["/conditional"]["If-Modified-Since"] == "Mon, 12 Aug 2024 16:40:00 GMT"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/missing", "404"),
        ("/error", "500"),
        ("/busy", "429"),
        ("/loop", "redirects more than 5"),
        ("/redirect-file", "no web address"),
        ("/bomb", "larger than"),
        ("/double-bomb", "compressed as gzip, gzip"),
        ("/huge", "larger than"),
        ("/announced", "announces 50,000,000 bytes"),
        ("/short", "cannot be reached"),
        ("/pdf", "a PDF"),
        ("/image", "a PNG image"),
        ("/empty", "empty answer"),
        ("/entities", "declares entities"),
    ],
)
def test_lies_and_errors_become_one_row_with_address_and_reason(site: Site, path: str, words: str) -> None:
    begin = time.monotonic()
    articles, [row] = read(site, path)
    assert not articles
    assert row.stage == "read"
    assert row.location == site.url + path
    assert words in row.reason
    assert time.monotonic() - begin < 10


@pytest.mark.parametrize("path", ["/trickle", "/trickle-headers", "/hang"])
def test_a_server_that_trickles_or_hangs_is_left_at_the_deadline(site: Site, path: str) -> None:
    begin = time.monotonic()
    articles, [row] = read(site, path, settings=replace(FAST, retries=0))
    assert not articles
    assert "cannot be reached" in row.reason
    assert time.monotonic() - begin < 4


def test_errors_that_pass_are_tried_again(site: Site) -> None:
    [article], refused = read(site, "/flaky")
    assert article.text == TEXT
    assert not refused
    assert site.asked["/flaky"] == 3


def test_a_host_that_keeps_failing_is_left_alone(site: Site) -> None:
    _, refused = read(site, *(["/error"] * 3), "/article", settings=replace(FAST, workers=1))
    assert site.asked["/error"] == 9
    assert "left alone" in refused[-1].reason
    assert "/article" not in site.asked


def test_one_bad_address_does_not_stop_the_others(site: Site) -> None:
    articles, refused = read(site, "/pdf", "/article1", "/missing", "/article2")
    assert [article.title for article in articles] == ["Report 1", "Report 2"]
    assert len(refused) == 2


def test_robots_txt_is_obeyed_asked_once_and_can_be_overruled(site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /article1\n"
    articles, [row] = read(site, "/article1", "/article2")
    assert [article.title for article in articles] == ["Report 2"]
    assert "robots.txt" in row.reason
    assert site.asked["/robots.txt"] == 1
    articles, _ = read(site, "/article1", settings=replace(FAST, respect_robots=False))
    assert [article.title for article in articles] == ["Report 1"]


def test_a_site_whose_robots_txt_fails_is_not_read(site: Site) -> None:
    site.extra["/robots.txt"] = lambda handler: handler.send_error(500)
    articles, [row] = read(site, "/article")
    assert not articles
    assert "robots.txt" in row.reason


def test_requests_to_one_host_keep_their_distance(site: Site) -> None:
    read(site, "/article1", "/article2", settings=replace(FAST, per_host_delay=0.3))
    gaps = [after - before for before, after in zip(site.times, site.times[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.29


def test_the_pause_that_robots_txt_asks_for_is_kept_and_counts_for_that_host_alone(site: Site) -> None:
    site.robots = "User-agent: *\nCrawl-delay: 0.4\n"
    with serve() as other:
        names = [site.url + "/article1", other.url + "/article1", site.url + "/article2", other.url + "/article2", site.url + "/article3"]
        assert len([item for item in read_inputs(names, settings=FAST) if isinstance(item, Article)]) == 5
        gaps = [after - before for before, after in itertools.pairwise(site.times[1:])]
        assert len(gaps) == 2
        assert min(gaps) >= 0.39
        assert max(other.times) - min(other.times) < max(site.times) - min(site.times)


def test_a_host_is_asked_for_one_thing_at_a_time_and_others_meanwhile() -> None:
    """Eight threads, two hosts: each page stays open for a while, and says how many were open there and everywhere."""
    open_now: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()

    def open_for_a_while(name: str) -> Callable[[BaseHTTPRequestHandler], None]:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            with lock:
                open_now.update([name, "all"])
                most[name], most["all"] = max(most[name], open_now[name]), max(most["all"], open_now["all"])
            time.sleep(0.1)
            with lock:
                open_now.subtract([name, "all"])
            handler.reply(page(handler.path))  # type: ignore[attr-defined]  # The site's own.

        return answer

    with serve() as one, serve() as two:
        for site, name in ((one, "one"), (two, "two")):
            site.extra |= {f"/article{number}": open_for_a_while(name) for number in range(4)}
        names = [f"{site.url}/article{number}" for number in range(4) for site in (one, two)]
        assert len([item for item in read_inputs(names, settings=replace(FAST, workers=8)) if isinstance(item, Article)]) == 8
    assert (most["one"], most["two"], most["all"]) == (1, 1, 2)


def test_several_addresses_are_read_at_once_and_come_in_order() -> None:
    with serve() as one, serve() as two, serve() as three:
        for slow in (one, two, three):
            slow.extra["/article9"] = lambda handler: (time.sleep(0.5), handler.reply(page("Report 9")))[1]  # type: ignore[attr-defined]  # The site's own.
        begin = time.monotonic()
        found = list(read_inputs([site.url + "/article9" for site in (one, two, three)], settings=FAST))
    assert [item.url for item in found if isinstance(item, Article)] == [site.url + "/article9" for site in (one, two, three)]
    assert time.monotonic() - begin < 1.4


def test_cookies_are_not_sent_back(site: Site) -> None:
    read(site, "/cookies", "/article1")
    assert "Cookie" not in site.headers["/article1"]


def test_private_addresses_are_refused_unless_allowed(site: Site) -> None:
    articles, [row] = read(site, "/article", settings=replace(FAST, allow_private=False))
    assert not articles
    assert "private network" in row.reason
    assert "read.allow_private" in row.reason
    assert not site.asked


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_other_names_of_this_machine_are_refused_too(site: Site, host: str) -> None:
    port = site.url.rsplit(":", 1)[1]
    with Web(replace(FAST, allow_private=False, respect_robots=False, retries=0)) as web, pytest.raises(ReadError) as caught:
        web.get(f"http://{host}:{port}/article")
    assert isinstance(caught.value, AddressError) or "cannot be reached" in caught.value.message
    assert not site.asked


def test_a_redirect_into_the_private_network_is_refused(site: Site) -> None:
    # An address of this machine, where nobody listens: without the guard nothing but this test is disturbed.
    site.extra["/inside"] = lambda handler: handler.reply("", status=302, Location=site.url.replace("127.0.0.1", "127.0.0.2"))  # type: ignore[attr-defined]  # The site's own.
    with Web(replace(FAST, respect_robots=False)) as web:
        backend = web._client._transport._pool._network_backend  # type: ignore[attr-defined]  # The one place where the guard can be told apart.
        assert isinstance(backend, GuardedBackend)
        first = backend.connect_tcp

        def connect(host: str, *args: object, **kwargs: object) -> object:
            # The first hop stands for a public server; nothing else private is allowed.
            backend._allow_private = host == "127.0.0.1"
            return first(host, *args, **kwargs)  # type: ignore[arg-type]  # Passed through as they came.

        backend.connect_tcp = connect  # type: ignore[method-assign,assignment]  # As above.
        with pytest.raises(AddressError) as caught:
            web.get(site.url + "/inside")
    assert "127.0.0.2" in caught.value.message
    assert site.asked == {"/inside": 1}


def test_a_remembered_address_in_the_private_network_is_refused(site: Site) -> None:
    with Web(replace(FAST, allow_private=False, respect_robots=False)) as web, pytest.raises(AddressError):
        web.get("https://news.example/feed.xml", moved=site.url + "/feed")
    assert not site.asked


def test_a_feed_cannot_put_words_under_another_outlets_address(site: Site) -> None:
    def feed(handler: object) -> None:
        text = rss("http://other.invalid", ["/story"])
        handler.reply(text, "application/rss+xml")  # type: ignore[attr-defined]  # The site's own handler.

    site.extra["/foreign"] = feed
    [article], [row] = read(site, "/foreign")
    assert article.url is None
    assert row.rule == "read.feed_fallback"
    own = [item for item in read_inputs([site.url + "/foreign"], settings=FAST) if isinstance(item, Article)]
    assert own[0].document_id == article.document_id
