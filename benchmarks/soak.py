"""A local news site read for many scheduled cycles, with edits, copies, errors, hangs and kills: is all that it served in the warehouse, once?

    python benchmarks/soak.py                                             20 feeds, 400 articles, 6 cycles: some minutes
    python benchmarks/soak.py --feeds 500 --articles 20000 --cycles 50    the whole of it: an hour on two cores with nothing else to do

Every cycle is a process of its own, as a schedule starts it (without Prefect, and forked from one that has made the imports, whose start would be
most of the time): it reads the configured feeds and loads what is new. Between cycles the site publishes and edits; while it is asked, it answers
some requests with 429 or 500 or not at all; some cycles are killed with SIGKILL at a random moment. Two calm cycles end it. Then, per article and
revision that the site served with a 200, exactly one row must be there; copies are compared with those that the site made; the memory of the cycles'
processes must not grow; every cycle that was not killed must have ended well. What the server sent but the reader, killed or out of patience, did not
take in whole (it is not in raw/) is counted apart: nobody can keep that. With --minutes no cycle but the calm ones begins after that time, and the
site's size is what it had published by then. The site is in soak_site.py.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from statistics import median

import duckdb

from soak_site import Site, serve


def cycle(warehouse: Path, sources: list[str]) -> None:
    """Do one cycle in this process and print its peak memory in MB and what it brought."""
    from dateline.config import Settings
    from dateline.errors import DatelineError
    from dateline.ingest.run import Run
    from dateline.ingest.steps import take_plainly
    from dateline.read.settings import ReadSettings

    reading = ReadSettings(
        allow_private=True, per_host_delay=0.0, backoff=0.05, max_backoff=0.2, read_timeout=3.0, total_timeout=4.0, retries=1, revisit=0.3,
        source_backoff=0.1, source_max_backoff=1.0,
    )  # fmt: skip
    status = "done"
    with Run(Settings(warehouse=warehouse, sources=tuple(sources), read=reading), inputs=sources) as run:
        try:
            take_plainly(run, run.batches(run.read(due_only=True)))
        except DatelineError as problem:
            status = f"failed: {problem}"
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    counts = {name: run.counts[name] for name in ("documents_read", "documents_loaded")}
    used = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    timings = {name: round(seconds, 1) for name, seconds in run.timings.items()}
    print(json.dumps({"status": status, "peak_mb": round(peak), **counts, "cpu": round(used, 1), "timings": timings}), flush=True)


def drive(warehouse: Path, sources: list[str]) -> None:
    """Fork a process for a cycle whenever a line comes in; say its number, and how it ended."""
    import dateline.ingest.run  # noqa: F401 - Imported once here: the cycles are forked from this process.
    from dateline.validate.suites import warm_up

    warm_up().join()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                cycle(warehouse, sources)
                code = 0
            finally:
                os._exit(code)
        print(json.dumps({"pid": child}), flush=True)
        print(json.dumps({"ended": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}), flush=True)


def measure(site: Site, warehouse: Path) -> dict[str, object]:
    """Return how the warehouse compares with what the site served and made."""
    with duckdb.connect(str(warehouse / "dateline.duckdb"), read_only=True) as con:
        rows = con.execute(
            "SELECT regexp_replace(url, '^https?://[^/]+', ''), revision, text, is_current, coalesce(copy_of, document_id), document_id "
            "FROM documents"
        ).fetchall()
        runs = dict(con.execute("SELECT status, count(*) FROM ops.runs GROUP BY 1").fetchall())
        stories = con.execute("SELECT count(DISTINCT story_id) FROM documents").fetchone()
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for path, _, text, *_ in rows:
        texts[path].append(" ".join(text.split()))
    received = {_text_of(gzip.decompress(path.read_bytes()).decode()) for path in (warehouse / "raw").glob("*/*.gz")}
    missing = lost = twice = 0
    for piece in site.pieces.values():
        given = {_text_of(page) for page in piece.served}
        found = texts[piece.path]
        gone = [text for text in given if text not in found]
        missing += sum(1 for text in gone if text in received)
        lost += sum(1 for text in gone if text not in received)
        twice += len(found) - len(set(found))
    foreign = sum(1 for path in texts if path not in site.pieces)
    groups: defaultdict[int, set[str]] = defaultdict(set)
    folded: defaultdict[str, set[str]] = defaultdict(set)
    for path, _, _, current, original, _ in rows:
        if current and path in site.pieces:
            groups[site.pieces[path].group].add(path)
            folded[original].add(path)
    made = {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
    said = {pair for group in folded.values() for pair in combinations(sorted(group), 2)}
    return {
        "articles": len(site.pieces),
        "texts served": sum(len(piece.served) for piece in site.pieces.values()),
        "never served": sum(not piece.served for piece in site.pieces.values()),
        "rows": len(rows), "missing": missing, "never received whole": lost, "twice": twice, "of no article": foreign,
        "copies: pairs made": len(made), "pairs folded": len(said),
        "precision": round(len(made & said) / len(said), 4) if said else None, "recall": round(len(made & said) / len(made), 4) if made else None,
        "stories": stories[0] if stories else 0, "runs": runs, "requests answered badly": site.errors,
    }  # fmt: skip


def _text_of(page: str) -> str:
    return " ".join(" ".join(re.findall(r"<p>(.*?)</p>", page)).split())


def kill_later(pid: int, seconds: float) -> threading.Timer:
    """Kill a process after a time, unless the timer is cancelled before."""
    timer = threading.Timer(seconds, os.kill, (pid, signal.SIGKILL))
    timer.daemon = True
    timer.start()
    return timer


def soak(site: Site, given: argparse.Namespace, warehouse: Path) -> list[dict[str, object]]:
    """Take the site through its cycles and return how each ended."""
    sources = serve(site)
    began, usual, done = time.monotonic(), 30.0, list[dict[str, object]]()
    command = [sys.executable, __file__, "--drive", str(warehouse), *sources]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdin is not None and driver.stdout is not None
        calm = number = 0
        while calm < 2:
            over = number >= given.cycles or (given.minutes is not None and time.monotonic() - began > 60 * given.minutes)
            calm += over
            site.bad = not over
            if not over:
                site.publish(number)
            cycle_began = time.monotonic()
            print("go", file=driver.stdin, flush=True)
            found: dict[str, object] = {"cycle": number, "calm": over}
            timer = None
            while "ended" not in found:
                found |= json.loads(driver.stdout.readline())
                if "pid" in found and timer is None and not over and site.chance.random() < given.kills:
                    timer = kill_later(int(str(found["pid"])), site.chance.uniform(0.05, 1.0) * usual)
                elif "pid" in found and timer is None:
                    timer = threading.Timer(0, str)  # Never started: this cycle lives.
            if timer is not None:
                timer.cancel()
            found["seconds"] = round(time.monotonic() - cycle_began, 1)
            if found["ended"] == 0 and not over:
                usual = float(str(found["seconds"]))
            done.append(found)
            print(json.dumps(found), file=sys.stderr, flush=True)
            number += 1
        driver.stdin.close()
    return done


def main() -> None:
    """Run the soak and print what came of it; exit code 1 where something is missing, doubled or lost, or does not hold what the issue asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=20)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--words", type=int, default=80, help="words of an article")
    parser.add_argument("--cycles", type=int, default=6)
    parser.add_argument("--kills", type=float, default=0.3, help="share of cycles that are killed")
    parser.add_argument("--minutes", type=float, help="begin no cycle but the calm ones after this time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, help="write the result here, too")
    parser.add_argument("--drive", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.drive:
        drive(Path(given.drive[0]), given.drive[1:])
        return
    site = Site(given.feeds, given.articles, given.cycles, given.seed, words=given.words)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse"
        done = soak(site, given, warehouse)
        result: dict[str, object] = {"feeds": given.feeds, **measure(site, warehouse)}
        size = sum(path.stat().st_size for path in warehouse.rglob("*") if path.is_file())
    whole = [entry for entry in done if entry["ended"] == 0]
    busy = [entry for entry in whole if entry["documents_loaded"]]
    peaks = [int(str(entry["peak_mb"])) for entry in busy]
    lost = [entry for entry in whole if entry["status"] != "done"] + [entry for entry in done if entry["ended"] not in {0, -signal.SIGKILL}]
    tenth = max(1, len(peaks) // 10)
    result |= {
        "cycles": len(done),
        "killed": sum(entry["ended"] == -signal.SIGKILL for entry in done),
        "cycles lost": len(lost),
        "peak MB, first and last tenth": [round(median(peaks[:tenth])), round(median(peaks[-tenth:]))],
        "cpu seconds a cycle, first and last tenth": [round(median([float(str(e["cpu"])) for e in part])) for part in (busy[:tenth], busy[-tenth:])],
        "warehouse MB": round(size / 1e6, 1),
        "minutes": round((time.monotonic() - began) / 60, 1),
    }
    print(json.dumps(result, indent=1))
    if given.output:
        given.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    wrong = result["missing"] or result["twice"] or result["of no article"] or lost
    copies = (result["precision"], result["recall"])
    sys.exit(1 if wrong or any(share is not None and float(str(share)) < 0.98 for share in copies) else 0)


if __name__ == "__main__":
    main()
