"""Facts as JSON objects in the field names of the annotation guide: what `dateline extract` and the benchmarks write.

Names differ from the warehouse where the guide is shorter: `start`, `end`, `source`; extra keys are allowed and say more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dateline.model import Article, Claim, Entity, Fact, Facts, Figure, PlaceMention


def _base(fact: Fact) -> dict[str, Any]:
    return {
        "start": fact.start,
        "end": fact.end,
        "text": fact.text,
        "sentence": fact.sentence,
        "score": round(fact.score, 3),
        "rule": fact.rule,
    }


def _extras(record: object, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the named attributes that are set; dates as ISO strings."""
    out: dict[str, Any] = {}
    for name in names:
        value = getattr(record, name)
        if value is not None and value is not False:
            out[name] = value.isoformat() if isinstance(value, date) else value
    return out


def _span(start: int | None, end: int | None, text: str | None) -> dict[str, Any] | None:
    return None if start is None else {"start": start, "end": end, "text": text}


def entity_json(fact: Entity) -> dict[str, Any]:
    """Return one entity mention."""
    extras = _extras(fact, ("entity_id", "canonical", "role", "country", "wikidata_id", "method"))
    return {**_base(fact), "type": fact.type, "name": fact.name, **extras}


def place_json(fact: PlaceMention) -> dict[str, Any]:
    """Return one toponym; name, kind, country, lat and lon are null when it is unresolved."""
    names = ("name", "country", "kind", "lat", "lon")
    place = {name: getattr(fact.place, name) if fact.place else None for name in names}
    more = _extras(fact.place, ("place_id", "admin1", "population", "geonames_id")) if fact.place else {}
    candidates = [
        {"name": c.place.name, "place_id": c.place.place_id, "country": c.place.country, "score": round(c.score, 3)} for c in fact.candidates
    ]
    return {**_base(fact), **place, **more, "method": fact.method, "metonym": fact.metonym, "candidates": candidates}


def figure_json(fact: Figure) -> dict[str, Any]:
    """Return one figure; `source` is the fullest name of who gave it."""
    named = ("value_min", "value_max", "approx", "unit", "item", "kind", "place", "date")
    extras = _extras(
        fact,
        ("modifier", "trend", "concept", "per", "negated", "value_base", "unit_base", "place_id", "date_from", "date_to", "source_text",
         "source_entity_id", "claim_id"),
    )  # fmt: skip
    return {**_base(fact), **{name: getattr(fact, name) for name in named}, "source": fact.source_name, **extras}


def date_json(fact: Any) -> dict[str, Any]:
    """Return one TIMEX3 date."""
    extras = _extras(fact, ("mod", "date_from", "date_to", "granularity", "anchor", "unresolved", "utc_offset"))
    return {**_base(fact), "type": fact.type, "value": fact.value, **extras}


def claim_json(fact: Claim) -> dict[str, Any]:
    """Return one claim with its three spans."""
    extras = _extras(
        fact,
        ("claim_id", "source_name", "source_entity_id", "via_text", "via_entity_id", "act", "mode", "is_quote", "date_from", "date_to", "said_from",
         "said_to", "place_id"),
    )  # fmt: skip
    return {
        "source": _span(fact.source_start, fact.source_end, fact.source_text),
        "cue": _span(fact.cue_start, fact.cue_end, fact.cue),
        "content": {"start": fact.start, "end": fact.end, "text": fact.text},
        "sentence": fact.sentence,
        "score": round(fact.score, 3),
        "rule": fact.rule,
        **extras,
    }


def facts_json(article: Article, facts: Facts) -> dict[str, Any]:
    """Return the object of one article, as `dateline extract` prints it on one line."""
    out: dict[str, Any] = {
        "id": article.origin_id or article.document_id,
        "entities": [entity_json(f) for f in facts.entities],
        "places": [place_json(f) for f in facts.places],
        "figures": [figure_json(f) for f in facts.figures],
        "dates": [date_json(f) for f in facts.dates],
        "claims": [claim_json(f) for f in facts.claims],
    }
    if facts.rejections:
        out["rejections"] = [_extras(r, ("severity", "stage", "kind", "reason", "rule", "location", "raw")) for r in facts.rejections]
    return out


def article_of(record: Mapping[str, Any], line: int | None = None) -> Article:
    """Return the article of an annotated or corpus record ({"id","text","published"|"dct"?,"title"?,"url"?}); the text is taken as it is."""
    from dateline.read.jsonl import article_from_record

    return article_from_record(record, source=f"record {line}" if line is not None else "record")
