"""Pretrains the recognizer's embedding and CNN on raw news: `python training/pretrain.py CORPORA_DIR OUT_DIR [--sentences N] [--passes N]`.

spaCy's own pretraining: words are masked, and the network says the first and last letters of each from its neighbours. OUT_DIR/model-last.bin is for
train_ner.py --weights. Only ablate.py uses it; the shipped model was trained without.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import DEFAULT_CONFIG_PRETRAIN_PATH, Language
from spacy.tokenizer import Tokenizer
from spacy.training.pretrain import pretrain
from thinc.api import Config

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
from tokenizer import blank_pipeline

import dateline.nlp.features  # noqa: F401  (registers the architecture)


@spacy.registry.tokenizers("news_tokenizer.v1")
def news_tokenizer() -> Callable[[Language], Tokenizer]:
    """Returns what makes the tokenizer of the shipped pipeline."""
    return lambda nlp: Tokenizer(nlp.vocab).from_bytes(blank_pipeline().tokenizer.to_bytes())


def settings(raw: Path, passes: int) -> Config:
    """Returns spaCy's pretraining configuration around the network of ner.cfg."""
    network = Config().from_disk(Path(__file__).parent / "ner.cfg")["components"]["ner"]["model"]["tok2vec"]
    # In the recognizer a linear layer stands behind the network; the objective wants it bare, so it is a component here.
    config = Config(
        {
            "nlp": {"lang": "en", "pipeline": ["tok2vec"], "tokenizer": {"@tokenizers": "news_tokenizer.v1"}},
            "components": {"tok2vec": {"factory": "tok2vec", "model": network}},
            "training": {"seed": 5},
        }
    )
    filled = spacy.util.load_model_from_config(config, auto_fill=True).config
    filled = Config().from_disk(DEFAULT_CONFIG_PRETRAIN_PATH).merge(filled)
    filled["corpora"]["pretrain"]["path"] = str(raw)
    filled["pretraining"] |= {"max_epochs": passes, "dropout": 0.1}
    filled["pretraining"]["batcher"]["size"] = 1500
    return filled


def main() -> None:
    """Pretrains and says what it took."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpora", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--sentences", type=int, help="of the news, at most")
    args.add_argument("--passes", type=int, default=1)
    opt = args.parse_args()
    opt.out.mkdir(parents=True, exist_ok=True)
    raw = opt.out / "raw.jsonl"  # spaCy's reader has a limit but does not keep to it.
    with (opt.corpora / "entities" / "voa_news_text.jsonl").open(encoding="utf-8") as news:
        raw.write_text("".join(itertools.islice(news, opt.sentences)), encoding="utf-8")
    began = time.process_time()
    pretrain(settings(raw, opt.passes), opt.out, silent=False)
    print(f"cpu {time.process_time() - began:.0f}s")


if __name__ == "__main__":
    main()
