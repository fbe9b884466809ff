"""Facts to rows and rows to parquet: names, types, ids, provisional revisions."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import EnvironmentProblem
from dateline.model import Article, Entity, Facts
from dateline.warehouse.rows import combine, combined, rows_of
from dateline.warehouse.schema import KEYS, STAGED_TABLES, arrow_schemas, columns
from dateline.warehouse.stage import arrow_table, arrow_tables, concatenated, discard, read_batch, rewrite, staged_batches, sweep, write_batch


@pytest.mark.parametrize("table", [t for t in STAGED_TABLES if t not in {"ops.quality_results", "ops.signatures"}])
def test_rows_have_exactly_the_columns_of_the_table(kit, table: str) -> None:
    made = kit.rows(kit.article())[table]
    assert made, f"the sample article gives no row of {table}"
    assert set(made[0]) == set(columns(table))


def test_every_field_of_an_article_is_kept(kit) -> None:
    known = {field.name for field in fields(Article)} - {"taken_as_is"}  # An instruction to the reader, not a property of the report.
    assert known - set(columns("documents")) == set(), "a new field of Article needs a column"


def test_a_stated_offset_is_kept_beside_local_and_universal_time(kit) -> None:
    zone = timezone(timedelta(hours=3))
    row = kit.rows(kit.article(published_at=datetime(2025, 4, 27, 1, 30, tzinfo=zone)))["documents"][0]
    assert (row["published_at"], row["published_offset"], row["published_utc"]) == (datetime(2025, 4, 27, 1, 30), 180, datetime(2025, 4, 26, 22, 30))
    naive = kit.rows(kit.article())["documents"][0]
    assert (naive["published_offset"], naive["published_utc"]) == (None, datetime(2025, 4, 27))
    fetched = kit.rows(kit.article(fetched_at=datetime(2025, 4, 27, tzinfo=UTC)))["documents"][0]["fetched_at"]
    assert fetched == datetime(2025, 4, 27)


def test_ids_hang_on_text_and_offsets_not_on_run_or_revision(kit) -> None:
    article, facts = kit.article()
    first = rows_of(article, facts, run_id="a", extractor_version="1", revision=1)
    later = rows_of(article, facts, run_id="b", extractor_version="2", revision=7)
    for table, key in KEYS.items():
        if len(key) == 1 and first.get(table):
            assert [row[key[0]] for row in first[table]] == [row[key[0]] for row in later[table]], table
    changed, changed_facts = kit.article(count="71")
    assert rows_of(changed, changed_facts, run_id="a", extractor_version="1")["figures"][0]["figure_id"] != first["figures"][0]["figure_id"]


def test_two_facts_on_one_span_have_two_ids(kit) -> None:
    article, facts = kit.article()
    made = rows_of(article, replace(facts, figures=facts.figures * 2), run_id="r", extractor_version="1")["figures"]
    assert len({row["figure_id"] for row in made}) == 2


def test_figures_point_to_the_claim_row(kit) -> None:
    made = kit.rows(kit.article())
    assert made["figures"][0]["claim_id"] == made["claims"][0]["claim_id"] != "c1"


def test_an_unlinked_entity_is_identified_by_type_and_name(kit) -> None:
    def entity_id(kind: str, name: str) -> str:
        fact = Entity(start=0, end=7, text="Syrskyi", sentence=0, score=1, rule="r", type=kind, name=name)
        return rows_of(kit.article()[0], Facts(entities=(fact,)), run_id="r", extractor_version="1")["entity_mentions"][0]["entity_id"]

    assert entity_id("PERSON", "Syrskyi") == entity_id("PERSON", "Syrskyi") != entity_id("ORG", "Syrskyi")


def test_combine_takes_one_text_once_and_numbers_further_ones(kit) -> None:
    same, again, other = kit.article("x", "70"), kit.article("x", "70"), kit.article("x", "71")
    batch = kit.rows(same, again, other, kit.article("y"))
    assert [(row["text"][35:37], row["revision"]) for row in batch["documents"]] == [("70", 1), ("71", 2), ("70", 1)]
    assert [row["revision"] for row in batch["figures"]] == [1, 2, 1]
    assert [row["place_id"] for row in batch["places"]] == ["geo_1", "geo_2"]


@pytest.mark.parametrize("texts", [1, 2, 9])
def test_a_batch_in_parts_is_the_batch(kit, texts: int) -> None:
    articles = [kit.article("x", "70"), kit.article("x", "70"), kit.article("x", "71"), kit.article("y"), kit.article("x", "72")]

    def rows():
        return [rows_of(a, f, run_id="r", extractor_version="1") for a, f in articles]

    parts = list(combined(rows(), texts=texts))
    assert len(parts) == 4 // texts + 1
    whole = arrow_tables(combine(rows()))
    assert whole["documents"].num_rows == 4
    assert concatenated([arrow_tables(part) for part in parts]) == whole


def test_combine_does_not_hang_on_the_order_of_differing_places(kit) -> None:
    def with_population(population: int):
        article, facts = kit.article(str(population))
        mention = facts.places[0]
        return rows_of(
            article,
            replace(facts, places=(replace(mention, place=replace(mention.place, population=population)),)),
            run_id="r",
            extractor_version="1",
        )

    one, two = combine([with_population(5), with_population(7)]), combine([with_population(7), with_population(5)])
    assert one["places"] == two["places"]


def test_lone_surrogates_are_replaced_one_for_one(kit) -> None:
    article, facts = kit.article()
    broken = replace(article, text="\ud800" + article.text[1:], title="bad \udfff title")
    tables = combine([rows_of(broken, facts, run_id="r", extractor_version="1")])
    row = tables["documents"][0]
    assert row["text"][0] == "\ufffd" and len(row["text"]) == len(article.text) and row["title"] == "bad \ufffd title"
    arrow_table("documents", tables["documents"])


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40), st.one_of(st.none(), st.text(max_size=20)))
def test_any_text_survives_parquet(text: str, title: str | None) -> None:
    made = rows_of(Article(document_id="d", text=text, title=title), Facts(), run_id="r", extractor_version="1")
    assert arrow_table("documents", made["documents"])["text"].to_pylist() == [text]


def test_a_batch_is_written_whole_and_read_back(kit, tmp_path: Path) -> None:
    tables = kit.rows(kit.article())
    folder = write_batch(tmp_path / "run" / "000001", tables)
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["000001"]
    for table in STAGED_TABLES:
        assert pq.read_schema(folder / f"{table}.parquet").equals(arrow_schemas()[table]), table
    back = read_batch(folder)
    assert back["figures"].to_pylist() == [{name: row[name] for name in columns("figures")} for row in tables["figures"]]
    assert back["place_mentions"]["candidates"].to_pylist()[0][0]["score"] == 0.2


def test_a_batch_replaces_its_forerunner_and_half_written_ones_do_not_count(kit, tmp_path: Path) -> None:
    write_batch(tmp_path / "run" / "000002", kit.rows(kit.article("a"), kit.article("b")))
    write_batch(tmp_path / "run" / "000002", kit.rows(kit.article("a")))
    write_batch(tmp_path / "run" / "000001", kit.rows(kit.article("a")))
    (tmp_path / "run" / "000003.tmp").mkdir()
    assert [path.name for path in staged_batches(tmp_path / "run")] == ["000001", "000002"]
    assert read_batch(tmp_path / "run" / "000002")["documents"].num_rows == 1
    discard(tmp_path / "run")
    assert staged_batches(tmp_path / "run") == []


def test_a_folder_that_cannot_be_written_is_an_environment_problem(kit, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentProblem, match="nothing is lost"):
        write_batch(tmp_path / "file" / "000001", kit.rows(kit.article()))


def test_a_worker_brings_back_nothing_of_a_run_that_was_swept_away(kit, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="nothing is lost"):
        rewrite(tmp_path / "run" / "000001", arrow_tables(kit.rows(kit.article())), parents=False)
    assert not list(tmp_path.iterdir())


def test_sweeping_outlasts_a_worker_that_writes_on(tmp_path: Path) -> None:
    begun, folder = threading.Event(), tmp_path / "staging" / "run" / "000001.tmp"
    folder.mkdir(parents=True)
    for number in range(1000):  # So many that the worker writes while they are removed.
        (folder / f"{number}.old").write_text("")

    def write_on() -> None:
        for number in range(4000):
            with suppress(OSError):
                (folder / f"{number}.parquet").write_text("")
            begun.set()

    writer = threading.Thread(target=write_on)
    writer.start()
    begun.wait()
    sweep(tmp_path / "staging")
    assert not list(tmp_path.iterdir())
    writer.join()


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_batch_is_an_environment_problem(kit, tmp_path: Path, damage: str) -> None:
    file = write_batch(tmp_path / "000001", kit.rows(kit.article())) / "claims.parquet"
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-20])
    else:
        file.unlink()
    with pytest.raises(EnvironmentProblem, match="cannot be read"):
        read_batch(tmp_path / "000001")


def test_sentences_leave_out_the_white_space_around_them(kit) -> None:
    article, _ = kit.article()
    text = " One. \n\nTwo two.\n "
    spans = ((0, 8), (8, len(text)))
    made = rows_of(replace(article, text=text), Facts(sentences=spans), run_id="r", extractor_version="1")["sentences"]
    assert [text[row["start_char"] : row["end_char"]] for row in made] == ["One.", "Two two."]
