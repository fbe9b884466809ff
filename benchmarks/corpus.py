"""What the benchmark programs share: arguments, reading gold, writing predictions, words per second."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import UsageError

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """Predictions of one program over a file, with what they cost."""

    predictions: list[Record]
    words: int
    seconds: float

    @property
    def words_per_second(self) -> float:
        return self.words / self.seconds if self.seconds else 0.0


def arguments(about: str | None, *flags: tuple[str, str]) -> argparse.ArgumentParser:
    """Return the parser that every accuracy program has: GOLD, --predictions, --json and boolean `flags` (name, help)."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="gold file, one JSON object a line")
    parser.add_argument("--predictions", type=Path, help="write the predictions here, in the format of the gold file")
    parser.add_argument("--json", action="store_true", help="print the scores as one JSON object")
    parser.add_argument("--model", help="spaCy pipeline to use instead of the shipped one (package or path)")
    for name, text in flags:
        parser.add_argument(name, action="store_true", help=text)
    return parser


def read(path: Path) -> Iterator[Record]:
    """Yield the records of a JSON-lines file.

    Raises:
        UsageError: A line is not a JSON object; the message names it.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield json.loads(line)
            except ValueError as problem:
                raise UsageError(f"not JSON ({problem})", where=f"{path}:{number}", remedy="Give one JSON object a line.") from None


def write(path: Path | None, records: Iterable[Record]) -> None:
    """Write records as JSON lines; do nothing without a path."""
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def measure(gold: list[Record], predict: Callable[[list[Record]], list[Record]]) -> Measured:
    """Return the predictions for the gold texts, timed (wall clock; loading models is the caller's, before)."""
    words = sum(len(record["text"].split()) for record in gold)
    began = time.perf_counter()
    predictions = predict(gold)
    return Measured(predictions, words, time.perf_counter() - began)


def f1(hits: float, predicted: int, gold: int) -> dict[str, float | int]:
    """Return precision, recall and F1 in percent with their counts."""
    precision, recall = (hits / predicted if predicted else 0.0), (hits / gold if gold else 0.0)
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(100 * precision, 1), "r": round(100 * recall, 1), "f1": round(100 * both, 1), "gold": gold, "pred": predicted}


def show(title: str, scores: dict[str, dict[str, float | int]], measured: Measured, *, as_json: bool) -> None:
    """Print a table of scores (name -> p, r, f1, gold, pred) and the speed."""
    speed = {"words": measured.words, "seconds": round(measured.seconds, 2), "words_per_second": round(measured.words_per_second)}
    if as_json:
        print(json.dumps({"title": title, "scores": scores, "speed": speed}))
        return
    print(title)
    for name, row in scores.items():
        print(f"  {name:24s} P {row['p']:5.1f}  R {row['r']:5.1f}  F1 {row['f1']:5.1f}   gold {row['gold']:6d}  pred {row['pred']:6d}")
    print(f"  {speed['words']} words in {speed['seconds']} s: {speed['words_per_second']} words/s")
