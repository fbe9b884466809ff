"""Every regular expression of Dateline against its own worst case: `python tests/fuzz/patterns.py` prints those that take more than their share.

The expressions are caught where they are made (also those in functions, in caches and put together from seeds/reference), while all of dateline is
imported and the sample articles are read and extracted. What an expression is asked with comes from its own parse tree: each repetition is pumped
behind what must stand before it and before something that breaks it off, since that is what a backtracking matcher dies of; beside these stand long
runs of what news is full of. A text is made four times as long until it can be timed; then once more so long it may take four times the time, and a
generous bit.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from re import _constants as names  # type: ignore[attr-defined]  # The parse tree has no public door; its shape is that of Python 3.11 to 3.14.
from re import _parser as parser  # type: ignore[attr-defined]  # As above.
from typing import Any

ROOT = Path(__file__).parents[2]
_PACKAGE = Path(importlib.util.find_spec("dateline").origin or "").parent  # type: ignore[union-attr]  # It is installed.
FLOOR = 0.01  # Seconds of processor time under which noise would speak.
SHORTEST, LONGEST = 128, 1 << 15  # Characters. What takes less than the floor at the longest is far from quadratic, which would be seconds.
LONGER = 4  # So much longer a text is timed against the first ...
RATIO = 9.0  # ... and may take so many times its time; quadratic would be sixteen.
_BREAKS = ("", "!", "\n", "x", "0", " ")
_RUNS = (
    "0", "a", "A", " ", "\n", "\t", ",", ".", "-", "'", '"', "(", ")", "[", "]", "<", ">", "“", "’", "é", "1,", "1 ", "a ", "A ", "a-", "a.", "A.",
    "\n\n ", "12 to ", "one hundred and ", "the ", "on May ", "$1", "1.1", "/", ":", "*", "_", "#", "&", ";", "=", "%", "\\", "{", "a'", "A a ", " ,",
    "\u200b", "\u202e",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """An expression and the file and line that made it."""

    pattern: re.Pattern[str]
    made: str

    @cached_property
    def name(self) -> str | None:
        """The name under which its module keeps it, None where it is made in passing."""
        named = re.match(r"(?:\w+\.)?(_[A-Z_]+)\b.{0,60}= re\.compile", self._source.splitlines()[self._line - 1]) if self._source else None
        return named[1] if named else None

    @cached_property
    def asked(self) -> set[str]:
        """What is done with it where it is made; everything, where that cannot be told."""
        if self.name is None:
            return set(_METHODS)
        asked = set(re.findall(rf"\b{self.name}\.(\w+)\(", self._source))
        if re.search(rf"(?<!^){self.name}\b(?!\.\w+\(| = )", self._source):  # Handed on: whatever this module does to any may be done to it.
            asked |= set(re.findall(rf"\.({'|'.join(_METHODS)})\(", self._source))
        return asked

    @cached_property
    def _source(self) -> str:
        file = _PACKAGE / self.made.rpartition(":")[0]
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    @property
    def _line(self) -> int:
        return int(self.made.rpartition(":")[2])


# Asked with nothing that a stranger can make long.
_SHELTERED = {
    "_HEADING": "lines are cut at 500 characters",
    "_OUTSIDE": "pages of Great Expectations, in which the values stand escaped",
    "_PARAMETER": "the headers of our own queries",
    "_PASSWORD": "the connection that the user wrote",
}
_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


def caught() -> list[Found]:
    """Return every expression over text that dateline makes while it is imported and at work."""
    found: dict[tuple[str, int], Found] = {}
    compiled: Callable[..., Any] = re._compile  # type: ignore[attr-defined]  # All of re's functions go through it.

    def watched(pattern: Any, flags: int) -> Any:
        made = compiled(pattern, flags)
        frame = sys._getframe(1)
        while frame is not None and "/re/" in frame.f_code.co_filename:
            frame = frame.f_back  # type: ignore[assignment]  # Ends with None.
        where = _origin(frame)
        if where and isinstance(made.pattern, str):
            found.setdefault((made.pattern, made.flags), Found(made, where))
        return made

    re._compile = watched  # type: ignore[attr-defined]  # As above.
    try:
        _all_of_dateline()
    finally:
        re._compile = compiled  # type: ignore[attr-defined]  # As above.
    return sorted(found.values(), key=lambda one: (one.made, one.pattern.pattern))


def _origin(frame: Any) -> str | None:
    """Return where dateline asked for an expression, directly or through a library's function that was given the text."""
    for _ in range(12):
        if frame is None:
            return None
        name = frame.f_code.co_filename
        if "/dateline/" in name and name.endswith(".py") and "site-packages" not in name:
            return f"{name.rpartition('/dateline/')[2]}:{frame.f_lineno}"
        if not any(part in name for part in ("/spacy/", "importlib", "<frozen", "functools")):
            return None
        frame = frame.f_back
    return None


def _all_of_dateline() -> None:
    import dateline

    for module in pkgutil.walk_packages(dateline.__path__, "dateline."):
        try:
            importlib.import_module(module.name)
        except ImportError:  # What needs packages that only a cluster has.
            continue
    from dateline.model import Article
    from dateline.nlp.load import load_nlp
    from dateline.pipeline import extract
    from dateline.read.sources import read_inputs

    articles = [one for one in read_inputs([str(ROOT / "seeds" / "articles")]) if isinstance(one, Article)]
    list(extract(load_nlp(), articles))


