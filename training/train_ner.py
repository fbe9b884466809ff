"""Trains the entity recognizer on the corpora, their copies with replaced names, own template news and silver news.

Each epoch draws new replacements, new template articles and new groupings of sentences, all from one seed.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

import spacy
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch
from thinc.api import Adam, Config

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
import scoring
from mentions import LABELS, Passage, load_training
from replace import Cast, recased, replaced
from tokenizer import blank_pipeline

import dateline.nlp.features  # noqa: F401  (registers the architecture)

Group = tuple[str, list[tuple[int, int, str]]]


def chunks(passages: list[Passage], rng: random.Random, longest: int = 6) -> list[list[Passage]]:
    """Groups neighbouring passages of one document at random."""
    out: list[list[Passage]] = []
    want = 0
    for passage in passages:
        if out and len(out[-1]) < want and passage.doc is not None and out[-1][-1].doc == passage.doc:
            out[-1].append(passage)
        else:
            out.append([passage])
            want = rng.randint(1, longest)
    return out


def join(passages: list[Passage], rng: random.Random) -> Group:
    """Joins passages to one text: with blanks, line ends or blank lines."""
    gap = rng.choice([" ", " ", "\n\n", "\n"])
    text, spans = "", []
    for passage in passages:
        if text:
            text += gap
        spans += [(s + len(text), e + len(text), x) for s, e, x in passage.spans]
        text += passage.text
    return text, spans


def epoch(sets: dict[str, list[Passage]], rng: random.Random, original: float, swapped: float, extra: list, case: float) -> list[Group]:
    """Returns the texts of one epoch.

    Args:
        original: Share of the chunks of GUM and WikiGold that come as they are (the other corpora always do).
        case: Share of the chunks whose case is changed.
        swapped: Share that comes (also) with replaced names.
        extra: Functions rng -> list[Group] that add generated text.
    """
    groups: list[Group] = []
    for name, passages in sets.items():
        for chunk in chunks(passages, rng):
            copies = []
            if rng.random() < (original if name in {"gum", "wikigold"} else 1.0):
                copies.append(chunk)
            if rng.random() < swapped and any(p.spans for p in chunk):
                cast = Cast(rng)
                copies.append([replaced(p, cast, rng) for p in chunk])
            for copy in copies:
                if rng.random() < case:
                    copy = [recased(p, rng) for p in copy]
                groups.append(join(copy, rng))
    for make in extra:
        groups += make(rng)
    rng.shuffle(groups)
    return groups


def examples(nlp: spacy.Language, groups: list[Group]) -> list[Example]:
    """Returns examples; names that do not fall on token borders are dropped."""
    out = []
    for text, spans in groups:
        doc = nlp.make_doc(text)
        gold = nlp.make_doc(text)
        ents = [gold.char_span(s, e, label=x) for s, e, x in spans]
        gold.ents = spacy.util.filter_spans([e for e in ents if e is not None and not e[0].is_space and not e[-1].is_space])
        out.append(Example(doc, gold))
    return out


def main() -> None:
    """Trains and measures after every epoch; the averaged weights of the last one are kept, so no measured set chooses them."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpora", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--start", type=Path, help="go on from this pipeline")
    args.add_argument("--epochs", type=int, default=4)
    args.add_argument("--rate", type=float, default=0.001)
    args.add_argument("--final-rate", type=float, default=0.0002)
    args.add_argument("--original", type=float, default=0.7)
    args.add_argument("--swapped", type=float, default=1.0)
    args.add_argument("--case", type=float, default=0.12, help="share of the chunks in Title Case, capitals or small letters")
    args.add_argument("--templates", type=int, default=0, help="template articles an epoch")
    args.add_argument("--silver", type=Path, help="silver passages (JSON lines with text, spans, doc)")
    args.add_argument("--silver-share", type=float, default=0.3)
    args.add_argument("--silver-swapped", type=float, default=0.6, help="share of the silver chunks that come with replaced names")
    args.add_argument("--re3d-half", type=int, default=0, help="-1: all")
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--words", type=int, default=900, help="words a batch")
    args.add_argument("--drop", type=float, default=0.15)
    args.add_argument("--texts", type=int, help="texts an epoch at most, for a trial run")
    args.add_argument("--no-lists", action="store_true", help="word-list columns of one row, which say nothing")
    args.add_argument("--unknown", type=float, help="share of words made unknown (default: ner.cfg)")
    args.add_argument("--width", type=int, help="of the embedding and the CNN (default: ner.cfg, as the next two)")
    args.add_argument("--depth", type=int, help="layers of the CNN")
    args.add_argument("--rows", type=float, default=1.0, help="share of the embedding rows of ner.cfg, word lists apart")
    args.add_argument("--weights", type=Path, help="weights of embedding and CNN to begin with (pretrain.py)")
    opt = args.parse_args()
    rng = random.Random(opt.seed)
    fix_random_seed(opt.seed)

    config = Config().from_disk(Path(__file__).parent / "ner.cfg")
    network = config["components"]["ner"]["model"]["tok2vec"]
    embed, encode = network["embed"], network["encode"]
    embed["width"] = encode["width"] = opt.width or encode["width"]
    encode["depth"] = opt.depth or encode["depth"]
    embed["rows"] = [int(count * opt.rows) for count in embed["rows"]]
    if opt.no_lists:
        embed["name_rows"] = [1 for _ in embed["name_rows"]]
    if opt.unknown is not None:
        embed["unknown"] = opt.unknown
    nlp = spacy.load(opt.start) if opt.start else spacy.util.load_model_from_config(config, auto_fill=True)
    if not opt.start:
        nlp.tokenizer.from_bytes(blank_pipeline().tokenizer.to_bytes())
    sets = load_training(opt.corpora, None if opt.re3d_half < 0 else opt.re3d_half)
    sets["re3d"] = sets["re3d"] * 2
    sets["crossner"] = sets["crossner"] * 3
    extra = []
    if opt.templates:
        import grammar

        extra.append(lambda r: [grammar.article(r) for _ in range(opt.templates)])
    if opt.silver:
        rows = [json.loads(line) for line in opt.silver.open(encoding="utf-8")]
        silver = [Passage(r["text"], tuple(map(tuple, r["spans"])), r["doc"], "silver") for r in rows]

        def draw(r: random.Random) -> list[Group]:
            some = [c for c in chunks(silver, r) if r.random() < opt.silver_share]
            out = []
            for chunk in some:
                cast = Cast(r)
                chunk = [replaced(p, cast, r) for p in chunk] if r.random() < opt.silver_swapped else chunk
                out.append(join([recased(p, r) for p in chunk] if r.random() < opt.case else chunk, r))
            return out

        extra.append(draw)
    optimizer = Adam(opt.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    if not opt.start:
        sample = examples(nlp, [("x", [])])
        for label in LABELS:
            nlp.get_pipe("ner").add_label(label)
        nlp.initialize(lambda: sample)
        if opt.weights:
            nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].from_bytes(opt.weights.read_bytes())
    data = scoring.sets(opt.corpora)
    done = 0
    for number in range(opt.epochs):
        groups = epoch(sets, rng, opt.original, opt.swapped, extra, opt.case)[: opt.texts]
        started, seen, loss = time.process_time(), 0, {}
        total = sum(len(t.split()) for t, _ in groups)
        for part in minibatch(groups, 2000):
            made = examples(nlp, part)
            batch: list[Example] = []
            size = 0
            for example in [*made, None]:
                if example is not None:
                    batch.append(example)
                    size += len(example.x)
                if size >= opt.words or (example is None and batch):
                    progress = (number + min(1.0, seen / (1.2 * total))) / opt.epochs
                    optimizer.learn_rate = opt.rate + (opt.final_rate - opt.rate) * progress
                    nlp.update(batch, sgd=optimizer, drop=opt.drop, losses=loss)
                    seen += size
                    done += 1
                    batch, size = [], 0
        took = time.process_time() - started
        with nlp.use_params(optimizer.averages):
            scores = scoring.score(nlp, data)
            print(f"epoch {number} steps {done} words {seen} cpu {took:.0f}s {seen / took:.0f} w/s loss {loss['ner']:.0f} {scores}", flush=True)
            nlp.to_disk(opt.out)
    (opt.out / "scores.json").write_text(json.dumps(scores))


if __name__ == "__main__":
    main()
