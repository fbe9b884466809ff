"""Reports on one happening are grouped, whatever the order of loading, in one run or in many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ids import stable_id
from dateline.model import Article, Entity, Facts, Figure, Place, PlaceMention
from dateline.warehouse.copies import fold_copies
from dateline.warehouse.load import load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.stage import write_batch
from dateline.warehouse.stories import _NEXT, SPAN, WINDOW, group_stories

NOON = datetime(2025, 4, 27, 12)
Report = tuple[Article, Facts]


def report(name: str, when: datetime | None, names: Sequence[str], places: Sequence[str] = (), figures: Sequence[float] = ()) -> Report:
    """Return a report that names and counts things; its text is nothing but these, so that no two are copies unless they are meant to be."""
    words = [*names, *places, *(f"{value:g}" for value in figures)]
    text = f"{name}: " + " ".join(words)
    at = {word: text.index(word) for word in words}

    def base(word: str) -> dict[str, object]:
        return {"start": at[word], "end": at[word] + len(word), "text": word, "sentence": 0, "score": 1.0, "rule": "test"}

    facts = Facts(
        entities=tuple(Entity(**base(n), type="PERSON", name=n, canonical=n, entity_id=stable_id("ent", n)) for n in names),  # type: ignore[arg-type]
        places=tuple(PlaceMention(**base(n), place=Place(place_id=f"geo_{n}", name=n, kind="city"), method="test") for n in places),  # type: ignore[arg-type]
        figures=tuple(
            Figure(**base(f"{v:g}"), value_min=v, value_max=v, unit="person", kind="killed", item="civilian")
            for v in figures  # type: ignore[arg-type]
        ),
        sentences=((0, len(text)),),
    )
    return Article(document_id=stable_id("doc", name), text=text, title=name, published_at=when, source=name), facts


FIRE = (["Marta Kovac", "Ivo Brand"], ["Ostrava"], [41.0])
VOTE = (["Ana Lindt", "Ivo Brand"], ["Tirana"], [])


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        ensure_schema(con)
        yield con


def load(con: duckdb.DuckDBPyConnection, folder: Path, reports: Sequence[Report], run: str = "r1") -> None:
    load_batch(con, write_batch(folder / run, combine([rows_of(a, f, run_id=run, extractor_version=run) for a, f in reports])))
    fold_copies(con)
    group_stories(con)


def stories(con: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    return dict(con.execute("SELECT title, story_id FROM documents WHERE is_current ORDER BY title").fetchall())


def groups(con: duckdb.DuckDBPyConnection) -> set[frozenset[str]]:
    rows = con.execute("SELECT list(title) FROM documents WHERE is_current AND story_id IS NOT NULL GROUP BY story_id").fetchall()
    return {frozenset(titles) for (titles,) in rows}


def test_reports_on_one_happening_share_a_story_and_others_have_none(con, tmp_path: Path) -> None:
    load(con, tmp_path, [
        report("fire", NOON, *FIRE), report("fire again", NOON + timedelta(hours=5), *FIRE), report("vote", NOON, *VOTE),
    ])  # fmt: skip
    assert groups(con) == {frozenset({"fire", "fire again"})}
    assert stories(con)["fire"] == stable_id("sto", stable_id("doc", "fire")), "named after the first report, whoever else joins"
    assert con.execute("SELECT documents, originals FROM stories WHERE story_id LIKE 'sto%'").fetchall() == [(2, 2)]


def test_what_very_many_report_is_one_story_though_none_is_compared_with_all(con, tmp_path: Path) -> None:
    load(con, tmp_path, [report(f"fire {n:03}", NOON + timedelta(minutes=n), *FIRE) for n in range(3 * _NEXT)])
    assert [len(group) for group in groups(con)] == [3 * _NEXT]
    assert con.execute("SELECT max(compared) FROM (SELECT count(*) AS compared FROM ops.story_links GROUP BY document_id)").fetchall() == [(_NEXT,)]


def test_one_name_in_common_is_no_happening_in_common(con, tmp_path: Path) -> None:
    load(con, tmp_path, [report("a", NOON, ["Ivo Brand"], ["Ostrava"]), report("b", NOON, ["Ivo Brand"], ["Tirana"])])
    assert groups(con) == set()


def test_the_same_names_weeks_later_are_another_happening(con, tmp_path: Path) -> None:
    load(con, tmp_path, [report("fire", NOON, *FIRE), report("anniversary", NOON + timedelta(WINDOW + 1), *FIRE)])
    assert groups(con) == set()


def test_a_story_does_not_go_on_for_ever(con, tmp_path: Path) -> None:
    load(con, tmp_path, [report(f"day {n:02}", NOON + timedelta(n), *FIRE) for n in range(2 * SPAN + 2)])
    spans = {max(int(title[4:]) for title in group) - min(int(title[4:]) for title in group) for group in groups(con)}
    assert len(groups(con)) == 2 and max(spans) == SPAN


def test_a_report_without_a_date_is_in_no_story(con, tmp_path: Path) -> None:
    load(con, tmp_path, [report("fire", NOON, *FIRE), report("undated", None, *FIRE)])
    assert stories(con) == {"fire": None, "undated": None}


def test_copies_are_in_the_story_of_their_original(con, tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(60))
    one, two = report("fire", NOON, *FIRE), report("late fire", NOON + timedelta(hours=2), *FIRE)
    copy = (replace(one[0], document_id="doc_copy", title="copy", text=f"{words} and so on", published_at=NOON + timedelta(hours=1)), Facts())
    load(con, tmp_path, [(replace(one[0], text=f"{one[0].text} {words}"), one[1]), two, copy])
    assert con.execute("SELECT copy_of FROM documents WHERE title = 'copy'").fetchall() == [(one[0].document_id,)]
    assert groups(con) == {frozenset({"fire", "late fire", "copy"})}
    assert con.execute("SELECT documents, originals, copies FROM stories").fetchall() == [(3, 2, 1)]


def test_a_story_shrinks_when_a_report_is_rewritten(con, tmp_path: Path) -> None:
    load(con, tmp_path, [report("fire", NOON, *FIRE), report("second", NOON, *FIRE)], "r1")
    rewritten, facts = report("second", NOON, *VOTE)
    load(con, tmp_path, [(rewritten, facts)], "r2")
    assert groups(con) == set()
    assert con.execute("SELECT count(*) FROM documents WHERE story_id IS NOT NULL").fetchall() == [(0,)], "nor do old revisions keep it"


def test_nothing_new_changes_nothing(con, tmp_path: Path) -> None:
    load(con, tmp_path, [report("fire", NOON, *FIRE), report("again", NOON, *FIRE)])
    assert group_stories(con) == 0


NAMES = ["Marta Kovac", "Ivo Brand", "Ana Lindt", "Jon Sever"]
TOWNS = ["Ostrava", "Tirana", "Varna"]


@st.composite
def some_reports(draw: st.DrawFn) -> list[Report]:
    out = []
    for number in range(draw(st.integers(3, 12))):
        # Hours of few days, equal ones among them, so that reports meet and ties occur.
        when = NOON + timedelta(hours=draw(st.integers(0, 12)) * 20)
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        places = draw(st.lists(st.sampled_from(TOWNS), min_size=1, max_size=2, unique=True))
        figures = draw(st.lists(st.sampled_from([41.0, 52.0]), max_size=1))
        out.append(report(f"report {number}", when, names, places, figures))
    return out


@given(reports=some_reports(), data=st.data())
@settings(max_examples=8, deadline=None)
def test_neither_order_nor_the_number_of_runs_makes_a_difference(reports: list[Report], data: st.DataObject) -> None:
    """However the reports are shuffled and cut into runs, late ones before early ones, the stories are those of one run over all."""
    shuffled = data.draw(st.permutations(reports))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(reports) - 1), max_size=3)))
    with duckdb.connect() as once, duckdb.connect() as often, TemporaryDirectory() as folder:
        ensure_schema(once)
        ensure_schema(often)
        load(once, Path(folder), reports, "once")
        for number, (begin, end) in enumerate(zip([0, *cuts], [*cuts, len(reports)], strict=True)):
            load(often, Path(folder), shuffled[begin:end], f"r{number}")
        assert stories(often) == stories(once)
