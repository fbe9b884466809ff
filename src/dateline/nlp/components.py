"""The extractors as spaCy components: `nlp.add_pipe("dateline_dates")`.

Each writes `doc._.<kind>` (a tuple of frozen records), `doc.spans[<kind>]` (spans whose `span._.<record>` is the record) and appends what it refused
to `doc._.rejections`. Spans are widened to whole tokens; the record's own offsets are exact. Components work alone on a blank pipeline as far as
what they need is there (dates need only tokens; set `doc._.published` first), and use what earlier components left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline import gazetteer
from dateline.extract.claims import extract_claims
from dateline.extract.dates import extract_dates
from dateline.extract.entities import extract_entities
from dateline.extract.figures import extract_figures
from dateline.extract.places import extract_places
from dateline.model import KINDS, Fact, Kind, Rejection
from dateline.normalize.claims import normalize_claims
from dateline.normalize.dates import normalize_dates
from dateline.normalize.entities import normalize_entities
from dateline.normalize.figures import normalize_figures
from dateline.normalize.places import normalize_places

# The attribute of a span that holds its record, by kind of fact.
RECORD = {"entities": "entity", "places": "place", "figures": "figure", "dates": "date", "claims": "claim"}
# The order they need: places read dates' spans, entities take full names from places, claims need entities, figures need all.
ORDER = ("dateline_dates", "dateline_places", "dateline_entities", "dateline_claims", "dateline_figures")

Component = Callable[[Doc], Doc]


def _register_extensions() -> None:
    for name in ("article", "published"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for kind in KINDS:
        if not Doc.has_extension(kind):
            Doc.set_extension(kind, default=())
        if not Span.has_extension(RECORD[kind]):
            Span.set_extension(RECORD[kind], default=None)
    if not Doc.has_extension("rejections"):
        Doc.set_extension("rejections", default=())


_register_extensions()


def _keep(doc: Doc, kind: Kind, facts: Sequence[Fact], rejections: Sequence[Rejection]) -> Doc:
    spans = []
    for fact in facts:
        span = doc.char_span(fact.start, fact.end, label=str(getattr(fact, "type", kind)), alignment_mode="expand")
        if span is not None:
            span._.set(RECORD[kind], fact)
            spans.append(span)
    doc.spans[kind] = spans
    doc._.set(kind, tuple(facts))
    if rejections:
        doc._.rejections = (*doc._.rejections, *rejections)
    return doc


def _component(kind: Kind, extract: Callable[..., Any], normalize: Callable[..., Any], **options: Any) -> Component:
    def annotate(doc: Doc) -> Doc:
        facts, rejections = normalize(doc, extract(doc), **options)
        return _keep(doc, kind, facts, rejections)

    return annotate


@Language.factory("dateline_dates", default_config={"vague": True})
def make_dates(nlp: Language, name: str, vague: bool) -> Component:
    """TIMEX3 dates. `vague=False` leaves out PRESENT_REF, PAST_REF and FUTURE_REF."""
    return _component("dates", extract_dates, normalize_dates, vague=vague)


@Language.factory("dateline_places", default_config={"demonyms": False})
def make_places(nlp: Language, name: str, demonyms: bool) -> Component:
    """Toponyms with coordinates. `demonyms=True` counts "Russian" as a mention of Russia, as some corpora do."""
    gazetteer.load()  # Now, not in the first article: what is missing for it must be known before any text is read.
    return _component("places", extract_places, normalize_places, demonyms=demonyms)


@Language.factory("dateline_entities")
def make_entities(nlp: Language, name: str) -> Component:
    """Named entities, linked within the document and to canonical names."""
    return _component("entities", extract_entities, normalize_entities)


@Language.factory("dateline_claims")
def make_claims(nlp: Language, name: str) -> Component:
    """Who asserts what."""
    return _component("claims", extract_claims, normalize_claims)


@Language.factory("dateline_figures", default_config={"durations": False, "pronouns": False})
def make_figures(nlp: Language, name: str, durations: bool, pronouns: bool) -> Component:
    """Quantities with unit, item, kind, speaker, place and date. `durations` and `pronouns` count "three years" and "one of the houses" too."""
    return _component("figures", extract_figures, normalize_figures, durations=durations, pronouns=pronouns)
