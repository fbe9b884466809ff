"""Whatever the order in which reports come, and into however many runs they are split, the warehouse ends with the same entities and mentions."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.entities import EntityCandidate
from dateline.model import Article, Facts
from dateline.normalize.entities import normalize_entities
from dateline.warehouse.load import load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.stage import write_batch

BLANK = spacy.blank("en")
NAMES = (
    ("Volodymyr Zelenskyy", "PERSON"), ("Zelensky", "PERSON"), ("Vladimir Zelenskiy", "PERSON"), ("Yevhen Kovalenko", "PERSON"),
    ("Evgeny Kovalenko", "PERSON"), ("Kovalenko", "PERSON"), ("Igor Kovalenko", "PERSON"), ("Hassan Hamdan", "PERSON"), ("Hasan al-Hamdan", "PERSON"),
    ("Hussein Hamdan", "PERSON"), ("Donald Trump Jr.", "PERSON"), ("Donald Trump", "PERSON"), ("3rd Brigade", "ORG"), ("5th Brigade", "ORG"),
    ("Rescue Organisation", "ORG"), ("Rescue Organization", "ORG"),
)  # fmt: skip
REPORT = st.lists(st.sampled_from(NAMES), min_size=1, max_size=6)


def report(number: int, mentions: list[tuple[str, str]]) -> tuple[Article, Facts]:
    text, found = "", []
    for name, label in mentions:
        found.append(EntityCandidate(start=len(text), end=len(text) + len(name), label=label, rule="test"))
        text += f"{name} spoke. "
    facts, _ = normalize_entities(BLANK(text), found)
    return Article(document_id=f"doc_{number}", text=text, source="test"), Facts(entities=tuple(facts))


def loaded(runs: list[list[tuple[Article, Facts]]]) -> list[list[tuple]]:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        ensure_schema(con)
        for number, run in enumerate(runs):
            tables = combine(rows_of(article, facts, run_id="run", extractor_version="1") for article, facts in run)
            load_batch(con, write_batch(Path(folder) / str(number), tables))
        mentions = "SELECT document_id, start_char, entity_id, method FROM entity_mentions ORDER BY ALL"
        return [con.execute(query).fetchall() for query in ("SELECT * FROM entities ORDER BY entity_id", mentions)]


@settings(max_examples=12, deadline=None)
@given(reports=st.lists(REPORT, min_size=1, max_size=6), random=st.randoms(use_true_random=False), data=st.data())
def test_any_order_and_any_split_into_runs_gives_the_same_entities(reports: list, random: object, data: st.DataObject) -> None:
    articles = [report(n, mentions) for n, mentions in enumerate(reports)]
    once = loaded([articles])
    random.shuffle(articles)  # type: ignore[attr-defined]  # hypothesis' own Random, typed as object here.
    cuts = sorted(data.draw(st.lists(st.integers(0, len(articles)), max_size=3)))
    runs = [articles[a:b] for a, b in zip([0, *cuts], [*cuts, len(articles)], strict=True) if a < b]
    assert loaded(runs) == once


def test_spellings_are_one_row_and_namesakes_two() -> None:
    names = ["Yevhen Kovalenko", "Evgeny Kovalenko", "Igor Kovalenko", "Hasan Hamdan", "Hussein Hamdan", "Hassan al-Hamdan"]
    entities, mentions = loaded([[report(n, [(name, "PERSON")])] for n, name in enumerate(names)])
    by_document = {document: (entity_id, method) for document, _, entity_id, method in mentions}
    assert len(entities) == 4
    assert by_document["doc_0"] == by_document["doc_1"] != by_document["doc_2"]
    assert by_document["doc_3"] == by_document["doc_5"] != by_document["doc_4"]
    assert by_document["doc_0"][1] == "slavic spelling"
    assert by_document["doc_3"][1] == "arabic spelling"
