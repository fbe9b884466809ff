"""Writes docs/MODEL_CARD.md from measurements: `python training/card.py MEASURED.json`.

MEASURED.json holds {"treebank": {file: {form: scores}}, "entities": {set: {"f1", "title_case"}}, "in_domain": {set: scores}, "speed": {...},
"levers": [[what was left out, score by set ...], ...]}; `--measure CORPORA_DIR` makes all but the levers, which are ablate.py's, by running the
benchmarks.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CARD = ROOT / "docs" / "MODEL_CARD.md"
SLICE = 12
HEAD = """# Model card: dateline_news

The English pipeline that ships with Dateline (`src/dateline/nlp/model`, {size:.1f} MB and name lists of {lists:.1f} MB): tagger, morphologizer,
parser (Universal Dependencies), sentence borders, rule lemmatizer, and names in eight types: PERSON ORG GPE LOC FAC NORP EVENT WEAPON.
Licence of the model: CC BY-SA 4.0 (from UD EWT and UNER); the code that trains and runs it is Apache-2.0.

## Data

{sources}

No text of the development articles was trained on, and no name stands in a list or a template because it is in them. The rules behind the network
were written while reading errors in them, so the in-domain scores below are optimistic. The names keep the weights of the last epoch, whatever they
scored; the syntax was chosen by the treebanks' development parts. Half of re3d (every other document) was kept out of training for measuring.
"""
TREEBANKS = """`python benchmarks/treebank.py FILE.conllu`: whole documents as running text, own tokens and sentences. In "paragraphs" a blank line
stands at every `# newpar`, as UD defines raw text and as articles look; in "joined" all sentences are joined by blanks, headings and items too.
"""
SPEED = """Speed in CPU time on one of two cores with nothing else to do (`training/card.py --measure`; the median over slices of 12 PolNeAR
articles, in brackets the best slice): {all} ({best_all}) words/s for everything, {names} ({best_names}) for tokenizer, recognizer and name rules
alone (`load_base(syntax=False)`); loaded in {load} s. The networks multiply by numpy where it has one thread (OPENBLAS_NUM_THREADS=1, which importing
`dateline.nlp` sets), and take eight texts at once: with more, their matrices leave the cache. That, or thinc's BLIS, halves their speed.
On Voice of America news cut into articles of 400 words the same day: 8,000 to 9,200 and 14,300 to 17,400 words/s; machines differ by as much."""
LEVERS = """## What each lever is worth

`python training/ablate.py CORPORA_DIR WORK_DIR MEASURED.json`: strict F1 with one thing left out or changed. Above, the network alone after a short
training: 8,000 texts and the same seed for each, one run each; another seed alone moves a set by up to 3 points, so smaller differences say little.
Below, the shipped pipeline without what stands behind the network. re3d is read sentence by sentence here.

- Word lists and the length of the training are worth most, then template news in-domain. Beside those, replacement, silver news and words made
  unknown add nothing beyond chance after so short a training; in headlines the case changes do.
- Size: width 64 is below on all five sets (0.6 to 4.5 points), so are 2 layers (1.3 to 2.3) and half of the rows (0.1 to 2.4). Width 128 gains 0.3 to
  3.7 on four and loses 0.9 in-domain; 6 layers gain on one set only. Beside the network as it is (16,000 words/s alone, its folder 6.9 MB), width 64
  runs 1.3 times as fast (4.5 MB), 2 layers 1.2, width 128 (9.8 MB) and 6 layers 0.8; half of the rows save 1.6 MB and no time. No other size was
  trained long.
- Pretraining (`training/pretrain.py`: spaCy's character objective, one pass over the 1.07M tokens of Voice of America text, 130 CPU seconds, then the
  same short training): the mean of two seeds gains nothing in-domain, 0.8 to 2.1 points elsewhere, within chance. The shipped model has none; longer
  pretraining, and pretraining before a long training, were not measured.
