"""Build the NLP object: the shipped pipeline, the user's own recognizer if one is configured, and Dateline's components behind it.

The extractors read Universal Dependencies trees, which spaCy's own `en_core_web_*` do not make (there, prepositions are heads). So a configured
pipeline replaces only the entity recognizer: it reads the same text, and its spans are mapped to Dateline's types and tokens.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans
from thinc.api import Model, NumpyOps

from dateline.errors import EnvironmentProblem
from dateline.nlp import MODEL_FOLDER, ONE_THREAD, components, features, inference, layout, lemmas, names, transitions
from dateline.nlp.long_words import Bounded

# The custom architecture and the factories register themselves at import; a saved pipeline cannot be read without them.
REGISTERED = (features.name_hash_embed, layout.make_lines, names.make_names)

# Label schemes of other pipelines: OntoNotes (en_core_web_*), CoNLL (PER, MISC) and others that say the same. None: not a name in Dateline.
LABELS: dict[str, str | None] = {
    **{label: label for label in names.LABELS},
    "PER": "PERSON", "LOCATION": "LOC", "ORGANIZATION": "ORG", "FACILITY": "FAC",
    "PRODUCT": None, "MISC": None, "LAW": None, "LANGUAGE": None, "WORK_OF_ART": None, "DATE": None, "TIME": None,
    "PERCENT": None, "MONEY": None, "QUANTITY": None, "ORDINAL": None, "CARDINAL": None,
}  # fmt: skip
# Texts that the parser and the recognizer take a step at once: with more there is nothing to gain but memory to lose.
BATCH = 16
_SYNTAX = ("tok2vec", "tagger", "morphologizer", "parser", "senter", "lemmatizer", "dateline_lines")


def configured(model: str | None = None) -> str | None:
    """Return the pipeline that replaces the shipped recognizer: the argument, else DATELINE_MODEL, else None."""
    return model or os.environ.get("DATELINE_MODEL") or None


_OTHER = "Install it (python -m spacy download ...), give the path of its folder, or unset DATELINE_MODEL to use the shipped one."
_SHIPPED = "It is part of the package: install that again."


def _read(name: str | Path, *, exclude: Sequence[str] = (), remedy: str = _OTHER) -> Language:
    try:
        return spacy.load(name, exclude=[*exclude])
    except Exception as problem:  # A damaged file fails in whatever way its reader falls over it: KeyError, unpacking, shapes.
        first = str(problem).split("\n", 1)[0]
        reason = f"The spaCy pipeline could not be loaded: {first or type(problem).__name__}"
        raise EnvironmentProblem(reason, where=str(name), remedy=remedy) from None


def _with_fast_product(nlp: Language) -> Language:
    """Let the networks multiply by numpy instead of BLIS where that is one thread: the whole pipeline runs about 1.6 times as fast."""
    if ONE_THREAD:
        ops = NumpyOps(use_blis=False)
        for _, component in nlp.pipeline:
            if isinstance(model := getattr(component, "model", None), Model):
                for node in model.walk():
                    node.ops = ops
    return nlp


@Language.factory("dateline_other_names", default_config={"model": ""})
def make_other_names(nlp: Language, name: str, model: str) -> Callable[[Doc], Doc]:
    """Entities of another pipeline, mapped to our types. WEAPON comes from the ruler then: PRODUCT mixes it with phones."""
    other = _read(model)

    def recognize(doc: Doc) -> Doc:
        spans = []
        for ent in other(doc.text).ents:
            label = LABELS.get(ent.label_)
            span = doc.char_span(ent.start_char, ent.end_char, label=label, alignment_mode="contract") if label else None
            if span is not None:
                spans.append(span)
        doc.ents = filter_spans(spans)
        return doc

    return recognize


def load_base(model: str | None = None, *, syntax: bool = True) -> Language:
    """Return tagger, parser, lemmatizer and names without the extractors; `syntax=False` leaves out all but the names (twice as fast)."""
    if not MODEL_FOLDER.is_dir():  # A source tree before its first training run: enough for dates and figures.
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        return nlp
    other = configured(model)
    excluded = (() if syntax else _SYNTAX) + (("ner",) if other else ())
    nlp = _read(MODEL_FOLDER, exclude=[*excluded, "senter"] if syntax else excluded, remedy=_SHIPPED)
    if syntax:
        nlp.add_pipe("dateline_lines", before="parser")
    if other:
        nlp.add_pipe("dateline_other_names", config={"model": other})
    nlp.add_pipe("dateline_names")
    nlp.batch_size = BATCH
    nlp.tokenizer = Bounded(nlp.tokenizer)
    return lemmas.speed_up(transitions.speed_up(inference.speed_up(_with_fast_product(nlp))))


def load_nlp(model: str | None = None, *, extractors: tuple[str, ...] = components.ORDER) -> Language:
    """Return the pipeline; `model` (package or path), else DATELINE_MODEL, names a pipeline that replaces the shipped recognizer.

    Raises:
        EnvironmentProblem: The configured pipeline is not installed or not readable.
    """
    nlp = load_base(model)
    for factory in extractors:
        nlp.add_pipe(factory)
    return nlp


def describe(model: str | None = None) -> dict[str, str]:
    """Return what `dateline doctor` says of the language layer: pipeline, version, licence, where the names come from, and scores."""
    blank: dict[str, Any] = {"name": "blank", "version": "0"}
    meta: dict[str, Any] = dict(spacy.util.load_meta(MODEL_FOLDER / "meta.json")) if MODEL_FOLDER.is_dir() else blank
    scores: dict[str, Any] = meta.get("performance") or {}
    return {
        "pipeline": f"{meta['name']} {meta['version']} (shipped)",
        "names": configured(model) or "shipped",
        "license": str(meta.get("license", "")),
        "scores": ", ".join(f"{name} {value}" for name, value in scores.items() if isinstance(value, int | float)),
    }
