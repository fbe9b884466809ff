"""A real browser for the pages: Debian's chromium, headless, with what the page says and asks for written down."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@dataclass
class Visit:
    """A page that was opened, with everything it said on the console and everything it asked for."""

    page: object
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="the driver is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser) -> Callable[..., object]:
    """Return a context manager that opens a file in a window of a size and scheme."""

    @contextmanager
    def open_page(path: Path, size: str = "desktop", scheme: str = "light", script: bool = True) -> Iterator[Visit]:
        context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, has_touch=size == "phone", java_script_enabled=script)
        page = context.new_page()
        seen = Visit(page)
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.on("request", lambda request: seen.asked.append(request.url))
        page.goto(path.as_uri())
        yield seen
        context.close()

    return open_page


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Return the folder that screenshots are kept in (DATELINE_PICTURES, else build/pictures)."""
    folder = Path(os.environ.get("DATELINE_PICTURES") or Path(__file__).parents[2] / "build" / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
