"""A stream of articles cut into batches: full ones while it lasts, its end in equal parts, so that no worker waits for another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby

from dateline.model import Article

# A batch ends early at this many words: long articles would make one task run for minutes. Not less: Great Expectations takes a fifth of a second a
# batch, however few its rows are.
WORDS = 240_000
LEAST = 10_000  # Words that are worth a batch of their own: a worker takes a second for them.


def batched(articles: Iterable[Article], *, most: int, abreast: Callable[[], int]) -> Iterator[list[Article]]:
    """Yield the articles in their order, in batches of at most `most` articles and about WORDS words.

    Batches come in rounds of one for each of the `abreast` workers, all of nearly the same number of words. As many articles as a round takes
    are held until more have come, so that the last round, too, can be dealt out evenly.
    """
    least = -(-WORDS // most)  # What an article counts for at least: `most` of them fill a batch.
    full = least * most
    held: list[Article] = []
    size = 0
    for article in articles:
        added = _size(article, least)
        if held and size + added > full * abreast():
            yield from _dealt(held, abreast(), least)
            held, size = [], 0
        held.append(article)
        size += added
    if held:
        worth_it = sum(_size(article) for article in held) // LEAST
        yield from _dealt(held, max(1, -(-size // full), min(abreast(), worth_it)), least)


def _size(article: Article, least: int = 1) -> int:
    return max(least, article.text.count(" ") + 1)


def _dealt(articles: Sequence[Article], parts: int, least: int) -> Iterator[list[Article]]:
    """Yield the articles in so many parts or fewer, each article in the part that its middle word falls into."""
    sizes = [_size(article, least) for article in articles]
    total = sum(sizes)
    part_of = ((2 * end - size) * parts // (2 * total) for end, size in zip(accumulate(sizes), sizes, strict=True))
    for _, group in groupby(zip(articles, part_of, strict=True), key=lambda item: item[1]):
        yield [article for article, _ in group]
