"""The one door to reading: whatever the user names, articles come out one by one, and a row for everything that is none.

Nothing here holds more than one article (or one page) in memory, and nothing that one input does ends the run.
"""

from __future__ import annotations

import io
import json
import sys
from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from dateline.errors import ReadError
from dateline.ids import stable_id, text_hash
from dateline.model import Article, Rejection
from dateline.read.backlog import Backlog
from dateline.read.inflate import open_gzip
from dateline.read.inputs import expand
from dateline.read.jsonl import read_jsonl, read_record
from dateline.read.links import LinkReader
from dateline.read.outcome import Outcome
from dateline.read.refusal import refusal_of, refuse
from dateline.read.settings import ReadSettings
from dateline.read.sniff import Format, format_of
from dateline.read.text import read_text
from dateline.read.visit import Fetcher

Item = Article | Rejection
_HEAD = 1 << 13
_REMEMBERED = 200_000  # Documents of one run in which repeats are noticed; more would cost memory without end.


def read_inputs(
    inputs: Sequence[str],
    *,
    settings: ReadSettings | None = None,
    fetcher: Fetcher | None = None,
    on_source: Callable[[Outcome], None] | None = None,
    backlog: Callable[[str], Backlog] | None = None,
    unique: bool = True,
) -> Iterator[Item]:
    """Yield every article of the inputs, lazily and in order, and a Rejection (stage "read") for whatever could not be read.

    Args:
        inputs: Files, folders, glob patterns, addresses of pages, feeds or sitemaps, or "-" for standard input.
        settings: Limits; the defaults where None.
        fetcher: What fetches addresses (a Web, or something that keeps what it fetched); made when first needed.
        on_source: Told how each input went, from several threads; see LinkReader.
        backlog: What earlier runs have left of an input.
        unique: Report repeats instead of yielding them again. False gives one article for each record, for output that goes record by record.
    """
    settings = settings or ReadSettings()
    links = LinkReader(settings, fetcher, on_source, backlog)
    try:
        items = _read_all(inputs, settings, links, on_source)
        yield from _once(items) if unique else items
    finally:
        links.close()


def _read_all(
    inputs: Sequence[str], settings: ReadSettings, links: LinkReader, on_source: Callable[[Outcome], None] | None
) -> Iterator[Item]:  # fmt: skip
    for on_web, names in groupby(inputs, key=lambda name: "://" in name):
        if on_web:
            yield from _read_addresses(list(names), settings.workers, links)
        else:
            for name in names:
                outcome = yield from _read_path(name, settings, links)
                if on_source is not None:
                    on_source(outcome)


def _read_addresses(names: Sequence[str], workers: int, links: LinkReader) -> Iterator[Item]:
    """Yield what the addresses hold, in their order, while the next few are being read."""
    if len(names) == 1 or workers == 1:
        yield from (item for name in names for item in links.read(name))
        return
    pool = ThreadPoolExecutor(max_workers=min(workers, len(names)), thread_name_prefix="read")
    waiting: deque[Future[list[Item]]] = deque()
    left = iter(names)
    try:
        while True:
            while len(waiting) < workers and (name := next(left, None)) is not None:
                waiting.append(pool.submit(lambda address: list(links.read(address)), name))
            if not waiting:
                break
            yield from waiting.popleft().result()
    finally:  # Also where the caller stops in the middle.
        pool.shutdown(wait=False, cancel_futures=True)


def _read_path(name: str, settings: ReadSettings, links: LinkReader) -> Generator[Item, None, Outcome]:
    """Yield what a file, folder, pattern or standard input holds; return how it went: badly where there was no article and a reason for that."""
    articles, reason = 0, None
    items = (
        _guarded(_read_stream(sys.stdin.buffer, "-", settings, links), "standard input")
        if name == "-"
        else (item for found in expand(name) for item in ([found] if isinstance(found, Rejection) else _read_file(found, settings, links)))
    )
    for item in items:
        if isinstance(item, Article):
            articles += 1
        elif item.severity == "refused":
            reason = item.reason
        yield item
    return Outcome(source=name, kind="folder" if Path(name).is_dir() else "file", problem=None if articles else reason)


def _read_file(path: Path, settings: ReadSettings, links: LinkReader) -> Iterator[Item]:
    try:
        with path.open("rb") as stream:
            yield from _guarded(_read_stream(stream, str(path), settings, links), str(path))
    except OSError as problem:
        yield refuse("unreadable", f"The file cannot be read ({problem.strerror or problem}). Check its permissions.", str(path))


