"""Floors of the date scores on annotated corpora beside the checkout. They only rise; each is half a point under what was measured."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
import spacy

from dateline.exchange import date_json
from dateline.extract.dates import extract_dates
from dateline.nlp import components
from dateline.normalize.dates import normalize_dates
from dateline.read.jsonl import article_from_record

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FLOORS = [
    ("corpora/dates/te3_timebank.jsonl", 82.2, 90.7),
    ("corpora/dates/te3_aquaint.jsonl", 75.5, 83.5),
    ("corpora/dates/tbaq_artime_corrected.jsonl", 86.3, 88.4),
    ("corpora/dates/wikiwars.jsonl", 85.5, 88.2),
    ("gold/dev.jsonl", 97.5, 97.0),
    ("gold/wikinews_dev.jsonl", 92.0, 94.0),
]


def load(path: Path) -> ModuleType:
    """Return a program that is no module of a package."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.corpora
@pytest.mark.parametrize(("name", "value", "strict"), FLOORS)
def test_scores_hold_and_both_scorers_agree(name: str, value: float, strict: float) -> None:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside the checkout")
    assert components.make_dates  # Importing the module registers doc._.published.
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    gold, found = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        doc = nlp(record["text"])
        doc._.published = article_from_record(record, source=name).published_at
        key = "timexes" if "timexes" in record else "dates"
        gold[record["id"]] = {"timexes": record[key]}
        found[record["id"]] = {"timexes": [date_json(fact) for fact in normalize_dates(doc, extract_dates(doc))[0]]}
    ours = load(ROOT / "benchmarks" / "timex_score.py")
    total = ours.count((gold[key]["timexes"], found[key]["timexes"]) for key in gold)
    assert total.f1(total.value) >= value
    assert total.f1(total.strict) >= strict
    theirs = load(SHARED / "score" / "dates.py").score(gold, found)
    assert total.f1(total.value) == pytest.approx(100 * theirs["value_F1"], abs=0.01)
    assert total.f1(total.strict) == pytest.approx(100 * theirs["strict_F1"], abs=0.01)
