"""What a doc looks like to the claim rules: sentences clipped to paragraphs, quotations, and fast lookups by token index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dateline.extract.claim_names import entity_index
from dateline.extract.claim_quotes import CLOSING, OPENING, STRAIGHT, Quote, inside, quotes
from dateline.extract.doc_text import annotated, words_of

_INNER = frozenset({"’", "'", "”", '"', "''", " ", "\xa0"})
_CLOSE, _OPEN = CLOSING | STRAIGHT, OPENING | STRAIGHT
_STOPPING = _CLOSE | {"."}
_LONGEST_SENTENCE = 400  # Tokens: what has more is a table or a list, and is cut, so that the work stays linear in the text.
_DASHES = frozenset({"–", "—", "-", "--", "―"})
_ENDINGS = frozenset({".", ",", "!", "?", "…", "...", "—", "-", "?!", "!?", ";", "--"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Token-indexed views of one doc.

    Attributes:
        doc: The tokens. A Doc makes a new Token at every access, which costs more than most rules do with it.
        words: Their texts; `lower`: in lower case.
        low: First token of the sentence of each token, paragraphs respected.
        high: One past the last token of the sentence of each token.
        mask: Number of the quotation a token stands in (1-based), 0 outside.
        opens: Quotation by the index of its opening mark; `closes` by one past its closing mark.
    """

    doc: Sequence[Token]
    words: list[str]
    lower: list[str]
    low: list[int]
    high: list[int]
    quotes: list[Quote]
    mask: bytearray
    opens: dict[int, Quote]
    closes: dict[int, Quote]
    entities: dict[int, Span]
    parsed: bool

    def quote_at(self, i: int) -> Quote | None:
        """Return the quotation whose inside holds token i."""
        if not 0 <= i < len(self.mask) or not self.mask[i]:
            return None
        return next((q for q in self.quotes if q.first <= i < q.last), None)

    def is_spoken(self, quote: Quote) -> bool:
        """Tell whether a quotation is speech (a clause of its own) rather than quoted words within a sentence ("scare quotes")."""
        if quote.last - quote.first < 2:
            return False
        end = quote.last - 1
        while end > quote.first and self.words[end] in _INNER:
            end -= 1  # “... ,’” he noted: the marks of a quotation within the quotation.
        last = self.words[end]
        after = self.words[quote.end] if quote.end < len(self.words) else "."
        if last in {".", "!", "?", "…", "...", "?!"}:
            return quote.last - quote.first > (3 if last == "." else 1)
        if last == "," or after == ",":
            return quote.last - quote.first > 2
        return last in _ENDINGS and quote.last - quote.first > 4


def layout(doc: Doc) -> Layout:
    """Return the views of a doc; one pass over the tokens."""
    tokens = list(doc)
    words = words_of(doc)
    found = quotes(tokens)
    size = len(tokens)
    low, high = [0] * size, [size] * size
    start = 0
    bounds: list[tuple[int, int]] = []
    for i, token in enumerate(tokens):
        if "\n" in words[i] and token.is_space:
            if i > start:
                bounds.append((start, i))
            bounds.append((i, i + 1))
            start = i + 1
        elif i > start and ((token.is_sent_start and not _mid_clause(tokens, i - 1)) or (words[i - 1] in _STOPPING and _after_stop(tokens, i))):
            bounds.append((start, i))
            start = i
    if start < size:
        bounds.append((start, size))
    bounds = _without_dateline(tokens, bounds)
    for begin, end in bounds:
        for first in range(begin, end, _LONGEST_SENTENCE):
            last = min(end, first + _LONGEST_SENTENCE)
            low[first:last], high[first:last] = [first] * (last - first), [last] * (last - first)
    return Layout(
        tokens, words, [word.lower() for word in words], low, high, found, inside(found, size), {q.start: q for q in found},
        {q.end: q for q in found if q.closed}, entity_index(doc), annotated(doc, "DEP"),
    )  # fmt: skip


def _mid_clause(doc: Sequence[Token], last: int) -> bool:
    """Tell whether a token cannot end a sentence: splitters err at names behind quotations ("...,” Jane | Roe told")."""
    return doc[last].is_alpha or doc[last].text == "," or (doc[last].text in _INNER and last > 0 and doc[last - 1].text == ",")


def _after_stop(doc: Sequence[Token], i: int) -> bool:
    """Tell whether a sentence must start here, whatever the splitter says: a full stop of its own, perhaps a closing mark, then a capital."""
    last = i - 1
    before = doc[last]
    if not before.is_punct or not before.whitespace_:
        return False
    if last > 0 and before.text in _CLOSE:
        last -= 1
    first = i + (doc[i].text in _OPEN and i + 1 < len(doc))
    return doc[last].text == "." and doc[first].is_title


def _without_dateline(doc: Sequence[Token], bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut "GENEVA, June 3 -" off the sentence that it opens: the place of writing is nobody's subject."""
    out: list[tuple[int, int]] = []
    for begin, end in bounds:
        first = doc[begin]
        if first.is_upper and len(first.text) > 2 and first.text[:3].isalpha():
            for i in range(begin + 1, min(begin + 16, end)):
                if doc[i].text in _DASHES and doc[i].whitespace_ and all(not t.is_lower or t.is_digit for t in doc[begin:i]):
                    out.append((begin, i + 1))
                    begin = i + 1
                    break
        out.append((begin, end))
    return out
