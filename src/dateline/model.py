"""The vocabulary of the project: what an article is and which facts are read out of it.

Records are frozen: a step returns new ones and never edits those of the step before. Offsets (`start`, `end`) are characters into the text of the
article, half-open, and `text` is exactly `article.text[start:end]`. Field meanings, units and vocabularies are those of docs/facts.md; unknown is
None, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["entities", "places", "figures", "dates", "claims"]
KINDS: tuple[Kind, ...] = ("entities", "places", "figures", "dates", "claims")

ENTITY_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WEAPON")
PLACE_KINDS = ("country", "admin1", "admin2", "city", "village", "district", "facility", "natural", "region")
APPROX = ("exact", "about", "below", "above", "at_least", "at_most")
FIGURE_KINDS = (
    "killed", "injured", "missing", "captured", "displaced", "evacuated", "attack", "launched", "intercepted", "destroyed", "damaged",
    "territory", "troops", "affected", "money", "population", "distance", "age", "rate_or_share", "size", "other",
)  # fmt: skip
CLAIM_ACTS = ("say", "claim", "deny", "confirm", "estimate", "predict", "order", "accuse", "report")
DATE_TYPES = ("DATE", "TIME", "DURATION", "SET")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One revision of one report, as read and cleaned.

    Attributes:
        document_id: Deterministic hash of the canonical URL, or of the source's own id where there is no URL.
        text: Cleaned body; every offset of every fact points into it.
        published_at: When the outlet says it published; timezone-aware where the source gave an offset, else naive.
        published_precision: "day" when only the date is known, "minute" or "second" when the clock time is, None when nothing is.
        dateline_place: "KYIV" of "KYIV, Aug 12 (Desk) -", cut off the text.
        dateline_date: Day written in the dateline; it anchors relative dates only where published_at is None.
        source: File path or URL it was read from, with a line number where one file holds many ("news.jsonl:12").
        origin_id: The id that the source gave (JSONL "id", feed guid), kept as it came.
        taken_as_is: True when `text` is the source's own text unchanged (JSONL), False when it was cut out of a page or cleaned.
    """

    document_id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_precision: Literal["day", "minute", "second"] | None = None
    dateline_place: str | None = None
    dateline_date: date | None = None
    fetched_at: datetime | None = None
    source: str = ""
    origin_id: str | None = None
    taken_as_is: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact carries.

    Attributes:
        sentence: Index of the sentence in the article, from 0.
        score: 0..1, how sure the rule is; comparable within one kind of fact only.
        rule: Name of the rule that made it, as found in the source code.
    """

    start: int
    end: int
    text: str
    sentence: int
    score: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Fact):
    """A named mention. `name` is the fullest name of that entity in the article, `canonical` the name across articles."""

    type: str
    name: str
    entity_id: str | None = None
    canonical: str | None = None
    role: str | None = None
    country: str | None = None
    wikidata_id: str | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A gazetteer entry: `country` is ISO 3166 alpha-2 (the United Nations' view), `lat` and `lon` WGS84 degrees."""

    place_id: str
    name: str
    kind: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    geonames_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a toponym could mean, with its score (0..1, calibrated)."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention(Fact):
    """A toponym. `place` is None when no candidate is sure enough; `candidates` holds the runners-up, best first."""

    place: Place | None
    method: str
    candidates: tuple[Candidate, ...] = ()
    metonym: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Fact):
    """A TIMEX3 expression.

    Attributes:
        type: DATE, TIME, DURATION or SET.
        value: TIMEX3 value ("2025-04-26", "P3Y", "PAST_REF"), or "UNRESOLVED" with `unresolved` saying why.
        date_from: Begin of the interval, half-open, local and naive; None where the value is no interval.
        granularity: century, decade, year, half, quarter, season, month, week, day, part_of_day, hour, minute, second, or None.
        anchor: What it was resolved against: "published", "dateline", "url", "context" (the last resolved date) or None.
        utc_offset: Minutes east of UTC of the clock time, where the text gives its zone; `date_from` less these minutes is UTC.
    """

    type: str
    value: str
    mod: str | None = None
    date_from: datetime | None = None
    date_to: datetime | None = None
    granularity: str | None = None
    anchor: str | None = None
    unresolved: str | None = None
    utc_offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Fact):
    """Who asserts what: `start`/`end`/`text` are those of the content span.

    Attributes:
        source_start: Span of the shortest naming noun phrase, None with source_text when nobody is named.
        source_name: Fullest name in the article of who speaks (pronouns resolved), None when unresolved.
        via_text: Who passed it on, where the source is quoted by another (and via_entity_id).
        act: One of CLAIM_ACTS.
        mode: "asserted", "hedged" or "denied".
        claim_id: Deterministic; figures point to it.
        date_from: Begin of the interval that the content speaks of (date_to its end, half-open), None where it names none or several.
        said_from: Begin of the interval in which the text puts the saying ("said on Sunday"), said_to its end; None where it does not.
        place_id: Gazetteer entry of the place that the content speaks of, None where it names none or several.
    """

    claim_id: str
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    source_text: str | None = None
    source_start: int | None = None
    source_end: int | None = None
    source_name: str | None = None
    source_entity_id: str | None = None
    via_text: str | None = None
    via_entity_id: str | None = None
    act: str = "say"
    mode: str = "asserted"
    is_quote: bool = False
    date_from: datetime | None = None
    date_to: datetime | None = None
    said_from: datetime | None = None
    said_to: datetime | None = None
    place_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Fact):
    """A quantity: a value or range, what is counted, what happened to it, who says so, where and when.

    Attributes:
        value_min: The value as said; for a range its lower end. None where only the other bound is known.
        approx: One of APPROX; bounds keep the value as said ("more than 700" is 700, 700, above).
        modifier: The words that made `approx` ("almost"), as written.
        trend: "up" or "down" when the text says that it moved, else None.
        unit: docs/facts.md vocabulary or a finer one ("mile"); currencies as ISO 4217 in lower case.
        value_base: value_min in the base unit of its dimension (`unit_base`), None where there is none.
        item: Lemma of the head noun counted or measured.
        concept: Full phrase measured ("attempts to attack Ukrainian positions").
        kind: One of FIGURE_KINDS or a finer one that folds into "other".
        per: "day" in "70 a day", else None.
        place: Text of the place mention it applies to; place_id its gazetteer entry.
        date: TIMEX3 value it holds for; date_from, date_to its interval.
        source_name: Fullest name of who gave the figure; None is the article's own voice.
        negated: "not 70": the text denies the figure.
    """

    value_min: float | None
    value_max: float | None
    approx: str = "exact"
    modifier: str | None = None
    trend: str | None = None
    unit: str = "count"
    value_base: float | None = None
    unit_base: str | None = None
    item: str | None = None
    concept: str | None = None
    kind: str = "other"
    per: str | None = None
    place: str | None = None
    place_id: str | None = None
    date: str | None = None
    date_from: datetime | None = None
    date_to: datetime | None = None
    source_name: str | None = None
    source_text: str | None = None
    source_entity_id: str | None = None
    claim_id: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Something seen and refused, with the reason; it becomes a row of ops.quarantine, never silence.

    Attributes:
        stage: "read", "extract", "normalize" or "validate".
        kind: Table or fact kind it would have been ("dates", "documents").
        reason: One sentence for people: what is wrong and what to do.
        rule: Name of the rule or expectation that refused it.
        location: File and line, or character offsets, as far as known.
        raw: The refused thing itself (words or row as JSON), cut to a sane length.
        severity: "refused": the thing was left out. "note": a field was left out, the thing kept. "routine": an everyday decision ("2024" is a year
            and no figure), shown by `dateline explain` and not stored.
    """

    stage: str
    kind: str
    reason: str
    rule: str
    document_id: str | None = None
    location: str | None = None
    raw: str | None = None
    severity: Literal["refused", "note", "routine"] = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that was read out of one article."""

    entities: tuple[Entity, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    claims: tuple[Claim, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    sentences: tuple[tuple[int, int], ...] = field(default=())
    timings: Mapping[str, float] = field(default_factory=dict)
