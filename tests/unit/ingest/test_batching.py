"""How a stream of articles becomes batches."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.batching import LEAST, WORDS, batched
from dateline.model import Article


def articles(*words: int) -> Iterator[Article]:
    for number, count in enumerate(words):
        yield Article(document_id=f"d{number}", text=" ".join(["word"] * count), source=f"s{number}")


def sizes(*words: int, most: int = 500, workers: int = 1) -> list[int]:
    return [len(batch) for batch in batched(articles(*words), most=most, abreast=lambda: workers)]


def test_nothing_makes_no_batch() -> None:
    assert sizes() == []


def test_a_small_run_is_shared_by_all_workers() -> None:
    assert sizes(*[400] * 200, workers=2) == [100, 100]
    assert sizes(*[400] * 200) == [200]


def test_what_is_not_worth_a_task_of_its_own_is_not_cut_off() -> None:
    few = LEAST // 400
    assert sizes(*[400] * (2 * few - 1), workers=2) == [2 * few - 1]
    assert sizes(*[400] * (2 * few), workers=2) == [few, few]


def test_the_end_of_a_long_run_is_dealt_out_evenly() -> None:
    assert sizes(*[400] * 1300, workers=2) == [500, 500, 150, 150]


def test_parts_are_even_by_words_not_by_articles() -> None:
    assert sizes(*[20_000] * 2, *[1000] * 40, workers=2) == [2, 40]


def test_few_articles_a_batch() -> None:
    assert sizes(*[400] * 7, most=3) == [3, 3, 1]
    assert sizes(*[400] * 3, most=1, workers=2) == [1, 1, 1]


def test_long_articles_end_a_batch_early() -> None:
    assert sizes(*[WORDS // 2] * 5) == [2, 2, 1]
    assert sizes(3 * WORDS, 400, 400) == [1, 2]


def test_no_more_is_read_ahead_than_a_round_takes() -> None:
    read = 0

    def counted() -> Iterator[Article]:
        nonlocal read
        for article in articles(*[400] * 100):
            read += 1
            yield article

    next(batched(counted(), most=10, abreast=lambda: 2))
    assert read == 21


@given(st.lists(st.integers(1, 3 * WORDS // 100), max_size=60), st.integers(1, 12), st.integers(1, 4))
def test_every_article_is_in_one_batch_in_its_order(words: list[int], most: int, workers: int) -> None:
    given_ones = list(articles(*words))
    batches = list(batched(iter(given_ones), most=most, abreast=lambda: workers))
    assert [article for batch in batches for article in batch] == given_ones
    assert all(1 <= len(batch) <= most for batch in batches)
