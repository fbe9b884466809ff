"""Where a name begins and ends, by what stands right before and behind what the recognizer found.

"- Belo Zandovra Karim took office" is cut to "Zandovra Karim" after a dateline, "Pope Leo XIII" to "Leo"; a word without any capital is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from spacy.tokens import Doc, Span

from dateline.extract.doc_text import words_of
from dateline.nlp import features
from dateline.nlp.patterns import words

_ROMAN = re.compile(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})")
_PARTICLES = frozenset("al el bin ibn".split())
_MOST_WORDS = 5


def _plain(word: str) -> bool:
    """Say whether a capitalized word means something as a common word, or belongs to the vocabulary of sentences."""
    lexicon = features.lexicon()
    return lexicon.is_common(word) or bool(lexicon.parts_of_speech(features.fold(word)))


def nameless(ent: Span) -> bool:
    """Say whether nothing in a "person" is written as a name; places and bodies are written small in letters and posts."""
    return ent.label_ == "PERSON" and not any(c.isupper() or c.isdigit() for c in ent.text) and ent[0].lower_ not in _PARTICLES


def widened(doc: Doc, ent: Span, covered: set[int], titles: frozenset[str]) -> Span:
    """Return a person with the unknown capitalized word before it and the number of a pope or king behind it."""
    if ent.label_ != "PERSON":
        return ent
    start, end = ent.start, ent.end
    if end < len(doc) and end not in covered and len(doc[end].text) > 1 and _ROMAN.fullmatch(doc[end].text):
        end += 1
    while start and end - start < _MOST_WORDS and start - 1 not in covered:
        before = doc[start - 1]
        if not (before.is_title and before.is_alpha and len(before.text) > 2) or before.is_stop or before.lower_ in titles or _plain(before.text):
            break
        if features.lexicon().place_code(before.text) or features.lexicon().place_code(ent.text):
            break
        start -= 1
    return ent if (start, end) == (ent.start, ent.end) else Span(doc, start, end, label="PERSON", span_id="widened")


def unfound(doc: Doc, covered: set[int], titles: frozenset[str]) -> list[Span]:
    """Return persons that the recognizer passed over: two or three capitalized words that mean nothing else, a given name or surname among them."""
    lexicon, found = features.lexicon(), []
    for i, j in _runs(_namelike(doc, covered)):
        run = doc[i:j]
        if 2 <= j - i <= 3 and not any(_plain(t.text) or t.lower_ in titles for t in run) and not lexicon.place_code(run.text):
            beside = [doc[k] for k in (i - 1, j) if 0 <= k < len(doc)]
            says = j < len(doc) and doc[j].text in words()["says"]
            if (says or any(lexicon.is_surname(t.text) for t in run)) and not any(k.text == "-" or (k.is_title and k.i in covered) for k in beside):
                found.append(Span(doc, i, j, label="PERSON", span_id="unfound"))
    return found


def _namelike(doc: Doc, covered: set[int]) -> list[int]:
    """Return the tokens, in order, that are capitalized words of three letters and more, mean something and belong to no name yet."""
    if not len(doc):
        return []
    flags = doc.to_array(["IS_TITLE", "IS_ALPHA", "IS_STOP", "LENGTH"])
    fits = (flags[:, 0] == 1) & (flags[:, 1] == 1) & (flags[:, 2] == 0) & (flags[:, 3] > 2)
    return [i for i in fits.nonzero()[0].tolist() if i not in covered]


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every run of numbers that follow each other."""
    for _, group in groupby(enumerate(numbers), key=lambda place: place[1] - place[0]):
        run = [number for _, number in group]
        yield run[0], run[-1] + 1


def with_definition(doc: Doc, ents: list[Span]) -> list[Span]:
    """Return the spans with bodies whole whose acronym stands behind them: "Directorate General of Health Services (DGHS)", "..., or DGHS,"."""
    written = words_of(doc)
    for i in range(2, len(written) - 3):
        if written[i] not in _BEFORE_ACRONYM:
            continue
        at = i + 1 if written[i] == "(" and written[i + 2] == ")" else i + 2 if written[i] == "," and written[i + 1] == "or" else -1
        acronym = written[at] if at > 0 else ""
        if not (2 < len(acronym) < _LONGEST and acronym.isupper() and acronym.isalpha()):
            continue
        start = _spelled_out(doc, i, acronym)
        if start is None or features.lexicon().place_code(doc[start:i].text):
            continue
        touched = [e for e in ents if e.start < i and e.end > start]
        if any(e.start < start or e.end > i or (e.start, e.end) == (start, i) for e in touched):
            continue
        ents = [e for e in ents if e not in touched and not e.start <= at < e.end]
        ents += [Span(doc, start, i, label="ORG", span_id="defined"), Span(doc, at, at + 1, label="ORG", span_id="defined")]
    return ents


def _spelled_out(doc: Doc, end: int, acronym: str) -> int | None:
    """Return where the capitalized words begin whose first letters are the acronym, None where they are not."""
    letters, at = list(acronym), end
    while letters and at > 0 and end - at < 2 * len(acronym) + 2:
        at -= 1
        word = doc[at].text
        if word[0].isupper() and word[0] == letters[-1]:
            letters.pop()
        elif not (word.lower() in _SMALL or word == "-"):
            return None
    return at if not letters and end - at > 1 else None


_SMALL = frozenset("of for the and in on to de del la des du da et".split())
_LONGEST = 9
_BEFORE_ACRONYM = frozenset({"(", ","})


def set_edges(doc: Doc, ents: list[Span], titles: frozenset[str]) -> list[Span]:
    """Return the spans with whole persons' names, without what is no name, and persons that were passed over."""
    named = [e for e in ents if not nameless(e)]
    covered = {i for e in named for i in range(e.start, e.end)}
    named += unfound(doc, covered, titles)
    covered = {i for e in named for i in range(e.start, e.end)}
    return [widened(doc, e, covered, titles) for e in named]
