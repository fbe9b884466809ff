"""Scraped text to the article alone: title and byline become data; breadcrumbs, advertisements, captions and the like go; sentences stay.

The unit is the line. A line is removed only when all of it is known furniture, so a rule that misses leaves a stray line and never takes a sentence.
Rules about bylines, dates and breadcrumbs apply to the head of the text only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from dateline.read.boilerplate import fold, furniture, is_sentence, phrases, words
from dateline.read.dateline import find_dateline
from dateline.read.decode import normalise
from dateline.read.layout import unwrap
from dateline.read.published import Published, parse_published

_HEAD_LINES = 14  # Non-empty lines from the top in which bylines and dates are looked for.
_CRUMB_END = ("/", ">", "»", "›", "→")
# Blanks before a sign are taken from their first on or not at all: a run of them must not be looked over from each.
_CRUMB_PARTS = re.compile(r"(?:(?<!\s)\s+)?[/>»›|•→]\s*")
_PARTS = re.compile(r"(?<!\s)\s+[|·•–—-]\s+|(?:(?<!\s)\s+)?[|·•]\s*")
_FULL_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\s[A-Z][a-z]{2,8}\s\d{4}|[A-Z][a-z]{2,8}\s\d{1,2},?\s\d{4})\b")
_GAP = re.compile(r"\n{3,}")
_TWO_SENTENCES = re.compile(r"[a-z)]{2}[.!?][\"'”’]?\s+[A-Z“]")
_LATER = re.compile(r"(?:\s|(?<=\d))(?:last\s)?(?:updated|modified)\b", re.IGNORECASE)
_BULLET = " \t•·*–-—>»"
_JOINERS = {"and", "in", "with", "for", "the", "of", "de", "da", "di", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "at", "from", "&"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The article and what stood around it. `removed` holds the lines taken out with the reason, for `explain` and for tests."""

    text: str
    title: str | None = None
    byline: str | None = None
    published: Published = field(default_factory=Published)
    removed: tuple[tuple[str, str], ...] = ()


def clean(text: str, *, title: str | None = None, byline: str | None = None) -> Cleaned:
    """Return the article in `text`.

    Args:
        text: As scraped or typed: title, breadcrumbs and all. It is normalised first (see `decode.normalise`).
        title: The title where it is known (metadata, front matter); else the text's own is looked for.
        byline: The same.
    """
    lines = unwrap(_GAP.sub("\n\n", normalise(text)).split("\n"))
    body = _first_prose(lines)
    crumbs = _breadcrumbs(lines[:body])
    heading = normalise(title).replace("\n", " ").strip() if title else None
    heading = heading or _find_title(lines, body, crumbs)
    kept: list[str] = []
    removed: list[tuple[str, str]] = []
    published, seen = Published(), 0
    # One line that is a date is when the article appeared; several are the headings of a timeline.
    timeline = sum(map(_is_bare_date, lines)) > 1
    last = max(
        (number for number, line in enumerate(lines) if is_sentence(line) and words(line) >= 5 and furniture(line) is None), default=len(lines)
    )
    titled = heading is not None and body < len(lines) and any(_repeats(line, heading, in_head=True) for line in lines[:body])
    ended = False
    for number, line in enumerate(lines):
        seen += bool(line)
        reason = _reason(line, number, heading, crumbs, in_head=number <= body)
        ended = ended or (number > last and reason is not None)
        if reason is None and line and ((titled and number < body and _is_label(line)) or (ended and words(line) <= 15 and not is_sentence(line))):
            # Sections, names of writers and topics around a title; and what follows the first furniture behind the last sentence.
            reason = "label"
        if (
            reason in (None, "label")
            and line
            and seen <= _HEAD_LINES
            and (details := _head_line(line)) is not None
            and not (timeline and _is_bare_date(line))
        ):
            reason, byline = "head line", byline or details.byline
            published = details.published if published.when is None and details.published.when else published
        if reason is None:
            kept.append(line)
        else:
            removed.append((line, reason))
    return Cleaned(text=_join(kept), title=heading, byline=byline, published=published, removed=tuple(removed))


def _join(lines: list[str]) -> str:
    """Return the lines with at most one empty line between two."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")


def _reason(line: str, number: int, title: str | None, crumbs: set[int], *, in_head: bool) -> str | None:
    if not line:
        return None
    if number in crumbs:
        return "breadcrumb"
    if title and _repeats(line, title, in_head=in_head):
        return "title"
    return furniture(line)


def _repeats(line: str, title: str, *, in_head: bool) -> bool:
    """Return whether a line is the title again, in the head also with the outlet's name behind it ("Title | Desk")."""
    if len(line) > len(title) * 2 + 60:
        return False
    folded, wanted = fold(line), fold(title)
    if folded == wanted:
        return bool(wanted)
    rest = folded[len(wanted) :] if wanted and folded.startswith(wanted) else ""
    return in_head and rest[:3].strip() in {"|", "-", "·", "»", ":"} and words(rest) <= 6


def _first_prose(lines: list[str]) -> int:
    """Return the number of the first line that is a paragraph: what stands before it is the head."""
    for number, line in enumerate(lines):
        if words(line) >= 30 or (words(line) >= 8 and is_sentence(line) and furniture(line) is None):
            return number
    return len(lines)


