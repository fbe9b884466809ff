"""The cue lexicon: which words attribute, in which construction, and what act they perform (seeds/reference/report_verbs.csv).

A sense lists two sets of constructions (frames): those that make a claim by the annotation guide (someone asserts, counts, denies something) and
those that only show a stance (wants, praises, opposes), which some corpora annotate as well. Inflected forms are generated from the lemma unless
the table gives them, so that no lemmatizer is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.resources import rows

_DOUBLED = frozenset("bdgmnprt")
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Sense:
    """One row of the lexicon: a lemma as one part of speech, with the frames in which it attributes."""

    lemma: str
    pos: str
    act: str
    mode: str
    claims: frozenset[str]
    stances: frozenset[str]


def inflect(lemma: str, irregular: tuple[str, ...] = ()) -> set[str]:
    """Return the inflected forms of an English verb; `irregular` replaces the regular past.

    >>> sorted(inflect("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) else lemma
    short = len(lemma) <= 4 and lemma[-1] in _DOUBLED and lemma[-2] in _VOWELS and (len(lemma) < 4 or lemma[-3] not in _VOWELS)
    if short or any(form.startswith(lemma + lemma[-1]) and form.endswith("ed") for form in irregular):
        stem = lemma + lemma[-1]
    past = lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2] not in _VOWELS else (lemma + "d" if lemma.endswith("e") else stem + "ed")
    return {lemma, third, stem + "ing", *(irregular or (past,))}


@cache
def senses() -> dict[str, tuple[Sense, ...]]:
    """Return the single-word senses by lower-case form; multiword rows are in `phrases`."""
    found: dict[str, list[Sense]] = {}
    for row in rows("report_verbs.csv"):
        if row["pos"] == "prep":
            continue
        sense = _sense(row)
        irregular = tuple(row["forms"].split())
        if row["pos"] == "verb":
            forms = inflect(row["lemma"], irregular)
        elif row["pos"] == "noun":
            plural = row["lemma"][:-1] + "ies" if row["lemma"].endswith("y") else row["lemma"] + "s"
            forms = {row["lemma"], plural, *irregular}
        else:
            forms = {row["lemma"], *irregular}
        for form in forms:
            found.setdefault(form, []).append(sense)
    return {form: tuple(entries) for form, entries in found.items()}


@cache
def phrases() -> dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]:
    """Return the prepositional cues ("according to") by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for row in rows("report_verbs.csv"):
        if row["pos"] == "prep":
            words = tuple(row["lemma"].split())
            found.setdefault(words[0], []).append((words, _sense(row)))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in found.items()}


def _sense(row: dict[str, str]) -> Sense:
    return Sense(row["lemma"], row["pos"], row["act"], row["mode"], frozenset(row["claims"].split()), frozenset(row["stances"].split()))


@cache
def lemma_forms(lemma: str) -> frozenset[str]:
    """Return the forms that the table gives for one verb."""
    return frozenset(form for form, entries in senses().items() if any(e.lemma == lemma and e.pos == "verb" for e in entries))
