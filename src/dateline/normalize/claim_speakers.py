"""Whom a source stands for: pronouns, titles and common nouns resolved to the fullest name in the article.

Rules, most reliable first: the source is (or ends in) a named entity; "the ministry" is the body last named so; "the governor" the person last given
that role; a pronoun is the last speaker of its kind, else the last subject of its kind. Nothing fits: the words themselves stand, without an entity.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from dateline.extract.doc_text import annotated, text_of
from dateline.model import Entity
from dateline.normalize.entity_names import fold, words
from dateline.normalize.figure_nouns import class_of
from dateline.normalize.figure_spots import is_bulletin
from dateline.resources import rows
from dateline.spans import Spans

PERSONAL = frozenset({"he", "she", "him", "her", "himself", "herself", "his", "hers"})
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
SPEAKER = frozenset({"i", "we", "me", "us", "my", "our", "you", "your"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
BODIES = frozenset({"ORG", "GPE", "NORP", "FAC"})
_RANKS = frozenset({"vice", "deputy", "former", "ex", "acting", "assistant", "under"})  # Another person than the one without it.
_WINDOW = 1500  # Characters back in which a pronoun looks for its name.
_OPENING = 60  # Characters into the paragraph behind a lede in which that name stands.
_AHEAD = 600  # Characters ahead in which a role finds the name that a lede holds back.


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: name in the article, entity if one is named, and how it was found."""

    name: str | None
    entity: Entity | None
    method: str
    kind: str


@cache
def nouns() -> dict[str, tuple[str, frozenset[str]]]:
    """Return kind and matching words of the common nouns that stand for speakers."""
    return {row["noun"]: (row["kind"], frozenset(filter(None, row["match"].split("|")))) for row in rows("speaker_nouns.csv")}


@cache
def _ranks() -> frozenset[str]:
    return frozenset(word for row in rows("titles.csv") if row["kind"] in {"rank", "courtesy"} for word in words(row["title"]))


