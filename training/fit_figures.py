"""Fit the weights by which a figure chooses what it measures, who gave it, its place and its date; write seeds/reference/figure_weights.csv.

    python training/fit_figures.py ARTICLES.jsonl[*N]... [--models MODEL...] [--out FILE] [--across]

"*3" behind a file lets its figures count three times: those annotated by the same hands as what shall be read.

A conditional logit over the offers of each figure (normalize/figure_choice.py), L-BFGS with an L2 penalty; features seen in too few articles are
left out, so that no feature can spell out one article. What a figure is told of the one before must be as wrong as it
will be: so the offers are collected twice, first while every figure gets its annotated answer, then while it gets what weights say that were
fitted on the other files; the last are fitted on the second. `--across` writes nothing: each file is answered by weights fitted on the others,
and the shares of right answers of rules and choice are printed. `--models` leaves the weights of the others as they are.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fit_places import MIN_DOCS, fit_choice

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from dateline import loglinear
from dateline.exchange import article_of
from dateline.model import Date, PlaceMention
from dateline.nlp.load import load_nlp
from dateline.normalize import figure_choice
from dateline.normalize.figure_choice import Offer
from dateline.normalize.figure_givers import Giver
from dateline.normalize.figure_measure_choice import Measure
from dateline.normalize.figure_reading import FigureReading
from dateline.pipeline import make_doc
from dateline.resources import reference
from facts import UNITS


@dataclass(frozen=True)
class Fit:
    """How a model is fitted: the penalty, in how many articles a feature must occur, and the weight below which it is left out of the table."""

    penalty: float
    min_docs: int = MIN_DOCS
    faint: float = 0.0005


# What a figure measures and counts hangs on words more than the others do; such features are many and rare, and the faint ones decide nothing.
MODELS = {
    "figure_unit": Fit(3.0, faint=0.05),
    "figure_item": Fit(1.0, min_docs=2, faint=0.05),
    "figure_source": Fit(3.0),
    "figure_place": Fit(10.0),
    "figure_date": Fit(10.0),
}
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})


def name_of(answer: object) -> str | None:
    """Return an offer's answer as the annotation writes it."""
    if isinstance(answer, PlaceMention):
        return answer.text
    if isinstance(answer, Giver):
        return answer.name or answer.text
    if isinstance(answer, Measure):
        return coarse(answer.name)
    return answer.value if isinstance(answer, Date) else answer if isinstance(answer, str) else None


def coarse(unit: str) -> str:
    """Return a unit as annotations name it, which have no finer ones than docs/facts.md."""
    return unit if unit in UNITS or (len(unit) == 3 and unit.isalpha()) else "other"


def same(model: str, ours: str | None, gold: str | None) -> bool:
    """Return whether an answer is the annotated one; one name may be part of the other ("Kursk", "Kursk Oblast")."""
    if ours is None or gold is None:
        return ours is gold
    if model == "figure_item":
        return ours.casefold() == gold.casefold()
    a, b = ([word for word in _WORD.findall(name.casefold()) if word not in _ARTICLES] for name in (ours, gold))
    return a == b or (bool(a and b) and model in {"figure_source", "figure_place"} and (set(a) <= set(b) or set(b) <= set(a) or a[-1] == b[-1]))


def same_noun(offers: Sequence[Offer[Measure]], right: list[bool], item: str | None) -> list[bool]:
    """Return which offers are right: of those with the right unit the ones that lend the annotated noun, else those that lend none."""
    nouns = [offer.answer.item if offer.answer is not None else None for offer in offers]
    for wanted in ((lambda noun: noun == item), (lambda noun: noun is None)):
        found = [flag and wanted(noun) for flag, noun in zip(right, nouns, strict=True)]
        if any(found):
            return found
    return right


@dataclass(frozen=True)
class Choice:
    """What one figure was offered: rows of features, and which of them are right."""

    article: int
    model: str
    rows: list[list[str]]
    right: list[bool]


class Collected:
    """Keeps what each figure is offered and whether it is right; gives it the annotated answer, or what the present weights say."""

    def __init__(self, *, told: bool) -> None:
        self.told = told
        self.choices: list[Choice] = []
        self.counts = {model: [0, 0, 0] for model in MODELS}  # Figures; those that the rules have right; those chosen right.
        self.article = 0
        self.figures: Sequence[dict[str, Any]] = ()

    def __call__(self, model: str, figure: FigureReading, offers: Sequence[Offer]) -> object:
        chosen = figure_choice.heaviest(model, figure, offers)
        start, end = figure.candidate.start, figure.candidate.end
        gold = next((g for g in self.figures if g["start"] < end and start < g["end"]), None)
        if gold is None:
            return None if self.told else chosen
        answer = gold[model.removeprefix("figure_")]
        right = [same(model, name_of(offer.answer), answer) for offer in offers]
        if model == "figure_unit":
            right = same_noun(offers, right, gold["item"])
        self.choices.append(Choice(self.article, model, [[*offer.own, *offer.tied] for offer in offers], right))
        proposed = next((offer.answer for offer in offers if any(feature.endswith(" pick yes") for feature in offer.tied)), None)
        for n, correct in enumerate((True, same(model, name_of(proposed), answer), same(model, name_of(chosen), answer))):
            self.counts[model][n] += correct
        return next((offer.answer for offer, flag in zip(offers, right, strict=True) if flag), None) if self.told else chosen


