"""What each lever of the names is worth by itself: `python training/ablate.py CORPORA_DIR WORK_DIR MEASURED.json`.

The recognizer is trained anew for a short time (the same texts an epoch and the same seed for all) with everything, then with one thing left out or
changed: the size of the network, the length of the training, weights pretrained on raw news. Another seed says how much chance does.
What stands behind the network is left out of the shipped pipeline instead. WORK_DIR is that of make.py: silver.jsonl must lie there.
Differences under three points mean little after so short a training.
"""

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import spacy

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import scoring
import tokenizer  # noqa: F401  (chooses the fast matrix product)
from make import stage

from dateline.nlp import agreement
from dateline.nlp.load import load_base
from entities import title_cased

FULL, NO_CASE = "network alone, short training", "- case changes"
SETS = ("dev", "wikinews", "uner_ewt.test", "crossner_politics.dev", "re3d.half")


def folder(work: Path, name: str) -> Path:
    """Returns where the network of a row lies."""
    return work / ("ablation" + "".join(c for c in name if c.isalnum()))


def trained(corpora: Path, work: Path, texts: int) -> dict[str, dict[str, float]]:
    """Returns the raw scores of the short trainings by what was left out."""
    weights = work / "pretrained" / "model-last.bin"
    full = {"--swapped": "0.6", "--case": "0.1", "--templates": "1600", "--silver": str(work / "silver.jsonl")}
    variants: dict[str, tuple[dict[str, str], list[str]]] = {
        FULL: (full, []),
        "- word-list columns": (full, ["--no-lists"]),
        "- words made unknown": (full, ["--unknown", "0"]),
        "- mention replacement": (full | {"--swapped": "0", "--silver-swapped": "0"}, []),
        NO_CASE: (full | {"--case": "0"}, []),
        "- template news": (full | {"--templates": "0"}, []),
        "- silver news": ({k: v for k, v in full.items() if k != "--silver"}, []),
        "width 64 for 96": (full | {"--width": "64"}, []),
        "width 128": (full | {"--width": "128"}, []),
        "depth 2 for 4": (full | {"--depth": "2"}, []),
        "depth 6": (full | {"--depth": "6"}, []),
        "half of the embedding rows": (full | {"--rows": "0.5"}, []),
        "pretrained on raw news": (full | {"--weights": str(weights)}, []),
        "three times the texts": (full | {"--epochs": "3"}, []),
        "another seed": (full | {"--seed": "6"}, []),
        "another seed, pretrained": (full | {"--seed": "6", "--weights": str(weights)}, []),
    }
    stage(weights, "pretrain.py", corpora, weights.parent)
    found = {}
    for name, (options, more) in variants.items():
        out = folder(work, name)
        words = [x for pair in ({"--epochs": "1", "--seed": "5"} | options).items() for x in pair]
        stage(out / "scores.json", "train_ner.py", corpora, out, "--texts", texts, "--final-rate", 0.0001, *words, *more)
        found[name] = json.loads((out / "scores.json").read_text())
    return found


def headlines(corpora: Path, work: Path) -> dict[str, dict[str, float]]:
    """Returns what case changes are worth where they are meant to help: every text in Title Case."""
    data = {name: [(title_cased(text), gold) for text, gold in rows] for name, rows in scoring.sets(corpora).items()}
    return {f"{name}; texts in Title Case": scoring.score(spacy.load(folder(work, name)), data, SETS) for name in (FULL, NO_CASE)}


def behind_the_network(corpora: Path) -> dict[str, dict[str, float]]:
    """Returns the scores of the shipped pipeline by what was left out behind the network."""
    data = scoring.sets(corpora)
    whole = {"lists": True, "agree": True}
    found = {}
    for name, options, patches in (
        ("shipped pipeline", whole, ()),
        ("- lists and patterns", whole | {"lists": False}, ()),
        ("- agreement over the document", whole | {"agree": False}, ()),
        ("- of that: one type for all mentions of a name", whole, (patch.object(agreement.Evidence, "label", lambda _, doc, ent: ent.label_),)),
        ("- of that: types of conjoined names", whole, (patch.object(agreement, "coordinated", lambda doc, ents: iter(())),)),
        ("- of that: repeats found by the first mention", whole, (patch.object(agreement, "repeats", lambda doc, ents: []),)),
        ("- lists, patterns and agreement", {"lists": False, "agree": False}, ()),
    ):
        nlp = load_base(syntax=False)
        nlp.remove_pipe("dateline_names")
        nlp.add_pipe("dateline_names", config=options)
        with ExitStack() as stack:
            for part in patches:
                stack.enter_context(part)
            found[name] = scoring.score(nlp, data, SETS)
    return found


def main() -> None:
    """Measures and adds the table to MEASURED.json."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpora", type=Path)
    args.add_argument("work", type=Path)
    args.add_argument("measured", type=Path)
    args.add_argument("--texts", type=int, default=8000)
    opt = args.parse_args()
    scores = trained(opt.corpora, opt.work, opt.texts) | headlines(opt.corpora, opt.work) | behind_the_network(opt.corpora)
    measured = json.loads(opt.measured.read_text())
    measured["levers"] = [[name, *(row[s] for s in SETS)] for name, row in scores.items()]
    opt.measured.write_text(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
