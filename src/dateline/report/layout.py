"""Templates to one self-contained HTML file: styles and scripts inlined and named by hash in the page's own Content-Security-Policy.

Every text of the outside world goes through Jinja's escaping; nothing but our own style and script can run or load, so hostile text stays text.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dateline.errors import EnvironmentProblem
from dateline.report import wording

_TEMPLATES = Path(__file__).with_name("templates")


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters |= {
        "number": wording.number,
        "count": lambda value: "" if value is None else wording.number(value),
        "day": wording.day,
        "moment": wording.moment,
        "country": wording.country,
        "kind_words": wording.kind_words,
        "clipped": wording.clipped,
        "report_link": report_link,
    }
    return env


def report_link(row: Mapping[str, Any]) -> Markup:
    """Return a report's title, linked where its address is one of the web."""
    title = wording.clipped(row.get("title") or row.get("source") or row.get("document_id") or "untitled", 140)
    # `link` opens the report at the sentence where the browser can.
    plain = wording.web(row.get("url"))
    address = wording.web(row.get("link")) or plain
    if not address:
        return escape(title)
    # On paper the plain address is printed, without the words that a browser looks for.
    return Markup('<a href="{}" data-u="{}" rel="noopener noreferrer nofollow">{}</a>').format(address, plain or address, title)


def render(template: str, *, styles: tuple[str, ...], scripts: tuple[str, ...], **context: Any) -> str:
    """Return a page; `styles` and `scripts` are files of the templates folder, inlined."""
    style = "\n".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in styles)
    script = "\n".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in scripts)
    return (
        _environment()
        .get_template(template)
        .render(style=Markup(style), script=Markup(script), style_hash=_hash(style), script_hash=_hash(script), **context)
    )


def _hash(text: str) -> Markup:
    # Base64 may hold "+", which escaping would turn into an entity; browsers read the same, people comparing hashes do not.
    return Markup("sha256-" + b64encode(sha256(text.encode()).digest()).decode())


def write(page: str, target: Path) -> Path:
    """Write a page whole or not at all, and return its path.

    Raises:
        EnvironmentProblem: The folder cannot be written or the disk is full; a former page stays as it was.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(page, encoding="utf-8", errors="replace")
        partial.replace(target)
    except OSError as problem:
        with suppress(OSError):
            partial.unlink()
        raise EnvironmentProblem(
            f"the page could not be written: {problem.strerror or problem}.", where=str(target), remedy="Free disk space or choose another folder."
        ) from problem
    return target
