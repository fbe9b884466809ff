"""Spans found by where they lie are those that asking each of them finds."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.spans import Spans

RANGE = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(RANGE, max_size=12), RANGE)
def test_spans_are_those_that_asking_each_finds(ranges: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    start, end = asked
    spans = Spans((a, b, at) for at, (a, b) in enumerate(ranges))
    order = sorted(range(len(ranges)), key=lambda at: ranges[at][0])
    assert list(spans) == order
    assert spans.starting(start, end) == [at for at in order if start <= ranges[at][0] < end]
    assert spans.within(start, end) == [at for at in order if start <= ranges[at][0] and ranges[at][1] <= end]
    assert spans.holding(start, end) == [at for at in reversed(order) if ranges[at][0] <= start and end <= ranges[at][1]]
    assert spans.overlap(start, end) is any(a < end and start < b for a, b in ranges)
