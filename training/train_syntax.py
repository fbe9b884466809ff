"""Trains the syntax (syntax.cfg) on the treebanks: new groups of sentences every epoch, a rising and then falling rate, averaged weights."""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam, Config

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
from tokenizer import blank_pipeline

import dateline.nlp.features  # noqa: F401  (registers the architecture)
from treebank import Sentence, documents, read_conllu, recased

SHOWN = ("tag_acc", "pos_acc", "morph_acc", "dep_uas", "dep_las", "sents_f")


def blank_syntax(treebanks: Path) -> Language:
    """Returns the untrained pipeline, its labels taken from the treebanks."""
    config = Config().from_disk(Path(__file__).parent / "syntax.cfg")
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    nlp.tokenizer.from_bytes(blank_pipeline().tokenizer.to_bytes())  # Not the object: it has a vocabulary of its own.
    sample = [Example(nlp.make_doc(doc.text), doc) for doc in DocBin().from_disk(treebanks).get_docs(nlp.vocab)]
    nlp.initialize(lambda: sample)
    return nlp


def batches(nlp: Language, banks: list[list[Sentence]], rng: random.Random, words: int) -> Iterator[list[Example]]:
    """Yields batches without end; each pass over the treebanks groups the sentences anew and changes the case of some."""
    while True:
        docs: list[Doc] = []
        for bank in banks:
            docs += documents(bank, nlp.vocab, rng, longest=14)
            docs += documents(recased(bank, 0.05, rng), nlp.vocab, rng, longest=2)
        rng.shuffle(docs)
        batch: list[Example] = []
        size = 0
        for doc in docs:
            batch.append(Example(nlp.make_doc(doc.text), doc))
            size += len(doc)
            if size >= words:
                yield batch
                batch, size = [], 0


def main() -> None:
    """Trains and keeps the best by tags, trees and sentence borders on the development part."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("corpora", type=Path)
    args.add_argument("data", type=Path, help="folder with ud.{train,dev}.spacy of prepare.py")
    args.add_argument("out", type=Path)
    args.add_argument("--start", type=Path, help="go on from this pipeline")
    args.add_argument("--steps", type=int, default=8500)
    args.add_argument("--stop", type=int, help="stop after this step, as if all were to come")
    args.add_argument("--rate", type=float, default=0.0014)
    args.add_argument("--warm", type=int, default=250, help="steps to reach the rate")
    args.add_argument("--drop", type=float, default=0.15)
    args.add_argument("--words", type=int, default=1400)
    args.add_argument("--every", type=int, default=850)
    args.add_argument("--seed", type=int, default=11)
    opt = args.parse_args()
    rng = random.Random(opt.seed)
    fix_random_seed(opt.seed)
    folder = opt.corpora / "entities" / "ud"
    banks = [list(read_conllu(folder / "en_ewt-ud-train.conllu")), list(read_conllu(folder / "en_gum-ud-train.open.conllu"))]
    nlp = spacy.load(opt.start) if opt.start else blank_syntax(opt.data / "ud.train.spacy")
    dev = list(DocBin().from_disk(opt.data / "ud.dev.spacy").get_docs(nlp.vocab))
    optimizer = Adam(opt.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    best = 0.0
    began = time.process_time()
    for step, batch in enumerate(batches(nlp, banks, rng, opt.words), start=1):
        optimizer.learn_rate = opt.rate * min(step / opt.warm, 1 - 0.97 * (step - opt.warm) / max(1, opt.steps - opt.warm))
        nlp.update(batch, sgd=optimizer, drop=opt.drop)
        if step % opt.every == 0 or step in (opt.stop, opt.steps):
            with nlp.use_params(optimizer.averages):
                scores = nlp.evaluate([Example(nlp.make_doc(d.text), d) for d in dev])
                mean = 0.4 * scores["dep_las"] + 0.4 * scores["tag_acc"] + 0.2 * scores["sents_f"]
                shown = " ".join(f"{k} {100 * scores[k]:.2f}" for k in SHOWN)
                print(f"step {step} cpu {time.process_time() - began:.0f}s {shown}", flush=True)
                if mean > best:
                    best = mean
                    nlp.to_disk(opt.out)
        if step in (opt.stop, opt.steps):
            break


if __name__ == "__main__":
    main()
