"""An article of half a million characters costs what its words cost: no component asks each thing in it about every other."""

from __future__ import annotations

import gc
import random
import time

import pytest
from spacy.language import Language

from dateline.model import Article
from dateline.nlp.load import load_nlp
from dateline.pipeline import make_doc
from speed import paragraphs

SHORT, LONG = 30_000, 500_000
# Seconds a character of the long text to those of the short one: 0.4 to 1.5. What asked all pairs took 4 to 7 times as many.
MOST = 2.5


def text_of(size: int) -> str:
    chosen = random.Random(size)
    parts: list[str] = []
    known = paragraphs([])
    while sum(map(len, parts)) < size:
        parts.append(chosen.choice(known))
    return "\n\n".join(parts)[:size]


def seconds_of(nlp: Language, size: int) -> dict[str, float]:
    """Return the CPU seconds that each component takes for a character."""
    doc = make_doc(nlp, Article(document_id=f"doc_{size}", text=text_of(size), source="test"))
    seconds = {}
    gc.collect()
    gc.disable()
    try:
        for name, component in nlp.pipeline:
            began = time.process_time()
            doc = component(doc)
            seconds[name] = (time.process_time() - began) / size
    finally:
        gc.enable()
    return seconds


@pytest.mark.integration  # Nothing else should take the processor meanwhile, and it takes a quarter of a minute.
def test_each_component_takes_time_that_grows_with_the_text() -> None:
    nlp = load_nlp()
    seconds_of(nlp, SHORT)  # What is loaded at first use is no part of it.
    short = [seconds_of(nlp, SHORT) for _ in range(3)]
    long = [seconds_of(nlp, LONG)]
    ratios = {name: min(run[name] for run in long) / min(run[name] for run in short) for name in long[0]}
    if max(ratios.values()) > MOST:  # Something else was at work: once more, before it is said.
        long.append(seconds_of(nlp, LONG))
        ratios = {name: min(run[name] for run in long) / min(run[name] for run in short) for name in long[0]}
    assert len(ratios) > 10
    assert {name: round(ratio, 1) for name, ratio in ratios.items() if ratio > MOST} == {}
