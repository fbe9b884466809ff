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
SLICE = 16
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
SPEED = """Speed in CPU time, one thread (`training/card.py --measure`; the median over slices of {slice} articles, in brackets the best slice), for
everything and for tokenizer, recognizer and name rules alone (`load_base(syntax=False)`), on two cores that had ten times as much to do; loaded in
{load} s:

{table}

Through spaCy's own loops the same pipeline takes about twice as long (in one hour on one machine 8,500 and 16,400 words/s of VOA for everything),
and says the same to the last token of 160,000 (`tests/unit/nlp/test_same_predictions.py` holds it on a few). What makes the difference: a row of
attributes is embedded once and then looked up, the window layers run over blocks that stay in the cache (`nlp/inference.py`), parser and recognizer
take sixteen texts a step together with Python's lock held, which spaCy's loop takes and gives back for every number it compares
(`nlp/transitions.py`), a form is lemmatized once (`nlp/lemmas.py`). One text at a time gains little of it. The networks multiply by numpy where it
has one thread (OPENBLAS_NUM_THREADS=1, which importing `dateline.nlp` sets); with several, or thinc's BLIS, they run at half the speed."""
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
Sentence borders are the parser's, between those that `nlp/layout.py` sets (blank lines, bullets) and bars (a small letter or a weekday behind a
word, the number of "No. 5", behind a dateline): of 6,000 sentences of Voice of America news it cut 86 at no full stop before these bars, 26 with
them. The senter is a point worse on text with paragraphs; set before the parser where it is sure (with the weights of the run below), it gains half
a point on GUM's development part in either form and loses six on EWT's. Sentences joined by blanks stay at 86 on GUM: what is missing are headings
and list items without a full stop.

The whole recipe ran once in one go, with 3,200 steps in its second stage and half of the paragraph ends joined by a blank instead of a quarter (50
CPU minutes). Its pipeline is not shipped, because what stands behind it reads its trees no better, NewsQuant's concepts far worse:

| | shipped | run in one go |
| --- | --- | --- |
| GUM test: tag, LAS, sentence F; joined | 96.2, 84.3, 94.1; 86.1 | 96.4, 84.0, 94.1; 86.5 |
| EWT test: tag, LAS, sentence F; joined | 94.6, 83.0, 86.3; 73.2 | 94.6, 83.3, 86.7; 74.9 |
| dev: names exact, figure rows, claims | 96.9, 80.0, 89.9 | 96.5, 78.5, 89.9 |
| wikinews_dev: the same | 93.3, 75.6, 80.0 | 93.3, 75.6, 80.9 |
| NewsQuant: value + unit, concept in part, complete | 90.4, 85.3, 64.7 | 90.4, 76.1, 53.7 |
| PolNeAR: whole attribution, cue | 65.9, 61.1 | 64.9, 60.9 |

The treebank rows were read before the bars of `nlp/layout.py`, the others with them. The rules behind the trees were written while reading errors
that the shipped weights make, NewsQuant's most of all, so the last four rows favour these.
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


def speed(sets: dict[str, list[str]]) -> dict[str, Any]:
    """Returns words a second of CPU time over slices of texts seen for the first time (median and best), and the CPU seconds that loading takes."""
    from dateline.nlp.load import load_base

    began = time.process_time()
    pipelines = {"all": load_base()}
    found: dict[str, Any] = {"load": f"{time.process_time() - began:.2f}", "sets": {}}
    pipelines["names"] = load_base(syntax=False)
    for nlp in pipelines.values():
        list(nlp.pipe(["Tables are compiled at the first text."]))
    for label, texts in sets.items():
        rates: dict[str, list[float]] = {name: [] for name in pipelines}
        for begin in range(0, len(texts), SLICE):
            part = texts[begin : begin + SLICE]
            for name, nlp in pipelines.items():
                began = time.process_time()
                list(nlp.pipe(part))
                rates[name].append(sum(len(text.split()) for text in part) / (time.process_time() - began))
        found["sets"][label] = [f"{statistics.median(measured):,.0f} ({max(measured):,.0f})" for measured in rates.values()]
    return found


def articles(path: Path, words: int, most: int) -> list[str]:
    """Returns sentences of a JSONL file put together to articles of so many words."""
    found: list[list[str]] = [[]]
    for line in path.open(encoding="utf-8"):
        found[-1].append(json.loads(line)["text"])
        if sum(len(text.split()) for text in found[-1]) >= words:
            if len(found) == most:
                break
            found.append([])
    return ["\n\n".join(parts) for parts in found]


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
    polnear = [json.loads(line)["text"] for line in (corpora / "claims" / "polnear_dev.jsonl").open(encoding="utf-8")]
    found["speed"] = speed(
        {"PolNeAR, whole articles": polnear, "Voice of America, 400 words each": articles(entities / "voa_news_text.jsonl", 400, 96)}
    )
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
        rows = [[label, *rates] for label, rates in speed["sets"].items()]
        parts.append(SPEED.format(slice=SLICE, load=speed["load"], table=table(["words/s", "everything", "names alone"], rows)) + "\n")
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
