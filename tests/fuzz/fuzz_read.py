"""Coverage-guided fuzzing of the readers with atheris: `python tests/fuzz/fuzz_read.py -runs=10000 -max_len=4000 [CORPUS FOLDER]`.

Needs `pip install atheris` (Linux, macOS); it is no part of the ordinary tests, which fuzz by mutation (tests/property/test_read_fuzz.py). A crash is
an exception other than ReadError, or a text that cannot be stored; a hang is what libFuzzer's -timeout says.
"""

from __future__ import annotations

import io
import sys

import atheris

with atheris.instrument_imports(include=["dateline"]):
    from dateline.errors import ReadError
    from dateline.model import Rejection
    from dateline.read.clean import clean
    from dateline.read.dateline import find_dateline
    from dateline.read.feed import article_of_entry, parse_feed
    from dateline.read.html import read_html
    from dateline.read.jsonl import read_jsonl
    from dateline.read.published import parse_published
    from dateline.read.robots import parse_robots
    from dateline.read.settings import ReadSettings
    from dateline.read.sitemap import parse_sitemap
    from dateline.read.text import read_text
    from dateline.read.urls import canonical_url, web_url
    from dateline.read.warc import read_warc

SETTINGS = ReadSettings(follow_links=False, max_page_bytes=1_000_000)


def one_input(data: bytes) -> None:
    """Read `data` behind its first byte, which chooses the reader."""
    kind, rest = (data[0] % 9 if data else 0), data[1:]
    items: list[object] = []
    try:
        if kind == 0:
            items = list(read_text(rest, source="a", settings=SETTINGS, markdown=len(rest) % 2 == 0))
        elif kind == 1:
            items = list(read_html(rest, source="a", settings=SETTINGS))
        elif kind == 2:
            entries = parse_feed(rest, source="a", settings=SETTINGS)
            items = [item for entry in entries for item in article_of_entry(entry, source="a", settings=SETTINGS)]
        elif kind == 3:
            items = list(read_jsonl(io.BytesIO(rest), source="a", settings=SETTINGS))
        elif kind == 4:
            items = list(read_warc(io.BytesIO(rest), source="a", settings=SETTINGS))
        elif kind == 5:
            parse_sitemap(rest, where="a")
        else:
            text = rest.decode("utf-8", "replace")
            clean(text)
            find_dateline(text)
            parse_published(text)
            canonical_url(text)
            web_url(text)
            parse_robots(text, "dateline").allows("https://example.org/" + text[:100])
    except ReadError as problem:
        assert problem.where
    for item in items:
        for name in ("reason", "raw") if isinstance(item, Rejection) else ("text", "title", "url", "byline", "publisher", "origin_id"):
            (getattr(item, name) or "").encode()


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
