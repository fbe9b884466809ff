"""The docs site: builds offline, opens without errors or requests, and can be read by everybody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site() -> Path:
    done = subprocess.run([str(Path(sys.executable).with_name("zensical")), "build"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return ROOT / "build" / "site"


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")])
@pytest.mark.parametrize("name", ["index", "facts", "tables"])
def test_docs_open_without_errors_requests_or_overflow(visit, site, pictures, name: str, size: str, scheme: str) -> None:
    with visit(site / f"{name}.html", size, scheme) as seen:
        page = seen.page
        page.wait_for_timeout(300)
        page.screenshot(path=pictures / f"docs-{name}-{size}-{scheme}.png")
        assert seen.said == []
        assert [address for address in seen.asked if not address.startswith(("file:", "data:", "blob:"))] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth") + 1


@pytest.mark.parametrize("name", ["index", "facts", "cli"])
def test_docs_have_no_critical_accessibility_violation(visit, site, name: str) -> None:
    with visit(site / f"{name}.html") as seen:
        violations = Axe().run(seen.page).response["violations"]
    assert [v["id"] for v in violations if v["impact"] == "critical"] == []
    # Our own content; the theme's navigation is the theme's.
    serious = [(v["id"], node) for v in violations if v["impact"] == "serious" for node in v["nodes"]]
    ours = [(name, node["html"][:120]) for name, node in serious if "md-content" in " ".join(map(str, node["target"]))]
    assert ours == []
