"""Sources that have moved for good: the new address is remembered, and believed no more than it must be."""

from __future__ import annotations

import httpx
import pytest
from intake_runs import FAST, Reader, failing, tagged
from news_site import Site, page, rss

from dateline.read.fetch import Web

pytestmark = pytest.mark.integration


def redirect(site: Site, path: str, target: str, status: int = 301) -> None:
    site.extra[path] = lambda handler: handler.reply("", status=status, Location=target)  # type: ignore[attr-defined]  # The site's own.


@pytest.fixture
def moved(reader: Reader, site: Site) -> Site:
    """A feed that was read once after it had moved from /old to /news."""
    redirect(site, "/old", "/news")
    tagged(site, "/news", rss(site.url, ["/one"]), "application/rss+xml")
    tagged(site, "/one", page("One"))
    _, intake = reader.run("/old")
    assert intake.moved == {f"{site.url}/old": f"{site.url}/news"}
    return site


def where(reader: Reader) -> object:
    [(address,)] = reader.rows("SELECT parse_path(moved_to)[-1] FROM ops.sources")
    return address


def test_the_new_address_is_asked_and_outlives_the_old_one(reader: Reader, moved: Site) -> None:
    asked = moved.asked["/old"]
    _, intake = reader.run("/old")
    assert (moved.asked["/old"], moved.asked["/news"]) == (asked, 2), "the new one at once"
    assert intake.moved == {}, "it is said once"
    assert intake.counts["pages_unchanged"] == 2, "by the conditions of before"
    failing(moved, "/old", 404)
    tagged(moved, "/news", rss(moved.url, ["/two"]), "application/rss+xml")
    tagged(moved, "/two", page("Two"))
    articles, intake = reader.run("/old")
    assert ([article.title for article in articles], intake.failed) == (["Two"], {})
    assert reader.rows("SELECT DISTINCT address FROM ops.fetches WHERE address LIKE '%/old' OR address LIKE '%/news'") == [(f"{moved.url}/old",)]


def test_where_the_new_address_fails_the_configured_one_is_asked(reader: Reader, moved: Site) -> None:
    failing(moved, "/news", 404)
    tagged(moved, "/old", rss(moved.url, ["/two"]), "application/rss+xml")
    tagged(moved, "/two", page("Two"))
    articles, intake = reader.run("/old")
    assert ([article.title for article in articles], intake.failed) == (["Two"], {})
    assert where(reader) is None


@pytest.mark.parametrize(("old", "expected"), [("serves again", None), ("is gone", "news"), ("moves on", "newest")])
def test_after_a_week_the_configured_address_is_asked_again(old: str, expected: str | None, reader: Reader, moved: Site) -> None:
    feed = rss(moved.url, ["/two"])
    tagged(moved, "/two", page("Two"))
    if old == "serves again":
        tagged(moved, "/old", feed, "application/rss+xml")
    elif old == "is gone":
        failing(moved, "/old", 410)
        tagged(moved, "/news", feed, "application/rss+xml")
    else:
        redirect(moved, "/old", "/newest", 308)
        tagged(moved, "/newest", feed, "application/rss+xml")
    reader.run("/old")
    assert where(reader) == "news"
    reader.con.execute("UPDATE ops.sources SET moved_at = moved_at - INTERVAL 8 DAY")
    asked = moved.asked["/old"]
    reader.run("/old")
    assert moved.asked["/old"] > asked
    assert where(reader) == expected
    assert reader.rows("SELECT count(*) FROM documents WHERE title = 'Two'") == [(1,)]
    if expected:
        assert reader.rows("SELECT moved_at = last_attempt_at FROM ops.sources") == [(True,)], "not again tomorrow"


@pytest.mark.parametrize(
    ("chain", "expected"),
    [((302,), None), ((307, 301), None), ((301, 302), "/r1"), ((308, 301), "/r2")],
    ids=["302", "307 then 301", "301 then 302", "308 then 301"],
)
def test_only_what_has_moved_for_good_is_remembered(chain: tuple[int, ...], expected: str | None, reader: Reader, site: Site) -> None:
    for number, status in enumerate(chain):
        redirect(site, f"/r{number}", f"/r{number + 1}", status)
    tagged(site, f"/r{len(chain)}", rss(site.url, ["/one"]), "application/rss+xml")
    tagged(site, "/one", page("One"))
    reader.run("/r0")
    assert where(reader) == (expected.strip("/") if expected else None)


def test_what_has_gone_and_leads_to_the_front_page_is_not_remembered(reader: Reader, moved: Site) -> None:
    redirect(moved, "/old", "/")
    failing(moved, "/news", 404)
    tagged(moved, "/", page("Welcome"))
    _, intake = reader.run("/old")
    assert intake.moved == {}
    assert where(reader) == "news", "as it was"


@pytest.mark.parametrize(("target", "expected"), [("https://b.example/feed", "https://b.example/feed"), ("http://a.example/feed", None)])
def test_a_way_out_of_encryption_is_not_remembered(target: str, expected: str | None) -> None:
    """The client's transport is replaced, since no certificate of a local server would be accepted."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        if str(request.url) == "https://a.example/feed":
            return httpx.Response(301, headers={"Location": target})
        return httpx.Response(200, content=iter([b"<rss/>"]))

    with Web(FAST) as web:
        web._client = httpx.Client(transport=httpx.MockTransport(answer))
        assert web.get("https://a.example/feed").moved == expected