def attacks(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Yield makers of texts of about n characters on which this expression may do badly."""
    for run in _RUNS:
        yield lambda n, run=run: run * (n // len(run))  # type: ignore[misc]  # Bound at once.
    draw = random.Random(1)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    whole = [_sample(tree, draw) for _ in range(3)]
    for one in {text for text in whole if text}:
        for cut in {len(one), max(1, len(one) - 1), max(1, len(one) // 2)}:
            yield lambda n, one=one[:cut]: one * max(1, n // len(one))  # type: ignore[misc]  # As above.
            yield lambda n, one=one[:cut]: (one + " ") * max(1, n // (len(one) + 1))  # type: ignore[misc]  # As above.
    for before, body in list(_pumps(tree, draw, ""))[:16]:
        for end in _BREAKS:
            yield lambda n, before=before, body=body, end=end: before + body * max(1, n // len(body)) + end  # type: ignore[misc]  # As above.
        if before:
            yield lambda n, one=before + body: one * max(1, n // len(one))  # type: ignore[misc]  # As above.


def _pumps(tree: Any, draw: random.Random, before: str) -> Iterator[tuple[str, str]]:
    """Yield, for every repetition, what stands before it and once what it repeats."""
    for code, value in tree:
        if code in {names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT}:
            _, high, body = value
            if high > 8:
                for text in {_sample(body, draw) for _ in range(3)}:
                    if text:
                        yield before, text
            yield from _pumps(body, draw, before)
        elif code is names.SUBPATTERN:
            yield from _pumps(value[3], draw, before)
        elif code is names.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, draw, before)
        elif code in {names.ASSERT, names.ASSERT_NOT}:
            yield from _pumps(value[1], draw, before)
        elif code is names.ATOMIC_GROUP:
            yield from _pumps(value, draw, before)
        before += _sample([(code, value)], draw)


def _sample(tree: Any, draw: random.Random) -> str:
    """Return a text that matches a part of an expression, as far as that can be said without trying."""
    out = []
    for code, value in tree:
        if code is names.LITERAL:
            out.append(chr(value))
        elif code is names.NOT_LITERAL:
            out.append("a" if value != ord("a") else "b")
        elif code is names.ANY:
            out.append("a")
        elif code is names.IN:
            out.append(_of_class(value, draw))
        elif code is names.BRANCH:
            out.append(_sample(draw.choice(value[1]), draw))
        elif code is names.SUBPATTERN:
            out.append(_sample(value[3], draw))
        elif code is names.ATOMIC_GROUP:
            out.append(_sample(value, draw))
        elif code in {names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT}:
            low, _, body = value
            out += [_sample(body, draw) for _ in range(max(low, draw.choice((0, 1))))]
    return "".join(out)


_CATEGORIES = {names.CATEGORY_DIGIT: "0", names.CATEGORY_NOT_DIGIT: "a", names.CATEGORY_SPACE: " ", names.CATEGORY_NOT_SPACE: "a",
               names.CATEGORY_WORD: "a", names.CATEGORY_NOT_WORD: " "}  # fmt: skip


def _of_class(members: Any, draw: random.Random) -> str:
    if members[0][0] is names.NEGATE:
        taken = {chr(value) for code, value in members if code is names.LITERAL}
        excluded = {value for code, value in members if code is names.CATEGORY}
        usable = [c for c in 'a0 A"(<[\n' if c not in taken and not any(_in_category(c, category) for category in excluded)]
        return draw.choice(usable) if usable else "\u2603"
    code, value = draw.choice(list(members))
    if code is names.LITERAL:
        return chr(value)
    if code is names.RANGE:
        return chr(draw.choice(value))
    return _CATEGORIES.get(value, "a")


def _in_category(character: str, category: Any) -> bool:
    return (
        re.match({names.CATEGORY_DIGIT: r"\d", names.CATEGORY_SPACE: r"\s", names.CATEGORY_WORD: r"\w"}.get(category, r"[^\w\W]"), character)
        is not None
    )


def growth(one: Found, attack: Callable[[int], str]) -> float | None:
    """Return how much longer a text so many times as long takes, None where even the longest takes no time to speak of."""
    size = SHORTEST
    while size <= LONGEST:
        took = _seconds(one, attack(size))
        if took >= FLOOR:
            # The least of several of each: whatever disturbs makes it slower only. Most are told by one look at the longer text.
            short, long = min(took, _seconds(one, attack(size))), _seconds(one, attack(LONGER * size))
            if long > RATIO * short:
                short = min(short, *(_seconds(one, attack(size)) for _ in range(2)))
                long = min(long, _seconds(one, attack(LONGER * size)))
            return long / short if short >= FLOOR / 2 else None
        if took * (LONGEST / size) ** 2 < FLOOR:
            return None  # Were it quadratic, the longest would take no time to speak of; with the cube of its length it would take more by now.
        size *= LONGER
    return None


def _seconds(one: Found, text: str) -> float:
    began = time.process_time()
    if one.asked - {"match", "fullmatch"}:
        for _ in one.pattern.finditer(text):
            pass
    if "match" in one.asked:
        one.pattern.match(text)
    if "fullmatch" in one.asked:
        one.pattern.fullmatch(text)
    return time.process_time() - began


def slow(one: Found) -> str | None:
    """Return on what an expression takes more than its share, and how much; None where on nothing."""
    for text in attacks(one.pattern):
        grown = growth(one, text)
        if grown is not None and grown > RATIO:
            return f"{one.made}: {grown:.1f} times as long on {LONGER} times {text(48)[:48]!r}: {one.pattern.pattern[:150]!r}"
    return None


def main() -> None:
    found = caught()
    print(f"{len(found)} expressions", file=sys.stderr)
    bad = 0
    for one in found:
        # Those that spaCy makes for a saved tokenizer are asked with words of bounded length only: nlp/long_words.py.
        if not one.made.startswith("nlp/load.py") and one.name not in _SHELTERED and (said := slow(one)) is not None:
            print(said, flush=True)
            bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
