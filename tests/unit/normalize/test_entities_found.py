"""Entities of an article: names, roles, countries, ids. The recognizer's part is set by hand."""

import spacy
from spacy.tokens import Doc
from spacy.util import filter_spans

from dateline.extract.entities import EntityCandidate
from dateline.model import Entity
from dateline.normalize.entities import normalize_entities

BLANK = spacy.blank("en")


def read(text: str, *named: tuple[str, str]) -> list[Entity]:
    doc: Doc = BLANK(text)
    spans = []
    for name, label in named:
        at = -1
        while (at := text.find(name, at + 1)) >= 0:
            span = doc.char_span(at, at + len(name), label=label)
            if span is not None:
                spans.append(span)
    doc.ents = filter_spans(spans)
    found = [EntityCandidate(start=e.start_char, end=e.end_char, label=e.label_, rule="test") for e in doc.ents]
    facts, refused = normalize_entities(doc, found)
    assert refused == []
    return facts


def test_name_and_canonical_name() -> None:
    facts = read("Volodymyr Zelensky spoke. Zelensky left.", ("Volodymyr Zelensky", "PERSON"), ("Zelensky", "PERSON"))
    assert {f.name for f in facts} == {"Volodymyr Zelensky"}
    assert {f.canonical for f in facts} == {"Volodymyr Zelenskyy"}
    assert len({f.entity_id for f in facts}) == 1
    assert {f.wikidata_id for f in facts} == {"Q3874799"}
    assert all(f.text in ("Volodymyr Zelensky", "Zelensky") and f.method for f in facts)


def test_country_from_the_possessor_decides_generic_names() -> None:
    facts = read("Russia's Defence Ministry and Ukraine's Defence Ministry disagree.", ("Defence Ministry", "ORG"))
    assert [f.country for f in facts] == ["RU", "UA"]


def test_demonyms_have_countries() -> None:
    facts = read("Ukrainian and French officials met.", ("Ukrainian", "NORP"), ("French", "NORP"))
    assert [f.country for f in facts] == ["UA", "FR"]


def test_what_is_no_entity_is_refused_with_a_reason() -> None:
    doc = BLANK("On Monday it rained.")
    facts, refused = normalize_entities(doc, [EntityCandidate(start=3, end=9, label="DATE", rule="test")])
    assert facts == []
    assert [r.kind for r in refused] == ["entities"]
    assert "DATE" in refused[0].reason


def test_either_form_may_stand_in_brackets() -> None:
    for text in ("The CEI (Italian Episcopal Conference) met.", "The Italian Episcopal Conference (CEI) met."):
        facts = read(text, ("CEI", "ORG"), ("Italian Episcopal Conference", "ORG"))
        assert {f.name for f in facts} == {"Italian Episcopal Conference"}
        assert len({f.entity_id for f in facts}) == 1
