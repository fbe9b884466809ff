"""Sitemaps of more pages than a run reads: the newest first, the older in later runs, none out of reach, and what has not changed left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from intake_runs import FAST, Reader, failing, tagged
from news_site import Site, page

pytestmark = pytest.mark.integration


def urlset(site: Site, path: str, pages: Sequence[tuple[str, str | None]]) -> None:
    """Serve a sitemap of pages with their lastmod."""
    urls = "".join(f"<url><loc>{site.url}{name}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</url>" for name, when in pages)
    tagged(site, path, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>', "application/xml")


def index(site: Site, maps: Sequence[tuple[str, str]]) -> None:
    entries = "".join(f"<sitemap><loc>{site.url}{name}</loc><lastmod>{when}</lastmod></sitemap>" for name, when in maps)
    tagged(site, "/index.xml", f"<sitemapindex>{entries}</sitemapindex>", "application/xml")


def report(site: Site, path: str, houses: int = 9) -> None:
    tagged(site, path, page(f"Report {path}", extra=f"<p>The mayor said that {houses} houses had burnt down.</p>"))


def reads(reader: Reader, source: str) -> list[str]:
    """Run once, at most two pages, and return the titles that came."""
    reader.settings = replace(reader.settings, read=replace(FAST, max_links=2, source_timeout=float("inf")))
    return sorted(article.title or "" for article in reader.run(source)[0])


@pytest.fixture
def archive(site: Site) -> Site:
    """An index of three months with two pages each; /m8d2 is the newest."""
    for month in (6, 7, 8):
        urlset(site, f"/{month}.xml", [(f"/m{month}d{day}", f"2024-0{month}-0{day}") for day in (1, 2)])
        for day in (1, 2):
            report(site, f"/m{month}d{day}")
    index(site, [(f"/{month}.xml", f"2024-0{month}-03") for month in (6, 7, 8)])
    return site


def test_later_runs_go_on_to_the_older_pages_and_then_ask_for_nothing(reader: Reader, archive: Site) -> None:
    assert [reads(reader, "/index.xml") for _ in range(3)] == [[f"Report /m{month}d{day}" for day in (1, 2)] for month in (8, 7, 6)]
    assert reader.rows("SELECT count(*) FROM ops.quarantine WHERE rule = 'read.too_many_links'") == [(0,)], "nothing is left"
    asked = dict(archive.asked)
    assert reads(reader, "/index.xml") == []
    new = {path: count - asked[path] for path, count in archive.asked.items() if count > asked[path]}
    assert new == {"/index.xml": 1, "/robots.txt": 1}, "neither a page nor a part of the map that has not changed"
    assert reader.rows("SELECT count(*) FROM ops.waiting") == [(0,)]


def test_what_is_new_or_edited_comes_before_what_is_old(reader: Reader, archive: Site) -> None:
    reads(reader, "/index.xml")
    report(archive, "/m8d2", 14)
    report(archive, "/m8d4")
    urlset(archive, "/8.xml", [("/m8d1", "2024-08-01"), ("/m8d2", "2099-08-04"), ("/m8d4", "2024-08-04")])
    index(archive, [("/6.xml", "2024-06-03"), ("/7.xml", "2024-07-03"), ("/8.xml", "2099-08-04")])
    assert reads(reader, "/index.xml") == ["Report /m8d2", "Report /m8d4"]
    assert reader.rows("SELECT max(revision) FROM documents WHERE url LIKE '%/m8d2'") == [(2,)]


def test_a_part_of_the_map_that_was_not_read_to_its_end_is_looked_into_again(reader: Reader, site: Site) -> None:
    paths = [f"/p{day}" for day in range(1, 6)]
    urlset(site, "/8.xml", [(path, f"2024-08-0{path[2:]}") for path in paths])
    index(site, [("/8.xml", "2024-08-09")])
    for path in paths:
        report(site, path)
    failing(site, "/p5", 503)
    assert reads(reader, "/index.xml") == ["Report /p4"]
    assert reads(reader, "/index.xml") == ["Report /p2", "Report /p3"], "what failed has to wait for the others"
    report(site, "/p5")
    assert reads(reader, "/index.xml") == ["Report /p1", "Report /p5"]
    assert reads(reader, "/index.xml") == []
    assert reader.rows("SELECT count(*) FROM ops.waiting") == [(0,)]


def test_pages_that_are_gone_keep_no_others_waiting(reader: Reader, site: Site) -> None:
    urlset(site, "/map.xml", [(f"/p{day}", f"2024-08-0{day}") for day in range(1, 7)])
    for day in range(1, 4):
        report(site, f"/p{day}")
    found = [title for _ in range(4) for title in reads(reader, "/map.xml")]
    assert sorted(found) == ["Report /p1", "Report /p2", "Report /p3"]


@pytest.mark.parametrize("lastmod", [None, "2099-01-01"], ids=["says nothing of changes", "calls everything changed"])
def test_a_map_that_does_not_say_what_has_changed_is_read_to_its_end_and_edits_are_met(lastmod: str | None, reader: Reader, site: Site) -> None:
    paths = [f"/p{number}" for number in range(6)]
    urlset(site, "/map.xml", [(path, lastmod) for path in paths])
    for path in paths:
        report(site, path)
    found = [title for _ in range(6) for title in reads(reader, "/map.xml")]
    assert sorted(found) == [f"Report {path}" for path in paths]
    report(site, "/p3", 14)
    assert [title for _ in range(3) for title in reads(reader, "/map.xml")] == ["Report /p3"]


def test_what_no_run_has_loaded_is_not_taken_for_known(reader: Reader, site: Site) -> None:
    urlset(site, "/map.xml", [("/p1", "2024-08-01")])
    report(site, "/p1")
    reader.run("/map.xml")
    urlset(site, "/map.xml", [("/p1", "2024-08-01"), ("/p2", "2024-08-02")])
    report(site, "/p2")
    assert len(reader.run("/map.xml", load=False, refused=True)[0]) == 1
    assert len(reader.run("/map.xml")[0]) == 1


def test_a_map_that_takes_too_long_is_gone_on_with(reader: Reader, site: Site) -> None:
    """A part of the map does not come in time: the pages of the others are read, and its own once it does."""
    urlset(site, "/8.xml", [("/p1", "2024-08-01")])
    report(site, "/p1")
    report(site, "/p2")
    index(site, [("/8.xml", "2024-08-02"), ("/trickle", "2024-07-02")])
    reader.settings = replace(reader.settings, read=replace(FAST, source_timeout=4.0, total_timeout=60.0))
    articles, intake = reader.run("/index.xml")
    assert [article.title for article in articles] == ["Report /p1"]
    assert "1 page was left" in intake.cut[f"{site.url}/index.xml"]
    urlset(site, "/trickle", [("/p2", "2024-07-01")])
    reader.settings = replace(reader.settings, read=FAST)
    reader.run("/index.xml")
    assert reader.rows("SELECT title FROM documents ORDER BY 1") == [("Report /p1",), ("Report /p2",)]


def test_a_map_cannot_lead_from_map_to_map_without_end(reader: Reader, site: Site) -> None:
    """What it calls a page is another map, and so on: no run may be brought down by that."""
    for number in range(400):
        urlset(site, f"/m{number}", [(f"/m{number + 1}", None)])
    articles, _ = reader.run("/m0")
    assert articles == []
    assert [reason for (reason,) in reader.rows("SELECT reason FROM ops.quarantine")] == [
        "This is a sitemap where a page should be. Name it as a source, if it is wanted."
    ]
