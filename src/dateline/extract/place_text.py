"""The tokens of a Doc as plain lists, with the marks that place rules ask for again and again."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from dateline.extract.doc_text import text_of
from dateline.nlp.features import lexicon

LABELS = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WEAPON"))


@dataclass(slots=True)
class PlaceText:
    """A Doc's tokens.

    Attributes:
        words: As written. `lower`: in lower case. `starts`, `ends`: character offsets.
        capital: Whether a token starts with a capital letter.
        sentence_start: Whether a token begins a sentence.
        headline: Whether a token stands in a sentence most of whose words have capitals: there capitals say nothing.
        codes: The name lexicon's code of a token (see nlp.features.NameLexicon.words).
        label: Label of the entity that the recognizer found over a token, "" without one.
        entity: Number of that entity, -1 without one.
        has_entities: Whether the pipeline has a recognizer at all.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    capital: list[bool]
    sentence_start: list[bool]
    headline: list[bool]
    codes: list[int]
    label: list[str]
    entity: list[int]
    entities: list[tuple[int, int, str]]
    has_entities: bool

    @classmethod
    def of(cls, doc: Doc) -> PlaceText:
        """Read a Doc; its columns in bulk, because every Token object costs more than all rules about it."""
        strings = doc.vocab.strings
        columns = doc.to_array(["ORTH", "SPACY", "SENT_START"]).tolist() if len(doc) else []
        words = [strings[row[0]] for row in columns]
        starts, position = [], 0
        for row, word in zip(columns, words, strict=True):
            starts.append(position)
            position += len(word) + (1 if row[1] else 0)
        capital = [word[:1].isupper() for word in words]
        marked = doc.has_annotation("SENT_START")
        sentence_start = [row[2] == 1 for row in columns] if marked else [i == 0 or words[i - 1] in ".!?" for i in range(len(words))]
        label, entity = [""] * len(words), [-1] * len(words)
        entities = [(ent.start, ent.end, ent.label_) for ent in doc.ents if ent.label_ in LABELS]
        for number, (first, last, name) in enumerate(entities):
            for i in range(first, last):
                label[i], entity[i] = name, number
        return cls(
            text=text_of(doc),
            words=words,
            lower=[word.lower() for word in words],
            starts=starts,
            ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
            capital=capital,
            sentence_start=sentence_start,
            headline=_headlines(words, capital, sentence_start),
            codes=lexicon().codes(doc),
            label=label,
            entity=entity,
            entities=entities,
            has_entities=doc.has_annotation("ENT_IOB"),
        )

    def gap(self, i: int) -> str:
        """Return what stands between token i and the next."""
        return self.text[self.ends[i] : self.starts[i + 1]] if i + 1 < len(self.words) else ""


def _headlines(words: list[str], capital: list[bool], sentence_start: list[bool]) -> list[bool]:
    marks = [False] * len(words)
    begin = 0
    for end in [*(i for i, first in enumerate(sentence_start) if first and i), len(words)]:
        long_words = [i for i in range(begin, end) if words[i][:1].isalpha() and len(words[i]) > 3]
        if len(long_words) >= 4 and sum(capital[i] for i in long_words) >= 0.8 * len(long_words):
            for i in range(begin, end):
                marks[i] = True
        begin = end
    return marks
