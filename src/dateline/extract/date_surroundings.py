"""What stands around a match, for the guards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from dateline.extract.date_words import Tokens
from dateline.resources import rows

Guard = Callable[[Tokens, "re.Match[str]", int, int], bool]


@cache
def word_sets() -> Mapping[str, frozenset[str]]:
    sets: dict[str, set[str]] = {}
    for row in rows("date_guards.csv"):
        sets.setdefault(row["set"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in sets.items()}


def word_at(tokens: Tokens, index: int) -> str:
    return tokens.words[index].lower() if 0 <= index < len(tokens.words) else ""


def written(tokens: Tokens, index: int) -> str:
    return tokens.words[index] if 0 <= index < len(tokens.words) else ""


def touches(tokens: Tokens, left: int, right: int) -> bool:
    """Return whether two tokens stand side by side without a space."""
    return left >= 0 and right < len(tokens.words) and tokens.ends[left] == tokens.starts[right] and "\n" not in tokens.words[left]


def opens(tokens: Tokens, first: int) -> bool:
    return first == 0 or word_at(tokens, first - 1) in {".", "!", "?", '"', "“", "``", "`", "''", ":"} or "\n" in word_at(tokens, first - 1)


def capitalised(word: str) -> bool:
    return word[:1].isupper() and word[1:2].islower()