class Speakers:
    """The named entities of one article in text order, and who has spoken so far.

    One pass: ask `resolve` for the sources in text order and tell each answer to `spoke`.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.entities: tuple[Entity, ...] = tuple(sorted(doc._.entities, key=lambda e: e.start)) if doc.has_extension("entities") else ()
        self.spans = Spans((e.start, e.end, e) for e in self.entities)
        self.history: list[tuple[int, Speaker]] = []

    def spoke(self, position: int, speaker: Speaker) -> None:
        """Remember who spoke at a character position."""
        if speaker.name:
            self.history.append((position, speaker))

    def resolve(self, start: int, end: int, head: Token, content: tuple[int, int] = (0, 0)) -> Speaker:
        """Return who the source at characters start:end is.

        Args:
            head: Head token of its phrase.
            content: What it says; a pronoun source is not named in there.
        """
        word = head.lower_
        if word in PERSONAL | NEUTER | PLURAL:
            if word in NEUTER | PLURAL and _stands_for_thing(head):
                return Speaker(None, None, "pronoun", "other")
            return self._pronoun(word, start, content)
        if word in SPEAKER:
            return Speaker(None, None, "speaker", "person")
        if word in RELATIVE:
            return self._antecedent(start)
        named = self._named(start, end, head)
        if named is not None:
            return named
        unlisted = "group" if head.tag_ in {"NNS", "NNPS"} else "person" if class_of(word) == "person" else "other"
        kind, match = nouns().get(word, nouns().get(_singular(word), (unlisted, frozenset())))
        if kind == "person" and head.tag_ in {"NNS", "NNPS"}:
            kind = "group"
        owner = self._owner(start, head)
        if kind == "document" and owner is None and is_bulletin(self.text):
            owner = self._last_body(start)  # "according to preliminary data" in a staff's list
        if kind == "document" and owner is not None:
            return owner
        owned = any(c.dep_ == "nmod:poss" for c in head.children)
        if _definite(self.text, start, head) or owned:
            found = self._common(kind, match, head, start, bare=len(words(_bare(self.text[start:end]))) == 1)
            if found is not None:
                return found
        return Speaker(_bare(self.text[start:end]), None, "words", "body" if kind in {"body", "document", "group"} else kind)

    def _antecedent(self, start: int) -> Speaker:
        """Return the name just before "who" or "which", nobody where no name stands there."""
        entity = next((e for e in reversed(self.spans.starting(0, start)) if e.end <= start), None)
        if entity is None or self.text[entity.end : start].strip(" ,") or entity.type not in {"PERSON", "ORG", "GPE"}:
            return Speaker(None, None, "pronoun", "other")
        return Speaker(entity.name, entity, "pronoun", "person" if entity.type == "PERSON" else "body")

    def _named(self, start: int, end: int, head: Token) -> Speaker | None:
        inside = [e for e in self.spans.starting(start - 1, end) if e.end > start]
        if not inside:
            return None
        at_head = [e for e in inside if e.start <= head.idx < e.end and e.type != "NORP"]
        entity = at_head[0] if at_head else next((e for e in inside if e.type == "PERSON" and e.end >= end and not self._other(start, e, head)), None)
        if entity is None and head.is_lower and nouns().get(head.lower_, ("",))[0] == "body":
            # "the disaster agency Senapred": its noun and its name.
            entity = next((e for e in inside if e.type == "ORG" and e.end >= end and e.start == head.idx + len(head) + 1), None)
            if entity is not None:
                return Speaker(entity.name, entity, "name", "body")
        if entity is None:
            return None
        phrase = _bare(self.text[start:end])
        if entity.type == "PERSON" or len(words(phrase)) <= len(words(entity.name)):
            return Speaker(entity.name, entity, "name", "person" if entity.type == "PERSON" else "body")
        return Speaker(phrase, entity, "name", "body")

    def _other(self, start: int, entity: Entity, head: Token) -> bool:
        """Tell whether a name within a phrase is somebody else than its head: "the family of Jane Roe"."""
        between = self.doc.char_span(start, entity.start, alignment_mode="expand")
        return between is not None and entity.start > head.idx and any(t.pos_ == "ADP" and t.idx >= head.idx for t in between)

    def _owner(self, start: int, head: Token) -> Speaker | None:
        """Return the body behind "its bulletin", "the ministry's report"; a bare "the bulletin" belongs to the body that spoke last."""
        for child in head.children:
            if child.dep_ in {"nmod:poss", "poss"} and child.i < head.i:
                if child.lower_ in PERSONAL | NEUTER | PLURAL:
                    found = self._pronoun(child.lower_, start)
                    return found if found.name else None
                return self._named(child.left_edge.idx, child.idx + len(child), child)
        return self._last_body(start) if _definite(self.text, start, head) else None

    def _last_body(self, start: int) -> Speaker | None:
        for position, speaker in reversed(self.history):
            if speaker.entity is not None and speaker.kind == "body" and start - position < _WINDOW:
                return Speaker(speaker.name, speaker.entity, "document", "body")
        return None

    def _common(self, kind: str, match: frozenset[str], head: Token, start: int, *, bare: bool) -> Speaker | None:
        before = self.spans.within(0, start)
        if kind == "place":
            place = next((e for e in reversed(before) if e.type == "GPE"), None)
            return Speaker(place.name, place, "noun", "body") if place is not None and bare else None
        if kind == "person":
            rank = _RANKS & set(words(self.text[start : head.idx]))
            before_people = any(e.type == "PERSON" for e in before)

            def has_role(entity: Entity) -> bool:
                role = words(entity.role) if entity.type == "PERSON" and entity.role else []
                return head.lower_ in role and _RANKS & set(role) == rank

            for entity in reversed(before):
                if has_role(entity):
                    return Speaker(entity.name, entity, "role", "person")
            # "Ukraine's top commander said ..." in a lede; the name follows with the role.
            for entity in self.spans.starting(start, start + _AHEAD):
                if has_role(entity):
                    return Speaker(entity.name, entity, "role", "person")
            return self._named_next(start, rank) if not before_people else None
        if not bare:  # "The Ukrainian military" names itself.
            return None
        wanted = match | {head.lower_}
        for position, speaker in reversed(self.history):
            if speaker.name and wanted & set(words(speaker.name)) and position < start and " and " not in speaker.name:
                return Speaker(speaker.name, speaker.entity, "noun", "body")
        for entity in reversed(before):
            if entity.type == "ORG" and wanted & set(words(entity.name)):
                return Speaker(entity.name, entity, "noun", "body")
        if "*" in match:  # "the group": the body that spoke last, else the one named last.
            named = next((e for e in reversed(before) if e.type == "ORG" and start - e.end < _WINDOW), None)
            return self._last_body(start) or (Speaker(named.name, named, "noun", "body") if named is not None else None)
        return None

    def _named_next(self, start: int, rank: frozenset[str]) -> Speaker | None:
        """Return whom a lede holds back: "Ukraine's top commander says ..."; the next paragraph opens with "Colonel General Jane Roe"."""
        line = self.text.find("\n", start)
        entity = next((e for e in self.spans.starting(start, line + _OPENING) if e.type == "PERSON"), None)
        if rank or entity is None or line < 0 or not line < entity.start < line + _OPENING or not self._is_subject(entity):
            return None
        role = words(entity.role or "")
        if all(word in _ranks() for word in role):  # No other office than a rank: nothing speaks against it.
            return Speaker(entity.name, entity, "role ahead", "person")
        return None

    def _pronoun(self, word: str, start: int, content: tuple[int, int] = (0, 0)) -> Speaker:
        kinds = {"person"} if word in PERSONAL else {"body", "group", "other"}
        types = {"PERSON"} if word in PERSONAL else BODIES
        recent = [(p, s) for p, s in self.history if p < start and start - p < _WINDOW and s.kind in kinds]
        near = self.spans.within(start - _WINDOW + 1, start)
        named = [e for e in near if e.type in types and not content[0] <= e.start < content[1]]
        last_spoken = recent[-1] if recent else None
        subject = next((e for e in reversed(named) if self._is_subject(e)), None)
        if word in PLURAL and (group := self._group(start, last_spoken)) is not None:
            return group
        if last_spoken is not None and (
            subject is None or last_spoken[0] >= subject.start - 1 or word in PLURAL or not self._new_topic(subject, start)
        ):
            return Speaker(last_spoken[1].name, last_spoken[1].entity, "pronoun", last_spoken[1].kind)
        if subject is None and word in PERSONAL and named:
            subject = named[-1]
        if subject is None and content[1] <= start:  # "Acme will cut 200 jobs, it said": nobody else is named before.
            inside = [e for e in self.spans.starting(*content) if e.type in types]
            subject = next((e for e in inside if self._is_subject(e)), None)
        if subject is not None:
            return Speaker(subject.name, subject, "pronoun", "person" if subject.type == "PERSON" else "body")
        return Speaker(None, None, "pronoun", "person" if word in PERSONAL else "body")

    def _group(self, start: int, last_spoken: tuple[int, Speaker] | None) -> Speaker | None:
        """Return the people whom "they" takes up: the plural subject before, if nobody has spoken since it was named."""
        here = self.doc.char_span(start, start + 1, alignment_mode="expand")
        if here is None or not annotated(self.doc, "DEP"):
            return None
        first = here.sent.start
        low = self.doc[first - 1].sent.start if first else 0
        for token in reversed(self.doc[low : here.start]):
            if token.dep_ in {"nsubj", "nsubj:pass"} and token.tag_ in {"NNS", "NNPS"}:
                if last_spoken is not None and last_spoken[0] >= self.doc[token.left_edge.i].idx:
                    return None
                named = next((e for e in self.entities if e.start <= token.idx < e.end), None)
                if named is not None:
                    return Speaker(named.name, named, "pronoun", "group")
                kind = nouns().get(_singular(token.lower_), nouns().get(token.lower_, ("", frozenset())))[0]
                people = kind in {"person", "group", "body"}
                return Speaker(_bare(self.doc[token.left_edge.i : token.i + 1].text), None, "pronoun", "group") if people else None
        return None

    def _new_topic(self, entity: Entity, start: int) -> bool:
        """Tell whether an entity is a likelier antecedent than the last speaker: a body, or the subject of the sentence just before."""
        return entity.type in {"PERSON", "ORG"} or "\n" not in self.text[entity.end : start]

    def _is_subject(self, entity: Entity) -> bool:
        span = self.doc.char_span(entity.start, entity.end, alignment_mode="expand")
        if span is None:
            return False
        if not annotated(self.doc, "DEP"):
            return bool(span[0].is_sent_start)
        root = span.root
        for _ in range(2):
            if root.dep_ in {"nsubj", "nsubj:pass", "obl:agent"}:
                return True
            if root.dep_ not in {"appos", "flat", "compound"}:
                break
            root = root.head
        return False


def _stands_for_thing(pronoun: Token) -> bool:
    """Tell whether "it" or "they" takes up a thing: "The bound holds. It only says that ...". In the past tense bodies speak, not things."""
    doc = pronoun.doc
    if pronoun.head.tag_ not in {"VBZ", "VBP"} or not annotated(doc, "DEP") or pronoun.sent.start == 0:
        return False
    before = doc[pronoun.sent.start - 1].sent.root
    topic = next((c for c in before.children if c.dep_ in {"nsubj", "nsubj:pass"}), None)
    if topic is None or topic.pos_ != "NOUN" or topic.ent_type_ or (topic.tag_ == "NNS") != (pronoun.lower_ in PLURAL):
        return False
    known = nouns().get(topic.lower_) or nouns().get(_singular(topic.lower_))
    return known is None or known[0] == "mute"


def _definite(text: str, start: int, head: Token) -> bool:
    first = text[start : start + 5].lower()
    return first.startswith(("the ", "this ", "that ")) or head.idx == start


def _bare(text: str) -> str:
    name = " ".join(text.split())
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        if name.startswith(article):
            return name[len(article) :]
    return name


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") else word


def same_speaker(a: Speaker, b: Speaker) -> bool:
    """Tell whether two resolved sources are one speaker."""
    if a.entity is not None and b.entity is not None:
        return a.entity.entity_id == b.entity.entity_id
    return bool(a.name and b.name and fold(a.name) == fold(b.name))
