"""Pages: article, date with time and offset, metadata, and pages made to hurt."""

from __future__ import annotations

import time

import pytest

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.html import read_html
from dateline.read.settings import ReadSettings

ONE = "Troops took 12 villages near the border on Friday, the regional governor said."
TWO = "Officials counted about 300 families who had left by the evening, and more were on the roads."
THREE = "The commander said that almost 70 attempts to cross the river had failed since the weekend."


def page(head: str = "", body: str | None = None, lang: str = "en") -> str:
    body = body if body is not None else f"<article><h1>Villages change hands</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article>"
    return f'<!DOCTYPE html><html lang="{lang}"><head><title>Villages change hands</title>{head}</head><body>{body}</body></html>'


def read(data: str | bytes, settings: ReadSettings, *, url: str | None = None) -> tuple[Article, list[Rejection]]:
    items = list(read_html(data, source="page.html", settings=settings, url=url))
    [article] = [item for item in items if isinstance(item, Article)]
    return article, [item for item in items if isinstance(item, Rejection)]


def test_the_article_without_its_surroundings(settings: ReadSettings) -> None:
    body = (
        "<nav><a href='/'>Home</a> &gt; <a href='/w'>World</a></nav><div id='cookie'>We use cookies to make this site better.</div>"
        f"<article><h1>Villages change hands</h1><p>By Sample Writer</p><p>KYIV, Aug 12 (Desk) - {ONE}</p><p>Advertisement</p>"
        f"<figure><img src='a.jpg'><figcaption>A bridge. Photo: Sample</figcaption></figure><p>{TWO}</p>"
        f"<p>Sign up for our newsletter.</p><p>{THREE}</p></article>"
        "<aside><h2>Most read</h2><ul><li><a href='/x'>Another story about nothing</a></li></ul></aside><footer>© 2024 Sample Desk</footer>"
    )
    article, rows = read(page(body=body), settings)
    assert article.text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert (article.title, article.language, article.dateline_place) == ("Villages change hands", "en", "KYIV")
    assert not rows


def test_paragraphs_made_of_line_breaks(settings: ReadSettings) -> None:
    body = f"<div class='article-body'><h1>Villages change hands</h1>{ONE}<br><br>{TWO}<br><br>{THREE}</div>"
    assert read(page(body=body), settings)[0].text == f"{ONE}\n\n{TWO}\n\n{THREE}"


@pytest.mark.parametrize(
    ("head", "iso", "precision"),
    [
        ('<meta property="article:published_time" content="2024-08-12T22:15:00+03:00">', "2024-08-12T22:15:00+03:00", "second"),
        ('<meta property="article:published_time" content="2024-08-12T22:15+03:00">', "2024-08-12T22:15:00+03:00", "minute"),
        ('<meta name="date" content="2024-08-12">', "2024-08-12T00:00:00", "day"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2024-08-14T08:00:00Z",'
            '"datePublished":"2024-08-12T19:15:00Z"}</script>',
            "2024-08-12T19:15:00+00:00",
            "second",
        ),
        ('<meta name="pubdate" content="Mon, 12 Aug 2024 19:15:00 GMT">', "2024-08-12T19:15:00+00:00", "second"),
    ],
)
def test_publication_dates_keep_time_and_offset(head: str, iso: str, precision: str, settings: ReadSettings) -> None:
    article, rows = read(page(head), settings)
    assert article.published_at is not None
    assert (article.published_at.isoformat(), article.published_precision) == (iso, precision)
    assert not rows


def test_a_time_element_and_the_address_give_the_date_too(settings: ReadSettings) -> None:
    body = f'<article><h1>Villages</h1><time datetime="2024-08-12T22:15:00+03:00">Monday</time><p>{ONE}</p><p>{TWO}</p></article>'
    found = read(page(body=body), settings)[0].published_at
    assert found is not None
    assert found.isoformat() == "2024-08-12T22:15:00+03:00"
    by_address = read(page(), settings, url="https://example.org/2024/08/12/villages")[0]
    assert by_address.published_at is not None
    assert (by_address.published_at.date().isoformat(), by_address.published_precision) == ("2024-08-12", "day")


def test_no_date_is_guessed_from_the_text(settings: ReadSettings) -> None:
    body = f"<article><p>{ONE}</p><p>The bridge was built on 3 May 1998, he said, and repaired in 2011.</p><p>{TWO}</p></article>"
    assert read(page(body=body), settings)[0].published_at is None


