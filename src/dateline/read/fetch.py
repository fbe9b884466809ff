"""Fetching pages and feeds from foreign servers: with limits of size and time, manners (robots.txt, pauses, conditions), retries, and a guard."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from dateline.errors import ReadError
from dateline.read.fetched import Fetched, OutOfTime, Unavailable, remedy_of
from dateline.read.guard import AddressError, Deadline, GuardedTransport
from dateline.read.inflate import inflate, unpacked
from dateline.read.robots import MAX_BYTES, Robots, parse_robots
from dateline.read.settings import ReadSettings
from dateline.read.urls import web_url

_TRY_AGAIN = {429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_FAILURES = 3  # In a row, after which a host is left alone ...
_PENALTY = 60.0  # ... for so many seconds.
_LONGEST_PAUSE = 30.0  # Whatever Crawl-delay asks.
_ROBOTS_LIFE = 3600.0
_LONGEST_TAG = 500
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"


class Web:
    """Fetches addresses and remembers hosts: their robots.txt, when they were last asked, whether they fail. May be used by several threads.

    Args:
        settings: Limits and manners.
        conditions: Address -> (ETag, Last-Modified) of what is known; the server may then answer "not modified".
        on_fetched: Called with every answer, to keep it, in the thread that asked.
    """

    def __init__(
        self,
        settings: ReadSettings,
        *,
        conditions: Mapping[str, tuple[str | None, str | None]] | None = None,
        on_fetched: Callable[[Fetched], None] | None = None,
    ) -> None:
        self._settings = settings
        self._conditions = conditions or {}
        self._on_fetched = on_fetched
        self._deadline = Deadline()
        timeout = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout)
        self._client = httpx.Client(
            transport=GuardedTransport(settings, self._deadline),
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": settings.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
        )
        self._robots: dict[str, tuple[Robots | None, float]] = {}
        self._next: dict[str, float] = {}
        self._failures: dict[str, tuple[int, float]] = {}
        self._locks: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def get(self, url: str, *, source: str | None = None, until: float = float("inf"), moved: str | None = None) -> Fetched:
        """Return the answer for an address, after redirects and retries.

        Args:
            url: An http or https address.
            source: What led to it; comes back with the answer.
            until: When the time of its source is over (time.monotonic).
            moved: Where the address has gone for good, as an earlier answer said; asked in its place.

        Raises:
            OutOfTime: That time was over first, or would have been after the pause that the host wants.
            ReadError: Nothing usable came back; `where` is the address, and the message says what happened.
        """
        conditions = zip(("If-None-Match", "If-Modified-Since"), self._conditions.get(url, ()), strict=False)
        headers = {name: value for name, value in conditions if value}
        self._deadline.source = until
        try:
            answer = replace(self._follow(url, moved or url, headers), source=source)
        except AddressError as problem:
            raise AddressError(problem.message, where=url, remedy=problem.remedy) from problem
        finally:
            self._deadline.source = float("inf")
        if moved is not None:
            answer = replace(answer, moved=answer.moved or moved)
        if self._on_fetched is not None:
            self._on_fetched(answer)
        return answer

    def _follow(self, url: str, start: str, headers: dict[str, str]) -> Fetched:
        current, moved = start, None
        for_good = True
        for _ in range(self._settings.max_redirects + 1):
            if not self._allowed(current):
                remedy = "Ask the publisher, or set read.respect_robots = false where you have the right to read it."
                raise ReadError("The site's robots.txt forbids reading this address.", where=url, remedy=remedy)
            response, body = self._patiently(current, headers, self._settings.max_page_bytes)
            if response.status_code not in _REDIRECTS:
                return replace(self._answer(url, current, response, body), moved=moved)
            target = web_url(response.headers.get("location"), base=current)
            if target is None:
                raise ReadError("The server redirects to something that is no web address.", where=url)
            for_good &= response.status_code in _FOR_GOOD and not (current.startswith("https:") and target.startswith("http:"))
            current, moved = target, target if for_good else moved
        raise ReadError(f"The server redirects more than {self._settings.max_redirects} times.", where=url, remedy="Name the last address.")

    def _answer(self, asked: str, url: str, response: httpx.Response, body: bytes) -> Fetched:
        status = response.status_code
        if status == 304:
            body = b""
        elif status != 200:
            kind = Unavailable if status in _TRY_AGAIN or status >= 500 else ReadError
            raise kind(f"The server answered {status} {response.reason_phrase}".rstrip() + ".", where=asked, remedy=remedy_of(status))
        elif not body:
            raise Unavailable("The server sent an empty answer.", where=asked, remedy="Try again later.")
        elif body.startswith(b"\x1f\x8b"):
            body = unpacked(body, limit=self._settings.max_page_bytes, where=asked)
        content_type = response.headers.get("content-type", "")
        return Fetched(
            url=url,
            asked=asked,
            status=status,
            body=body,
            content_type=content_type.split(";")[0].strip().lower() or None,
            charset=response.charset_encoding,
            etag=_short(response.headers.get("etag")),
            last_modified=_short(response.headers.get("last-modified")),
            fetched_at=datetime.now(UTC).replace(microsecond=0),
            not_modified=status == 304,
        )

    def _patiently(self, url: str, headers: dict[str, str], limit: int) -> tuple[httpx.Response, bytes]:
        """Return one answer, asking again after errors that pass."""
        host = _origin(url)
        self._check_penalty(host, url)
        for tried in range(self._settings.retries + 1):
            last = tried == self._settings.retries
            try:
                with self._turn(host):
                    self._wait(self._next.get(host, 0.0) - time.monotonic(), host)
                    response, body = self._once(url, headers, limit)
            except httpx.HTTPError as problem:
                if not self._deadline.left(None):
                    raise OutOfTime(f"{host} took longer than its source had left.", where=url) from problem
                if last:
                    self._failed(host)
                    raise Unavailable(
                        f"The server cannot be reached ({_words(problem)}).", where=url, remedy="Check the address; try later."
                    ) from problem
                self._back_off(tried, 0.0, host)
                continue
            except (httpx.InvalidURL, UnicodeError, ValueError) as problem:
                raise ReadError(f"The address cannot be used ({problem}).", where=url, remedy="Check it.") from problem
            if response.status_code not in _TRY_AGAIN:
                self._failures.pop(host, None)
                return response, body
            wait = _seconds(response.headers.get("retry-after"))
            if wait > self._settings.max_backoff:
                self._failures[host] = (_FAILURES, time.monotonic() + wait)
                raise Unavailable.left_alone(
                    f"The server answered {response.status_code} and asks to be left alone for {wait:,.0f} seconds.", url, wait
                )
            if last:
                self._failed(host)
                return response, body
            self._back_off(tried, wait, host)
        raise AssertionError("unreachable: the last try returns or raises")

    def _once(self, url: str, headers: dict[str, str], limit: int) -> tuple[httpx.Response, bytes]:
        with self._timed(url), self._client.stream("GET", url, headers=headers) as response:
            self._client.cookies.clear()
            if response.status_code != 200:
                return response, b""
            length = response.headers.get("content-length", "")
            if length.isdigit() and len(length) < 20 and int(length) > limit:
                raise ReadError(f"The server announces {int(length):,} bytes.", where=url, remedy=f"The limit is {limit:,} (read.max_page_bytes).")
            encoding = response.headers.get("content-encoding", "identity").strip().lower().removeprefix("x-") or "identity"
            if encoding not in {"identity", "gzip", "deflate"}:
                raise ReadError(f"The answer is compressed as {encoding[:50]}, which was not asked for.", where=url)
            return response, inflate(response.iter_raw(), limit=limit, encoding=encoding, where=url)

    @contextmanager
    def _timed(self, url: str) -> Iterator[None]:
        self._deadline.at = time.monotonic() + self._settings.total_timeout
        try:
            yield
        finally:
            self._deadline.at = float("inf")
            self._next[_origin(url)] = time.monotonic() + self._delay(_origin(url))

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        """Hold the host: one request to it at a time, however many threads read."""
        if not self._locks[host].acquire(timeout=min(self._deadline.left(None), threading.TIMEOUT_MAX)):
            raise OutOfTime(f"{host} was still busy with another source.", where=host)
        try:
            yield
        finally:
            self._locks[host].release()

    def _wait(self, seconds: float, host: str) -> None:
        """Sleep, or say at once that the source has not so much time left."""
        left = self._deadline.left(None)
        if not left or seconds >= left:
            raise OutOfTime(f"{host} wants a pause of {seconds:,.1f} seconds between requests." if seconds > 0 else "", where=host)
        if seconds > 0:
            time.sleep(seconds)

    def _delay(self, host: str) -> float:
        robots = self._robots.get(host, (None, 0.0))[0]
        asked = robots.delay if robots and robots.delay is not None and self._settings.respect_robots else 0.0
        return max(self._settings.per_host_delay, min(asked, _LONGEST_PAUSE))

    def _back_off(self, tried: int, wait: float, host: str) -> None:
        """Wait before the next try: twice as long each time, with jitter, so that many readers do not come back together; `wait` is the least."""
        pause = self._settings.backoff * 2**tried * random.uniform(0.5, 1.5)
        self._wait(min(max(pause, wait), self._settings.max_backoff), host)

    def _failed(self, host: str) -> None:
        count = self._failures.get(host, (0, 0.0))[0] + 1
        self._failures[host] = (count, time.monotonic() + _PENALTY)

    def _check_penalty(self, host: str, url: str) -> None:
        count, until = self._failures.get(host, (0, 0.0))
        left = until - time.monotonic()
        if count >= _FAILURES and left > _PENALTY:
            raise Unavailable.left_alone(f"The host asks to be left alone for {left:,.0f} seconds.", url, left)
        if count >= _FAILURES and left > 0:
            raise Unavailable(f"The host failed {count} times in a row and is left alone for a minute.", where=url, remedy="Try later.")

    def _allowed(self, url: str) -> bool:
        if not self._settings.respect_robots:
            return True
        host = _origin(url)
        with self._turn(host):  # Asked once, not once a thread.
            robots, until = self._robots.get(host, (None, 0.0))
            if robots is None or time.monotonic() > until:
                robots = self._fetch_robots(host)
                self._robots[host] = (robots, time.monotonic() + _ROBOTS_LIFE)
        return robots.allows(url)

    def _fetch_robots(self, origin: str) -> Robots:
        """Return the rules of a site: none where it has no robots.txt (4xx); where it should answer and does not, reading must wait (RFC 9309)."""
        current = f"{origin}/robots.txt"
        for _ in range(self._settings.max_redirects + 1):
            response, body = self._patiently(current, {}, MAX_BYTES * 4)
            if response.status_code in _REDIRECTS and (target := web_url(response.headers.get("location"), base=current)):
                current = target
                continue
            if response.status_code >= 500 or response.status_code == 429:
                raise Unavailable(f"The site's robots.txt cannot be read ({response.status_code}).", where=origin, remedy="Try again later.")
            return parse_robots(body[:MAX_BYTES].decode("utf-8", "replace"), self._settings.user_agent) if response.status_code == 200 else Robots()
        return Robots()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _short(value: str | None) -> str | None:
    return value if value and len(value) <= _LONGEST_TAG else None


def _seconds(retry_after: str | None) -> float:
    """Return the seconds of a Retry-After header, which holds a number or a date."""
    if not retry_after:
        return 0.0
    if retry_after.isdigit():
        return float(retry_after[:6])
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _words(problem: httpx.HTTPError) -> str:
    return str(problem) or {"ReadTimeout": "no answer in time", "ConnectTimeout": "no connection in time"}.get(
        type(problem).__name__, type(problem).__name__
    )
