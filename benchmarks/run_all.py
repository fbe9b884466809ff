"""Run every accuracy program over the gold data found in a folder, and the speed program; print one table.

    python benchmarks/run_all.py [FOLDER] [--keep]

FOLDER holds gold/, seed/ and corpora/ in the formats of docs/benchmarks.md; what is not there is left out and said so. With --keep the scores go to
benchmarks/results/*.json instead, together with those of the report page and the named queries: docs/generate.py puts them into docs/limits.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
# Program: gold files below the folder.
PROGRAMS = {
    "facts": ["seed/gold.jsonl", "gold/dev.jsonl", "gold/wikinews_dev.jsonl"],
    "entities": ["corpora/entities/uner_ewt.test.jsonl", "corpora/entities/crossner_politics.dev.jsonl"],
    "dates": [f"corpora/dates/{name}.jsonl" for name in ("te3_timebank", "te3_aquaint", "tbaq_artime_corrected", "wikiwars")],
    "figures": [
        f"corpora/figures/{name}.jsonl"
        for name in ("newsquant", "rtext_age", "rtext_currency", "rtext_dimension", "rtext_temperature", "war_probe")
    ],
    "places": ["corpora/places/lgl.jsonl", "corpora/places/geowebnews.jsonl"],
    "claims": ["corpora/claims/polnear_dev.jsonl"],
    "linking": ["gold/dev.jsonl", "gold/wikinews_dev.jsonl"],
}  # fmt: skip


def main() -> None:
    """Run what can be run; the exit code is that of the worst program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared"), help="where gold/, seed/ and corpora/ lie (default: ../shared)")
    parser.add_argument("--keep", action="store_true", help="write the scores to benchmarks/results")
    given = parser.parse_args()
    keep, folder = given.keep, given.folder
    worst = 0
    for program, files in PROGRAMS.items():
        for name in files:
            if not (folder / name).is_file():
                print(f"left out: {program} over {name} (no such file in {folder})", flush=True)
                continue
            print(f"== {program} {name}", flush=True)
            worst = max(worst, _run(program, [folder / name], f"{program}-{Path(name).parts[0]}-{Path(name).stem}" if keep else None))
    print("== speed", flush=True)
    worst = max(
        worst, _run("speed", ["--articles", "1000", "--workers", "1", "2", "--known", "10000", "--peers", "--gate"], "speed" if keep else None)
    )
    if keep:
        worst = max(worst, _run("queries", [], "queries"), _run("report", [], "report"))
    raise SystemExit(worst)


def _run(program: str, arguments: Sequence[Path | str], kept: str | None) -> int:
    """Run a program; with a name to keep its scores under, write them there as JSON."""
    command = [sys.executable, HERE / f"{program}.py", *arguments]
    if kept is None:
        return subprocess.run(command, check=False).returncode
    done = subprocess.run([*command, "--json"], check=False, stdout=subprocess.PIPE, text=True)
    if done.stdout.strip():
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{kept}.json").write_text(json.dumps(json.loads(done.stdout.strip().splitlines()[-1]), indent=1) + "\n", encoding="utf-8")
    return done.returncode


if __name__ == "__main__":
    main()
