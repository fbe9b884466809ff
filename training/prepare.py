"""Prepares what the training reads: the blank pipeline with the news tokenizer, the treebanks as DocBin, the name lists of the embedding.

Usage: prepare.py CORPORA_DIR OUT_DIR LEXICON_FILE
"""

import sys
from pathlib import Path

import lexicon
from tokenizer import blank_pipeline

import treebank


def main(corpora: Path, out: Path, lists: Path) -> None:
    """Writes out/ud.{train,dev}.spacy, the lexicon, and last of all out/blank."""
    out.mkdir(parents=True, exist_ok=True)
    nlp = blank_pipeline()
    treebank.write(corpora, out, nlp.vocab)
    lexicon.main(corpora, lists)
    nlp.to_disk(out / "blank")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