@pytest.mark.parametrize("day", ["2031-08-12T10:00:00Z", "1666-08-12"])
def test_impossible_dates_are_dropped_with_a_row(day: str, settings: ReadSettings) -> None:
    article, [row] = read(page(f'<meta property="article:published_time" content="{day}">'), settings)
    assert article.published_at is None
    assert (row.rule, row.raw) == ("read.published", day)


def test_canonical_links_are_believed_within_one_site_only(settings: ReadSettings) -> None:
    own = '<link rel="canonical" href="https://example.org/villages">'
    assert read(page(own), settings, url="https://www.example.org/villages?utm_source=x")[0].url == "https://example.org/villages"
    foreign = '<link rel="canonical" href="https://big-outlet.example/real-story">'
    assert read(page(foreign), settings, url="https://example.org/villages")[0].url == "https://example.org/villages"
    assert read(page(own), settings)[0].url == "https://example.org/villages"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no HTML"),
        (b"Only words, no tags at all, in this file.", "no HTML"),
        (b"<html><body></body></html>", "No article"),
        (b"<html><head><script>var a = 1;</script></head><body><script>load()</script></body></html>", "No article"),
        (b"<!-- only a comment -->", "HTML page|No article"),
        (b"%PDF-1.7 not a page", "a PDF"),
    ],
)
def test_pages_without_an_article_say_so(data: bytes, words: str, settings: ReadSettings) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        list(read_html(data, source="page.html", settings=settings))
    assert caught.value.where == "page.html"
    assert caught.value.remedy


@pytest.mark.parametrize("keep", [0.75, 0.85, 0.95])
def test_a_cut_page_gives_what_is_there(keep: float, settings: ReadSettings) -> None:
    whole = page(body=f"<article><h1>Villages</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{ONE} Again.</p></article>")
    assert ONE in read(whole[: int(len(whole) * keep)], settings)[0].text


@pytest.mark.parametrize(
    "bad",
    ["<div>" * 50_000, "<b>" * 50_000, "<table><tr><td>" * 20_000, "<p>a" * 60_000, "<br>" * 60_000, "<a href=x>y</a>" * 50_000, "<!---->" * 50_000,
     "<" * 300_000, "&" * 300_000, "<p " + "a=b " * 100_000 + ">", "<script>" * 30_000, "<![CDATA[" * 50_000, "<!--" + "-" * 300_000,
     '<script type="application/ld+json">' + '"datePublished" : "' * 20_000 + "</script>"],
    ids=["div", "b", "table", "p", "br", "a", "comments", "lt", "amp", "attributes", "script", "cdata", "comment", "json-ld"],
)  # fmt: skip
def test_pages_made_to_hurt_end_soon_with_an_article_or_a_reason(bad: str, settings: ReadSettings) -> None:
    data = page(body=f"<article><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>{bad}</article>")
    begin = time.perf_counter()
    try:
        items = list(read_html(data, source="page.html", settings=settings))
    except ReadError as problem:
        assert problem.remedy
    else:
        assert items
    assert time.perf_counter() - begin < 5


def test_deep_nesting_is_refused_before_anything_recurses_into_it(settings: ReadSettings) -> None:
    with pytest.raises(ReadError, match="too deeply"):
        read(page(body="<div>" * 250 + f"<p>{ONE}</p>"), settings)
    assert read(page(body="<div>" * 100 + f"<p>{ONE}</p><p>{TWO}</p>"), settings)[0].text.startswith(ONE)


def test_markup_in_titles_and_names_stays_words(settings: ReadSettings) -> None:
    head = (
        '<meta property="og:title" content="&lt;script&gt;alert(1)&lt;/script&gt; Villages change hands">'
        '<meta name="author" content="&lt;img src=x onerror=alert(1)&gt;">'
    )
    article, _ = read(page(head), settings)
    assert article.title is not None
    assert "Villages change hands" in article.title  # Kept as words; whoever writes HTML escapes them.
    assert article.text.startswith(ONE)


def test_a_page_in_another_encoding_than_it_declares(settings: ReadSettings) -> None:
    data = page('<meta charset="iso-8859-1">').replace("Officials", "“Officials”").encode("utf-8")
    assert "“Officials” counted" in read(data, settings)[0].text
    data = page('<meta charset="windows-1251">', lang="uk").replace("Officials", "Офіційні особи").encode("cp1251")
    assert "Офіційні особи counted" in read(data, settings)[0].text


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "zlib", "idna", "no-such-encoding", "utf-7"])
def test_encodings_that_are_none_of_pages_are_not_used(name: str, settings: ReadSettings) -> None:
    data = page(f'<meta charset="{name}">').replace("Officials", "Caf\xe9s in \\u0041 street").encode("cp1252")
    assert "Cafés in \\u0041 street counted" in read(data, settings)[0].text
