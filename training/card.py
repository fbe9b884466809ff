"""Writes docs/MODEL_CARD.md from measurements: `python training/card.py MEASURED.json`.

MEASURED.json holds {"treebank": {file: scores}, "entities": {set: {"f1", "title_case"}}, "in_domain": {set: {"exact", "overlap"}}, "speed": {...},
"levers": [[what, score before, score after], ...]}; `--measure CORPORA_DIR` makes all but the levers by running the benchmarks.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CARD = ROOT / "docs" / "MODEL_CARD.md"
HEAD = """# Model card: dateline_news

The English pipeline that ships with Dateline (`src/dateline/nlp/model`, {size:.1f} MB and name lists of {lists:.1f} MB): tagger, morphologizer,
parser (Universal Dependencies), sentence borders, rule lemmatizer, and names in eight types: PERSON ORG GPE LOC FAC NORP EVENT WEAPON.
Licence of the model: CC BY-SA 4.0 (from UD EWT and UNER); the code that trains and runs it is Apache-2.0.

## Data

{sources}

No text of the development articles was trained on. But two names that stand in them (an operation and a storm) were in the template generator while
the shipped weights were trained, rules were written while reading errors in them, and checkpoints were partly chosen by them: the in-domain scores
below are optimistic. Half of re3d (every other document) was kept out of training for measuring.
"""
LIMITS = """## Limits

- Trained on web text, Wikipedia, GUM's genres and generated news: tables, poetry, transcripts and broken scrapes are read worse.
- Names in languages that the name lists do not know, villages with a person's name, and companies called by common words are the usual errors;
  in headlines in Title Case names are found about ten points worse than in running text.
- "oblast", "Province" and the like in capitals belong to the name, "region" does not; a facility's lower-case head ("camp", "dam") does not either.
- Weapons come from lists and designation patterns; a system that no list has is found only by its designation.
- The public figures in the training name lists are there as names, not as facts; template news is invented.
"""


def run(*words: str) -> dict[str, Any]:
    """Returns what a benchmark prints with --json."""
    out = subprocess.run([sys.executable, *words, "--json"], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return json.loads(out.strip().splitlines()[-1])


def measure(corpora: Path) -> dict[str, Any]:
    """Runs the benchmarks."""
    entities = corpora / "entities"
    found: dict[str, Any] = {"treebank": {}, "entities": {}, "in_domain": {}}
    for name in ("en_gum-ud-test.open", "en_ewt-ud-test"):
        found["treebank"][name] = run("benchmarks/treebank.py", str(entities / "ud" / f"{name}.conllu"))
    for name, more in (("uner_ewt.test", ()), ("crossner_politics.dev", ()), ("re3d.train", ("--half", "1"))):
        plain = run("benchmarks/entities.py", str(entities / f"{name}.jsonl"), *more)
        title = run("benchmarks/entities.py", str(entities / f"{name}.jsonl"), "--title-case", *more)
        found["entities"][name] = {"f1": plain["scores"]["all"]["f1"], "title_case": title["scores"]["all"]["f1"]}
    for name in ("dev", "wikinews_dev"):
        found["in_domain"][name] = run("benchmarks/entities.py", str(corpora.parent / "gold" / f"{name}.jsonl"))["scores"]["all"]
    return found


def table(head: list[str], rows: list[list[Any]]) -> str:
    """Returns a Markdown table."""
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows])


def card(measured: dict[str, Any]) -> str:
    """Returns the card's text."""
    from package import SOURCES

    folder = ROOT / "src" / "dateline" / "nlp"
    sources = table(["source", "licence", "author"], [[f"[{s['name']}]({s['url']})", s["license"], s["author"]] for s in SOURCES])
    size = sum(f.stat().st_size for f in (folder / "model").rglob("*") if f.is_file()) / 1e6
    parts = [HEAD.format(sources=sources, size=size, lists=(folder / "lexicon.msgpack.gz").stat().st_size / 1e6), "## Scores\n"]
    keys = list(next(iter(measured["treebank"].values())))[:-1]
    parts.append("`python benchmarks/treebank.py FILE.conllu`: whole documents as running text, own tokens and sentences.\n")
    parts.append(table(["test set", *keys], [[n, *(r[k] for k in keys)] for n, r in measured["treebank"].items()]) + "\n")
    parts.append("`python benchmarks/entities.py GOLD.jsonl [--title-case] [--half 1]`: strict F1, PER/ORG/LOC merged, re3d: unseen half.\n")
    parts.append(table(["set", "F1", "Title Case copy"], [[n, r["f1"], r["title_case"]] for n, r in measured["entities"].items()]) + "\n")
    parts.append("In-domain, all eight types, strict (annotated articles of the project):\n")
    parts.append(table(["set", "P", "R", "F1", "names"], [[n, r["p"], r["r"], r["f1"], r["gold"]] for n, r in measured["in_domain"].items()]) + "\n")
    if measured.get("speed"):
        parts.append(measured["speed"] + "\n")
    if measured.get("levers"):
        parts.append("## What helped\n\nStrict F1 on the development articles (all types) as each step was added:\n")
        parts.append(table(["step", "in-domain", "Wikinews", "UNER-EWT", "CrossNER politics"], measured["levers"]) + "\n")
    parts.append(measured.get("training", ""))
    parts.append(LIMITS)
    return "\n".join(parts)


def main() -> None:
    """Measures, if asked to, and writes the card."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("measured", type=Path)
    args.add_argument("--measure", type=Path, metavar="CORPORA_DIR")
    opt = args.parse_args()
    measured = json.loads(opt.measured.read_text()) if opt.measured.exists() else {}
    if opt.measure:
        measured |= measure(opt.measure.resolve())
        opt.measured.write_text(json.dumps(measured, indent=1))
    CARD.parent.mkdir(exist_ok=True)
    CARD.write_text(card(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
