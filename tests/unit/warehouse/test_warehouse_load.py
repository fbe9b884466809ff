"""Loading: idempotent, revisions numbered, entities the same in any order, and nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import EnvironmentProblem
from dateline.ids import text_hash
from dateline.model import Entity, Facts
from dateline.validate.checks import failed_checks, run_checks
from dateline.warehouse.load import known_documents, load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import TABLES, ensure_schema
from dateline.warehouse.stage import write_batch


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(tmp_path / "work.duckdb")) as con:
        ensure_schema(con)
        yield con
        assert failed_checks(run_checks(con, run_id="test")) == []


def revisions(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    return con.execute("SELECT title, revision, is_current, text[36:37] FROM documents ORDER BY title, revision").fetchall()


def test_loading_twice_equals_loading_once(con, kit, stage: Callable[..., Path]) -> None:
    folder = stage(kit.article("a"), kit.article("b"))
    loaded = load_batch(con, folder)
    assert (loaded.documents, loaded.new, loaded.rows["figures"]) == (2, 2, 2)
    once = kit.contents(con)
    assert load_batch(con, folder).documents == 0
    assert kit.contents(con) == once
    assert load_batch(con, stage(kit.article("a"), kit.article("b"), run_id="r2")).new == 0
    assert kit.contents(con) == once
    assert con.execute("SELECT DISTINCT run_id FROM figures").fetchall() == [("r2",)]


def test_a_changed_text_is_the_next_revision(con, kit, stage) -> None:
    for run, count in enumerate(("70", "71", "72")):
        load_batch(con, stage(kit.article("a", count), run_id=f"r{run}"))
    assert revisions(con) == [("a", 1, False, "70"), ("a", 2, False, "71"), ("a", 3, True, "72")]
    assert con.execute("SELECT revision, text FROM figures ORDER BY 1").fetchall() == [(1, "70"), (2, "71"), (3, "72")]


def test_a_known_older_text_changes_nothing(con, kit, stage) -> None:
    load_batch(con, stage(kit.article("a", "70"), kit.article("a", "71")))
    before = revisions(con)
    load_batch(con, stage(kit.article("a", "70"), run_id="r2"))
    assert revisions(con) == before == [("a", 1, False, "70"), ("a", 2, True, "71")]


def test_two_texts_in_one_batch_and_the_next(con, kit, stage) -> None:
    load_batch(con, stage(kit.article("a", "70"), kit.article("a", "71"), kit.article("b", "10")))
    load_batch(con, stage(kit.article("a", "71"), kit.article("a", "72"), kit.article("a", "73"), run_id="r2"))
    assert revisions(con) == [("a", 1, False, "70"), ("a", 2, False, "71"), ("a", 3, False, "72"), ("a", 4, True, "73"), ("b", 1, True, "10")]


def test_one_report_in_two_files_keeps_the_first_reading(con, kit, stage) -> None:
    load_batch(con, stage(kit.article("a", source="first.txt")))
    load_batch(con, stage(kit.article("a", source="second.txt")))
    assert con.execute("SELECT source FROM documents").fetchall() == [("first.txt",)]
    assert con.execute("SELECT count(*) FROM ops.quarantine").fetchall() == [(1,)]


def test_reading_again_replaces_facts_and_refusals(con, kit, stage) -> None:
    article, facts = kit.article("a")
    load_batch(con, stage((article, facts)))
    load_batch(con, stage((article, Facts(dates=facts.dates)), version="2", run_id="r2"))
    counts = {
        table: con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
        for table in ("documents", "figures", "dates", "entities", "ops.quarantine")
    }
    assert counts == {"documents": 1, "figures": 0, "dates": 1, "entities": 0, "ops.quarantine": 0}


def test_known_documents_by_text_and_extractor(con, kit, stage) -> None:
    article, facts = kit.article("a")
    load_batch(con, stage((article, facts)))
    pair = (article.document_id, text_hash(article.text))
    other = (article.document_id, text_hash("other"))
    assert set(known_documents(con, [pair, other, pair], "1")) == {pair}
    assert known_documents(con, [pair], "2") == {}
    assert known_documents(con, [], "1") == {}


def test_refusals_without_a_document_row_are_kept_once(con, kit, tmp_path: Path) -> None:
    tables = kit.rows(kit.article("a"))
    tables["documents"] = []
    for table in ("sentences", "entity_mentions", "place_mentions", "figures", "dates", "claims"):
        tables[table] = []
    for run in range(2):
        load_batch(con, write_batch(tmp_path / f"{run}", tables))
    assert con.execute("SELECT rule, revision FROM ops.quarantine").fetchall() == [("dates.impossible", None)]


def test_a_document_that_was_refused_and_now_is_not_leaves_quarantine(con, kit, stage, tmp_path: Path) -> None:
    tables = kit.rows(kit.article("a"))
    refused = {**tables, **{table: [] for table in tables if table != "ops.quarantine"}}
    load_batch(con, write_batch(tmp_path / "refused", refused))
    article, facts = kit.article("a")
    load_batch(con, stage((article, replace(facts, rejections=())), run_id="r2"))
    assert con.execute("SELECT count(*) FROM ops.quarantine").fetchall() == [(0,)]


def mention(kit, article: str, **fields) -> tuple:
    made, _ = kit.article(article)
    defaults = {"type": "PERSON", "name": "Zelenskyy", "entity_id": "ent_z"}
    return made, Facts(entities=(Entity(start=0, end=7, text="Syrskyi", sentence=0, score=1, rule="r", **{**defaults, **fields}),))


def test_entities_sum_up_their_mentions(con, kit, stage) -> None:
    load_batch(
        con,
        stage(
            mention(kit, "a"),
            mention(kit, "b", name="Zelensky", country="UA"),
            mention(kit, "c", canonical="Volodymyr Zelenskyy", wikidata_id="Q3874799"),
        ),
    )
    assert con.execute("FROM entities").fetchall() == [
        ("ent_z", "Volodymyr Zelenskyy", "PERSON", "UA", "Q3874799", ["Syrskyi", "Volodymyr Zelenskyy", "Zelensky", "Zelenskyy"])
    ]


_in_order: dict[str, list] = {}  # The contents after loading everything at once, worked out by the first example.


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(5)), st.integers(1, 4))
def test_contents_do_not_hang_on_the_order_or_cut_of_batches(con, kit, tmp_path_factory, order: list[int], size: int) -> None:
    articles = [
        mention(kit, "a", name="Zelenskiy"), mention(kit, "b", name="Zelensky", type="ORG"), mention(kit, "c", name="Zelensky",
        type="GPE", country="UA"),
        mention(kit, "d", country="RU"), kit.article("e"),
    ]  # fmt: skip

    def loaded(batches: list[list[tuple]]) -> dict:
        folder = tmp_path_factory.mktemp("order")
        for table in TABLES:
            con.execute(f"DELETE FROM {table}")
        con.execute("DELETE FROM ops.quarantine")
        for number, batch in enumerate(batches):
            tables = combine([rows_of(a, f, run_id="r", extractor_version="1") for a, f in batch])
            load_batch(con, write_batch(folder / str(number), tables))
        return kit.contents(con)

    shuffled = [articles[n] for n in order]
    if not _in_order:
        _in_order.update(loaded([articles]))
    assert loaded([shuffled[n : n + size] for n in range(0, 5, size)]) == _in_order


@pytest.mark.parametrize("damage", ["cut", "gone", "foreign"])
def test_a_damaged_batch_leaves_the_warehouse_as_it_was(con, kit, stage, damage: str) -> None:
    load_batch(con, stage(kit.article("a")))
    before = kit.contents(con)
    file = stage(kit.article("a", "71"), kit.article("b"), run_id="r2") / "claims.parquet"
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-20])
    elif damage == "gone":
        file.unlink()
    else:
        file.write_bytes(b"PAR1 this is no parquet PAR1")
    with pytest.raises(EnvironmentProblem, match="as it was"):
        load_batch(con, file.parent)
    assert kit.contents(con) == before
    assert load_batch(con, stage(kit.article("b"), run_id="r3")).new == 1


def test_the_smaller_form_of_a_place_row_is_replaced_when_the_gazetteer_changes(con, kit, stage) -> None:
    article, facts = kit.article("a")
    load_batch(con, stage((article, facts)))
    moved = replace(facts.places[0], place=replace(facts.places[0].place, lat=48.5))
    load_batch(con, stage((article, replace(facts, places=(moved,))), run_id="r2", version="2"))
    assert con.execute("SELECT lat FROM places WHERE place_id = 'geo_1'").fetchall() == [(48.5,)]
