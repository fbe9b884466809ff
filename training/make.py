"""From the corpora to the packaged pipeline in one command: `python training/make.py CORPORA_DIR WORK_DIR [--out FOLDER] [--quick]`.

Stages whose result lies in WORK_DIR are not run again, so an interrupted training goes on where it was. Seeds are fixed; still, sums of floats differ
between processors, so weights are not reproduced bit by bit. About 50 minutes of one core. `--quick` takes a few steps of every stage: it shows that
the recipe runs, its pipeline is good for nothing (the package goes to WORK_DIR/model).
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NLP = HERE.parent / "src" / "dateline" / "nlp"


def stage(result: Path, script: str, *words: object) -> None:
    """Runs one script unless its result is there."""
    if result.exists():
        print(f"{result} is there")
        return
    command = [sys.executable, str(HERE / script), *map(str, words)]
    print(" ".join(command), flush=True)
    fixed = {"OMP_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    subprocess.run(command, check=True, env={**os.environ, **fixed})


def main() -> None:
    """Runs all stages."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpora", type=Path)
    args.add_argument("work", type=Path)
    args.add_argument("--out", type=Path)
    args.add_argument("--version", default="0.1.0")
    args.add_argument("--quick", action="store_true", help="a few steps of every stage, packaged in WORK_DIR/model")
    opt = args.parse_args()
    c, w, quick = opt.corpora.resolve(), opt.work.resolve(), opt.quick
    out = opt.out or (w / "model" if quick else NLP / "model")
    stage(w / "blank", "prepare.py", c, w, w / "lexicon.msgpack.gz" if quick else NLP / "lexicon.msgpack.gz", *([600] if quick else []))

    # Syntax: half of a long stage, then a shorter one whose rate falls to nothing; each keeps what is best on the treebanks' development parts.
    first = ["--steps", 6, "--every", 6] if quick else ["--steps", 8400, "--stop", 4200, "--every", 700]
    stage(w / "syntax1", "train_syntax.py", c, w, w / "syntax1", *first)
    then = ["--steps", 4, "--every", 4] if quick else ["--steps", 2000, "--every", 500]
    stage(w / "syntax2", "train_syntax.py", c, w, w / "syntax2", "--start", w / "syntax1", "--rate", 0.0007, "--warm", 50, "--seed", 12, *then)

    # Names: a first network on gold text and its copies with other names labels raw news; a second is trained on all of it and on templates, labels
    # the news better, and goes on with that.
    few = ["--texts", 60] if quick else []
    share = 0.003 if quick else 0.4
    rich = ["--swapped", 0.6, "--case", 0.1, "--templates", 20 if quick else 1600, *few]
    stage(w / "names1", "train_ner.py", c, w / "names1", "--epochs", 1 if quick else 3, "--case", 0.07, *few)
    stage(w / "silver.jsonl", "silver.py", w / "names1", c, w / "silver.jsonl", share)
    second = ["--epochs", 1 if quick else 5, "--final-rate", 0.00003, "--seed", 3, "--silver", w / "silver.jsonl"]
    stage(w / "names2", "train_ner.py", c, w / "names2", *second, *rich)
    stage(w / "silver2.jsonl", "silver.py", w / "names2", c, w / "silver2.jsonl", share)
    third = ["--start", w / "names2", "--epochs", 1 if quick else 3, "--rate", 0.0006, "--final-rate", 0.00002, "--seed", 4]
    stage(w / "names3", "train_ner.py", c, w / "names3", *third, "--silver", w / "silver2.jsonl", *rich)
    stage(out, "package.py", w / "syntax2", w / "names3", out, "--version", opt.version)


if __name__ == "__main__":
    main()
