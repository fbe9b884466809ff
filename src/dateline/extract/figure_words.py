"""Word lists of the figure rules (figure_words.csv), by the name of the list."""

from __future__ import annotations

from functools import cache

from dateline.resources import rows


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {row["list"]: frozenset(row["words"].split(" ")) for row in rows("figure_words.csv")}


def word_set(name: str) -> frozenset[str]:
    """Return a list of lower-case words by its name.

    Raises:
        KeyError: No such list.
    """
    return _lists()[name]
