"""Tagger, morphology, lemmas, trees and sentence borders of the shipped pipeline on a treebank in CoNLL-U.

    python benchmarks/treebank.py FILE.conllu [--json]

Whole documents are read as running text and cut into tokens and sentences by the pipeline itself, in two forms: with a blank line wherever the
treebank starts a paragraph (`# newpar`; UD's own definition of raw text, and what articles look like), and with all sentences joined by blanks,
headings and list items too. Scores are over aligned tokens, as spaCy's scorer has them; punctuation counts neither for UAS nor for LAS, and the
blank lines for nothing. Words a second are CPU time.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from dateline.nlp.load import load_base

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))
from treebank import documents, read_conllu  # type: ignore[import-not-found]  # training/ is on the path.

SHOWN = {"tag_acc": "tag", "pos_acc": "pos", "lemma_acc": "lemma", "dep_uas": "UAS", "dep_las": "LAS", "sents_f": "sentence F"}


def measure(nlp: Language, sentences: list[Any], paragraphs: bool) -> dict[str, float]:
    """Return the scores on whole documents."""
    gold = list(documents(sentences, nlp.vocab, None, paragraphs=paragraphs))
    began = time.process_time()
    predicted = list(nlp.pipe(doc.text for doc in gold))
    seconds = time.process_time() - began
    scores = Scorer(nlp).score([Example(p, g) for p, g in zip(predicted, gold, strict=True)])
    out = {label: round(100 * scores[key], 1) for key, label in SHOWN.items() if scores.get(key) is not None}
    return {**out, "words/s": round(sum(len(d) for d in gold) / seconds)}


def main() -> None:
    """Print the scores of both forms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    nlp = load_base()
    for name in ("ner", "dateline_names"):
        nlp.disable_pipe(name)
    sentences = list(read_conllu(options.file))
    forms = {"paragraphs": measure(nlp, sentences, True), "joined": measure(nlp, sentences, False)}
    if options.json:
        print(json.dumps(forms))
    else:
        for form, scores in forms.items():
            print(f"{options.file.name}, {form}: " + ", ".join(f"{k} {v}" for k, v in scores.items()))


if __name__ == "__main__":
    main()
