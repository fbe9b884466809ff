"""Make docs/report.png, the picture of the report page in the README, from a warehouse: by default that of the sample articles.

dateline run seeds/articles && python docs/picture.py [--warehouse warehouse]

Needs playwright and a chromium from the system (CHROMIUM names it where it is not on the path).
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from dateline.report.page import build_report

HERE = Path(__file__).parent
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def picture(snapshot: Path, target: Path) -> Path:
    """Draw the head of the report page of a snapshot as a reader sees it on a screen; return the file."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        page = build_report(snapshot, Path(scratch) / "report.html")
        browser = driver.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=QUIET)
        window = browser.new_page(viewport={"width": 1200, "height": 1180})
        window.goto(page.as_uri())
        window.wait_for_timeout(300)
        window.screenshot(path=target)
        browser.close()
    return target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--warehouse", type=Path, default=Path("warehouse"))
    parser.add_argument("--output", type=Path, default=HERE / "report.png")
    options = parser.parse_args()
    made = picture(options.warehouse / "dateline.duckdb", options.output)
    print(f"{made}: {made.stat().st_size:,} bytes")
