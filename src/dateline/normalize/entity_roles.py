"""What an article says about its entities in passing: the role of a person, the country of a people or body."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span, Token

from dateline.extract.doc_text import annotated
from dateline.normalize.entity_names import clean, fold
from dateline.resources import rows

_MODIFIERS = frozenset({"compound", "amod", "nmod:poss", "nmod:desc", "nmod", "nummod", "flat", "det", "case", "punct", "nmod:unmarked"})
_LONGEST_ROLE = 14  # Tokens; longer ones are sentences about the person.


@cache
def demonyms() -> dict[str, str]:
    """Return country codes by folded demonym ("russians" gives "RU"); those of several countries are left out."""
    found: dict[str, set[str]] = {}
    for row in rows("demonyms.csv"):
        if row["country"]:
            found.setdefault(fold(row["demonym"]), set()).add(row["country"])
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


@cache
def countries() -> dict[str, str]:
    """Return country codes by folded name of the country."""
    found: dict[str, str] = {}
    for row in rows("countries.csv"):
        for name in (row["name"], *row["names"].split("|")):
            if name:
                found.setdefault(fold(name), row["country"])
    return found


def country_of(doc: Doc, span: Span, kind: str) -> str | None:
    """Return the country that the article gives to a people or body: its own first words, or the possessor before it."""
    parts = clean(span.text).split()
    if kind == "NORP":
        return demonyms().get(fold(span.text))
    if kind == "GPE":
        return countries().get(fold(span.text))
    if kind not in {"ORG", "FAC", "EVENT"}:
        return None
    for size in (1, 2, 3):
        head = fold(" ".join(parts[:size]))
        if len(parts) > size and (code := demonyms().get(head) or countries().get(head)):
            return code
    if " of " in span.text and (code := countries().get(fold(span.text.rsplit(" of ", 1)[1]))):
        return code
    return _possessor(doc, span)


def _possessor(doc: Doc, span: Span) -> str | None:
    """Return the country of "Russia's" in "Russia's Defence Ministry", of "Russian" in "the Russian army's General Staff"."""
    i = span.start - 1
    if i >= 0 and doc[i].text in {"'s", "’s", "'", "’"}:
        for size in (1, 2, 3):
            if i - size >= 0 and (code := countries().get(fold(doc[i - size : i].text))):
                return code
        return None
    return demonyms().get(fold(doc[i].text)) if i >= 0 else None


def role_of(doc: Doc, span: Span) -> str | None:
    """Return the words that say who a person is: before the name ("Ukrainian military commander") or in apposition after it."""
    before = _before(doc, span)
    if before is not None:
        return before
    return _after(doc, span) if annotated(doc, "DEP") else None


def _before(doc: Doc, span: Span) -> str | None:
    start = span.start
    tagged = annotated(doc, "TAG")
    while start > 0 and span.start - start < _LONGEST_ROLE:
        token = doc[start - 1]
        inner = token.tag_ in {"NN", "NNP", "NNPS", "NNS", "JJ", "POS"} if tagged else token.text[:1].isupper() and token.is_alpha
        if not inner or token.is_space or (token.is_sent_start and start != span.start and token.is_punct):
            break
        start -= 1
        if token.is_sent_start:
            break
    # A role ends in a noun just before the name; "Kyiv" or "last week" before it is none.
    if start == span.start:
        return None
    last = doc[span.start - 1]
    if last.tag_ == "POS" or last.ent_type_ in {"GPE", "LOC", "PERSON", "DATE", "NORP"} or (tagged and last.tag_ == "JJ"):
        return None
    words = doc[start : span.start]
    if tagged and not any(t.tag_ in {"NN", "NNP", "NNS"} for t in words):
        return None
    return words.text.strip() or None


def _after(doc: Doc, span: Span) -> str | None:
    root: Token = span.root
    for child in root.children:
        if child.dep_ == "appos" and child.i >= span.end and child.ent_type_ != "PERSON":
            return _phrase(doc, child)
    if root.dep_ == "appos" and root.head.i < span.start and root.head.pos_ in {"NOUN", "PROPN"} and root.head.ent_type_ != "PERSON":
        head = root.head
        return _text(doc, head.left_edge.i, min(span.start, head.right_edge.i + 1))
    return None


def _phrase(doc: Doc, head: Token) -> str | None:
    end = head.right_edge.i + 1
    for child in head.children:
        if child.i > head.i and child.dep_ in {"acl:relcl", "appos", "parataxis", "conj", "cc", "punct"}:
            end = min(end, child.left_edge.i)
    return _text(doc, head.left_edge.i, end)


def _text(doc: Doc, start: int, end: int) -> str | None:
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < end and (doc[start].is_punct or doc[start].is_space):
        start += 1
    if start < end and doc[start].lower_ in {"the", "a", "an", "his", "her", "their", "its"}:
        start += 1
    return doc[start:end].text if 0 < end - start <= _LONGEST_ROLE else None
