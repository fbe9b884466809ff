"""The component after the entity recognizer: mend its spans, lay the ruler's over them, make each name the same thing throughout the document.

What it mends: articles, titles and possessives inside a span ("The U.N.", "President Putin", "Russia's Defence Ministry"), lower-case heads behind a
name, line ends within one. What agrees throughout the document is the business of `agreement`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from dateline import resources
from dateline.extract.doc_text import text_of
from dateline.nlp import agreement, context, edges, features, ruler
from dateline.nlp.patterns import country_names, words

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
    while start < end and (
        doc[start].is_space or (doc[start].lower_ in _ARTICLES and not span.text.startswith(_KEEP_ARTICLE)) or doc[start].text in _EDGE
    ):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _POSSESSIVE or (doc[end - 1].text in _EDGE)):
        end -= 1
    if start >= end:
        return []
    for i in range(start, end):
        spaced_dash = label != "ORG" and doc[i].text in "-–—" and doc[i].whitespace_ and i > start and doc[i - 1].whitespace_
        if doc[i].is_space or spaced_dash:  # A name never runs over a line end or a spaced dash ("Gaza Strip - Gaza").
            first = mend(Span(doc, start, i, label=label))
            return first + mend(Span(doc, i + 1, end, label=label))
    piece = doc[start:end]
    if label == "PERSON":
        piece = _without_titles(piece)
        if piece.text.lower() in titles()[0]:
            return []
    if label == "ORG":
        for token in piece:
            if token.text in _POSSESSIVE and token.i > piece.start and doc[piece.start : token.i].text in country_names():
                return [Span(doc, piece.start, token.i, label="GPE"), *mend(Span(doc, token.i + 1, piece.end, label=label))]
    while len(piece) > 1 and piece[-1].text in words()["tail"] and not (piece[-1].lower_ == "group" and len(piece) == 2):
        piece = piece[:-1]
    if label == "GPE" and piece.end < len(doc) and doc[piece.end].text in words()["region"]:
        piece = doc[piece.start : piece.end + 1]
    if label == "ORG" and not any(t.is_alpha and t.text[0].isupper() for t in piece) and any(t.text[0].isdigit() for t in piece):
        return []  # "112th" of "the 112th and 448th missile brigades".
    return [Span(doc, piece.start, piece.end, label=label)]


def overlay(doc: Doc, ents: Iterable[Span]) -> list[Span]:
    """Return the recognizer's spans, none of which overlap, with the ruler's: strong ones win over what they overlap, weak ones fill gaps."""
    chosen = {i: ent for ent in ents for i in range(ent.start, ent.end)}  # By token.
    for found in ruler.find_in(doc):
        label, strong = found.label, found.strong
        span = doc.char_span(found.start, found.end, label=label, span_id=found.rule)
        if span is None:
            continue
        clash = list(dict.fromkeys(chosen[i] for i in range(span.start, span.end) if i in chosen))
        if not clash:
            if strong or not _inside_longer_name(span, chosen):
                _put(chosen, _with_adjective(span, chosen) if label == "ORG" else span)
        elif strong and not any(e.start <= span.start and e.end >= span.end and len(e) > len(span) and e.label_ == label for e in clash):
            if all(span.start <= e.start and e.end <= span.end for e in clash):
                _put(chosen, span)
        elif (
            len(clash) == 1
            and clash[0].start == span.start
            and clash[0].end == span.end
            and (label in {"NORP", "GPE", "LOC"} or (found.rule == "body" and clash[0].label_ in {"GPE", "PERSON", "LOC"}))
            and clash[0].label_ != label
        ):
            # "Georgian" is a people, whatever the network says; a country name may well be part of another name, but alone it is the country.
            _put(chosen, span)
    return filter_spans(dict.fromkeys(chosen.values()))


def _put(chosen: dict[int, Span], span: Span) -> None:
    chosen.update(dict.fromkeys(range(span.start, span.end), span))


def with_country(doc: Doc, ents: list[Span]) -> list[Span]:
    """Join a body and the country it is "of" or "for": "Communist Party of China"; its head must be a common word, unlike "Taliban"."""
    joined: list[Span] = []
    for ent in sorted(ents, key=lambda e: e.start):
        last = joined[-1] if joined else None
        between = doc[last.end : ent.start].text if last is not None else ""
        joins = last is not None and last.label_ == "ORG" and ent.label_ in {"GPE", "ORG"} and between in {"of", "of the", "for"}
        if joins and last is not None and len(last) > 1 and last[-1].is_title and features.lexicon().is_common(last[-1].text):
            joined[-1] = Span(doc, last.start, ent.end, label="ORG", span_id="with_country")
            continue
        joined.append(ent)
    return joined


def without_barred(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the spans without diseases ("Lassa fever") and the places inside names of elections ("the 2019 Ukraine general election")."""
    text = text_of(doc)
    ill = set(ruler.in_diseases(text))
    barred = ruler.in_election_names(text)
    kept = [e for e in ents if (e.start_char, e.end_char) not in ill] if ill else ents
    if not barred:
        return kept
    return [e for e in kept if e.label_ not in {"GPE", "LOC"} or not any(a <= e.start_char and e.end_char <= b for a, b in barred)]


def _with_adjective(span: Span, ents: Mapping[int, Span]) -> Span:
    """Join "Ukrainian" and "General Staff", "U.S." and "Central Command"; a proper name keeps its adjective out ("Lebanese Hezbollah")."""
    before = ents.get(span.start - 1)
    if before is None or not (before.label_ == "NORP" or before.text in {"U.S.", "US", "UK", "U.K.", "UN", "U.N."}):
        return span
    if len(span) > 1 and all(features.lexicon().is_common(t.text) for t in span if t.is_alpha and not t.is_stop):
        return Span(span.doc, before.start, span.end, label="ORG")
    return span


def _inside_longer_name(span: Span, ents: Mapping[int, Span]) -> bool:
    """Say whether a capitalized word that no name covers stands right before or after ("Northern Ireland", "Save the Children Fund")."""
    doc = span.doc
    for i, first in ((span.start - 1, span.start - 2), (span.end, span.end - 1)):
        if not 0 <= i < len(doc):
            continue
        token = doc[i]
        if not (token.is_title and token.is_alpha) or token.is_stop or i in ents:
            continue
        starts = i < span.start and (first < 0 or doc[first].is_space or doc[first].is_punct)
        if not starts and span.label_ != "NORP" and " ".join(token.lower_.split()) not in titles()[0]:
            return True
    return False


def name_entities(doc: Doc, *, lists: bool = True, agree: bool = True) -> Doc:
    """Mend, overlay (`lists`) and agree; the result is `doc.ents`."""
    ents = filter_spans([piece for ent in doc.ents for piece in mend(ent)])
    if lists:
        ents = context.retell(doc, edges.with_definition(doc, edges.set_edges(doc, with_country(doc, overlay(doc, ents)), titles()[0])))
    if agree:
        ents = agreement.agree(doc, ents, titles()[0])
    doc.ents = filter_spans(without_barred(doc, ents))
    return doc


@Language.factory("dateline_names", default_config={"lists": True, "agree": True})
def make_names(nlp: Language, name: str, lists: bool, agree: bool) -> Callable[[Doc], Doc]:
    """Component form of `name_entities`; stands right after the recognizer. Lists and agreement can be left out to see their worth."""

    def annotate(doc: Doc) -> Doc:
        return name_entities(doc, lists=lists, agree=agree)

    return annotate
