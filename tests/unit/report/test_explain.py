"""Explaining one report: the pieces are the text again, what was found and refused is told, hostile text is inert."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.report.explain import Mark, explain_page, from_snapshot, segments
from dateline.warehouse.query import open_snapshot


def _mark(number: int, start: int, end: int) -> Mark:
    return Mark(number, "figures", start, end, "", "", (), "rule", 1.0)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=8))
def test_pieces_are_the_text_again_whatever_overlaps(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [_mark(n, start, end) for n, (start, end) in enumerate(spans)]
    pieces = segments(text, marks)
    assert "".join(piece for piece, _ in pieces) == text
    place = 0
    for piece, covering in pieces:
        expected = {m.number for m in marks if 0 <= m.start <= place and place + len(piece) <= m.end <= len(text) and m.start < m.end}
        assert {m.number for m in covering} == (expected if piece else set())
        place += len(piece)


@pytest.mark.parametrize("wanted", ["kursk-smirnov", "https://example.org/kursk-smirnov", "Sample kursk-smirnov", "smirnov"])
def test_a_report_is_found_by_id_address_title_or_a_part_of_them(sample: Path, wanted: str) -> None:
    with open_snapshot(sample) as con:
        explained = from_snapshot(con, wanted)
    assert explained.document["origin_id"] == "kursk-smirnov"
    assert [m.text for m in explained.of_kind("figures")] == ["28", "12"]


def test_several_or_none_are_named_in_the_message(sample: Path) -> None:
    with open_snapshot(sample) as con:
        with pytest.raises(UsageError, match="fits several reports: doc_"):
            from_snapshot(con, "sample")
        with pytest.raises(UsageError, match="no report in the warehouse fits"):
            from_snapshot(con, "nowhere to be found")


def test_the_current_revision_is_shown(sample: Path) -> None:
    with open_snapshot(sample) as con:
        explained = from_snapshot(con, "kursk")
    assert explained.document["revision"] == 2
    assert explained.document["text"].endswith("An update followed.")


def test_readings_say_value_speaker_candidates_and_reason(sample: Path) -> None:
    with open_snapshot(sample) as con:
        hostile, undated = from_snapshot(con, "hostile"), from_snapshot(con, "undated")
    seventy = hostile.of_kind("figures")[0]
    assert seventy.label == "attack: 70, below"
    assert ("speaker", "Oleksandr Syrskyi") in seventy.details
    unknown = next(m for m in hostile.of_kind("places") if m.text == "Oleksandrivka")
    assert unknown.label == "unresolved (ambiguous)"
    assert ("candidates", "Sumy, UA 0.31; Lyman, UA 0.22") in unknown.details
    assert ("unresolved", "no publication date") in undated.of_kind("dates")[0].details


def test_the_page_is_inert_and_whole(sample: Path) -> None:
    with open_snapshot(sample) as con:
        page = explain_page(from_snapshot(con, "hostile"))
    assert page.count("<script>") == 1
    assert "<script>window" not in page
    assert "&lt;script&gt;window.hit=3&lt;/script&gt;" in page
    assert 'class="seg k-claims k-figures" href="#x' in page
