"""The composition: articles in, facts out. No storage and no scheduler here; flows and the command line call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from dateline.errors import EnvironmentProblem
from dateline.extract.doc_text import keep_text
from dateline.model import Article, Facts, Rejection
from dateline.repeats import grounds_of, under_name_of

# What no text causes: a missing package, table or file would otherwise be blamed on every article in turn.
_OURS = (EnvironmentProblem, ImportError, MemoryError)
# Docs, and characters of them, that are read together. Fewer are not slower, and memory hangs on them: 220,000 words take 445 MB more than 50,000.
BATCH = 128
CHARACTERS = 150_000
# Words that a process learns for good, tokenization and lexical attributes included; what it meets beyond them is forgotten with its batch. Without
# any, every batch works out "the" anew; without a bound, memory would grow with the corpus.
VOCABULARY = 100_000


def make_doc(nlp: Language, article: Article) -> Doc:
    """Return the tokenized article with `doc._.article` and `doc._.published` set."""
    doc = nlp.make_doc(article.text)
    keep_text(doc, article.text)
    doc._.article = article
    doc._.published = article.published_at
    return doc


def facts_of(doc: Doc) -> Facts:
    """Return what the components left on a doc."""
    sentences = tuple((sent.start_char, sent.end_char) for sent in doc.sents) if doc.has_annotation("SENT_START") else ((0, len(doc.text)),)
    rejections = tuple(doc._.rejections)
    return Facts(
        entities=tuple(doc._.entities),
        places=tuple(doc._.places),
        figures=tuple(doc._.figures),
        dates=tuple(doc._.dates),
        claims=tuple(doc._.claims),
        rejections=rejections,
        sentences=sentences,
    )


def extract(nlp: Language, articles: Iterable[Article], *, batch: int = BATCH) -> Iterator[tuple[Article, Facts]]:
    """Yield each article with its facts, in order; an article that breaks a component yields a Rejection instead of an exception.

    One text under several names is read once, where nothing that its facts hang on differs: among all articles of a sequence, else among as many as
    are read at once.
    """
    if isinstance(articles, Sequence):
        yield from _extract_once(nlp, articles, batch)
        return
    stream = iter(articles)
    while chunk := list(islice(stream, batch)):
        yield from _extract_once(nlp, chunk, batch)


def _extract_once(nlp: Language, articles: Sequence[Article], batch: int) -> Iterator[tuple[Article, Facts]]:
    grounds = [grounds_of(article, nlp) for article in articles]
    times = Counter(grounds)
    first = dict(zip(reversed(grounds), reversed(articles), strict=True))  # The first of equal ones is written last.
    reading = _extract_each(nlp, [first[key] for key in times], batch)  # `times` is in the order of first meeting.
    kept: dict[Hashable, tuple[Article, Facts]] = {}
    for article, key in zip(articles, grounds, strict=True):
        if key in kept:
            read, facts = kept[key]
            yield article, under_name_of(facts, read, article)
        else:
            found = next(reading)
            if times[key] > 1:
                kept[key] = found
            yield found


def _extract_each(nlp: Language, articles: Sequence[Article], batch: int) -> Iterator[tuple[Article, Facts]]:
    for chunk in _chunks(articles, batch):
        if len(nlp.vocab) < VOCABULARY:
            for article in chunk:
                with suppress(Exception):  # What is wrong with a text is said below.
                    nlp.make_doc(article.text)
        with nlp.memory_zone():
            results = _extract_chunk(nlp, chunk)
        yield from results


def _chunks(articles: Sequence[Article], most: int) -> Iterator[list[Article]]:
    """Yield articles in their order, so many together or CHARACTERS; a longer one is alone."""
    chunk: list[Article] = []
    size = 0
    for article in articles:
        if chunk and (len(chunk) == most or size + len(article.text) > CHARACTERS):
            yield chunk
            chunk, size = [], 0
        chunk.append(article)
        size += len(article.text)
    if chunk:
        yield chunk


def _extract_chunk(nlp: Language, chunk: Sequence[Article]) -> list[tuple[Article, Facts]]:
    try:
        docs = nlp.pipe([make_doc(nlp, article) for article in chunk])
        return [(article, facts_of(doc)) for article, doc in zip(chunk, docs, strict=True)]
    except _OURS:
        raise
    except Exception:  # Whatever one hostile text does to a component must cost that text alone.
        return [(article, _extract_alone(nlp, article)) for article in chunk]


def _extract_alone(nlp: Language, article: Article) -> Facts:
    try:
        doc = make_doc(nlp, article)
        for _, component in nlp.pipeline:
            doc = component(doc)
        return facts_of(doc)
    except _OURS:
        raise
    except Exception as problem:  # As above, now for one text.
        refused = Rejection(
            stage="extract",
            kind="documents",
            reason=f"{type(problem).__name__}: {problem}. The article was kept without facts; please report it with its text.",
            rule="extract.failed",
            document_id=article.document_id,
            location=article.source,
            raw=article.text[:500],
        )
        return Facts(rejections=(refused,))
