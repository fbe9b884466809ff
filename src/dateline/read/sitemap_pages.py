"""The pages that a sitemap leads to, through further sitemaps where it names those: bounded work a run, and none of them for ever out of reach."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from dateline.errors import ReadError
from dateline.model import Article, Rejection
from dateline.read.answer import read_answer
from dateline.read.fetched import OutOfTime, Unavailable
from dateline.read.refusal import refusal_of, refuse
from dateline.read.settings import ReadSettings
from dateline.read.sitemap import Listed, due, in_turns, newest_first, parse_sitemap
from dateline.read.visit import Visit

_DEPTH = 2  # An index of sitemaps; an index of indexes is not allowed by the protocol (sitemaps.org).


class SitemapPages:
    """What a sitemap lists, gathered first and read then, so that the newest of all its parts come first.

    Args:
        visit: The source.
        settings: Limits.
        first: Whether an address is met for the first time in this run; asked once for each.
    """

    def __init__(self, visit: Visit, settings: ReadSettings, first: Callable[[str], bool]) -> None:
        self._visit = visit
        self._settings = settings
        self._first = first
        self._limit = settings.max_links
        self._new: list[Listed] = []
        self._old: list[Listed] = []
        self._more = False

    def read(self, data: bytes, *, where: str, base: str | None = None, declared: str | None = None) -> Iterator[Article | Rejection]:
        """Yield the articles of the pages.

        Raises:
            ReadError: It is no sitemap.
        """
        if not self._settings.follow_links:
            yield refuse("links_off", "A sitemap holds links only, and links are not followed (read.follow_links).", where)
            return
        yield from self._gather(data, where, base, declared, depth=0)
        chosen = in_turns(self._new, self._old)
        self._leave(chosen[self._limit :])
        left = deque(chosen[: self._limit])
        while left:
            page = left.popleft()
            if not self._first(page.link):
                continue
            try:
                answer = self._visit.get(page.link)
                if not answer.not_modified:
                    yield from read_answer(answer, where=page.link, settings=self._settings)
            except OutOfTime:
                self._visit.late += len(left)
                self._leave([page, *left])
                break
            except ReadError as problem:
                if isinstance(problem, Unavailable):
                    self._leave([page])
                yield refusal_of(problem, "fetch", page.link)
        if self._more:
            reason = f"The sitemap lists more new pages than the {self._limit:,} that a run reads (read.max_links)."
            yield refuse("too_many_links", reason, where)

    def _gather(self, data: bytes, where: str, base: str | None, declared: str | None, *, depth: int) -> Iterator[Rejection]:
        pages, maps = parse_sitemap(data, where=where, base=base, declared=declared)
        if not pages and not maps:
            yield refuse("empty_feed", "The sitemap lists no pages.", where)
        self._choose(pages)
        if depth == _DEPTH:
            return
        left = deque(newest_first(in_turns(*due(maps, self._visit.backlog))))
        for _ in range(min(len(left), self._limit)):
            one = left.popleft()
            if one.when and self._full:  # What it lists is older than what there is room for.
                left.appendleft(one)
                break
            if not self._first(one.link):
                continue
            try:
                answer = self._visit.get(one.link, half=True)  # The pages found so far need time as well.
                if not answer.not_modified:
                    yield from self._gather(answer.body, one.link, answer.url, answer.charset, depth=depth + 1)
            except OutOfTime:
                self._visit.late += len(left)
                left.appendleft(one)
                break
            except ReadError as problem:
                if isinstance(problem, Unavailable):
                    left.append(one)
                yield refusal_of(problem, "fetch", one.link)
        self._more |= self._full and bool(left)
        self._visit.unfinished |= {one.link for one in left if one.link in self._visit.backlog.unfinished}

    @property
    def _full(self) -> bool:
        return len(self._new) == self._limit and self._new[-1].link not in self._visit.backlog.failed

    def _choose(self, pages: list[Listed]) -> None:
        """Take pages among those to be read, as far as there is room for them."""
        new, old = due([*self._new, *self._old, *pages], self._visit.backlog)
        self._new, self._old = new[: self._limit], old[: self._limit]
        self._leave([*new[self._limit :], *old[self._limit :]])
        self._more |= len(new) > self._limit

    def _leave(self, pages: list[Listed]) -> None:
        """Leave pages for the next run, which must then look into their sitemaps again."""
        backlog = self._visit.backlog
        self._visit.unfinished |= {page.within for page in pages if page.changed is not None or backlog.checked(page.link) is None}
