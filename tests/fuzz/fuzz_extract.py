"""Coverage-guided fuzzing of the extractors with atheris: `python tests/fuzz/fuzz_extract.py -max_total_time=300 -max_len=600 -timeout=30 [CORPUS]`.

Needs `pip install atheris` (Linux, macOS). An input is the text of an article, whose first byte chooses when it was published. A crash is an
exception of any component (they are called one by one, so nothing catches it), a fact that does not point at its words, or a row that cannot be
stored; a hang is what libFuzzer's -timeout says.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import atheris

with atheris.instrument_imports(include=["dateline.extract", "dateline.normalize"]):
    from dateline.exchange import facts_json
    from dateline.model import Article
    from dateline.nlp.load import load_nlp
    from dateline.pipeline import facts_of, make_doc
    from dateline.warehouse.rows import rows_of

_DATES = (None, datetime(2024, 8, 12, 10, tzinfo=UTC), datetime(2025, 1, 1), datetime(1900, 2, 28))
_NLP = load_nlp()


def one_input(data: bytes) -> None:
    """Extract the facts of a text."""
    text = data[1:].decode("utf-8", "replace")
    published = _DATES[data[0] % len(_DATES)] if data else None
    article = Article(document_id="doc_fuzz", text=text, published_at=published, source="fuzz")
    with _NLP.memory_zone():
        doc = make_doc(_NLP, article)
        for _, component in _NLP.pipeline:
            doc = component(doc)
        facts = facts_of(doc)
    for kind in (facts.entities, facts.places, facts.figures, facts.dates, facts.claims):
        for fact in kind:
            assert text[fact.start : fact.end] == fact.text, fact
    rows_of(article, facts, run_id="r", extractor_version="1")
    json.dumps(facts_json(article, facts))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
