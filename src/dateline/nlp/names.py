"""The component after the entity recognizer: mend its spans, lay the ruler's over them, make each name the same thing throughout the document.

What it mends: articles, titles and possessives inside a span ("The U.N.", "President Putin", "Russia's Defence Ministry"), spans without any capital.
What is the same throughout: a name that the recognizer read as PERSON or GPE with a title, a first name or a "region" beside it keeps that type where it
stands bare, the headline included; a surname after the full name is that person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from dateline import resources
from dateline.nlp import ruler

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WEAPON")
_ARTICLES = frozenset({"the", "a", "an"})
_KEEP_ARTICLE = ("The Hague", "The Gambia")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "'S", "’S"})
_EDGE = frozenset(",.;:()[]\"“”'’‘`-–—/•")


@cache
def titles() -> tuple[frozenset[str], int]:
    """Return the titles in lower case and the length of the longest in tokens."""
    words = frozenset(row["title"].replace("-", " - ").lower() for row in resources.rows("titles.csv"))
    return words, max(len(w.split()) for w in words)


def _without_titles(span: Span) -> Span:
    known, longest = titles()
    again = True
    while again and len(span) > 1:
        again = False
        for size in range(min(longest, len(span) - 1), 0, -1):
            if " ".join(t.lower_ for t in span[:size]) in known:
                span = span.doc[span.start + size : span.end]
                again = True
                break
    return span


def mend(span: Span) -> list[Span]:
    """Return the span without what is not part of a name; two spans for "Russia's Defence Ministry"; none where nothing is left."""
    doc, label = span.doc, span.label_
    start, end = span.start, span.end
    while start < end and (doc[start].is_space or (doc[start].lower_ in _ARTICLES and not span.text.startswith(_KEEP_ARTICLE)) or doc[start].text in _EDGE):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _POSSESSIVE or (doc[end - 1].text in _EDGE)):
        end -= 1
    if start >= end:
        return []
    for i in range(start, end):
        if doc[i].is_space:  # A name never runs over a line end.
            first = mend(Span(doc, start, i, label=label))
            return first + mend(Span(doc, i + 1, end, label=label))
    piece = doc[start:end]
    if label == "PERSON":
        piece = _without_titles(piece)
        if piece.text.lower() in titles()[0]:
            return []
    if label == "ORG":
        for token in piece:
            if token.text in _POSSESSIVE and token.i > piece.start and doc[piece.start : token.i].text in ruler.country_names():
                return [Span(doc, piece.start, token.i, label="GPE"), *mend(Span(doc, token.i + 1, piece.end, label=label))]
    if not any(c.isupper() for c in piece.text):
        return []
    return [Span(doc, piece.start, piece.end, label=label)]


def overlay(doc: Doc, ents: Iterable[Span]) -> list[Span]:
    """Return the recognizer's spans with the ruler's: strong ones win over what they overlap, weak ones fill gaps."""
    chosen = list(ents)
    for start, end, label, strong in ruler.find_in(doc):
        span = doc.char_span(start, end, label=label)
        if span is None:
            continue
        clash = [e for e in chosen if e.start < span.end and span.start < e.end]
        if not clash:
            chosen.append(span)
        elif strong and not any(e.start <= span.start and e.end >= span.end and len(e) > len(span) and e.label_ == label for e in clash):
            if all(span.start <= e.start and e.end <= span.end for e in clash):
                chosen = [e for e in chosen if e not in clash]
                chosen.append(span)
        elif len(clash) == 1 and clash[0].start == span.start and clash[0].end == span.end and label in {"NORP", "GPE"} and clash[0].label_ != label:
            # "Georgian" is a people, whatever the network says; a country name may well be part of another name, but alone it is the country.
            chosen.remove(clash[0])
            chosen.append(span)
    return filter_spans(chosen)


def agree(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the spans made consistent over the document: by votes for a name's type, with surnames and bare repeats added."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    surnames: Counter[str] = Counter()
    for ent in ents:
        votes[ent.text.lower()][ent.label_] += 1
        if ent.label_ == "PERSON" and len(ent) > 1 and ent[-1].is_title:
            surnames[ent[-1].lower_] += 1
    out = []
    for ent in ents:
        label = ent.label_
        key = ent.text.lower()
        if len(ent) == 1 and key in surnames and label in {"ORG", "GPE", "LOC", "FAC", "NORP"} and votes[key].most_common(1)[0][1] <= surnames[key] + votes[key]["PERSON"]:
            label = "PERSON"
        elif len(votes[key]) > 1:
            best, count = votes[key].most_common(1)[0]
            if count > votes[key][label] and {best, label} != {"GPE", "FAC"}:
                label = best
        out.append(Span(doc, ent.start, ent.end, label=label))
    return out


def name_entities(doc: Doc) -> Doc:
    """Mend, overlay and agree; the result is `doc.ents`."""
    mended = filter_spans([piece for ent in doc.ents for piece in mend(ent)])
    doc.ents = agree(doc, overlay(doc, mended))
    return doc


@Language.factory("dateline_names")
def make_names(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component form of `name_entities`; stands right after the entity recognizer."""
    return name_entities
