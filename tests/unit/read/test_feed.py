"""Feeds and sitemaps: entries, fallbacks, and XML made to hurt."""

from __future__ import annotations

import time

import pytest

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.feed import article_of_entry, html_to_text, parse_feed
from dateline.read.settings import ReadSettings
from dateline.read.sitemap import parse_sitemap
from dateline.read.sources import read_inputs

ONE = "Troops took 12 villages near the border on Friday, the regional governor said."
RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Sample Desk</title><link>https://example.org/</link>
<language>en-us</language>{items}</channel></rss>"""
ITEM = f"""<item><title>Villages &amp;amp; hands</title><link>/a</link>
<guid isPermaLink="false">guid-1</guid><author>sample@example.org (Sample Writer)</author>
<pubDate>Mon, 12 Aug 2024 19:15:00 +0300</pubDate><description>&lt;p&gt;{ONE}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Sample Desk</title><entry><title>Villages</title><id>urn:1</id>
<link href="https://example.org/a"/><published>2024-08-12T19:15:00+03:00</published><updated>2024-08-13T00:00:00Z</updated>
<content type="html">&lt;div&gt;{ONE}&lt;/div&gt;</content></entry></feed>"""


def feed(items: str = ITEM, encoding: str = "utf-8") -> bytes:
    return RSS.format(items=items, encoding=encoding).encode(encoding)


def test_entries_of_rss(settings: ReadSettings) -> None:
    [entry] = parse_feed(feed(), source="feed", settings=settings)
    assert (entry.link, entry.guid, entry.publisher, entry.language) == ("https://example.org/a", "guid-1", "Sample Desk", "en")
    assert entry.published.when is not None
    assert entry.published.when.isoformat() == "2024-08-12T19:15:00+03:00"
    [article] = article_of_entry(entry, source="feed#1", settings=settings, trusted=True)
    assert isinstance(article, Article)
    assert (article.text, article.url, article.origin_id) == (ONE, "https://example.org/a", "guid-1")


def test_entries_of_atom(settings: ReadSettings) -> None:
    [entry] = parse_feed(ATOM.encode(), source="feed", settings=settings)
    assert (entry.link, entry.guid) == ("https://example.org/a", "urn:1")
    assert entry.published.when is not None
    assert entry.published.when.isoformat() == "2024-08-12T19:15:00+03:00"


def test_a_feed_file_without_following_links_gives_its_own_words_and_says_so(tmp_path, settings: ReadSettings) -> None:  # type: ignore[no-untyped-def]  # pytest's tmp_path.
    path = tmp_path / "feed.rss"
    path.write_bytes(feed(ITEM + "<item><title>Empty</title><link>https://example.org/b</link></item>"))
    article, note, empty = read_inputs([str(path)], settings=settings)
    assert isinstance(article, Article)
    assert article.text == ONE
    assert article.source == f"{path}#1"
    assert isinstance(note, Rejection)
    assert note.rule == "read.feed_fallback"
    assert isinstance(empty, Rejection)
    assert (empty.rule, empty.location) == ("read.empty", f"{path}#2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_encodings_of_feeds(encoding: str, settings: ReadSettings) -> None:
    [entry] = parse_feed(feed(ITEM.replace("Villages", "Села"), encoding), source="feed", settings=settings)
    assert entry.title is not None
    assert entry.title.startswith("Села")


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/a", "//", "https://user:pass@example.org/", "data:text/html,x"]
)
def test_links_that_are_no_web_addresses_are_not_followed(link: str, settings: ReadSettings) -> None:
    [entry] = parse_feed(feed(ITEM.replace("<link>/a</link>", f"<link>{link}</link>")), source="feed", settings=settings)
    assert entry.link is None or entry.link.startswith("https://example.org")


BOMB = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BOMB, FILE, FILE.replace("!ENTITY", "! ENTITY"), BOMB.lower()])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_declarations_are_refused_in_feeds_and_sitemaps(doctype: str, encoding: str, settings: ReadSettings) -> None:
    data = RSS.format(items=ITEM, encoding=encoding).replace("<rss", doctype + "<rss").encode(encoding)
    with pytest.raises(ReadError, match="declares entities"):
        parse_feed(data, source="feed", settings=settings)
    with pytest.raises(ReadError, match="declares entities"):
        parse_sitemap(f'<?xml version="1.0"?>{doctype}<urlset/>'.encode(encoding), where="map")


def test_an_old_doctype_without_entities_is_no_harm(settings: ReadSettings) -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    assert len(parse_feed(feed().replace(b"<rss", doctype.encode() + b"<rss"), source="feed", settings=settings)) == 1


@pytest.mark.parametrize("data", [b"<other><thing/></other>", b"<?xml version='1.0'?>", b"nothing", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_is_no_feed_is_refused(data: bytes, settings: ReadSettings) -> None:
    with pytest.raises(ReadError) as caught:
        parse_feed(data, source="feed", settings=settings)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "bad",
    ["<item>" * 200_000, "<a>" * 200_000, "<" * 500_000, "&" * 500_000, "<item><description>" + "&lt;b&gt;" * 150_000,
     "<item><description><![CDATA[" + "<p>" * 200_000 + "]]></description></item></channel></rss>", "<item " + 'a="b" ' * 50_000],
    ids=["items", "deep", "lt", "amp", "escaped", "cdata", "attributes"],
)  # fmt: skip
def test_feeds_made_to_hurt_end_soon(bad: str, settings: ReadSettings) -> None:
    data = feed("").replace(b"</channel></rss>", bad.encode())
    begin = time.perf_counter()
    try:
        parse_feed(data, source="feed", settings=settings)
    except ReadError as problem:
        assert problem.remedy
    assert time.perf_counter() - begin < 5


def test_html_becomes_words_in_paragraphs() -> None:
    markup = "<p>One\nline</p><p>Two &amp; <b>three</b></p><script>no()</script><!-- no --> tail<ul><li>a</li><li>b</li></ul>"
    assert [line.strip() for line in html_to_text(markup).split("\n") if line.strip()] == ["One line", "Two & three", "tail", "a", "b"]
    assert html_to_text("plain words") == "plain words"


def test_sitemaps_list_pages_newest_first_and_further_sitemaps() -> None:
    pages = "<url><loc>https://e.org/1</loc><lastmod>2024-01-01</lastmod></url><url><loc> https://e.org/2 </loc><lastmod>2024-02-01</lastmod></url>"
    pages = f"<urlset>{pages}</urlset>"
    listed, maps = parse_sitemap(pages.encode(), where="map")
    assert ([one.link for one in listed], maps) == (["https://e.org/2", "https://e.org/1"], [])
    index = "<sitemapindex><sitemap><loc>https://e.org/m.xml</loc></sitemap><sitemap><loc>file:///etc</loc></sitemap></sitemapindex>"
    listed, maps = parse_sitemap(index.encode(), where="map")
    assert (listed, [one.link for one in maps]) == ([], ["https://e.org/m.xml"])
    with pytest.raises(ReadError, match="well-formed"):
        parse_sitemap(b"<urlset><url>", where="map")
