"""Who gives a number without saying a sentence: "the ministry gave a toll: 44 dead", "UNHCR has asked for $9 million", "a poll by X of 1,050 adults".

Claims are attributions: somebody, a cue, what is asserted. Numbers are also given by verbs that assert no clause of their own. Such a verb gives the
numbers behind it in its clause, up to the next subject; who gives them is its subject. What a poll or survey is said to hold goes on where it is
taken up again ("The survey of 1,003 voters has a margin of error of three points").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.extract.doc_text import annotated
from dateline.extract.figure_words import word_set
from dateline.model import Claim
from dateline.normalize.claim_speakers import Speaker, Speakers, nouns
from dateline.normalize.figure_reading import FigureReading

_PLAIN = word_set("givers plain")
_COUNTING = word_set("givers counting")
_ASKING = word_set("givers asking")
_COUNTED = word_set("givers counted")
_POLLS = word_set("givers polls")
_PUTTING = frozenset({"put", "puts"})
_MODIFIED = 5  # Tokens from "at" to its number: "at no more than".
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_REACH = 40  # Tokens from the verb to a number that it gives.
_SPEAKERS = frozenset({"person", "body", "group"})


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gave a number: fullest name, the words of the text, the entity; `poll` where a survey did."""

    name: str | None
    text: str | None = None
    entity_id: str | None = None
    claim: Claim | None = None
    poll: bool = False


class Givers:
    """Finds givers in one Doc; ask in text order, because pronouns and polls take up who was named before."""

    def __init__(self, doc: Doc, claims: Sequence[Claim]) -> None:
        self._doc = doc
        self._parsed = annotated(doc, "DEP") and annotated(doc, "TAG")
        self._speakers = Speakers(doc) if self._parsed else None
        # By id, the first of each.
        self._entities = {e.entity_id: e for e in reversed(self._speakers.entities)} if self._speakers is not None else {}
        self._claims = sorted((c for c in claims if c.source_name and c.source_start is not None), key=lambda c: c.source_start or 0)
        self._heard = 0
        self._poll: Giver | None = None

    def of(self, figure: FigureReading) -> Giver | None:
        """Return who gives a number by a verb before it, None where nobody does."""
        if self._speakers is None:
            return None
        span = self._doc.char_span(figure.candidate.start, figure.candidate.end, alignment_mode="expand")
        if span is None:
            return None
        begin = span.sent.start
        self._hear(span.start_char)
        poll = self._of_poll(begin, span.start)
        if poll is not None:
            return poll
        for at in range(span.start - 1, max(begin, span.start - _REACH) - 1, -1):
            token = self._doc[at]
            if token.text == ";" or token.dep_ in _SUBJECTS:
                return None
            if not token.tag_.startswith("VB") or token.dep_ == "aux":
                continue
            if self._gives(token, span.start):
                subject = _subject(token)
                return self._named(subject) if subject is not None else None
            if token.tag_ in _FINITE:
                return None
        return None

    def _gives(self, verb: Token, number: int) -> bool:
        word = verb.lower_
        if word in _PLAIN:
            return True
        between = {t.lower_ for t in self._doc[verb.i + 1 : number]}
        if word in _PUTTING and "at" in {t.lower_ for t in self._doc[max(verb.i + 1, number - _MODIFIED) : number]}:
            return True  # "put what is left of the garrison at no more than 400 men"
        return (word in _ASKING and "for" in between) or (word in _COUNTING and not _COUNTED.isdisjoint(between))

    def _hear(self, start: int) -> None:
        """Tell the speakers who has spoken before an offset."""
        assert self._speakers is not None
        while self._heard < len(self._claims) and (self._claims[self._heard].source_start or 0) < start:
            claim = self._claims[self._heard]
            entity = self._entities.get(claim.source_entity_id)
            kind = "person" if entity is not None and entity.type == "PERSON" else "body"
            self._speakers.spoke(claim.source_start or 0, Speaker(claim.source_name, entity, "claim", kind))
            self._heard += 1

    def _of_poll(self, begin: int, number: int) -> Giver | None:
        """Return whose poll the sentence is about: "An Ipsos poll of 1,050 adults", "the survey has a margin of error of three points"."""
        for token in self._doc[begin : min(number, begin + _OPENING)]:
            if token.lower_ not in _POLLS or token.dep_ not in _SUBJECTS:
                continue
            owner = self._owner(token)
            if owner is not None:
                self._poll = Giver(owner.name or "", None, owner.entity.entity_id if owner.entity is not None else None, poll=True)
            return self._poll
        return None

    def _owner(self, head: Token) -> Speaker | None:
        assert self._speakers is not None
        low, high = self._doc[head.left_edge.i].idx, self._doc[head.right_edge.i].idx
        named = next((e for e in self._speakers.spans.starting(low, high + 1) if e.type in {"ORG", "PERSON"}), None)
        return Speaker(named.name, named, "name", "body") if named is not None else None

    def _named(self, subject: Token) -> Giver | None:
        assert self._speakers is not None
        first, end = self._doc[subject.left_edge.i], subject.idx + len(subject)
        # "The disaster agency Senapred": the name belongs to the noun.
        end = next((e.end for e in self._speakers.spans.starting(end + 1, end + 2) if e.type == "ORG"), end)
        found = self._speakers.resolve(first.idx, end, subject)
        kind = nouns().get(subject.lower_, ("", frozenset()))[0]
        if found.name is None or (found.entity is None and found.kind not in _SPEAKERS and kind != "document"):
            return None
        if found.entity is not None and found.entity.type not in {"ORG", "PERSON", "GPE", "NORP"}:
            return None
        if kind == "document" and (owner := self._owner(subject)) is not None:
            found = owner
        text = self._speakers.text[first.idx : end]
        return Giver(found.name or "", text, found.entity.entity_id if found.entity is not None else None)


_OPENING = 12  # Tokens from the head of a sentence within which a poll is its subject.


def _subject(verb: Token) -> Token | None:
    """Return the subject of a verb, also one shared with the verb before ("raised the toll to 97 and listed 12 missing")."""
    for _ in range(3):
        for child in verb.children:
            if child.dep_ in _SUBJECTS and child.i < verb.i:
                return child
        if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.i < verb.i:
            return verb.head  # The parser took the sentence for a noun with a participle: "The office, or X, listed 18 dead".
        if verb.dep_ not in {"conj", "xcomp", "advcl"}:
            return None
        verb = verb.head
    return None
