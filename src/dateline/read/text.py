"""Plain text and Markdown files, with front matter or without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.model import Article, Rejection
from dateline.read.assemble import Draft, assemble, language_tag
from dateline.read.decode import decode
from dateline.read.frontmatter import split_front_matter
from dateline.read.published import parse_published
from dateline.read.settings import ReadSettings

# No bracket inside a bracket: a text of opening brackets alone must not be searched again from each of them.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\[\]\s]{0,500}(?:\s\"[^\"\[\n]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\[\]\s]{0,500}(?:\s\"[^\"\[\n]{0,300}\")?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")


def read_text(data: bytes, *, source: str, settings: ReadSettings, markdown: bool = False, url: str | None = None) -> Iterator[Article | Rejection]:
    """Yield the article of one text file.

    Raises:
        ReadError: The bytes are no text.
    """
    fields, body = split_front_matter(decode(data, where=source).replace("\r\n", "\n").replace("\r", "\n"))
    title = fields.get("title")
    if markdown:
        heading, body = plain_from_markdown(body)
        title = title or heading
    draft = Draft(
        text=body,
        source=source,
        title=title,
        url=fields.get("url") or url,
        publisher=fields.get("publisher"),
        byline=fields.get("byline"),
        language=language_tag(fields.get("language")),
        published=parse_published(fields.get("published")),
        published_raw=fields.get("published"),
        origin_id=fields.get("id"),
    )
    yield from assemble(draft, settings)


def plain_from_markdown(text: str) -> tuple[str | None, str]:
    """Return the first top heading and the text without Markdown's marks (headings, strong, links, images)."""
    title, lines = None, []
    for line in text.split("\n"):
        if heading := _HEADING.match(line[:500]):
            title = title or (heading.group(1) if line.startswith("# ") else None)
            line = heading.group(1)
        lines.append(_STRONG.sub(r"\2", _LINK.sub(r"\1", _IMAGE.sub("", line))))
    return title, "\n".join(lines)
