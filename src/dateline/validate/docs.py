"""Great Expectations' Data Docs of a run, made to stand alone.

As Great Expectations writes them the pages load styles and scripts from a dozen hosts, and put refused values into the page as they are: a report
whose title is a script would run it. Here values are escaped before rendering, scripts and outside links are taken out, a style of our own is put
in, and a Content-Security-Policy forbids the rest. One page a suite, of the batch with the most rows that missed an expectation.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from dateline.errors import EnvironmentProblem
from dateline.validate.suites import Outcome

_SHOWN = 20  # Values of a failing expectation that a page shows.
_OUTSIDE = re.compile(r"<script\b.*?</script\s*>|<link\b[^>]*>|<img\b[^>]*>", re.DOTALL | re.IGNORECASE)
_HEAD = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:1rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}
table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{border:1px solid #ddd;padding:.25rem .5rem;text-align:left;vertical-align:top}
.badge{padding:0 .3rem;background:#eee;border-radius:3px}.list-inline-item{display:inline}.text-danger{color:#a40000}.text-success{color:#1b6b1b}
nav,.navbar,.modal,.ge-navigation-sidebar-container{display:none}@media(prefers-color-scheme:dark){body{background:#161616;color:#ddd}td,th{border-color:#444}.badge{background:#333}}
</style>"""


def keep_worst(kept: MutableMapping[str, Outcome], outcomes: Mapping[str, Outcome]) -> None:
    """Keep for each suite the outcome with the most unexpected rows; of equals the first."""
    for name, outcome in outcomes.items():
        if name not in kept or _missed(outcome) > _missed(kept[name]):
            kept[name] = outcome


def _missed(outcome: Outcome) -> int:
    return sum(row["unexpected_count"] or 0 for row in outcome.results)


def write_docs(kept: Mapping[str, Outcome], folder: str | Path, *, run_id: str) -> Path:
    """Write the pages of a run into a folder, replacing those of the run before, and return the index page.

    Raises:
        EnvironmentProblem: The folder cannot be written.
    """
    folder = Path(folder)
    partial = folder.with_name(f"{folder.name}.tmp")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name, outcome in kept.items():
            (partial / f"{name}.html").write_text(_page(outcome), encoding="utf-8")
        (partial / "index.html").write_text(_index(kept, run_id), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        partial.replace(folder)
    except OSError as problem:
        raise EnvironmentProblem(
            f"Data Docs could not be written: {problem.strerror}.", where=str(folder), remedy="Facts and quality results are not touched by this."
        ) from problem
    return folder / "index.html"


@cache
def _view() -> Any:
    """Return what renders pages: one for all of them, since each compiles its templates anew, which takes longer than the pages."""
    from great_expectations.render.view.view import DefaultJinjaPageView

    return DefaultJinjaPageView()


def _page(outcome: Outcome) -> str:
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

    for result in outcome.raw.results:
        result.result = _inert(result.result)
    page = str(_view().render(ValidationResultsPageRenderer().render(outcome.raw)))
    return _OUTSIDE.sub("", page).replace("<head>", f"<head>\n{_HEAD}", 1)


def _inert(value: Any) -> Any:
    """Return a result with its lists cut and its texts escaped: Great Expectations' templates do not escape."""
    if isinstance(value, Mapping):
        return {key: _inert(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_inert(item) for item in value[:_SHOWN]]
    return html.escape(value[:300]) if isinstance(value, str) else value


def _index(kept: Mapping[str, Outcome], run_id: str) -> str:
    lines = []
    for name, outcome in sorted(kept.items()):
        unmet = [row for row in outcome.results if not row["success"]]
        names = ", ".join(f"{row['expectation']} ({row['severity']}, {row['unexpected_count'] or 0} of {row['element_count'] or 0})" for row in unmet)
        lines.append(f'<tr><td><a href="{name}.html">{name}</a></td><td>{len(outcome.results)}</td><td>{html.escape(names) or "all met"}</td></tr>')
    rows = "\n".join(lines)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Data Docs</title>\n{_HEAD}</head><body>\n'
        f"<h1>Data Docs of {html.escape(run_id)}</h1>\n<p>One page a suite; of several batches that with the most rows that missed an expectation. "
        "Every result of every batch is a row of ops.quality_results.</p>\n"
        f"<table><tr><th>Suite</th><th>Expectations</th><th>Not met</th></tr>\n{rows}\n</table></body></html>\n"
    )
