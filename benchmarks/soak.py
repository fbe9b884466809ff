"""A local news site read for many scheduled cycles, with edits, copies, errors, hangs and kills: is all that it served in the warehouse, once?

    python benchmarks/soak.py                                             20 feeds, 400 articles, 6 cycles: some minutes
    python benchmarks/soak.py --feeds 500 --articles 20000 --cycles 50    the whole of it: many hours on two cores

Every cycle is a process of its own, as a schedule starts it (without Prefect, whose start would be most of the time): it reads the configured feeds
and loads what is new. Between cycles the site publishes and edits; while it is asked, it answers some requests with 429 or 500 or not at all; some
cycles are killed with SIGKILL at a random moment. Two calm cycles end it. Then, per article and revision that the site served with a 200, exactly one
row must be there; copies are compared with those that the site made; the memory of the cycles' processes must not grow. What the server sent but the
reader, killed or out of patience, did not take in whole (it is not in raw/) is counted apart: nobody can keep that. The site is in soak_site.py.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

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
        allow_private=True, per_host_delay=0.0, backoff=0.05, max_backoff=0.2, read_timeout=4.0, total_timeout=5.0, retries=1, revisit=0.0,
        source_backoff=0.1, source_max_backoff=1.0,
    )  # fmt: skip
    with Run(Settings(warehouse=warehouse, sources=tuple(sources), read=reading), inputs=sources) as run:
        try:
            take_plainly(run, run.batches(run.read(due_only=True)))
        except DatelineError as problem:
            print(f"cycle failed: {problem}", file=sys.stderr)
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    print(json.dumps({"peak_mb": round(peak), **{k: run.counts[k] for k in ("documents_read", "documents_loaded")}, "timings": dict(run.timings)}))


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


def main() -> None:
    """Run the soak and print what came of it; exit code 1 where something is missing or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=20)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--cycles", type=int, default=6)
    parser.add_argument("--kills", type=float, default=0.3, help="share of cycles that are killed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cycle", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.cycle:
        cycle(Path(given.cycle[0]), given.cycle[1:])
        return
    site = Site(given.feeds, given.articles, given.cycles, given.seed)
    server = serve(site)
    sources = [f"http://127.0.0.1:{server.server_address[1]}/feed{n}" for n in range(given.feeds)]
    done: list[dict[str, object]] = []
    killed: set[int] = set()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse"
        for number in range(given.cycles + 2):
            calm = number >= given.cycles
            if not calm:
                site.publish(number)
            site.bad = not calm
            process = subprocess.Popen([sys.executable, __file__, "--cycle", str(warehouse), *sources], stdout=subprocess.PIPE, text=True)
            if not calm and site.chance.random() < given.kills:
                last = float(str(done[-1]["seconds"])) if done else 20.0
                try:
                    process.wait(site.chance.uniform(0.1, 1.0) * last)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    killed.add(number)
            cycle_began = time.monotonic()
            out, _ = process.communicate()
            if out.strip():
                done.append({"cycle": number, "seconds": round(time.monotonic() - cycle_began, 1), **json.loads(out.splitlines()[-1])})
                print(json.dumps(done[-1]), file=sys.stderr)
            elif process.returncode == -signal.SIGKILL:
                print(json.dumps({"cycle": number, "killed": True}), file=sys.stderr)
        result = measure(site, warehouse)
        size = sum(path.stat().st_size for path in warehouse.rglob("*") if path.is_file())
    server.shutdown()
    peaks = [int(str(entry["peak_mb"])) for entry in done]
    result |= {
        "cycles": given.cycles + 2,
        "killed": len(killed),
        "peak MB, first and last cycles": [peaks[:2], peaks[-3:]],
        "warehouse MB": round(size / 1e6, 1),
    }
    result["minutes"] = round((time.monotonic() - began) / 60, 1)
    print(json.dumps(result, indent=1))
    sys.exit(1 if result["missing"] or result["twice"] or result["of no article"] else 0)


if __name__ == "__main__":
    main()