- Agreement: its three parts were left out one at a time too. In-domain it is mostly the one type for all mentions of a name, on Wikinews the repeats.
- The rows down to silver news were run before the hashes of strings were fixed, which acts like another seed.
"""
TRAINING = """## Training

`training/make.py` holds the stages. The syntax of the shipped weights had about 30 CPU minutes (6,200 steps of 1,400 words), the names about 15
(5 + 3 epochs). The first recognizer, which made the first silver labels (7 minutes), lacked the column of parts of speech; the rest is as in make.py.
Sentence borders are the parser's, after those that blank lines and list bullets make; the senter is a point worse on text with paragraphs.
"""
ENCODER = """## No transformer

There is no `dateline[accurate]` extra with a bigger encoder. It was to come only if it ended at least 4 points of F1 above the default in-domain, and
above {f1} there are but {left} points left (on Wikinews there are more). No transformer was trained on this recipe's data. What is known is older and
was measured by others, before mention replacement: MiniLM fine-tuned for half an hour, without re3d, read the in-domain articles at 68.1, a plain CNN
with re3d at 72.9; on general sets MiniLM was better, at a quarter of the speed. New names in the training text then lifted the CNN to 86.3.
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


def speed(texts: list[str]) -> dict[str, str]:
    """Returns words a second of CPU time over slices of texts seen for the first time (median and best), and the CPU seconds that loading takes."""
    from dateline.nlp.load import load_base

    began = time.process_time()
    pipelines = {"all": load_base()}
    found = {"load": f"{time.process_time() - began:.2f}"}
    pipelines["names"] = load_base(syntax=False)
    rates: dict[str, list[float]] = {name: [] for name in pipelines}
    for nlp in pipelines.values():
        list(nlp.pipe(["Tables are compiled at the first text."]))
    for begin in range(0, len(texts), SLICE):
        part = texts[begin : begin + SLICE]
        for name, nlp in pipelines.items():
            began = time.process_time()
            list(nlp.pipe(part))
            rates[name].append(sum(len(text.split()) for text in part) / (time.process_time() - began))
    for name, measured in rates.items():
        found[name], found[f"best_{name}"] = f"{statistics.median(measured):,.0f}", f"{max(measured):,.0f}"
    return found


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
    found["speed"] = speed([json.loads(line)["text"] for line in (corpora / "claims" / "polnear_dev.jsonl").open(encoding="utf-8")])
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
    forms = [(f"{name}, {form}", row) for name, by_form in measured["treebank"].items() for form, row in by_form.items()]
    keys = [key for key in forms[0][1] if key != "words/s"]
    parts.append(TREEBANKS)
    parts.append(table(["test set", *keys], [[n, *(r[k] for k in keys)] for n, r in forms]) + "\n")
    parts.append("`python benchmarks/entities.py GOLD.jsonl [--title-case] [--half 1]`: strict F1, PER/ORG/LOC merged, re3d: unseen half.\n")
    parts.append(table(["set", "F1", "Title Case copy"], [[n, r["f1"], r["title_case"]] for n, r in measured["entities"].items()]) + "\n")
    parts.append("In-domain, all eight types, strict (annotated articles of the project):\n")
    parts.append(table(["set", "P", "R", "F1", "names"], [[n, r["p"], r["r"], r["f1"], r["gold"]] for n, r in measured["in_domain"].items()]) + "\n")
    if speed := measured.get("speed"):
        parts.append(SPEED.format(**speed) + "\n")
    if measured.get("levers"):
        parts.append(LEVERS)
        parts.append(table(["", *("in-domain", "Wikinews", "UNER-EWT", "CrossNER politics", "re3d, unseen half")], measured["levers"]) + "\n")
    parts.append(TRAINING)
    f1 = measured["in_domain"]["dev"]["f1"]
    parts.append(ENCODER.format(f1=f1, left=round(100 - f1, 1)))
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
