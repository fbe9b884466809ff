"""From the pieces of a report, as a page, a file or a feed entry gave them, to an Article: cleaning, dateline, limits, dates, id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from dateline.ids import stable_id
from dateline.model import Article, Rejection
from dateline.read.clean import clean
from dateline.read.dateline import find_dateline
from dateline.read.decode import normalise
from dateline.read.published import Published, check_published
from dateline.read.refusal import refuse
from dateline.read.settings import ReadSettings
from dateline.read.urls import canonical_url, web_url

_LONGEST_FIELD = 1_000  # Characters of a title, byline or publisher; more is page furniture or an attack.


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a reader found, before cleaning. `notes` are rows to go with the article (a field that could not be used)."""

    text: str
    source: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None
    published: Published = field(default_factory=Published)
    published_raw: str | None = None
    fetched_at: datetime | None = None
    origin_id: str | None = None
    notes: tuple[Rejection, ...] = ()


def field_text(value: object) -> str | None:
    """Return a one-line field (title, byline) in normal form, None where it is empty or no text."""
    if not isinstance(value, str):
        return None
    return " ".join(normalise(value[: _LONGEST_FIELD * 4]).split())[:_LONGEST_FIELD].rstrip() or None


def language_tag(value: object) -> str | None:
    """Return the language ("en") of a tag such as "en-GB", None for anything else."""
    primary = value.strip().replace("_", "-").split("-")[0].lower() if isinstance(value, str) else ""
    return primary if primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3 else None


def document_id(*, url: str | None, origin_id: str | None, text: str) -> str:
    """Return the id of a document: from its canonical address, else from the source's own id, else from its raw text."""
    if url:
        return stable_id("doc", canonical_url(url))
    return stable_id("doc", origin_id) if origin_id else stable_id("doc", "text", text)


def usable_date(found: Published, raw: str | None, settings: ReadSettings, *, source: str, document: str) -> tuple[Published, list[Rejection]]:
    """Return the publication date if it can be true, else none and the row that says why; the article is kept either way."""
    checked = check_published(found, now=settings.now, future_days=settings.future_days, oldest_year=settings.oldest_year)
    if not checked.problem:
        return checked, []
    reason = f"The publication date {checked.problem}; the article was kept without one. Give it as YYYY-MM-DD or with time and offset (ISO 8601)."
    return Published(), [refuse("published", reason, source, raw=raw, document_id=document)]


def assemble(draft: Draft, settings: ReadSettings) -> Iterator[Article | Rejection]:
    """Yield the cleaned article and the rows about what could not be used of it, or the one row that refuses it."""
    if len(draft.text) > settings.max_text_chars * 1.5:  # Before cleaning, which takes time: no article is a third furniture at this length.
        yield _too_long(len(draft.text), draft.source, settings)
        return
    if (lines := draft.text.count("\n")) > settings.max_lines:
        reason = f"The text has {lines:,} lines, more than the limit of {settings.max_lines:,}. Split it, or raise read.max_lines."
        yield refuse("too_long", reason, draft.source)
        return
    cleaned = clean(draft.text, title=field_text(draft.title), byline=field_text(draft.byline))
    published, raw = (draft.published, draft.published_raw) if draft.published != Published() else (cleaned.published, None)
    url = web_url(draft.url)
    identity = document_id(url=url, origin_id=draft.origin_id, text=normalise(draft.text))
    published, notes = usable_date(published, raw, settings, source=draft.source, document=identity)
    heading = find_dateline(cleaned.text, published.when.date() if published.when else None)
    text = cleaned.text[heading.length :]
    if not any(map(str.isalnum, text)):
        yield refuse(
            "empty", "No article text was found. Check that the file or page holds an article.", draft.source, raw=draft.text, document_id=identity
        )
        return
    if len(text) > settings.max_text_chars:
        yield _too_long(len(text), draft.source, settings)
        return
    yield Article(
        document_id=identity,
        text=text,
        title=field_text(cleaned.title),
        url=url,
        publisher=field_text(draft.publisher),
        byline=field_text(cleaned.byline) or field_text(heading.desk),
        language=draft.language,
        published_at=published.when,
        published_precision=published.precision,
        dateline_place=heading.place,
        dateline_date=heading.day,
        fetched_at=draft.fetched_at,
        source=draft.source,
        origin_id=draft.origin_id,
    )
    yield from (_about(note, identity) for note in (*draft.notes, *notes))
    if draft.url and url is None:
        reason = "The url is no http or https address and was left out. Give the full address of the article."
        yield refuse("url", reason, draft.source, raw=draft.url, document_id=identity)


def _about(note: Rejection, document: str) -> Rejection:
    return Rejection(
        stage=note.stage, kind=note.kind, reason=note.reason, rule=note.rule, location=note.location, raw=note.raw, document_id=document
    )  # fmt: skip


def _too_long(length: int, source: str, settings: ReadSettings) -> Rejection:
    reason = f"The text has {length:,} characters, more than the limit of {settings.max_text_chars:,}. Split it, or raise read.max_text_chars."
    return refuse("too_long", reason, source)
