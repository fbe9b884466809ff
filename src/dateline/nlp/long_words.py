"""Words of absurd length cut before the tokenizer sees them.

spaCy takes what clings to a word off one sign at a time, and looks over the rest anew each time: ten thousand brackets or emoji in a row take ten
seconds, a hundred thousand a quarter of an hour. No word of a language is as long as those; the longest that is read whole is an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc

LONGEST = 256  # Characters without a blank that are read as they stand.
_LONGER = re.compile(rf"(?<!\S)\S{{{LONGEST + 1},}}")


class Bounded:
    """A tokenizer that is given no more than LONGEST characters without a blank at a time; everything else is the tokenizer's own."""

    def __init__(self, inner: Callable[[str], Doc]) -> None:
        self._inner = inner

    def __call__(self, text: str) -> Doc:
        """Return the tokens of a text; a longer word is read in parts."""
        cuts = [place for word in _LONGER.finditer(text) for place in range(word.start() + LONGEST, word.end(), LONGEST)]
        if not cuts:
            return self._inner(text)
        # Cut inside words only, so that every part begins with a letter or sign and blanks stay with what they follow.
        parts = [self._inner(text[begin:end]) for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return Doc.from_docs(parts, ensure_whitespace=False) or self._inner("")

    def __getattr__(self, name: str) -> Any:
        """Return what the tokenizer itself has: its memory zones, how it is saved."""
        return getattr(self._inner, name)
