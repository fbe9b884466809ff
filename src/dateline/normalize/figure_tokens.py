"""A Doc as the readers of figures use it: where its tokens and dates begin, and what annotation it has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from dateline.extract.doc_text import annotated


def token_starts(doc: Doc) -> list[int]:
    """Return the character offset of each token, read in one go: a Token object each would cost seven times as much."""
    starts: list[int] = doc.to_array(["IDX"]).tolist() if len(doc) else []
    return starts


class Reading:
    """A Doc with its tokens by character offset and what annotation it has."""

    __slots__ = ("dates", "doc", "finite", "heads", "starts", "tagged")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = token_starts(doc)
        self.tagged = annotated(doc, "TAG")
        self.heads = annotated(doc, "DEP")
        self.finite = frozenset(doc.vocab.strings[tag] for tag in ("VBD", "VBZ", "VBP"))
        dates = doc._.dates if Doc.has_extension("dates") else ()
        self.dates = [bisect_left(self.starts, date.start) for date in dates if date.type != "SET"]

    def from_char(self, char: int) -> int:
        """Return the first token that starts at or after a character."""
        return bisect_left(self.starts, char)

    def before_date(self, token: int) -> int:
        """Return the first token of the first date that begins at or after a token, the length of the Doc where there is none."""
        at = bisect_left(self.dates, token)
        return self.dates[at] if at < len(self.dates) else len(self.starts)

    def at_char(self, char: int) -> int:
        """Return the token that holds a character."""
        return max(0, bisect_right(self.starts, char) - 1)
