"""Front matter of text files: "key: value" lines between two lines of dashes. Looks like YAML, is not parsed as YAML (no tags, anchors or bombs)."""

from __future__ import annotations

_LINES = 60
_KEYS = {
    "title": "title", "headline": "title", "url": "url", "link": "url", "canonical": "url", "publisher": "publisher", "outlet": "publisher",
    "site": "publisher", "published": "published", "date": "published", "published_at": "published", "byline": "byline", "author": "byline",
    "language": "language", "lang": "language", "id": "id",
}  # fmt: skip


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of the front matter ({} where there is none) and the text behind it.

    Unknown keys are left out; the first of two equal keys counts. A file that begins with a line of dashes but has no second one, or holds lines
    that are no "key: value", has no front matter and is returned whole.
    """
    text = text.removeprefix("\ufeff")
    lines = text.split("\n", _LINES + 1)
    if lines[0].strip() != "---":
        return {}, text
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1 : _LINES + 1], 1):
        if line.strip() in {"---", "..."}:
            return fields, "\n".join(lines[number + 1 :])
        if not line.strip() or line.lstrip().startswith("#") or line[:1] in " \t-":  # Empty, comment, or the continuation of a list value.
            continue
        key, colon, value = line.partition(":")
        if not colon or not key.strip().replace("_", "").replace("-", "").isalnum():
            return {}, text
        name = _KEYS.get(key.strip().lower())
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if name and value and value not in {"null", "~"}:
            fields.setdefault(name, value)
    return {}, text
