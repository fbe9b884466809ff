"""One hostile article costs itself alone; components leave what the exchange format needs."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dateline import pipeline
from dateline.exchange import facts_json
from dateline.model import Article
from dateline.nlp.components import ORDER, RECORD
from dateline.pipeline import extract


def article(text: str, name: str = "a") -> Article:
    return Article(document_id=name, text=text, origin_id=name)


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for factory in ORDER:
        nlp.add_pipe(factory)
    return nlp


def test_an_article_that_breaks_a_component_costs_itself_alone(blank: Language) -> None:
    @Language.component("breaks_on_bang")
    def breaks(doc: Doc) -> Doc:
        if "BANG" in doc.text:
            raise ValueError("bang")
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("breaks_on_bang")
    nlp.add_pipe("dateline_dates")
    good, bad, also = (facts for _, facts in extract(nlp, [article("In May 2024."), article("BANG in May 2024."), article("In June 2024.")]))
    assert [d.value for d in (*good.dates, *also.dates)] == ["2024-05", "2024-06"]
    assert not bad.dates
    assert [r.rule for r in bad.rejections] == ["extract.failed"]
    assert "bang" in bad.rejections[0].reason


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "12", "\u202e1\u202c", "🚀" * 3, "1" * 5000, "a" * 20000, "“" * 500, "1,2,3 " * 800])
def test_odd_texts_go_through(blank: Language, text: str) -> None:
    ((_, facts),) = extract(blank, [article(text)])
    assert not [r for r in facts.rejections if r.rule == "extract.failed"], facts.rejections
    json.dumps(facts_json(article(text), facts))


def test_every_fact_gives_back_its_text_and_sits_in_its_span_group() -> None:
    from dateline.nlp.load import load_nlp
    from dateline.pipeline import make_doc

    text = "KYIV - Ukraine's army said on Sunday, 27 April 2025, that almost 70 assaults took place near Pokrovsk. About 20% of the land is held."
    nlp = load_nlp()
    doc = make_doc(nlp, article(text))
    for _, component in nlp.pipeline:
        doc = component(doc)
    for kind, record in RECORD.items():
        facts = getattr(doc._, kind)
        assert facts, kind
        for fact in facts:
            assert text[fact.start : fact.end] == fact.text
        assert {span._.get(record) for span in doc.spans[kind]} <= set(facts)
    ((_, facts),) = extract(nlp, [article(text)])
    out = facts_json(article(text), facts)
    assert {"id", "entities", "places", "figures", "dates", "claims"} <= out.keys()
    assert [(f["text"], f["approx"]) for f in out["figures"]] == [("70", "below"), ("20", "about")]


def test_a_fault_of_the_installation_is_not_blamed_on_the_articles() -> None:
    @Language.component("lacks_a_package")
    def lacks(doc: Doc) -> Doc:
        raise ModuleNotFoundError("No module named 'absent'")

    nlp = spacy.blank("en")
    nlp.add_pipe("lacks_a_package")
    with pytest.raises(ImportError, match="absent"):
        list(extract(nlp, [article("In May 2024.")]))


def test_texts_are_read_together_by_their_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory hangs on what is read at once, so long articles are read few at a time, and one that is longer than that alone."""
    monkeypatch.setattr(pipeline, "CHARACTERS", 50)
    together: list[list[int]] = []

    class Noting(Language):
        def pipe(self, texts: Any, **kwargs: Any) -> Any:
            docs = list(texts)
            together.append([len(doc.text) for doc in docs])
            return super().pipe(docs, **kwargs)

    nlp = Noting()
    nlp.add_pipe("sentencizer")
    articles = [article("x" * size, str(size)) for size in (20, 30, 5, 60, 4, 3, 2, 1)]
    assert [read for read, _ in extract(nlp, articles, batch=3)] == articles
    assert together == [[20, 30], [5], [60], [4, 3, 2], [1]]


def test_one_text_under_several_addresses_is_read_once_and_has_rows_of_its_own() -> None:
    """The rows are those of reading each alone; what changes the facts (time of publication, outlet) makes it another text to read."""
    from dateline.nlp.load import load_nlp
    from dateline.warehouse.rows import rows_of

    text = "The army said on Sunday that almost 70 assaults took place near Pokrovsk. Officials counted about 300 families on the roads."
    day = datetime(2025, 4, 27, 12)
    first = Article(document_id="doc_1", text=text, title="Assaults", url="https://desk.example/war/1", published_at=day, source="1")
    articles = [
        first, replace(first, document_id="doc_2", url="https://desk.example/world/1", source="2"), replace(first, document_id="doc_3", source="3"),
        replace(first, document_id="doc_4", published_at=day - timedelta(7), source="4"),
        replace(first, document_id="doc_5", publisher="The Lyman Gazette", url="https://gazette.us/1", source="5"),
        replace(first, document_id="doc_6", title="Another title", source="6"),
    ]  # fmt: skip
    read: list[str] = []

    @Language.component("notes_what_it_reads")
    def notes(doc: Doc) -> Doc:
        read.append(doc._.article.document_id)
        return doc

    nlp = load_nlp()
    alone = [next(extract(nlp, [article])) for article in articles]
    nlp.add_pipe("notes_what_it_reads")
    together = list(extract(nlp, articles))
    nlp.remove_pipe("notes_what_it_reads")
    assert read == ["doc_1", "doc_4", "doc_5", "doc_6"]
    assert [article for article, _ in together] == articles
    assert [rows_of(a, f, run_id="r", extractor_version="1") for a, f in together] == [
        rows_of(a, f, run_id="r", extractor_version="1") for a, f in alone
    ]
    assert together[1][1].claims[0].claim_id != together[0][1].claims[0].claim_id
    assert {claim.claim_id for claim in together[1][1].claims} >= {figure.claim_id for figure in together[1][1].figures if figure.claim_id}