def _breadcrumbs(head: list[str]) -> set[int]:
    """Return the numbers of head lines that are a path of sections: "Home > World > Kursk", or one list item a section."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*head, ""]):
        if line:
            run.append(number)
            continue
        if any(_is_crumb(head[at]) for at in run):
            crumbs = [at for at in run if _is_crumb(head[at])]
            last = crumbs[-1] + 1
            # The last section of a list of sections is the page itself, without a slash behind it but with the same bullet.
            if last in run and head[last][0] == head[crumbs[-1]][0] and not head[last][0].isalnum():
                crumbs.append(last)
            found.update(crumbs)
        run = []
    return found


def _is_crumb(line: str) -> bool:
    parts = [part for part in (fold(part) for part in _CRUMB_PARTS.split(line)) if part]
    if not parts:
        return True  # Bullets and slashes only.
    stripped = line.strip(_BULLET[:5] + "–-—")
    if line.rstrip().endswith(_CRUMB_END) and words(stripped) <= 6:
        return True
    return parts[0] in phrases("root") and (len(parts) > 1 or parts[0].startswith("home"))


def _find_title(lines: list[str], body: int, crumbs: set[int]) -> str | None:
    """Return the title that the text itself shows: a head line that stands there more than once, else a first line that is no sentence."""
    head = [line for number, line in enumerate(lines[: body + 1]) if line and number not in crumbs and not furniture(line) and not _head_line(line)]
    times: dict[str, int] = {}
    for line in lines:
        if line and len(line) <= 250:
            times[fold(line)] = times.get(fold(line), 0) + 1
    for line in head:
        if times.get(fold(line), 0) > 1 and _may_be_title(line, shortest=2):
            return line
    if len(head) < 2 or body >= len(lines):
        return None
    for at, line in enumerate(head[:-1]):
        if _may_be_title(line, shortest=3) and not _FULL_DATE.search(line):
            # A bulletin's heading with its date ("... as of 21.06.2025") carries a fact and stays in the text.
            after = head[at + 1 :]
            if all(_is_label(other) or words(other) >= 8 for other in after) and (after[-1][0].isupper() or not after[-1][0].isalpha()):
                return next((other for other in after if other != line and _repeats(line, other, in_head=True)), line)
            return None
        if not _is_label(line):
            return None
    return None


def _is_label(line: str) -> bool:
    """Return whether a line is a word or a few beside a title (section, name), no sentence and no number."""
    return words(line) <= 4 and not is_sentence(line) and not line.endswith((":", ",")) and not any(map(str.isdigit, line))


def _may_be_title(line: str, *, shortest: int) -> bool:
    return (
        shortest <= words(line) <= 24
        and len(line) <= 200
        and not _TWO_SENTENCES.search(line)
        and not is_sentence(line)
        and not line.endswith((":", ",", ";", "-"))
        and line[0] not in _BULLET
        and find_dateline(line).length == 0
    )


@dataclass(frozen=True, slots=True)
class _Head:
    byline: str | None
    published: Published


def _head_line(line: str) -> _Head | None:
    """Return byline and date of a line that holds nothing else ("By X | Updated Aug 12, 2024"), or None."""
    if words(line) > 24 or len(line) > 200:
        return None
    byline, published, known = None, Published(), False
    whole = _byline(line), _date_line(line)
    if any(whole):
        return _Head(whole[0], whole[1] or Published())
    for part in _PARTS.split(line):
        if not part.strip():
            continue
        if name := _byline(part):
            byline, known = name, True
        elif (when := _date_line(part)) is not None:
            published, known = (when if when.when else published), True
        elif furniture(part) is None:
            return None
    return _Head(byline, published) if known else None


def _byline(line: str) -> str | None:
    first = line.casefold()
    for phrase in phrases("name"):
        if first.startswith(phrase + " "):
            name = line[len(phrase) :].strip(" :,")
            parts = re.split(r"[\s,|/]+", name)
            right = all(part[:1].isupper() or part.lower() in _JOINERS for part in parts)
            few = 1 <= len(parts) <= 12 and not any(map(str.isdigit, name))
            if right and few and parts[0][:1].isupper() and (not is_sentence(name) or name.endswith((" Jr.", " Sr."))):
                return name
    return None


def _is_bare_date(line: str) -> bool:
    return 1 < words(line) <= 6 and _FULL_DATE.fullmatch(line.strip(" .:–—-")) is not None


def _date_line(line: str) -> Published | None:
    """Return the date of a line that holds only a date, Published() for one that must go without being the publication ("Updated ...")."""
    first, rest, kind = line.casefold(), line, "published"
    for phrase in sorted(phrases("date"), key=len, reverse=True):
        if first.startswith(phrase) and (len(first) == len(phrase) or not first[len(phrase)].isalpha()):
            rest, kind = line[len(phrase) :].strip(" :,-–"), phrases("date")[phrase]
            break
    if cut := _LATER.search(rest):  # "Aug 12, 2024 Updated an hour ago"
        rest = rest[: cut.start()]
    if not re.search(r"\d{4}", rest) or len(rest) > 60:
        return None
    when: datetime | None
    found = parse_published(rest.replace(" at ", " ").replace(" | ", " "))
    when = found.when
    if when is None:
        return None
    return found if kind == "published" else Published()
