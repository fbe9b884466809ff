"""Canonical addresses, robots.txt, and which hosts count as public."""

from __future__ import annotations

import ipaddress
import re
import time
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read import urls
from dateline.read.guard import is_public
from dateline.read.robots import parse_robots
from dateline.read.urls import canonical_url, same_site, web_url


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a/b?id=1&page=2",
        "http://example.org/a/b?id=1&page=2",
        "HTTPS://EXAMPLE.ORG:443/a/b/?page=2&id=1#top",
        "https://example.org/a/b?utm_source=x&id=1&fbclid=y&page=2&UTM_Campaign=z",
    ],
)
def test_one_article_one_address(url: str) -> None:
    assert canonical_url(url) == "https://example.org/a/b?id=1&page=2"


def test_different_articles_keep_different_addresses() -> None:
    urls = ["https://e.org/a", "https://e.org/A", "https://e.org/a?id=2", "https://e.org:8080/a", "https://www.e.org/a", "https://e.org/", "x"]
    assert len({canonical_url(url) for url in urls}) == len(urls)


@pytest.mark.parametrize(
    "url",
    ["", "x", "mailto:a@b", "http://", "http://[::1", "http://a b/", "http://e.org:port/", "http://u@e.org/", "//e.org/a", "http://e\u202eorg/"],
)
def test_what_is_no_web_address(url: str) -> None:
    assert web_url(url) is None
    canonical_url(url)


def test_odd_characters_in_paths_are_escaped() -> None:
    assert web_url('https://e.org/a b"<>\n') == "https://e.org/a%20b%22%3C%3E"
    assert web_url("../c", base="https://e.org/a/b") == "https://e.org/c"


_PIECES = st.lists(
    st.sampled_from(["http", "https", "://", "/", "//", "e.org", "E", "-", ".", ":", "80", "@", "?", "#", "a", "%20", ";", "é", " ", "\n"])
)


@given(st.one_of(st.from_regex(urls._PLAIN, fullmatch=True), _PIECES.map("".join), _PIECES.map(lambda parts: "https://e.org/" + "".join(parts))))
def test_plain_addresses_are_what_taking_them_apart_gives(url: str) -> None:
    quick = web_url(url), canonical_url(url)
    with mock.patch.object(urls, "_PLAIN", re.compile("(?!)")):
        assert (web_url(url), canonical_url(url)) == quick


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.e.org/a", "https://e.org/b", True),
        ("https://feeds.e.org/a", "https://www.e.org/b", True),
        ("https://news.e.org/a", "https://e.org/b", True),
        ("https://e.org/a", "https://evil-e.org/b", False),
        ("https://e.org.evil.com/a", "https://e.org/b", False),
        (None, "https://e.org/b", False),
    ],
)
def test_sites(one: str | None, other: str | None, same: bool) -> None:
    assert same_site(one, other) == same


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1",
     "192.0.2.1",
          "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


ROBOTS = """
User-agent: greedy
Disallow: /

User-agent: *   # everyone
Disallow: /private
Allow: /private/press
Disallow: /*.pdf$
Disallow: /search*q=
Crawl-delay: 2.5
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/news", True),
        ("/private", False),
        ("/private/x", False),
        ("/private/press/1", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/search?a=1&q=2", False),
        ("/%70rivate", False),
    ],
)
def test_robots_rules(path: str, allowed: bool) -> None:
    assert parse_robots(ROBOTS, "dateline/0.1").allows("https://e.org" + path) == allowed


def test_robots_groups_and_pauses() -> None:
    assert not parse_robots(ROBOTS, "Greedy/2").allows("https://e.org/")
    assert parse_robots(ROBOTS, "dateline/0.1").delay == 2.5
    named = "User-agent: a\nUser-agent: dateline\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n"
    assert parse_robots(named, "dateline/0.1").allows("https://e.org/y")
    assert not parse_robots(named, "dateline/0.1").allows("https://e.org/x")
    assert parse_robots("Disallow: /\nnonsense\n\x00", "dateline").allows("https://e.org/")
    assert parse_robots("User-agent: *\nDisallow:\nCrawl-delay: soon", "dateline").allows("https://e.org/")


def test_robots_patterns_take_linear_time() -> None:
    robots = parse_robots("User-agent: *\nDisallow: /" + "*a" * 900 + "$\n", "dateline")
    begin = time.perf_counter()
    assert robots.allows("https://e.org/" + "a" * 1900 + "b")
    assert time.perf_counter() - begin < 0.5
