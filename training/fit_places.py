"""Fit the weights of the place models on annotated corpora and write seeds/reference/place_weights.csv.

    python training/fit_places.py CORPUS.jsonl... [--out FILE]

Log-linear models over named binary features: recognition (is this name a place's? "recognition_plain" without an entity recognizer), prior and
context (which place?), answer (is the chosen place right?), confidence (are name and place right together?). Each is fitted by L-BFGS with an L2
penalty; features seen in fewer than MIN_DOCS articles are left out, so that no feature can spell out one article. Demonyms are no training examples.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dateline import gazetteer, loglinear
from dateline.exchange import article_of
from dateline.extract import places as extraction
from dateline.extract.places import PlaceCandidate
from dateline.gazetteer.sources import kilometres
from dateline.nlp.load import load_nlp
from dateline.normalize.place_context import context_features, surroundings
from dateline.normalize.place_groups import Group, make_groups, votes_of
from dateline.normalize.place_origin import origin_of
from dateline.normalize.place_resolution import ROUNDS, resolve, softmax
from dateline.normalize.places import answer_features, confidence_features
from dateline.pipeline import make_doc
from dateline.resources import reference

MIN_DOCS = 5
RIGHT_KM = 161.0
FOLDS = 5
PENALTY = {"recognition": 1.0, "prior": 1.0, "context": 1.0, "answer": 3.0, "confidence": 1.0}


class Article:
    """One annotated article with what extraction finds in it."""

    def __init__(self, doc: Any, gold: list[dict[str, Any]], number: int) -> None:
        self.number = number
        self.text = doc.text
        self.plain = not doc.has_annotation("ENT_IOB")
        self.candidates = extraction.extract_places(doc)
        self.gold: list[dict[str, Any] | None] = match(gold, self.candidates)
        self.votes = votes_of(self.candidates)
        self.origin = origin_of(doc._.article, gazetteer.load())


def match(gold: Sequence[dict[str, Any]], candidates: Sequence[PlaceCandidate]) -> list[dict[str, Any] | None]:
    """Pair candidates with gold places one to one, longest overlap first."""
    pairs = []
    for i, place in enumerate(gold):
        for j, candidate in enumerate(candidates):
            shared = min(place["end"], candidate.end) - max(place["start"], candidate.start)
            if shared > 0:
                pairs.append(((place["start"], place["end"]) != (candidate.start, candidate.end), -shared, i, j))
    used: set[int] = set()
    out: list[dict[str, Any] | None] = [None] * len(candidates)
    for _, _, i, j in sorted(pairs):
        if i not in used and out[j] is None:
            used.add(i)
            out[j] = gold[i]
    return out


def vocabulary(rows: Iterable[tuple[int, Sequence[str]]], min_docs: int = MIN_DOCS) -> dict[str, int]:
    """Return feature -> column for features that occur in enough articles."""
    seen: dict[str, set[int]] = defaultdict(set)
    for number, features in rows:
        for feature in features:
            if len(seen[feature]) < min_docs:
                seen[feature].add(number)
    return {feature: n for n, feature in enumerate(sorted(f for f, docs in seen.items() if len(docs) >= min_docs))}


def matrix(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> csr_matrix:
    """Return binary features as a sparse matrix."""
    indices, starts = [], [0]
    for features in rows:
        indices += [columns[f] for f in set(features) if f in columns]
        starts.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), len(columns)))


def fit_binary(rows: Sequence[Sequence[str]], labels: Sequence[float], docs: Sequence[int], penalty: float) -> dict[str, float]:
    """Fit a logistic regression."""
    columns = vocabulary(zip(docs, rows, strict=True))
    x, y = matrix(rows, columns), np.asarray(labels)

    def loss(w: Any) -> tuple[float, Any]:
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        value = np.sum(np.logaddexp(0, z) - y * z) + penalty * 0.5 * w @ w
        return float(value), x.T @ (p - y) + penalty * w

    w = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {feature: float(w[n]) for feature, n in columns.items()}


def fit_choice(choices: Sequence[tuple[int, list[list[str]], list[bool]]], penalty: float, min_docs: int = MIN_DOCS) -> dict[str, float]:
    """Fit a conditional logit: each choice has rows of features and which of them are right (several may be)."""
    columns = vocabulary(((doc, features) for doc, rows, _ in choices for features in rows), min_docs)
    x = matrix([features for _, rows, _ in choices for features in rows], columns)
    right = np.array([flag for _, _, flags in choices for flag in flags], dtype=float)
    group = np.repeat(np.arange(len(choices)), [len(rows) for _, rows, _ in choices])
    count = len(choices)

    def loss(w: Any) -> tuple[float, Any]:
        z = x @ w
        top = np.full(count, -np.inf)
        np.maximum.at(top, group, z)
        e = np.exp(z - top[group])
        total = np.bincount(group, e, count)
        good = np.bincount(group, e * right, count)
        p, q = e / total[group], e * right / np.maximum(good, 1e-12)[group]
        value = -np.sum(np.log(np.maximum(good, 1e-12) / total)) + penalty * 0.5 * w @ w
        return float(value), x.T @ (p - q) + penalty * w

    w = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {feature: float(w[n]) for feature, n in columns.items()}


def flags(group: Group, gold: Sequence[dict[str, Any] | None]) -> list[bool]:
    """Tell which entries of a group lie where most of its gold mentions do."""
    points = Counter((g["lat"], g["lon"]) for i in group.members if (g := gold[i]) is not None and g.get("lat") is not None)
    if not points:
        return [False] * len(group.entries)
    (lat, lon), _ = points.most_common(1)[0]
    return [kilometres(lat, lon, entry.lat, entry.lon) <= RIGHT_KM for entry in group.entries]


def fit_recognition(articles: Sequence[Article]) -> dict[str, float]:
    """Fit whether a name is a place's."""
    rows, labels, docs = [], [], []
    for article in articles:
        for candidate, gold in zip(article.candidates, article.gold, strict=True):
            if candidate.norp is None:
                rows.append(candidate.features)
                labels.append(float(gold is not None))
                docs.append(article.number)
    return fit_binary(rows, labels, docs, PENALTY["recognition"])


