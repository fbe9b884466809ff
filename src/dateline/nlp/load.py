"""Build the NLP object: the shipped pipeline or the user's own, with Dateline's components behind it."""

from __future__ import annotations

import os
from pathlib import Path

import spacy
from spacy.language import Language

from dateline.nlp import components

MODEL_FOLDER = Path(__file__).resolve().parent / "model"


def load_nlp(model: str | None = None, *, extractors: tuple[str, ...] = components.ORDER) -> Language:
    """Return the pipeline: `model` (package or path), else DATELINE_MODEL, else the shipped one; then the extractors.

    Raises:
        EnvironmentProblem: The configured model is not installed or not readable.
    """
    name = model or os.environ.get("DATELINE_MODEL")
    if name:
        nlp = spacy.load(name)
    elif MODEL_FOLDER.is_dir():
        nlp = spacy.load(MODEL_FOLDER)
    else:
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
    for factory in extractors:
        nlp.add_pipe(factory)
    return nlp
