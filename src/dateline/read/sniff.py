"""What a file or answer is: by its name where the name says so, by its first bytes where the name says nothing or something else."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

Format = Literal["text", "markdown", "html", "feed", "sitemap", "jsonl", "json", "warc", "gzip"]

SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".rss": "feed", ".atom": "feed", ".xml": "feed", ".rdf": "feed", ".warc": "warc",
}  # fmt: skip
_TYPES: dict[str, Format] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "text/xml": "feed", "application/xml": "feed", "text/plain": "text", "text/markdown": "markdown", "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl", "application/json": "json", "application/warc": "warc",
}  # fmt: skip
_PROLOG = re.compile(r"(?:\s+|<\?[^>]{0,400}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,400}(?:\[[^\]]{0,2000}\]\s*)?>)*", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z][\w:.-]{0,40})")
_FEED_ROOTS = {"rss", "feed", "rdf:rdf", "channel", "atom:feed"}
_HTML_ROOTS = {
    "html",
    "head",
    "body",
    "div",
    "p",
    "article",
    "main",
    "section",
    "meta",
    "title",
    "h1",
    "table",
    "span",
    "script",
    "link",
    "style",
    "a",
    "br",
}


def format_of_bytes(head: bytes) -> Format | None:
    """Return the format that the first bytes show beyond doubt, or None."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head[: len(head) & ~1].decode(encoding, "replace") if encoding == "utf-16" else head.decode(encoding, "replace")
    if text.lstrip()[:1] == "{":
        return "jsonl"
    if text.lstrip()[:1] != "<":
        return None
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    name = root.group(1).lower() if root else ""
    if name in _FEED_ROOTS:
        return "feed"
    if name in {"urlset", "sitemapindex"}:
        return "sitemap"
    if name in _HTML_ROOTS or "<!doctype html" in text[:1000].lower():
        return "html"
    return None


def format_of(name: str, head: bytes, *, content_type: str | None = None) -> Format:
    """Return the format of something named `name` (path or address) that begins with `head`; text where nothing says otherwise."""
    shown = format_of_bytes(head)
    named = SUFFIXES.get(PurePath(name.split("?")[0]).suffix.lower())
    if content_type is not None:
        named = _TYPES.get(content_type.split(";")[0].strip().lower(), named)
    if shown in {"gzip", "warc", "feed", "sitemap"} or named is None:
        return shown or "text"
    if shown == "html" and named in {"text", "feed", "json"}:
        return "html"
    if shown == "jsonl" and named == "text" and content_type is None:
        return "text"  # A .txt file that begins with a brace is a text.
    return "jsonl" if shown == "jsonl" and named in {"html", "feed"} else named
