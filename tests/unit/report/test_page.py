"""The page: one file, the same for the same data, hostile text inert, every mark with its row, every shown query running."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_warehouse import HOSTILE

from dateline.errors import EnvironmentProblem
from dateline.report.page import build_report
from dateline.warehouse.query import run_sql


class _Page(HTMLParser):
    """Elements of a page as (tag, attributes), and the texts of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inlined: dict[str, list[str]] = {"script": [], "style": []}
        self._open: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.inlined:
            self.inlined[tag].append("")
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = None if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inlined[self._open][-1] += data

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]

    def hrefs(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.elements if tag == "a" and "href" in attrs]


@pytest.fixture(scope="module")
def page(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return build_report(sample, tmp_path_factory.mktemp("page") / "report.html").read_text(encoding="utf-8")


def test_the_same_snapshot_gives_the_same_bytes(sample: Path, page: str, tmp_path: Path) -> None:
    assert build_report(sample, tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_the_page_asks_nobody_for_anything(page: str) -> None:
    parsed = _Page(page)
    loading = [(tag, attrs) for tag, attrs in parsed.elements if tag in ("img", "iframe", "object", "embed", "link", "source") or "src" in attrs]
    assert loading == []
    assert not [attrs for _, attrs in parsed.elements if any(name.startswith("on") or name == "style" for name in attrs)]
    assert all(href.startswith(("#", "https://example.org/")) for href in parsed.hrefs())


def test_only_our_own_script_and_style_may_run(page: str) -> None:
    parsed = _Page(page)
    policy = next(attrs["content"] or "" for tag, attrs in parsed.elements if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        assert len(parsed.inlined[tag]) == 1
        assert f"'sha256-{b64encode(sha256(parsed.inlined[tag][0].encode()).digest()).decode()}'" in policy


def test_hostile_text_stays_text(page: str) -> None:
    assert "<script>window.hit" not in page
    assert "onerror=&#39;window.hit" in page
    assert html.escape(HOSTILE, quote=False)[:40] in page.replace("&#39;", "'").replace("&#34;", '"')
    assert "&lt;b&gt;shells&lt;/b&gt;" in page


def test_every_mark_has_its_row_with_sentence_and_link(page: str) -> None:
    parsed = _Page(page)
    ids = parsed.ids()
    assert len(ids) == len(set(ids))
    marks = [href[1:] for href in parsed.hrefs() if href.startswith("#")]
    assert set(marks) <= set(ids)
    assert sum(mark.startswith("f-") for mark in marks) > 10
    rows = re.findall(r'<tr id="f-.*?</tr>', page, flags=re.S)
    assert len(rows) == 13
    assert all("<blockquote>" in row and "<mark>" in row and 'href="https://example.org/' in row for row in rows)


def test_hedges_and_ranges_are_drawn_as_such(page: str) -> None:
    charts = re.findall(r'<svg class="chart".*?</svg>', page, flags=re.S)
    attacks = next(chart for chart in charts if "almost 70" in chart)
    assert 'href="#m-down"' in attacks
    assert '<line class="range"' in attacks
    assert any('href="#m-up"' in chart and "dozens" in chart for chart in charts)
    assert any('href="#m-about"' in chart and "around 20%" in chart for chart in charts)


def test_rivals_stand_side_by_side(page: str) -> None:
    card = next(part for part in page.split("<article") if "Pokrovsk</h3>" in part and "almost 70" in part)
    assert "100–120" in card
    assert "Oleksandr Syrskyi" in card
    assert "the Russian Defence Ministry" in card


def test_a_denied_figure_is_marked_and_disputes_nothing(page: str) -> None:
    row = next(row for row in re.findall(r'<tr id="f-.*?</tr>', page, flags=re.S) if ">300<" in row)
    assert "denied" in row
    assert ">300<" not in page[page.index('id="disputed"') : page.index('id="figures"')]


def test_metonyms_are_left_out_of_the_map(page: str) -> None:
    places = page[page.index('id="map"') : page.index('id="timeline"')]
    assert 'data-name="Pokrovsk"' in places
    assert 'data-name="Moscow"' not in places


def test_every_query_on_the_page_runs(page: str, sample: Path) -> None:
    shown = [
        html.unescape(text)
        for text in re.findall(r"<code>dateline sql &#34;(.*?)&#34;</code>|<code>dateline sql \"(.*?)\"</code>", page)
        for text in text
        if text
    ]
    assert len(shown) >= 9
    for sql in shown:
        run_sql(sample, sql)


def test_counts_are_those_of_current_reports(page: str) -> None:
    assert "<b>7</b><span>reports, 6 independent</span>" in page
    assert "<b>13</b><span>figures with their sentences</span>" in page
    assert "1 earlier revision kept" in page
    assert "Commander reports on Kursk (updated)" in page
    assert ">Commander reports on Kursk<" not in page


def test_unresolved_things_are_listed_with_reason_and_candidates(page: str) -> None:
    part = page[page.index('id="unresolved"') : page.index('id="quality"')]
    assert "no publication date" in part
    assert "Oleksandrivka" in part
    assert "Sumy, Ukraine" in part


def test_quality_has_history_and_refusals_with_their_words(page: str) -> None:
    part = page[page.index('id="quality"') : page.index('id="rows"')]
    assert "2 runs, missed in 1" in part
    assert "between 90 and 30" in part
    assert "value_min_below_value_max" in part
    assert "Drift" in part


def test_an_empty_warehouse_says_so_everywhere(empty_sample: Path, tmp_path: Path) -> None:
    page = build_report(empty_sample, tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count('class="empty"') >= 8
    assert "Nothing came in yet" in page


def test_one_report_is_a_page_too(single_sample: Path, tmp_path: Path) -> None:
    page = build_report(single_sample, tmp_path / "r.html").read_text(encoding="utf-8")
    assert "1 report, 2025-04-27" in page
    assert "almost 70" in page


def test_data_docs_are_linked_where_they_are(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "datadocs").mkdir()
    assert "Data Docs" not in build_report(sample, tmp_path / "r.html", datadocs=tmp_path / "datadocs").read_text(encoding="utf-8")
    (tmp_path / "datadocs" / "index.html").write_text("docs")
    assert 'href="datadocs/index.html"' in build_report(sample, tmp_path / "r.html", datadocs=tmp_path / "datadocs").read_text(encoding="utf-8")


def test_without_a_snapshot_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="dateline run"):
        build_report(tmp_path / "none.duckdb", tmp_path / "r.html")
    assert not (tmp_path / "r.html").exists()


def test_a_page_that_cannot_be_written_leaves_no_trace(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(EnvironmentProblem, match="could not be written"):
        build_report(sample, tmp_path / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
