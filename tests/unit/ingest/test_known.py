"""Which articles of a stream a run takes for new: looked up in groups that grow while nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.ids import stable_id
from dateline.ingest import run as runs
from dateline.ingest.run import Run
from dateline.model import Article, Facts
from dateline.nlp.version import extractor_version
from dateline.warehouse.load import known_documents, load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.stage import write_batch

TEXT = "The governor said that the river had risen by two metres."


def article(name: str, text: str = TEXT) -> Article:
    return Article(document_id=stable_id("doc", name), text=text, source=name)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Give a run over a warehouse that knows the articles k0 to k9."""
    with Run(Settings(warehouse=tmp_path / "warehouse"), inputs=["x"]) as run:
        known = (rows_of(article(f"k{n}"), Facts(), run_id="before", extractor_version=extractor_version()) for n in range(10))
        load_batch(run.con, write_batch(tmp_path / "staged", combine(known)))
        yield run


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the list that the sizes of the groups are written to; they begin with one article and grow to four."""
    sizes: list[int] = []

    def asked(con, pairs, version):
        sizes.append(len(pairs))
        return known_documents(con, pairs, version)

    monkeypatch.setattr(runs, "known_documents", asked)
    monkeypatch.setattr(runs, "_LOOKUP", 1)
    monkeypatch.setattr(runs, "_LARGEST_LOOKUP", 4)
    return sizes


def test_groups_grow_while_all_is_known_and_begin_anew_behind_what_is_new(run: Run, groups: list[int]) -> None:
    stream = [article(name) for name in ("k0", "k1", "k2", "k3", "k4", "k5", "n0", "k6", "k7", "n1", "n2", "k8")]
    assert [fresh.source for fresh in run._fresh(iter(stream), skip_known=True)] == ["n0", "n1", "n2"]
    assert groups == [1, 2, 4, 1, 2, 1, 1]
    assert (run.counts["documents_known"], run.counts["documents_read"]) == (9, 12)


def test_much_text_ends_a_group_early(run: Run, groups: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_LOOKUP_CHARACTERS", len(TEXT))
    assert list(run._fresh((article(f"k{n}") for n in range(10)), skip_known=True)) == []
    assert groups == [1, 2, 2, 2, 2, 1]


def test_a_new_text_of_a_known_article_is_new_and_everything_is_where_all_shall_be_read(run: Run) -> None:
    stream = [article("k0"), article("k1", TEXT + " It falls now."), article("k2")]
    assert [fresh.source for fresh in run._fresh(iter(stream), skip_known=True)] == ["k1"]
    assert [fresh.source for fresh in run._fresh(iter(stream), skip_known=False)] == ["k0", "k1", "k2"]
