"""A Doc as the readers of figures use it: where its tokens and dates begin, and what annotation it has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from dateline.extract.doc_text import annotated


def token_starts(doc: Doc) -> list[int]:
    """Return the character offset of each token, read in one go: a Token object each would cost seven times as much."""
    starts: list[int] = doc.to_array(["IDX"]).tolist() if len(doc) else []
    return starts


_NOUNS, _NAMES, _VERBS = ("NN", "NNS"), ("NNP", "NNPS"), ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")


def _ids(doc: Doc, tags: tuple[str, ...]) -> frozenset[int]:
    return frozenset(doc.vocab.strings[tag] for tag in tags)


def within(tokens: list[int], first: int, last: int) -> list[int]:
    """Return those of some tokens, in order, that lie in [first, last)."""
    return tokens[bisect_left(tokens, first) : bisect_left(tokens, last)] if first < last else []


class Reading:
    """A Doc with its tokens by character offset and what annotation it has.

    Attributes:
        nouns, names, verbs: Tokens tagged as common nouns, as names, as verbs, in order; empty without tags.
    """

    __slots__ = ("dates", "doc", "finite", "heads", "names", "nouns", "starts", "tagged", "verbs")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = token_starts(doc)
        self.tagged = annotated(doc, "TAG")
        self.heads = annotated(doc, "DEP")
        tags = doc.to_array(["TAG"]).tolist() if self.tagged else []
        self.nouns, self.names, self.verbs = (
            [at for at, tag in enumerate(tags) if tag in wanted] for wanted in (_ids(doc, _NOUNS), _ids(doc, _NAMES), _ids(doc, _VERBS))
        )
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
