"""Tagger, morphology, lemmas, trees and sentence borders of the shipped pipeline on a treebank in CoNLL-U.

    python benchmarks/treebank.py FILE.conllu [--json]

Whole documents are read as running text (sentences joined by blanks) and cut into tokens and sentences by the pipeline itself. Scores are over
aligned tokens, as spaCy's scorer has them; punctuation counts neither for UAS nor for LAS.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from spacy.training import Example

from dateline.nlp.load import load_base

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))
from treebank import documents, read_conllu  # type: ignore[import-not-found]  # training/ is on the path.

SHOWN = {"tag_acc": "tag", "pos_acc": "pos", "lemma_acc": "lemma", "dep_uas": "UAS", "dep_las": "LAS", "sents_f": "sentence F"}


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    nlp = load_base()
    for name in ("ner", "dateline_names"):
        nlp.disable_pipe(name)
    gold = list(documents(list(read_conllu(options.file)), nlp.vocab, None))
    began = time.perf_counter()
    predicted = list(nlp.pipe(doc.text for doc in gold))
    seconds = time.perf_counter() - began
    scores = nlp.evaluate([Example(p, g) for p, g in zip(predicted, gold, strict=True)])
    out = {label: round(100 * scores[key], 1) for key, label in SHOWN.items() if scores.get(key) is not None}
    out["words/s"] = round(sum(len(d) for d in gold) / seconds)
    print(json.dumps(out) if options.json else f"{options.file.name}: " + ", ".join(f"{k} {v}" for k, v in out.items()))


if __name__ == "__main__":
    main()
