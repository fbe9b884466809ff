"""Which articles of a stream a run takes for new: looked up in groups that grow while nothing is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.ids import stable_id
from dateline.ingest import sieve as sieves
from dateline.ingest.sieve import Sieve
from dateline.model import Article, Facts
from dateline.warehouse.load import known_documents, load_batch
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.stage import write_batch
from dateline.warehouse.writer import open_writer

TEXT = "The governor said that the river had risen by two metres."
VERSION = "one"


def article(name: str, text: str = TEXT) -> Article:
    return Article(document_id=stable_id("doc", name), text=text, source=name)


@pytest.fixture
def counts() -> Counter[str]:
    return Counter()


@pytest.fixture
def sieve(tmp_path: Path, counts: Counter[str]) -> Iterator[Sieve]:
    """Give a sieve over a warehouse that knows the articles k0 to k9."""
    with open_writer(Settings(warehouse=tmp_path / "warehouse"), run_id="now") as writer:
        known = (rows_of(article(f"k{n}"), Facts(), run_id="before", extractor_version=VERSION) for n in range(10))
        load_batch(writer.con, write_batch(tmp_path / "staged", combine(known)))
        yield Sieve(writer.con, VERSION, counts)


def new(sieve: Sieve, stream: Iterator[Article], *, skip_known: bool = True) -> list[str]:
    return [fresh.source for fresh in sieve.fresh(stream, nullcontext, skip_known=skip_known)]


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the list that the sizes of the groups are written to; they begin with one article and grow to four."""
    sizes: list[int] = []

    def asked(con, pairs, version):
        sizes.append(len(pairs))
        return known_documents(con, pairs, version)

    monkeypatch.setattr(sieves, "known_documents", asked)
    monkeypatch.setattr(sieves, "_LOOKUP", 1)
    monkeypatch.setattr(sieves, "_LARGEST_LOOKUP", 4)
    return sizes


def test_groups_grow_while_all_is_known_and_begin_anew_behind_what_is_new(sieve: Sieve, counts: Counter[str], groups: list[int]) -> None:
    stream = [article(name) for name in ("k0", "k1", "k2", "k3", "k4", "k5", "n0", "k6", "k7", "n1", "n2", "k8")]
    assert new(sieve, iter(stream)) == ["n0", "n1", "n2"]
    assert groups == [1, 2, 4, 1, 2, 1, 1]
    assert (counts["documents_known"], counts["documents_read"]) == (9, 12)


def test_much_text_ends_a_group_early(sieve: Sieve, groups: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieves, "_LOOKUP_CHARACTERS", len(TEXT))
    assert new(sieve, (article(f"k{n}") for n in range(10))) == []
    assert groups == [1, 2, 2, 2, 2, 1]


def test_a_new_text_of_a_known_article_is_new_and_everything_is_where_all_shall_be_read(sieve: Sieve) -> None:
    stream = [article("k0"), article("k1", TEXT + " It falls now."), article("k2")]
    assert new(sieve, iter(stream)) == ["k1"]
    assert new(sieve, iter(stream), skip_known=False) == ["k0", "k1", "k2"]
