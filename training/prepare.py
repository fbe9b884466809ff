"""Prepares what the training reads: the blank pipeline with the news tokenizer, the treebanks as DocBin, the name lists of the embedding.

Usage: prepare.py CORPORA_DIR OUT_DIR LEXICON_FILE [sentences of a treebank at most, for a trial run]
"""

import sys
from pathlib import Path

import lexicon
from tokenizer import blank_pipeline

import treebank


def main(corpora: Path, out: Path, lists: Path, most: int | None = None) -> None:
    """Writes out/ud.{train,dev}.spacy, the lexicon, and last of all out/blank."""
    out.mkdir(parents=True, exist_ok=True)
    nlp = blank_pipeline()
    treebank.write(corpora, out, nlp.vocab, most=most)
    lexicon.main(corpora, lists)
    nlp.to_disk(out / "blank")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *map(int, sys.argv[4:]))
