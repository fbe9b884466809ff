"""The report page in a real browser: what a reader sees, points at, types and prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from dateline.report.explain import explain_page, from_snapshot
from dateline.report.page import build_report
from dateline.warehouse.query import open_snapshot

SCHEMES = [(size, scheme) for size in ("desktop", "phone") for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def pages(sample: Path, empty_sample: Path, single_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    out = {
        name: build_report(snapshot, folder / f"{name}.html")
        for name, snapshot in (("report", sample), ("empty", empty_sample), ("single", single_sample))
    }
    with open_snapshot(sample) as con:
        out["explain"] = folder / "explain.html"
        out["explain"].write_text(explain_page(from_snapshot(con, "hostile")), encoding="utf-8")
    return out


@pytest.mark.parametrize(("size", "scheme"), SCHEMES)
@pytest.mark.parametrize("name", ["report", "empty", "single", "explain"])
def test_pages_open_without_errors_requests_or_overflow(visit, pages, pictures, name: str, size: str, scheme: str) -> None:
    with visit(pages[name], size, scheme) as seen:
        page = seen.page
        page.screenshot(path=pictures / f"{name}-{size}-{scheme}.png", full_page=True)
        assert seen.said == []
        assert seen.asked == [pages[name].as_uri()]
        assert page.evaluate("window.hit") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(int(n) for n in background[4:-1].split(",")) < 200) is (scheme == "dark")


@pytest.mark.parametrize(("size", "scheme"), SCHEMES)
@pytest.mark.parametrize("name", ["report", "explain", "empty"])
def test_no_serious_accessibility_violation(visit, pages, name: str, size: str, scheme: str) -> None:
    with visit(pages[name], size, scheme) as seen:
        results = Axe().run(seen.page).response
    assert len(results["passes"]) > 10
    found = results["violations"]
    serious = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_pointing_at_a_mark_shows_sentence_speaker_and_link(visit, pages) -> None:
    with visit(pages["report"]) as seen:
        page = seen.page
        mark = page.locator('svg.chart a[aria-label*="almost 70"] use').last
        mark.scroll_into_view_if_needed()
        mark.hover()
        tip = page.locator("#tip")
        tip.wait_for(state="visible")
        text = tip.inner_text()
        assert "almost 70" in text
        assert "Oleksandr Syrskyi" in text
        assert "attempts to attack Ukrainian positions on Sunday" in text
        assert tip.locator("a").first.get_attribute("href").startswith("https://example.org/")
        assert tip.locator("script, img").count() == 0


def test_a_mark_leads_to_its_row_and_back_again(visit, pages) -> None:
    with visit(pages["report"]) as seen:
        page = seen.page
        mark = page.locator('svg.chart a[aria-label*="100–120"]')
        target = mark.get_attribute("href")[1:]
        mark.locator("line").dispatch_event("click")
        page.wait_for_function("location.hash.length > 1")
        row = page.locator(f"#{target}")
        assert row.is_visible()
        assert "the Russian Defence Ministry" in row.inner_text()
        assert page.evaluate("document.activeElement.id") == target


def test_arrow_keys_move_between_marks_and_escape_closes(visit, pages) -> None:
    with visit(pages["report"]) as seen:
        page = seen.page
        first = page.locator("#panel-1 svg.chart a").first
        first.focus()
        before = page.evaluate("document.activeElement.getAttribute('aria-label')")
        page.keyboard.press("ArrowRight")
        after = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert before != after
        assert page.locator("#tip").is_visible()
        page.keyboard.press("Escape")
        assert page.locator("#tip").is_hidden()
        assert page.locator("#panel-1 svg.chart a[tabindex='0']").count() == 1


def test_marks_and_words_do_not_leave_their_cards(visit, pages) -> None:
    for size in ("desktop", "phone"):
        with visit(pages["report"], size) as seen:
            outside = seen.page.evaluate(
                """[...document.querySelectorAll('#panels .card')].flatMap(card => { const box = card.getBoundingClientRect();
                return [...card.querySelectorAll('text, use, line.range')].filter(e => { const b = e.getBoundingClientRect();
                return b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top || b.bottom > box.bottom + 1; })
                .map(e => e.outerHTML.slice(0, 120)); })"""
            )
            assert outside == []


def test_sides_and_words_pick_the_marks(visit, pages) -> None:
    with visit(pages["report"]) as seen:
        page = seen.page
        side = page.locator("#sides button", has_text="Ukraine")
        css = side.get_attribute("data-side")
        assert page.locator(f"#panels a.{css}:visible").count() > 0
        side.click()
        assert page.locator(f"#panels a.{css}:visible").count() == 0
        assert side.get_attribute("aria-pressed") == "false"
        page.fill("#pick", "drone")
        assert page.locator("#panels a.dim").count() == page.locator("#panels svg a").count() - 1


def test_the_list_of_figures_is_searched(visit, pages) -> None:
    with visit(pages["report"]) as seen:
        page = seen.page
        page.fill("#find", "pokrovsk syrskyi")
        rows = page.locator("#evidence tbody tr:visible")
        assert rows.count() == 2
        assert page.locator("#found").inner_text() == "2 found"
        page.fill("#find", "")
        page.select_option("#kind", "killed")
        assert rows.count() == 3


def test_the_map_zooms_keeps_its_marks_and_names_them(visit, pages) -> None:
    with visit(pages["report"]) as seen:
        page = seen.page
        page.locator("#world").scroll_into_view_if_needed()
        wide = "document.querySelector('#world').viewBox.baseVal.width"
        radius = "document.querySelector('#markers a[data-name=Pokrovsk] circle').getBoundingClientRect().width"
        before, size = page.evaluate(wide), page.evaluate(radius)
        page.click("[data-zoom=in]")
        assert page.evaluate(wide) == pytest.approx(before * 0.6, rel=0.01)
        assert page.evaluate(radius) == pytest.approx(size, abs=1)
        page.click("[data-zoom=world]")
        assert page.evaluate(wide) == 1000
        page.click("[data-zoom=data]")
        assert page.evaluate(wide) == pytest.approx(before, rel=0.01)
        assert "Pokrovsk" in page.locator("#labels").inner_html()
        page.locator("#markers a[data-name=Pokrovsk] circle").hover()
        page.locator("#tip").wait_for(state="visible")
        assert "Pokrovsk" in page.locator("#tip").inner_text()
        assert "3 mentions" in page.locator("#tip").inner_text()


def test_a_tap_shows_the_words_first(visit, pages) -> None:
    with visit(pages["report"], "phone") as seen:
        page = seen.page
        mark = page.locator('svg.chart a[aria-label*="almost 70"] use').last
        mark.scroll_into_view_if_needed()
        mark.tap()
        page.locator("#tip").wait_for(state="visible")
        assert page.evaluate("location.hash") == ""


def test_the_scheme_can_be_chosen(visit, pages) -> None:
    with visit(pages["report"]) as seen:
        page = seen.page
        page.click("#theme")
        page.click("#theme")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.locator("#theme").get_attribute("aria-label") == "Colour scheme: dark"


def test_without_a_script_everything_is_there(visit, pages) -> None:
    with visit(pages["report"], script=False) as seen:
        page = seen.page
        assert page.locator("#evidence tbody tr:visible").count() == 13
        assert page.locator("svg.chart a").count() >= 10
        assert page.locator("#find").is_hidden()


def test_it_prints(visit, pages, pictures) -> None:
    with visit(pages["report"], scheme="dark") as seen:
        paper = seen.page.pdf(path=pictures / "report.pdf", format="A4")
        seen.page.emulate_media(media="print")
        assert seen.page.locator(".bar").is_hidden()
        # Paper is white, whatever the screen was.
        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert seen.page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(29, 33, 38)"
    assert paper[:5] == b"%PDF-"


def test_explained_words_show_their_reading(visit, pages) -> None:
    with visit(pages["explain"]) as seen:
        page = seen.page
        page.locator("#article a.seg", has_text="70").hover()
        tip = page.locator("#tip")
        tip.wait_for(state="visible")
        assert "figure: attack: 70, below" in tip.inner_text()
        assert "rule figures.number" in tip.inner_text()
        assert "statement: Oleksandr Syrskyi (say)" in tip.inner_text()
        page.locator("#kinds button", has_text="claims").click()
        page.mouse.move(0, 0)
        page.locator("#article a.seg", has_text="70").hover()
        page.wait_for_timeout(400)
        assert "statement" not in tip.inner_text()


def test_the_map_follows_the_keyboard(visit, pages) -> None:
    with visit(pages["report"]) as seen:
        page = seen.page
        inside = """name => { const box = document.querySelector('#world').getBoundingClientRect(),
            mark = document.querySelector(`#markers a[data-name="${name}"] circle`).getBoundingClientRect();
            return mark.left >= box.left && mark.right <= box.right && mark.top >= box.top && mark.bottom <= box.bottom; }"""
        assert not page.evaluate(inside, "El Fasher")
        page.locator("#markers a[tabindex='0']").focus()
        for _ in range(page.locator("#markers a").count()):
            page.keyboard.press("ArrowRight")
            if page.evaluate("document.activeElement.dataset.name") == "El Fasher":
                break
        assert page.evaluate(inside, "El Fasher")
