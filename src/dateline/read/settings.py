"""Limits and manners of reading: how large, how long, from where. Filled from dateline.toml by config.py; the defaults are safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

USER_AGENT = "dateline/0.1 (news facts; respects robots.txt)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """What reading may cost and touch.

    Attributes:
        max_page_bytes: Largest page, feed or text file, after decompression. Larger ones are refused whole: half an article is a wrong article.
        max_line_bytes: Longest line of a JSONL file; a longer one is skipped and the next line is read.
        max_text_chars: Longest article; the language layer takes a million characters.
        max_elements: Most elements of an HTML page. Extraction takes quadratic time (20,000 paragraphs 3 s, 75,000 29 s); news pages have some 1,000
            to 8,000. A feed may have ten times as many tags and entities.
        max_lines: Most lines of a text; an article has hundreds.
        max_depth: Deepest nesting of an HTML page.
        max_links: Most pages followed from one feed, or from one sitemap with all those that it names, in a run; and most entries of a feed that wait
            for the next one.
        max_archive_record_bytes: Largest record that a WARC file may declare; a larger one ends the reading of that file.
        max_compression: Most bytes that one compressed byte may become before a body counts as a bomb.
        follow_links: Read the pages that a feed or sitemap links to; False keeps to what the feed itself says.
        allow_private: Let addresses of private networks, this machine and link-local ones be fetched (intranets, tests).
        respect_robots: Obey robots.txt.
        connect_timeout, read_timeout: Seconds for one step on the network; total_timeout for a whole answer, however slowly it trickles.
        source_timeout: Seconds that a run gives one source with all that it leads to, waiting for servers and their pauses included; then it is cut
            short, and the next run goes on where this one stopped.
        retries: Further tries after a network error or a 429, 500, 502, 503 or 504.
        backoff: Seconds before the first retry; doubles, with jitter. max_backoff caps it and what a server's Retry-After may ask.
        source_backoff: Seconds that a schedule leaves a source alone after it failed; doubles with every further failure, with jitter, up to
            source_max_backoff.
        revisit: A page is asked for again once this share of the time for which it has stayed the same has passed (RFC 9111's freshness by
            guess); 0 asks every time.
        per_host_delay: Least seconds between two requests to one host.
        workers: Addresses among the inputs that are read at the same time; one host is asked for one thing at a time whatever this says.
        future_days: A publication date further ahead of `now` than this is refused, as is one before the year oldest_year.
        now: The clock for that check; None is the real one.
    """

    max_page_bytes: int = 10_000_000
    max_line_bytes: int = 10_000_000
    max_text_chars: int = 1_000_000
    max_elements: int = 20_000
    max_lines: int = 20_000
    max_depth: int = 200
    max_links: int = 500
    max_archive_record_bytes: int = 1_000_000_000
    max_compression: int = 200
    follow_links: bool = True
    allow_private: bool = False
    respect_robots: bool = True
    user_agent: str = USER_AGENT
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    source_timeout: float = 300.0
    retries: int = 2
    backoff: float = 1.0
    max_backoff: float = 60.0
    source_backoff: float = 300.0
    source_max_backoff: float = 21_600.0
    revisit: float = 0.1
    max_redirects: int = 5
    per_host_delay: float = 1.0
    workers: int = 8
    future_days: int = 2
    oldest_year: int = 1900
    now: datetime | None = None