def fit(articles: Sequence[Article], plain: Sequence[Article] = ()) -> dict[str, dict[str, float]]:
    """Fit all models; `plain` are the articles as they are without a recognizer.

    Confidence is fitted on articles that the other models have not seen (FOLDS folds), or it would believe them too much.
    """
    seen: list[Answer] = []
    for fold in range(FOLDS):
        use(fit_choices([article for n, article in enumerate(articles) if n % FOLDS != fold]))
        for n, article in enumerate(articles):
            if n % FOLDS == fold:
                seen += answers(article)
    tables = fit_choices(articles)
    tables["recognition_plain"] = fit_recognition(plain) if plain else {}
    placed = [answer for answer in seen if answer.toponym]
    tables["answer"] = fit_binary([a.features for a in placed], [a.right for a in placed], [a.article for a in placed], PENALTY["answer"])
    use(tables)
    rows = [confidence_features(a.recognized, loglinear.probability("answer", a.features)) for a in seen]
    tables["confidence"] = fit_binary(rows, [a.right for a in seen], [a.article for a in seen], PENALTY["confidence"])
    use(tables)
    return tables


def fit_choices(articles: Sequence[Article]) -> dict[str, dict[str, float]]:
    """Fit recognition, prior and context, one after the other, each on what the ones before it say."""
    tables = {"recognition": fit_recognition(articles)}
    use(tables)
    grouped = [groups_of(article) for article in articles]
    choices = [
        (article.number, group.prior, right)
        for article, groups in zip(articles, grouped, strict=True)
        for group in groups
        if any(right := flags(group, article.gold)) and not all(right)
    ]
    tables["prior"] = fit_choice(choices, PENALTY["prior"])
    use(tables)
    for groups in grouped:
        for group in groups:
            group.shares = softmax([loglinear.score("prior", features) for features in group.prior])
    for _ in range(ROUNDS):
        choices = []
        for article, groups in zip(articles, grouped, strict=True):
            around = surroundings(groups, article.votes, article.origin.country)
            described = [context_features(groups, n, around) for n in range(len(groups))]
            if "context" in tables:
                for group, features in zip(groups, described, strict=True):
                    group.shares = softmax([loglinear.score("context", [*f, *p]) for f, p in zip(features, group.prior, strict=True)])
                around = surroundings(groups, article.votes, article.origin.country)
                described = [context_features(groups, n, around) for n in range(len(groups))]
            for n, group in enumerate(groups):
                right = flags(group, article.gold)
                if any(right) and not all(right):
                    choices.append((article.number, [[*f, *p] for f, p in zip(described[n], group.prior, strict=True)], right))
        tables["context"] = fit_choice(choices, PENALTY["context"])
        use(tables)
    return tables


