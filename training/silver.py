"""Labels raw news with the best recognizer so far: silver passages for self-training.

Usage: silver.py PIPELINE CORPORA OUT.jsonl [share]. Sentences are labelled with their neighbours as context; those in which the recognizer and the
document-level rules contradict each other are left out.
"""

import json
import random
import sys
from pathlib import Path

import spacy

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
import tokenizer  # noqa: F401  (chooses the fast matrix product)
from mentions import demonyms, place_label

from dateline.nlp import features, layout, names  # noqa: F401


def main(pipeline: Path, corpora: Path, out: Path, share: float) -> None:
    """Writes the silver passages."""
    nlp = spacy.load(pipeline)
    rng = random.Random(5)
    with (corpora / "entities" / "voa_news_text.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    groups = [texts[i : i + 5] for i in range(0, len(texts), 5)]
    groups = [g for g in groups if rng.random() < share]
    kept = dropped = 0
    with out.open("w", encoding="utf-8") as sink:
        for number, (doc, group) in enumerate(zip(nlp.pipe(" ".join(g) for g in groups), groups, strict=True)):
            raw = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
            doc = names.name_entities(doc)
            final = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
            base = 0
            for text in group:
                end = base + len(text)
                spans = [(s - base, e - base, x) for s, e, x in final if s >= base and e <= end]
                clash = sum(s >= base and e <= end and not any(s < b and a < e for a, b, _ in final) for s, e, _ in raw)
                odd = any(text[s:e] in demonyms() and x != "NORP" for s, e, x in spans) or any(
                    x == "GPE" and place_label(text[s:e]) == "LOC" for s, e, x in spans
                )
                if clash or odd:
                    dropped += 1
                else:
                    kept += 1
                    sink.write(json.dumps({"text": text, "spans": spans, "doc": f"voa-{number}"}, ensure_ascii=False) + "\n")
                base = end + 1
    print(kept, "kept", dropped, "dropped")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]) if len(sys.argv) > 4 else 1.0)
