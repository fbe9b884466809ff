"""A sample of tests/fuzz/fuzz_all.py: hostile files of every format through reading, extraction and the pages."""

from __future__ import annotations

import pytest
from fuzz_all import Fuzz
from mutations import KINDS, MARK, inputs, make_input


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Fuzz:
    return Fuzz(tmp_path_factory.mktemp("fuzz"))


def test_hostile_files_give_articles_or_reasons_and_nothing_of_them_is_live_in_a_page(fuzz: Fuzz) -> None:
    fuzz.run(inputs(80, seed=7))
    assert fuzz.defects == []
    assert fuzz.counts["inputs"] == 80
    assert min(fuzz.counts[name] for name in ("loaded", "refused", "explained", "reported")) > 5


def test_the_same_seed_gives_the_same_input(fuzz: Fuzz) -> None:
    made = [make_input(fuzz.articles, name, seed) for name, seed in inputs(60, seed=3)]
    assert made == [make_input(fuzz.articles, name, seed) for name, seed in inputs(60, seed=3)]
    assert {name.partition(".")[2] for name, _ in inputs(300, seed=3)} == set(KINDS)


@pytest.mark.parametrize(
    "page",
    [
        f"<p>a<script>{MARK}()</script></p>",
        f"<img src=x onerror={MARK}()>",
        f'<a href="JavaScript:{MARK}()">a</a>',
        f'<p style="x:{MARK}">a</p>',
    ],
)
def test_a_live_payload_is_noticed(fuzz: Fuzz, page: str) -> None:
    """Else the search for them could pass over anything."""
    before = len(fuzz.defects)
    fuzz._inert("test", f"<html><body>{page}</body></html>")
    assert len(fuzz.defects) > before
    del fuzz.defects[before:]