def groups_of(article: Article) -> list[Group]:
    """Return an article's groups with the present recognition scores."""
    scored = [rescored(candidate) for candidate in article.candidates]
    article.candidates = scored
    return make_groups(article.text, scored, gazetteer.load(), article.origin)[0]


def rescored(candidate: PlaceCandidate) -> PlaceCandidate:
    """Return a candidate with the score of the present weights."""
    if candidate.norp is not None:
        return candidate
    return replace(candidate, score=loglinear.probability("recognition", candidate.features))


@dataclass(frozen=True)
class Answer:
    """What the models answer for one name of an article they have not seen."""

    article: int
    recognized: float
    features: list[str]
    toponym: bool
    right: float


def answers(article: Article) -> list[Answer]:
    """Return what the present models answer for an article, and whether it is right end to end: a gold place within 161 km."""
    candidates = [rescored(candidate) for candidate in article.candidates]
    groups, of_candidate = make_groups(article.text, candidates, gazetteer.load(), article.origin)
    described = resolve(groups, article.votes, article.origin.country)
    found = []
    for candidate, gold, number in zip(candidates, article.gold, of_candidate, strict=True):
        if number < 0 or not groups[number].entries or candidate.score < extraction.LOWEST:
            continue
        if gold is not None and gold.get("lat") is None:
            continue
        entry = groups[number].entries[int(groups[number].shares.argmax())]
        right = gold is not None and kilometres(gold["lat"], gold["lon"], entry.lat, entry.lon) <= RIGHT_KM
        found.append(Answer(article.number, candidate.score, answer_features(groups[number], described[number]), gold is not None, float(right)))
    return found


def use(tables: dict[str, dict[str, float]]) -> None:
    """Make the extractors use these weights in this process."""
    loglinear.replace(tables)


def read(paths: Sequence[Path], nlp: Any, limit: int | None = None) -> list[Article]:
    """Return the annotated articles of corpus files, candidates unfiltered."""
    extraction.LOWEST = 0.0
    records = [json.loads(line) for path in paths for line in path.open(encoding="utf-8")][:limit]
    docs = nlp.pipe([make_doc(nlp, article_of(record)) for record in records])
    articles = [Article(doc, record["places"], n) for n, (doc, record) in enumerate(zip(docs, records, strict=True))]
    extraction.LOWEST = 0.08
    return articles


def write(path: Path, tables: dict[str, dict[str, float]], corpora: str) -> None:
    """Write the weights, three digits each; those that round to nothing are left out."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(f"# Weights of the place models, written by training/fit_places.py (fitted on {corpora}); a feature that is absent weighs 0.\n")
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("model", "feature", "weight"))
        for model in ("recognition", "recognition_plain", "prior", "context", "answer", "confidence"):
            for feature, weight in sorted(tables[model].items()):
                if abs(weight) >= 0.0005 and math.isfinite(weight):
                    table.writerow((model, feature, f"{weight:.3f}"))


def main() -> None:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpora", nargs="+", type=Path)
    options.add_argument("--out", type=Path, default=reference("place_weights.csv"))
    given = options.parse_args()
    nlp = load_nlp(extractors=())
    articles = read(given.corpora, nlp)
    with nlp.select_pipes(disable=[name for name in ("ner", "entity_ruler") if name in nlp.pipe_names]):
        plain = read(given.corpora, nlp)
    tables = fit(articles, plain)
    write(given.out, tables, ", ".join(path.stem for path in given.corpora))
    print({model: len(table) for model, table in tables.items()}, file=sys.stderr)


if __name__ == "__main__":
    main()
