"""What folding copies costs where thousands of reports are near copies of one another, as prints of one dispatch are.

    python benchmarks/copies.py [--sizes 1000 2000 4000 8000] [--json]

For each size a warehouse of its own is filled with that many reports and folded: *prints* are light edits of one text; *bulletins* are reports of one
form filled anew (a third of their words in common), which share bands but are no copies; *unlike* have nothing in common. Processor seconds of this
process; `pairs` are the comparisons that were made, `after` the seconds of a fold when 50 more reports of the kind have come.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from dateline.ids import stable_id
from dateline.model import Article, Facts
from dateline.warehouse.copies import fold_copies
from dateline.warehouse.load import load_batch
from dateline.warehouse.originals import Settling
from dateline.warehouse.rows import combine, rows_of
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.stage import write_batch

WORDS = 200
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def words(rng: random.Random, count: int) -> list[str]:
    """Return made-up words."""
    return ["".join(rng.choices(_SYLLABLES, k=3)) for _ in range(count)]


def report(kind: str, number: int) -> Article:
    """Return a report of a kind; the same number gives the same one."""
    shared, own = random.Random(0), random.Random(number + 1)
    if kind == "prints":
        body = words(shared, WORDS)
        for _ in range(5):
            body[own.randrange(WORDS)] = words(own, 1)[0]
    elif kind == "bulletins":
        body = [word for _ in range(WORDS // 20) for word in words(shared, 13) + words(own, 7)]
    else:
        body = words(own, WORDS)
    when = datetime(2025, 1, 1) + timedelta(minutes=own.randrange(100_000))
    return Article(document_id=stable_id("doc", kind, number), text=" ".join(body), title=str(number), published_at=when, source=f"made up:{number}")


def measure(kind: str, size: int, folder: Path) -> dict[str, object]:
    """Return what folding so many reports of a kind costs."""
    compared = 0
    settle = Settling.settle

    def counting(self: Settling, dirty: list[str]) -> dict[str, dict[str, float]]:
        nonlocal compared
        result = settle(self, dirty)
        compared += self.compared
        return result

    Settling.settle = counting  # type: ignore[method-assign,assignment]  # The comparisons are counted where they are made.
    with duckdb.connect() as con:
        ensure_schema(con)
        seconds = []
        for name, numbers in (("first", range(size)), ("after", range(size, size + 50))):
            tables = combine(rows_of(report(kind, n), Facts(), run_id=name, extractor_version="1") for n in numbers)
            load_batch(con, write_batch(folder / f"{kind}{size}{name}", tables))
            began = time.process_time()
            fold_copies(con)
            seconds.append(time.process_time() - began)
        copies = con.execute("SELECT count(*) FROM documents WHERE copy_of IS NOT NULL").fetchall()[0][0]
    Settling.settle = settle  # type: ignore[method-assign]  # The method itself again.
    return {
        "reports": size, "seconds": round(seconds[0], 2), "us_a_report": round(1e6 * seconds[0] / size), "pairs": compared, "copies": copies,
        "after": round(seconds[1], 2),
    }  # fmt: skip


def main() -> None:
    """Measure every kind at every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 4000, 8000])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found: dict[str, list[dict[str, object]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("prints", "bulletins", "unlike"):
            for size in given.sizes:
                found.setdefault(kind, []).append(measure(kind, size, Path(folder)))
                print(f"{kind:10} {found[kind][-1]}", file=sys.stderr)
    if given.json:
        print(json.dumps(found))
        return
    for kind, rows in found.items():
        for row in rows:
            print(f"{kind:10} " + "  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