def _guarded(items: Iterator[Item], where: str) -> Iterator[Item]:
    """Yield the items; an error that ends them becomes a row, and what came before it stays."""
    try:
        yield from items
    except ReadError as problem:
        yield refusal_of(problem, "unreadable", where)
    except OSError as problem:
        yield refuse("unreadable", f"The input cannot be read ({problem.strerror or problem}).", where)
    except (RecursionError, MemoryError) as problem:
        yield refuse("too_complex", f"The input is too large or too deeply nested to read ({type(problem).__name__}).", where)


def _read_stream(stream: BinaryIO, name: str, settings: ReadSettings, links: LinkReader, *, inner: str | None = None) -> Iterator[Item]:
    """Yield the articles of a stream; `inner` is the name of what a compressed file holds, which tells its format."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]  # Any binary stream will do.
    head = buffered.peek(_HEAD)[:_HEAD]
    if not head:
        yield refuse("empty", "The file is empty. Remove it, or fetch it again.", name)
        return
    kind = format_of(inner or name, head)
    if kind == "gzip" and not name.lower().endswith((".warc.gz", ".warc")):
        content = open_gzip(buffered, ratio=settings.max_compression, where=name)
        yield from _read_stream(content, name, settings, links, inner=(inner or name).removesuffix(".gz"))
    elif kind in {"warc", "gzip"}:
        from dateline.read.warc import read_warc  # Loaded for archives only.

        yield from read_warc(buffered, source=name, settings=settings)
    elif kind == "jsonl":
        yield from read_jsonl(buffered, source=name, settings=settings)
    else:
        data = buffered.read(settings.max_page_bytes + 1)
        if len(data) > settings.max_page_bytes:
            limit = f"{settings.max_page_bytes:,}"
            yield refuse("too_large", f"The file is larger than {limit} bytes. Split it, or raise read.max_page_bytes.", name)
            return
        yield from read_bytes(data, kind, source=name, settings=settings, links=links)


def read_bytes(data: bytes, kind: Format, *, source: str, settings: ReadSettings, links: LinkReader) -> Iterator[Item]:
    """Yield the articles of one file of a known format.

    Raises:
        ReadError: It is not what it seems.
    """
    if kind == "html":
        from dateline.read.html import read_html  # trafilatura takes half a second to load; JSON lines do not need it.

        yield from read_html(data, source=source, settings=settings)
    elif kind in {"feed", "sitemap"}:
        yield from links.read_listing(data, kind, source=source)
    elif kind == "json":
        yield from _read_json(data, source, settings)
    else:
        yield from read_text(data, source=source, settings=settings, markdown=kind == "markdown")


def _read_json(data: bytes, source: str, settings: ReadSettings) -> Iterator[Item]:
    """Yield the records of a .json file: one object, an array of them, or JSON lines under the wrong name."""
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        yield from read_jsonl(io.BytesIO(data), source=source, settings=settings)
        return
    for number, record in enumerate(whole if isinstance(whole, list) else [whole], 1):
        where = f"{source}[{number}]" if isinstance(whole, list) else source
        if not isinstance(record, dict):
            yield refuse("json", 'This is JSON but no article. Write objects with "id" and "text".', where)
            continue
        try:
            yield from read_record(record, source=where, settings=settings)
        except ReadError as problem:
            yield refusal_of(problem, "record", where)


def _once(items: Iterable[Item]) -> Iterator[Item]:
    """Yield each article once: what is read twice is reported; another text under a known id without an address gets an id of its own.

    Another text under a known address is a revision and passes: telling revisions apart is the loader's work.
    """
    # Python's own hash of a text is enough to tell it from another within one process, in a third of the time.
    seen: OrderedDict[str, tuple[int, str]] = OrderedDict()
    for item in items:
        if isinstance(item, Rejection):
            yield item
            continue
        key, digest = item.document_id, hash(item.text)
        before = seen.get(key)
        if before is not None and before[0] == digest:
            reason = f"The same article was read before from {before[1]}; this copy was skipped."
            yield refuse("duplicate", reason, item.source, document_id=key, raw=item.title or item.text)
            continue
        if before is not None and item.url is None:
            item, note = _renamed(item, text_hash(item.text), before[1])
            yield item
            yield note
            continue
        seen[key] = (digest, item.source)
        if len(seen) > _REMEMBERED:
            seen.popitem(last=False)
        yield item


def _renamed(item: Article, digest: str, first: str) -> tuple[Article, Rejection]:
    other = replace(item, document_id=stable_id("doc", item.origin_id, digest))
    reason = f'The id "{item.origin_id}" stands for another text in {first}; kept under another id. Give each its own.'
    return other, refuse("duplicate_id", reason, item.source, raw=item.origin_id, document_id=other.document_id)
