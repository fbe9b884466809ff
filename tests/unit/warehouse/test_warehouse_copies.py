"""Copies are folded whatever the order of loading, and unfolded when a text changes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from dateline.ids import stable_id
from dateline.model import Article, Facts
from dateline.warehouse.copies import SIMILAR, bands, fold_copies, signature
from dateline.warehouse.load import load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.stage import write_batch

WORDS = (
    "town river front report said troops drone shell police market bridge road night fire school east north village mayor court bank water".split()
)


def text(seed: int, length: int = 200) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(length))


def edited(original: str, changes: int, seed: int = 9) -> str:
    words, chosen = original.split(), random.Random(seed)
    for _ in range(changes):
        words[chosen.randrange(len(words))] = "edited"
    return " ".join(words)


def article(name: str, body: str, hour: int) -> Article:
    return Article(document_id=stable_id("doc", name), text=body, title=name, published_at=datetime(2025, 4, 27, hour), source=name)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        ensure_schema(con)
        yield con


def load(con: duckdb.DuckDBPyConnection, folder: Path, articles: Sequence[Article]) -> None:
    load_batch(con, write_batch(folder, combine([rows_of(a, Facts(), run_id=folder.name, extractor_version="1") for a in articles])))


def copies(con: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    sql = "SELECT d.title, o.title FROM documents d LEFT JOIN documents o ON o.document_id = d.copy_of AND o.is_current WHERE d.is_current ORDER BY 1"
    return dict(con.execute(sql).fetchall())


@pytest.mark.parametrize(("changes", "alike"), [(0, True), (4, True), (10, True), (60, False)])
def test_similarity_is_estimated(changes: int, alike: bool) -> None:
    one = text(1)
    first, second = signature(one), signature(edited(one, changes))
    assert first is not None and second is not None
    assert (float((first == second).mean()) >= SIMILAR) is alike
    assert bool(set(bands(first)) & set(bands(second))) or not alike


def test_the_estimate_is_unbiased() -> None:
    """The mean over many pairs of known overlap is that overlap; a poor family of hash functions would be off by far more."""
    estimates = []
    for seed in range(40):
        words = [f"w{seed}x{n}" for n in range(300)]
        first, second = signature(" ".join(words[:200])), signature(" ".join(words[50:250]))
        assert first is not None and second is not None
        estimates.append(float((first == second).mean()))
    shared, union = 147, 247  # Of 197 shingles each.
    assert sum(estimates) / len(estimates) == pytest.approx(shared / union, abs=0.02)


def test_signatures_do_not_hang_on_the_process() -> None:
    made = signature(text(1))
    assert made is not None and made[:3].tolist() == signature(text(1))[:3].tolist()  # type: ignore[index]  # Long enough to be signed.
    assert signature("too short to compare") is None


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_earliest_is_the_original_in_any_order(con, tmp_path: Path, order: tuple[int, ...], at_once: bool) -> None:
    wire, other = text(1), text(2)
    articles = [
        article("wire", wire, 6), article("copy", edited(wire, 4), 8), article("late copy", edited(wire, 6, seed=3), 9), article("other", other, 5),
        article("other copy", other + " and so on", 7),
    ]  # fmt: skip
    chosen = [articles[n] for n in order]
    for number, batch in enumerate([chosen] if at_once else [[one] for one in chosen]):
        load(con, tmp_path / str(number), batch)
        fold_copies(con)
    assert copies(con) == {"wire": None, "copy": "wire", "late copy": "wire", "other": None, "other copy": "other"}
    assert fold_copies(con) == 0


def test_copies_of_copies_do_not_chain(con, tmp_path: Path) -> None:
    first = text(1)
    second = " ".join(first.split()[35:] + text(5, 35).split())
    third = " ".join(second.split()[35:] + text(6, 35).split())
    load(con, tmp_path / "1", [article("first", first, 1), article("second", second, 2), article("third", third, 3)])
    fold_copies(con)
    assert copies(con) == {"first": None, "second": "first", "third": None}, "the third resembles the second only, which is no original"


def test_a_rewritten_report_is_no_copy_any_more(con, tmp_path: Path) -> None:
    wire = text(1)
    copy = article("copy", wire, 8)
    load(con, tmp_path / "1", [article("wire", wire, 6), copy])
    assert fold_copies(con) == 1
    load(con, tmp_path / "2", [replace(copy, text=text(7))])
    assert fold_copies(con) == 1 and copies(con) == {"wire": None, "copy": None}
    assert con.execute("SELECT count(*) FROM documents WHERE copy_of IS NOT NULL").fetchall() == [(0,)]
    assert con.execute("SELECT (SELECT count(*) FROM ops.copies), (SELECT count(*) FROM ops.signatures)").fetchall() == [(0, 2)]


def test_short_texts_are_never_copies(con, tmp_path: Path) -> None:
    load(con, tmp_path / "1", [article("a", "Air alert in the town.", 1), article("b", "Air alert in the town.", 2)])
    assert fold_copies(con) == 0


def test_reading_again_keeps_the_folding(con, tmp_path: Path) -> None:
    articles = [article("wire", text(1), 6), article("copy", text(1), 8)]
    for run in range(2):
        load(con, tmp_path / str(run), articles)
        assert fold_copies(con) == 1
        assert copies(con) == {"copy": "wire", "wire": None}
