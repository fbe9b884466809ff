"""Copies are folded whatever the order of loading, and unfolded when a text changes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ids import stable_id
from dateline.model import Article, Facts
from dateline.resources import root
from dateline.warehouse.copies import SIMILAR, fold_copies
from dateline.warehouse.load import load_batch
from dateline.warehouse.originals import Settling
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.signatures import PERMUTATIONS, bands, shingles, signature, signature_row
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


def load(con: duckdb.DuckDBPyConnection, folder: Path, articles: Sequence[Article], *, signed: bool = True) -> None:
    """Load articles, with their signatures as from extracting processes or without."""
    batch = combine([rows_of(a, Facts(), run_id=folder.name, extractor_version="1") for a in articles])
    batch["ops.signatures"] = [signature_row(document) for document in batch["documents"]] if signed else []
    load_batch(con, write_batch(folder, batch))


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


def test_signatures_mean_the_same_in_every_process_and_version() -> None:
    """Those of earlier runs are compared with those of this one: where these numbers change, a migration must empty ops.signatures."""
    made = signature(" ".join(f"word{n}" for n in range(30)))
    assert made is not None and made[:3].tolist() == [99926372, 520636143, 119071452]
    assert signature("too short to compare") is None


def test_signatures_are_those_of_a_known_implementation() -> None:
    known = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")
    words = [f"word{n % 700}" for n in range(5000)]  # More shingles than are permuted at once.
    known.update_batch(shingles(words).tolist())
    made = signature(" ".join(words))
    assert made is not None and made.tolist() == known.hashvalues.tolist()


def test_the_order_of_words_counts() -> None:
    words = [f"w{n}" for n in range(200)]
    first, second = signature(" ".join(words)), signature(" ".join(reversed(words)))
    assert first is not None and second is not None
    assert float((first == second).mean()) < 0.05


def test_signatures_are_made_anew_where_a_migration_has_emptied_them(con, tmp_path: Path) -> None:
    wire = text(1)
    load(con, tmp_path / "1", [article("wire", wire, 6), article("copy", edited(wire, 4), 8), article("other", text(2), 5)])
    fold_copies(con)
    before, signed = copies(con), con.execute("FROM ops.signatures ORDER BY ALL").fetchall()
    con.execute((root() / "sql" / "migrations" / "0008_signatures.sql").read_text(encoding="utf-8"))
    assert con.execute("SELECT count(*) FROM ops.signatures").fetchall() == [(0,)]
    fold_copies(con)
    assert (copies(con), con.execute("FROM ops.signatures ORDER BY ALL").fetchall()) == (before, signed)
    assert before["copy"] == "wire"


def test_what_the_workers_have_signed_is_compared_once(con, tmp_path: Path) -> None:
    def settled() -> list[tuple[object, ...]]:
        return con.execute("SELECT is_settled, count(*) FROM ops.signatures GROUP BY 1").fetchall()

    wire = text(1)
    reports = [article("wire", wire, 6), article("copy", edited(wire, 4), 8), article("alert", "Four words are few.", 5)]
    assert list(signature_row({"document_id": "d", "revision": 1, "text": wire})) == con.table("ops.signatures").columns
    load(con, tmp_path / "1", reports)
    assert settled() == [(False, 3)]
    fold_copies(con)
    assert settled() == [(True, 3)] and copies(con)["copy"] == "wire"
    load(con, tmp_path / "2", reports)  # The same texts, read again.
    assert settled() == [(True, 3)]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("signed", [True, False])
def test_the_earliest_is_the_original_in_any_order(con, tmp_path: Path, order: tuple[int, ...], at_once: bool, signed: bool) -> None:
    wire, other = text(1), text(2)
    articles = [
        article("wire", wire, 6), article("copy", edited(wire, 4), 8), article("late copy", edited(wire, 6, seed=3), 9), article("other", other, 5),
        article("other copy", other + " and so on", 7),
    ]  # fmt: skip
    chosen = [articles[n] for n in order]
    for number, batch in enumerate([chosen] if at_once else [[one] for one in chosen]):
        load(con, tmp_path / str(number), batch, signed=signed)
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


def by_the_rule(con: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """Return who copies whom from all pairs of all current texts, one report after another in order of publication."""
    rows = con.execute("SELECT document_id, text FROM documents WHERE is_current ORDER BY published_utc NULLS LAST, document_id").fetchall()
    found: dict[str, str | None] = {}
    signed = {name: signature(body) for name, body in rows}
    for name, mine in signed.items():
        found[name] = None
        for earlier, theirs in signed.items():
            if earlier == name:
                break
            if mine is None or theirs is None or found[earlier] is not None or not set(bands(mine)) & set(bands(theirs)):
                continue
            if float((mine == theirs).mean()) >= SIMILAR:
                found[name] = earlier
                break
    return found


@st.composite
def changes(draw: st.DrawFn) -> list[list[Article]]:
    """Runs that bring, rewrite and date anew a few reports, windows of one long text: near ones are alike, and likeness does not chain."""
    long = text(1, 200).split()
    out = []
    for _ in range(draw(st.integers(1, 5))):
        batch = {}
        for _ in range(draw(st.integers(1, 6))):
            name = f"report {draw(st.integers(0, 11))}"
            begin = 8 * draw(st.integers(0, 12))
            body = " ".join(long[begin : begin + 90])
            when = draw(st.none() | st.integers(0, 5))
            batch[name] = replace(article(name, body, when or 0), published_at=None if when is None else datetime(2025, 4, 27, when))
        out.append(list(batch.values()))
    return out


def test_an_earlier_original_that_comes_late_sets_the_copies_of_its_copy_free(con, tmp_path: Path) -> None:
    long = text(1, 260).split()
    first, second, third, fourth = (article(f"window {n}", " ".join(long[30 * n : 30 * n + 140]), n) for n in range(4))
    load(con, tmp_path / "1", [second, third])
    load(con, tmp_path / "2", [fourth])
    fold_copies(con)
    assert copies(con) == {"window 1": None, "window 2": "window 1", "window 3": None}
    load(con, tmp_path / "3", [first])
    assert fold_copies(con) == 3
    assert copies(con) == {"window 0": None, "window 1": "window 0", "window 2": None, "window 3": "window 2"}


@given(runs=changes())
@settings(max_examples=10, deadline=None)
def test_any_history_ends_where_working_it_out_from_all_pairs_does(runs: list[list[Article]]) -> None:
    with duckdb.connect() as con, TemporaryDirectory() as folder:
        ensure_schema(con)
        for number, batch in enumerate(runs):
            load(con, Path(folder) / str(number), batch)
            fold_copies(con)
            found = dict(con.execute("SELECT document_id, copy_of FROM documents WHERE is_current").fetchall())
            assert found == by_the_rule(con)


def test_many_copies_of_one_text_are_compared_with_the_original_only(con, tmp_path: Path) -> None:
    """The work of folding is the number of comparisons, whatever the machine: all pairs of 300 would be 44,850."""
    wire = text(1)
    load(con, tmp_path / "1", [article(f"copy {n:03}", edited(wire, 4, seed=n), n % 24) for n in range(300)])
    compared = []
    alike = Settling._alike
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Settling, "_alike", lambda self, name, others: (compared.append(len(others)), alike(self, name, others))[1])
        assert fold_copies(con) > 290
    assert sum(compared) < 3 * 300
    assert con.execute("SELECT count(*) FROM ops.copies").fetchall()[0][0] < 2 * 300
