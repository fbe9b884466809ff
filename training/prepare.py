"""Prepares what the training reads: the blank pipeline with the news tokenizer, the treebanks as DocBin, the name lists of the embedding.

Usage: prepare.py CORPORA_DIR OUT_DIR
"""

import sys
from pathlib import Path

import lexicon
from tokenizer import blank_pipeline

import treebank


def main(corpora: Path, out: Path) -> None:
    """Writes out/blank, out/ud.{train,dev}.spacy and src/dateline/nlp/lexicon.msgpack.gz."""
    out.mkdir(parents=True, exist_ok=True)
    nlp = blank_pipeline()
    nlp.to_disk(out / "blank")
    treebank.write(corpora, out, nlp.vocab)
    lexicon.main(corpora)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
