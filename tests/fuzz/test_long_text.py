"""An article of half a million characters costs what its words cost: no component of ours asks each thing in it about every other."""

from __future__ import annotations

import gc
import random
import time

import pytest
from spacy.language import Language

from dateline.model import Article
from dateline.nlp.components import ORDER
from dateline.nlp.load import load_nlp
from dateline.pipeline import make_doc
from speed import paragraphs

SHORT, LONG = 30_000, 500_000
# Seconds a character of the long text to those of the short one: 0.4 to 1.2. What asked all pairs took 4 to 7 times as many.
MOST = 3.0
TRIES = 4  # What else is at work takes the processor's cache away, now and then.


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


@pytest.mark.integration  # It takes a quarter of a minute of a processor, more where it has to try again.
def test_each_component_takes_time_that_grows_with_the_text() -> None:
    nlp = load_nlp()
    seconds_of(nlp, SHORT)  # What is loaded at first use is no part of it.
    short = least([seconds_of(nlp, SHORT) for _ in range(3)])
    long: list[dict[str, float]] = []
    slow: dict[str, float] = {}
    for _ in range(TRIES):
        long.append(seconds_of(nlp, LONG))
        ratios = {name: round(seconds / short[name], 1) for name, seconds in least(long).items() if name.startswith("dateline_")}
        slow = {name: ratio for name, ratio in ratios.items() if ratio > MOST}
        if not slow:
            break
    assert ratios.keys() == {"dateline_lines", "dateline_names", *ORDER}
    assert slow == {}


def least(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return the least of each component."""
    return {name: min(run[name] for run in runs) for name in runs[0]}