def records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def collect(nlp: Any, path: Path, *, first: int, told: bool) -> Collected:
    """Return what the figures of a file of annotated articles are offered; its articles are numbered from `first`."""
    collected = Collected(told=told)
    before, figure_choice.decide = figure_choice.decide, collected
    try:
        for number, record in enumerate(records(path), first):
            collected.article, collected.figures = number, record["figures"]
            doc = make_doc(nlp, article_of(record))
            for _, component in nlp.pipeline:
                doc = component(doc)
    finally:
        figure_choice.decide = before
    return collected


def fit(choices: Sequence[Choice], models: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return the weights of each model."""
    tables = {}
    for model in models:
        told = [(c.article, c.rows, c.right) for c in choices if c.model == model and any(c.right) and not all(c.right)]
        tables[model] = fit_choice(told, MODELS[model].penalty, MODELS[model].min_docs)
    return tables


def use(tables: dict[str, dict[str, float]]) -> None:
    """Make the figures of this process choose by these weights."""
    loglinear.replace({**loglinear.shipped(), **tables})


def collect_twice(nlp: Any, paths: Mapping[Path, int], models: Sequence[str]) -> dict[Path, list[Choice]]:
    """Return what the figures of each file are offered when those before them are decided by weights fitted on the other files.

    `paths` says how often the figures of a file count.
    """
    firsts = {path: 10_000 * n for n, path in enumerate(paths)}
    told = {path: times * collect(nlp, path, first=firsts[path], told=True).choices for path, times in paths.items()}
    own = {}
    for path in paths:
        use(fit(without(told, path), models))
        own[path] = paths[path] * collect(nlp, path, first=firsts[path], told=False).choices
    return own


def without(choices: dict[Path, list[Choice]], path: Path) -> list[Choice]:
    return [choice for other, found in choices.items() if other != path for choice in found]


def across(nlp: Any, paths: Mapping[Path, int], models: Sequence[str]) -> None:
    """Print, for each file, how often the rules and the weights fitted on the other files are right."""
    own = collect_twice(nlp, paths, models)
    total = {model: [0, 0, 0] for model in models}
    for path in paths:
        use(fit(without(own, path), models))
        found = collect(nlp, path, first=0, told=False).counts
        for model in models:
            counts = found[model]
            total[model] = [a + b for a, b in zip(total[model], counts, strict=True)]
            print(f"{path.stem:14} {model:14} " + share(counts), flush=True)
    for model, counts in total.items():
        print(f"{'all':14} {model:14} " + share(counts))


def share(counts: Sequence[int]) -> str:
    return "{:4} figures, rules {:.1f} %, choice {:.1f} %".format(counts[0], *(100 * n / max(1, counts[0]) for n in counts[1:]))


def write(path: Path, tables: dict[str, dict[str, float]]) -> None:
    """Write the weights, three digits each, without the faint ones."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("# Weights of what a figure measures, its item, source, place and date, written by training/fit_figures.py;\n")
        out.write("# a feature that is absent weighs 0.\n")
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("model", "feature", "weight"))
        for model in MODELS:
            for feature, weight in sorted(tables[model].items()):
                if abs(weight) >= MODELS[model].faint:
                    table.writerow((model, feature, f"{weight:.3f}"))


def main() -> None:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", nargs="+")
    options.add_argument("--models", nargs="+", choices=[*MODELS], default=[*MODELS], help="fit only these")
    options.add_argument("--out", type=Path, default=reference("figure_weights.csv"))
    options.add_argument("--across", action="store_true", help="write nothing, print how the choice does on articles it was not fitted on")
    given = options.parse_args()
    nlp = load_nlp()
    counted = (name.partition("*") for name in given.articles)
    paths = {Path(name): int(times or 1) for name, _, times in counted}
    if given.across:
        across(nlp, paths, given.models)
        return
    kept = {model: table for model, table in loglinear.shipped().items() if model in MODELS}
    tables = {**kept, **fit([c for found in collect_twice(nlp, paths, given.models).values() for c in found], given.models)}
    write(given.out, tables)
    print({model: len(table) for model, table in tables.items()}, file=sys.stderr)


if __name__ == "__main__":
    main()
