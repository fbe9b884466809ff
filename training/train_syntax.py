"""Second stage for the syntax: goes on from `spacy train syntax.cfg` with new sentence groupings every epoch and a falling learning rate."""

import argparse
import random
import time
from pathlib import Path

import spacy
import tokenizer  # noqa: F401  (chooses the fast matrix product)
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam

from treebank import documents, read_conllu, recased


def main() -> None:
    """Trains and keeps the best by tags, trees and sentence borders on the development part."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("start", type=Path)
    args.add_argument("corpora", type=Path)
    args.add_argument("dev", type=Path, help="ud.dev.spacy of prepare.py")
    args.add_argument("out", type=Path)
    args.add_argument("--steps", type=int, default=4500)
    args.add_argument("--rate", type=float, default=0.0008)
    args.add_argument("--words", type=int, default=1400)
    args.add_argument("--every", type=int, default=900)
    args.add_argument("--seed", type=int, default=11)
    opt = args.parse_args()
    rng = random.Random(opt.seed)
    fix_random_seed(opt.seed)
    nlp = spacy.load(opt.start)
    folder = opt.corpora / "entities" / "ud"
    banks = [list(read_conllu(folder / "en_ewt-ud-train.conllu")), list(read_conllu(folder / "en_gum-ud-train.open.conllu"))]
    dev = list(DocBin().from_disk(opt.dev).get_docs(nlp.vocab))
    optimizer = Adam(opt.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    best, step = 0.0, 0
    began = time.process_time()
    while step < opt.steps:
        docs = []
        for bank in banks:
            docs += documents(bank, nlp.vocab, rng, longest=14)
            docs += documents(recased(bank, 0.05, rng), nlp.vocab, rng, longest=2)
        rng.shuffle(docs)
        batch: list[Example] = []
        size = 0
        for doc in docs:
            batch.append(Example(nlp.make_doc(doc.text), doc))
            size += len(doc)
            if size < opt.words:
                continue
            optimizer.learn_rate = opt.rate * (1 - 0.95 * step / opt.steps)
            nlp.update(batch, sgd=optimizer, drop=0.12)
            batch, size = [], 0
            step += 1
            if step % opt.every == 0 or step == opt.steps:
                with nlp.use_params(optimizer.averages):
                    s = nlp.evaluate([Example(nlp.make_doc(d.text), d) for d in dev])
                    mean = 0.4 * s["dep_las"] + 0.3 * s["tag_acc"] + 0.3 * s["sents_f"]
                    print(
                        f"step {step} cpu {time.process_time() - began:.0f}s "
                        + " ".join(f"{k} {100 * s[k]:.2f}" for k in ("tag_acc", "dep_uas", "dep_las", "sents_f")),
                        flush=True,
                    )
                    if mean > best:
                        best = mean
                        nlp.to_disk(opt.out)
            if step >= opt.steps:
                break


if __name__ == "__main__":
    main()
