"""Broken files of every format: whatever comes, an article or a row with its reason, in time, and never an exception.

DATELINE_FUZZ=10000 runs the long version (the default is a sample of it).
"""

from __future__ import annotations

import gzip
import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mutations import NOISE, mutated_bytes

from dateline.model import Article, Rejection
from dateline.read.settings import ReadSettings
from dateline.read.sources import read_inputs

ROUNDS = int(os.environ.get("DATELINE_FUZZ", "300"))
LIMIT = 5.0  # Seconds for one input.
SETTINGS = ReadSettings(now=datetime(2026, 1, 1, tzinfo=UTC), follow_links=False, max_page_bytes=2_000_000, max_line_bytes=2_000_000)

LEAD = "Troops took 12 villages near the border on Friday, the regional governor said. "
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Villages</title><meta property="article:published_time" '
    'content="2024-08-12T10:00:00+03:00"><link rel="canonical" href="https://example.org/a"><script type="application/ld+json">{"datePublished": '
    f'"2024-08-12"}}</script></head><body><nav>Home &gt; World</nav><article><h1>Villages</h1><p>KYIV, Aug 12 (Desk) - {LEAD}</p><p>{LEAD * 3}</p>'
    "<figure><figcaption>Photo: X</figcaption></figure><table><tr><td>1</td></tr></table><blockquote>“Yes,” he said.</blockquote>"
    "</article></body></html>"
)
FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Desk</title><link>https://example.org</link><item><title>A</title>'
    f"<link>https://example.org/a</link><guid>1</guid><pubDate>Mon, 12 Aug 2024 10:00:00 GMT</pubDate>"
    f"<description><![CDATA[<p>{LEAD}</p>]]></description>"
    "</item></channel></rss>"
)
SITEMAP = '<?xml version="1.0"?><urlset><url><loc>https://example.org/a</loc><lastmod>2024-08-12</lastmod></url></urlset>'
HEAD = "---\ntitle: Villages\nurl: https://example.org/a\npublished: 2024-08-12\n---"
TEXT = f"{HEAD}\n\nKYIV, Aug 12 (Desk) - {LEAD}\n\nAdvertisement\n\nBy A Writer\n\n{LEAD * 2}\n"
JSONL = '{"id": "a", "text": "' + LEAD + '", "published": "2024-08-12T10:00:00Z", "url": "https://example.org/a"}\n'
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nWARC-Date: 2024-08-12T10:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n"
)
HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE.encode())}\r\n\r\n{PAGE}"
SEEDS: dict[str, bytes] = {
    "a.html": PAGE.encode(),
    "a.rss": FEED.encode(),
    "a.xml": SITEMAP.encode(),
    "a.txt": TEXT.encode(),
    "a.md": b"# T\n\n" + TEXT.encode(),
    "a.jsonl": JSONL.encode() * 3,
    "a.json": b"[" + JSONL.strip().encode() + b"]",
    "a.warc": WARC.format(len(HTTP.encode()), HTTP).encode(),
    "a.warc.gz": gzip.compress(WARC.format(len(HTTP.encode()), HTTP).encode()),
    "a.jsonl.gz": gzip.compress(JSONL.encode() * 3),
}


def check(path: Path) -> int:
    """Read one file and return how many articles came out."""
    begin = time.perf_counter()
    items = list(read_inputs([str(path)], settings=SETTINGS))
    assert time.perf_counter() - begin < LIMIT
    for item in items:
        if isinstance(item, Rejection):
            assert item.stage == "read"
            assert item.reason
            assert item.location
            (item.raw or "").encode()
        else:
            assert item.text.strip()
            for words in (item.text, item.title, item.url, item.byline, item.publisher, item.origin_id):
                (words or "").encode()
            assert item.published_at is None or 1900 <= item.published_at.year <= 2026
    return sum(isinstance(item, Article) for item in items)


@pytest.mark.parametrize("name", SEEDS)
def test_broken_files_give_an_article_or_a_reason(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SEEDS[name])
    whole = check(path)
    assert whole >= (0 if name == "a.xml" else 1)  # A sitemap holds links only.
    rng = random.Random(name)
    for number in range(max(1, ROUNDS // len(SEEDS))):
        data = mutated_bytes(SEEDS[name], rng)
        path.write_bytes(data)
        try:
            check(path)
        except Exception as problem:
            kept = tmp_path.parent / f"fuzz-{number}-{name}"
            kept.write_bytes(data)
            raise AssertionError(f"{kept} breaks reading: {type(problem).__name__}: {problem}") from problem


@pytest.mark.parametrize(
    "make", [lambda rng: rng.randbytes(rng.randint(0, 3000)), lambda rng: b"".join(rng.choices(NOISE, k=20))], ids=["bytes", "tokens"]
)
def test_noise_under_every_name(make: Callable[[random.Random], bytes], tmp_path: Path) -> None:
    rng = random.Random(1)
    for number in range(max(10, ROUNDS // 5)):
        path = tmp_path / f"{number}-{rng.choice(list(SEEDS))}"
        path.write_bytes(make(rng))
        check(path)
        path.unlink()
