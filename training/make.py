"""From the corpora to the packaged pipeline in one command: `python training/make.py CORPORA_DIR WORK_DIR [--out FOLDER]`.

Stages whose result lies in WORK_DIR are not run again, so an interrupted training goes on where it was. Seeds are fixed; still, sums of floats differ
between processors, so weights are not reproduced bit by bit. About 90 minutes on one core; OMP_NUM_THREADS=1 is set.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def stage(result: Path, script: str, *words: object) -> None:
    """Runs one script unless its result is there."""
    if result.exists():
        print(f"{result} is there")
        return
    command = [sys.executable, *(["-m", "spacy"] if script == "train" else []), script if script == "train" else str(HERE / script), *map(str, words)]
    print(" ".join(command), flush=True)
    subprocess.run(command, check=True, env={**os.environ, "OMP_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})


def main() -> None:
    """Runs all stages."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpora", type=Path)
    args.add_argument("work", type=Path)
    args.add_argument("--out", type=Path, default=HERE.parent / "src" / "dateline" / "nlp" / "model")
    args.add_argument("--version", default="0.1.0")
    opt = args.parse_args()
    c, w = opt.corpora.resolve(), opt.work.resolve()
    stage(w / "ud.train.spacy", "prepare.py", c, w)
    paths = ["--paths.train", w / "ud.train.spacy", "--paths.dev", w / "ud.dev.spacy", "--paths.base", w / "blank"]
    stage(w / "syntax1", "train", HERE / "syntax.cfg", "--output", w / "syntax1", *paths)
    stage(w / "syntax2", "train_syntax.py", w / "syntax1" / "model-best", c, w / "ud.dev.spacy", w / "syntax2")
    # Names: gold and mention replacement; then template news and silver news too; then once more with better silver and a falling rate.
    stage(w / "ner1", "train_ner.py", c, w / "ner1", "--epochs", 3, "--case", 0.07)
    stage(w / "silver1.jsonl", "silver.py", w / "ner1", c, w / "silver1.jsonl", 0.4)
    shared = ["--swapped", 0.5, "--templates", 1600]
    second = [
        "--start",
        w / "ner1",
        "--epochs",
        2,
        "--rate",
        0.0008,
        "--final-rate",
        0.0006,
        "--case",
        0.07,
        "--seed",
        2,
        "--silver",
        w / "silver1.jsonl",
    ]
    stage(w / "ner2", "train_ner.py", c, w / "ner2", *second, *shared)
    stage(w / "silver2.jsonl", "silver.py", w / "ner2", c, w / "silver2.jsonl", 0.5)
    third = ["--start", w / "ner2", "--epochs", 4, "--rate", 0.0007, "--final-rate", 0.00003, "--seed", 3, "--silver", w / "silver2.jsonl"]
    stage(w / "ner3", "train_ner.py", c, w / "ner3", *third, *shared)
    stage(opt.out, "package.py", w / "syntax2", w / "ner3", opt.out, "--version", opt.version)


if __name__ == "__main__":
    main()
