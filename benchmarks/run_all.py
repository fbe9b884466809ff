"""Run every accuracy program over the gold data found in a folder, and the speed program; print one table.

    python benchmarks/run_all.py [FOLDER]

FOLDER holds gold/, seed/ and corpora/ in the formats of docs/benchmarks.md; what is not there is left out and said so.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
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
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    worst = 0
    for program, files in PROGRAMS.items():
        for name in files:
            if not (folder / name).is_file():
                print(f"left out: {program} over {name} (no such file in {folder})", flush=True)
                continue
            print(f"== {program} {name}", flush=True)
            worst = max(worst, subprocess.run([sys.executable, HERE / f"{program}.py", folder / name], check=False).returncode)
    print("== speed", flush=True)
    worst = max(worst, subprocess.run([sys.executable, HERE / "speed.py", "--articles", "500", "--known", "10000"], check=False).returncode)
    raise SystemExit(worst)


if __name__ == "__main__":
    main()
