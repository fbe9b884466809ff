"""Thousands of broken and hostile files through reading, extraction and the pages: `python tests/fuzz/fuzz_all.py --count 10000 [--seed 1] [--json]`.

Every input must be read or refused with a reason, its articles extracted within five processor seconds, its facts point at their words, its rows be
storable, and nothing of it become markup in explain pages and in the report over all of it. What is not so is printed with the input's name and
seed, which make_input turns into its bytes again; exit code 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml import html as markup
from mutations import MARK, inputs, make_input, samples

from dateline.config import Settings
from dateline.ingest.run import Run
from dateline.ingest.steps import take_plainly
from dateline.model import Article, Facts, Rejection
from dateline.nlp.load import load_nlp
from dateline.pipeline import extract
from dateline.read.settings import ReadSettings
from dateline.read.sources import read_inputs
from dateline.report.explain import explain_page, from_facts
from dateline.report.page import build_report
from dateline.warehouse.rows import rows_of

ROOT = Path(__file__).parents[2]
LIMIT = 5.0  # Processor seconds for reading one input, and for extracting one article.
_GROUP = 40  # Articles that are extracted together; one by one only where that took long.
_HANG = 600  # Seconds after which Python says where it hangs, and ends.
_SETTINGS = ReadSettings(now=datetime(2026, 1, 1, tzinfo=UTC), follow_links=False, max_page_bytes=2_000_000, max_line_bytes=2_000_000)


class Fuzz:
    """A run over inputs: what came of them (`counts`), what took longest, and what is wrong (`defects`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.articles = samples(ROOT / "seeds" / "articles")
        self.nlp = load_nlp()
        self.counts: Counter[str] = Counter()
        self.defects: list[dict[str, str]] = []
        self.slowest = {"read": 0.0, "extract": 0.0}
        self.hostile: list[dict[str, str]] = []

    def run(self, names: list[tuple[str, int]]) -> None:
        """Take the inputs through everything."""
        waiting: list[tuple[str, Article]] = []
        for name, seed in names:
            faulthandler.dump_traceback_later(_HANG, exit=True)
            label = f"{name} seed {seed}"
            waiting += [(label, article) for article in self._read(label, name, make_input(self.articles, name, seed))]
            if len(waiting) >= _GROUP:
                self._extract(waiting)
                waiting = []
        self._extract(waiting)
        self._report()
        faulthandler.cancel_dump_traceback_later()

    def _wrong(self, label: str, what: str) -> None:
        self.defects.append({"input": label, "what": what})
        print(f"{label}: {what}", file=sys.stderr)

    def _read(self, label: str, name: str, data: bytes) -> Iterator[Article]:
        path = self.folder / name
        path.write_bytes(data)
        began = time.process_time()
        try:
            items = list(read_inputs([str(path)], settings=_SETTINGS))
        except Exception as problem:
            self._wrong(label, f"reading broke: {type(problem).__name__}: {problem}")
            return
        finally:
            path.unlink()
        spent = time.process_time() - began
        self.slowest["read"] = max(self.slowest["read"], spent)
        if spent > LIMIT:
            self._wrong(label, f"reading took {spent:.1f} s")
        articles = [item for item in items if isinstance(item, Article)]
        refused = [item for item in items if isinstance(item, Rejection)]
        self.counts["inputs"] += 1
        self.counts["loaded" if articles else "refused"] += 1
        self.counts["articles"] += len(articles)
        if not articles and not any(item.severity == "refused" for item in refused):
            self._wrong(label, "neither an article nor a refusal came out")
        if any(not item.reason or not item.location for item in refused):
            self._wrong(label, "a refusal without reason or place")
        yield from articles

    def _extract(self, group: list[tuple[str, Article]]) -> None:
        began = time.process_time()
        found = [facts for _, facts in extract(self.nlp, [article for _, article in group])]
        spent = time.process_time() - began
        self.slowest["extract"] = max(self.slowest["extract"], spent if spent <= LIMIT else 0.0)
        if spent > LIMIT:
            for label, article in group:
                began = time.process_time()
                list(extract(self.nlp, [article]))
                spent = time.process_time() - began
                self.slowest["extract"] = max(self.slowest["extract"], spent)
                if spent > LIMIT:
                    self._wrong(label, f"extraction took {spent:.1f} s of {len(article.text)} characters")
        for (label, article), facts in zip(group, found, strict=True):
            self._check(label, article, facts)

    def _check(self, label: str, article: Article, facts: Facts) -> None:
        for refused in facts.rejections:
            if refused.rule == "extract.failed":
                self._wrong(label, refused.reason)
        for kind in (facts.entities, facts.places, facts.figures, facts.dates, facts.claims):
            for fact in kind:
                self.counts["facts"] += 1
                if article.text[fact.start : fact.end] != fact.text:
                    self._wrong(label, f"{fact.rule} does not point at its words")
        for rows in rows_of(article, facts, run_id="r", extractor_version="1").values():
            json.dumps(rows, default=str, ensure_ascii=False).encode()
        if MARK in article.text or MARK in (article.title or ""):
            self.counts["explained"] += 1
            self._inert(label, explain_page(from_facts(article, facts)))
            if len(self.hostile) < 200:
                record = {"id": f"h{len(self.hostile)}", "title": article.title or "", "text": article.text, "published": "2024-08-12"}
                self.hostile.append(record)

    def _inert(self, label: str, page: str) -> None:
        """Look for elements and attributes of a page that come out of a payload."""
        for element in markup.document_fromstring(page).iter():
            name = element.tag if isinstance(element.tag, str) else ""
            values = [
                f"{key}={value}" for key, value in element.attrib.items() if MARK in value and (key.startswith("on") or key in {"src", "style"})
            ]
            links = [value for key, value in element.attrib.items() if key in {"href", "action"} and value.strip().lower().startswith("javascript:")]
            live = name in {"script", "style", "svg", "img"} and MARK in (element.text or "") and element.get("type") != "application/json"
            if values or links or live:
                self._wrong(label, f"<{name}> is live in a page: {values or links or 'its text'}")

    def _report(self) -> None:
        """Load what carries payloads, as a run does, and look at the report over all of it."""
        if not self.hostile:
            return
        lines = self.folder / "hostile.jsonl"
        lines.write_text("\n".join(map(json.dumps, self.hostile)), encoding="utf-8")
        settings = Settings(warehouse=self.folder / "warehouse", read=_SETTINGS)
        with Run(settings, inputs=[str(lines)]) as run:
            take_plainly(run, run.batches(run.read()))
        self.counts["reported"] = run.counts["documents_loaded"]
        self._inert("the report", build_report(settings.published, self.folder / "report.html").read_text(encoding="utf-8"))


def main() -> None:
    """Fuzz, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fuzz = Fuzz(Path(folder))
        began = time.process_time()
        fuzz.run(inputs(given.count, given.seed))
    found = {
        "seed": given.seed,
        **fuzz.counts,
        "slowest read s": round(fuzz.slowest["read"], 2),
        "slowest extract s (of one, or of 40 together)": round(fuzz.slowest["extract"], 2),
        "defects": len(fuzz.defects),
        "cpu s": round(time.process_time() - began),
    }
    print(json.dumps(found if given.json else found | {"which": fuzz.defects}, indent=None if given.json else 1))
    sys.exit(1 if fuzz.defects else 0)


if __name__ == "__main__":
    main()
