"""Find toponyms in a Doc: names that the gazetteer knows, names that the recognizer or a cue word calls places, and how sure each is.

What is found here is a span with evidence, not yet a place: which of the eleven Springfields is meant is `normalize.places`' business. Recall comes
first; the score says how likely the words are a place's name at all (weights: place_weights.csv, "recognition").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from dateline import gazetteer
from dateline.extract.place_evidence import evidence
from dateline.extract.place_names import Name, name_of, scan
from dateline.extract.place_text import PlaceText
from dateline.loglinear import probability
from dateline.nlp import ruler

LOWEST = 0.08  # Below this a name is noise for certain and is not even a rejection.


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """What was found, before it is given a meaning.

    Attributes:
        first: First token; `last` is one past the last.
        name: The words to look up; more than the span where a cue belongs to the name ("Kursk" of "Kursk region" is looked up alone).
        cue: Kind that a cue word beside the name states ("admin1" for "region"), None without one.
        score: 0..1, how likely this is a toponym.
        norp: Country code of a demonym ("RU" for "Russian"), "" for one of several countries, None for a name.
        embedded: The name is part of a longer one ("Paris" in "Paris Police Department").
        features: Evidence, by the names in place_weights.csv.
    """

    start: int
    end: int
    rule: str
    first: int
    last: int
    name: str
    cue: str | None = None
    score: float = 0.0
    norp: str | None = None
    embedded: bool = False
    features: tuple[str, ...] = ()


def extract_places(doc: Doc) -> list[PlaceCandidate]:
    """Return the toponyms and demonyms written in a doc, in text order."""
    gaz = gazetteer.load()
    text = PlaceText.of(doc)
    ill = ruler.in_diseases(text.text)  # "Lassa fever" is not about Lassa, nor MERS about Moers.
    names = [name for name in scan(text, gaz) if not any(a <= name.start and name.end <= b for a, b in ill)]
    describe = evidence(text, names, gaz)
    # Without a recognizer the words alone must tell: a model of its own.
    model = "recognition" if text.has_entities else "recognition_plain"
    found = (_candidate(name, describe, model) for name in names)
    return [candidate for candidate in found if candidate.norp is not None or candidate.score >= LOWEST]


def given_spans(doc: Doc, spans: Sequence[tuple[int, int]]) -> list[PlaceCandidate]:
    """Return candidates for spans that somebody else has found (character offsets): resolution without recognition."""
    gaz = gazetteer.load()
    text = PlaceText.of(doc)
    names = [name for start, end in sorted(set(spans)) if (name := name_of(text, start, end)) is not None]
    describe = evidence(text, names, gaz)
    return [replace(_candidate(name, describe, "recognition"), score=1.0) for name in names]


def _candidate(name: Name, describe: Callable[[Name], list[str]], model: str) -> PlaceCandidate:
    features = tuple(describe(name))
    return PlaceCandidate(
        start=name.start,
        end=name.end,
        rule=name.rule,
        first=name.first,
        last=name.last,
        name=name.name,
        cue=name.cue,
        score=1.0 if name.norp is not None else probability(model, features),
        norp=name.norp,
        embedded=name.embedded,
        features=features,
    )
