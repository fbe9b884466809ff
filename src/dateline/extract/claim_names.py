"""The noun phrase that names a source: the whole of it, and the shortest that still names."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Span, Token

# Dependents that tell more about a name without naming it.
AFTERTHOUGHTS = frozenset(
    {"acl", "acl:relcl", "appos", "parataxis", "advcl", "advcl:relcl", "dep", "list", "discourse", "nmod:unmarked", "orphan", "advmod"}
)
BREAKS = frozenset({",", "–", "—", "-", "--", "(", ")", ":", ";", "[", "]"})


def entity_index(doc: Doc) -> dict[int, Span]:
    """Return the entity span of every token that stands in one: those of `doc.spans["entities"]`, else of the recognizer."""
    spans = list(doc.spans["entities"]) if "entities" in doc.spans and len(doc.spans["entities"]) else list(doc.ents)
    return {i: span for span in spans for i in range(span.start, span.end)}


def full_phrase(head: Token, stop: int | None = None) -> tuple[int, int]:
    """Return the whole noun phrase as a token range: titles, appositions and relative clauses included, outer punctuation not."""
    doc = head.doc
    start, end = head.left_edge.i, head.right_edge.i + 1
    if stop is not None:
        if start < stop < end and stop > head.i:
            end = stop
        elif start <= stop < head.i:
            start = stop + 1
    for child in head.children:
        # A preposition or conjunction that introduces the phrase is no part of the name.
        if child.dep_ in {"case", "cc", "mark"} and child.i < head.i and child.left_edge.i == start:
            start = child.right_edge.i + 1
    while start < head.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end - 1 > head.i and (doc[end - 1].is_punct or doc[end - 1].is_space) and doc[end - 1].text not in {"'", "’"}:
        end -= 1
    return start, end


def naming_phrase(head: Token, entities: Mapping[int, Span], stop: int | None = None) -> tuple[int, int]:
    """Return the shortest phrase that names the source: a person's name without title, else the phrase up to its first afterthought."""
    doc = head.doc
    if head.pos_ == "PRON":
        return head.i, head.i + 1
    full_start, full_end = full_phrase(head, stop)
    start, end = full_start, full_end
    for child in head.children:
        if (
            child.i > head.i
            and child.left_edge.i < end
            and (child.dep_ in AFTERTHOUGHTS or (child.dep_ == "conj" and doc[child.left_edge.i - 1].text == ","))
        ):
            end = min(end, child.left_edge.i)
    for i in range(head.i + 1, end):
        if (doc[i].text in BREAKS and doc[i].whitespace_ != "") or doc[i].text in {"(", ",", ";"}:
            end = min(end, i)
            break
    end = max(end, head.i + 1)
    while (
        end - 1 > head.i
        and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ in {"case", "cc"})
        and doc[end - 1].text not in {"'s", "’s"}
    ):
        end -= 1
    cut = entities.get(end - 1)
    if cut is not None and end < cut.end and (stop is None or cut.end <= stop or stop < head.i):
        end = cut.end  # The parse cuts a name in two: "the family of Jane | Roe".
    person = _person(head, entities, start, end, full_end)
    if person is not None:
        return person.start, person.end
    for i in range(start, head.i):
        # "Kremlin critic, the Rettig Commission": what stands before a comma is another phrase.
        if doc[i].text == "," and not any(c.dep_ == "conj" for c in head.children):
            start = i + 1
    return start, end


def _person(head: Token, entities: Mapping[int, Span], start: int, end: int, full_end: int) -> Span | None:
    own = entities.get(head.i)
    if own is not None and own.label_ == "PERSON":
        return own
    if own is not None and own.label_ in {"ORG", "GPE", "NORP"} and head.pos_ == "PROPN":
        return None
    if any(child.dep_ == "conj" for child in head.children):
        return None
    # The title is the head, the name is attached to it: "governor Vadym Filashkin", "Malaysia's Prime Minister, Najib Razak".
    for child in head.children:
        span = entities.get(child.i)
        if span is not None and span.label_ == "PERSON" and child.i > head.i and child.dep_ in {"appos", "flat", "compound", "nmod:desc", "nmod"}:
            if child.dep_ == "nmod" and any(c.dep_ == "case" for c in child.children):
                continue
            if span.start < full_end:
                return span
    after = entities.get(end) if end < len(head.doc) else None
    if after is not None and after.label_ == "PERSON" and after.start == end and head.pos_ == "NOUN":
        return after  # "The war correspondent Vladimir Romanov", parsed as two phrases.
    if after is not None and after.label_ == "ORG" and after.start == end and head.tag_ == "NN" and head.is_lower:
        return after  # "Shipping group Maersk": named like a person with a title.
    # "A Treasury official, Undersecretary for Terrorism Stuart Levey,": the apposition closes with the name.
    last = entities.get(full_end - 1)
    if last is not None and last.label_ == "PERSON" and last.end == full_end and end < last.start and head.doc[end].text == "," and head.tag_ == "NN":
        tags = {t.tag_ for t in head.doc[end + 1 : last.start]} | {t.pos_ for t in head.doc[end + 1 : last.start]}
        if not tags & {",", "VERB", "AUX", "WP", "WDT"} and head.doc[end + 1].tag_ not in {"IN", "DT"}:
            return last
    # The recognizer and the parser disagree about the head: the phrase ends in a person's name.
    last = entities.get(end - 1)
    if (
        last is not None
        and last.label_ == "PERSON"
        and last.start > start
        and last.end == end
        and not any(d.dep_ == "case" for d in head.doc[head.i + 1 : end])
    ):
        return last
    return None
