"""Facts of one article to rows of the tables: plain dicts, named as the columns are.

Ids of facts are hashed from document, text and offsets, not from the revision's number, so they are the same in whatever order revisions arrive.
The revision here is provisional (it tells apart two texts of one document within a batch); the loader gives the final one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from dateline.ids import stable_id, text_hash
from dateline.model import Article, Claim, Date, Entity, Fact, Facts, Figure, Place, PlaceMention, Rejection
from dateline.warehouse.schema import STAGED_TABLES

Row = dict[str, Any]
Tables = dict[str, list[Row]]

_RAW_LIMIT = 10_000  # Characters of a refused row that are kept.
_SURROGATES = re.compile("[\ud800-\udfff]")


def rows_of(article: Article, facts: Facts, *, run_id: str, extractor_version: str, revision: int = 1) -> Tables:
    """Return the rows of one article by table; every staged table is there, empty where nothing was found."""
    digest = text_hash(article.text)
    base: Row = {"document_id": article.document_id, "revision": revision}
    ids = _Ids(article.document_id, digest)
    tables: Tables = {table: [] for table in STAGED_TABLES}
    document = _document(article, digest, base, run_id, extractor_version)
    tables["documents"].append(document)
    base["published_on"] = document["published_utc"].date() if document["published_utc"] else None
    tables["sentences"] = [_sentence(n, span, article.text, base) for n, span in enumerate(facts.sentences)]
    tables["entity_mentions"] = [_entity(f, base, ids, run_id) for f in facts.entities]
    tables["place_mentions"] = [_place_mention(f, base, ids, run_id) for f in facts.places]
    tables["places"] = _places(facts.places)
    tables["figures"] = [_figure(f, base, ids, run_id) for f in facts.figures]
    tables["dates"] = [_date(f, base, ids, run_id) for f in facts.dates]
    tables["claims"] = [_claim(f, base, ids, run_id) for f in facts.claims]
    tables["ops.quarantine"] = [
        quarantine_row(r, run_id=run_id, document_id=article.document_id, revision=revision) for r in facts.rejections if r.severity != "routine"
    ]
    return tables if _encodes(article) else {table: [_sound_row(row) for row in rows] for table, rows in tables.items()}


def combine(articles: Iterable[Tables]) -> Tables:
    """Return the rows of a batch: one text of a document once, further texts of it under the next provisional revision, every place once."""
    batch: Tables = {table: [] for table in STAGED_TABLES}
    for part in combined(articles):
        for table, rows in part.items():
            batch[table].extend(rows)
    return batch


def combined(articles: Iterable[Tables], *, texts: int = 50) -> Iterator[Tables]:
    """Yield what `combine` returns in parts of so many texts, for those who need not hold all rows at once; places are in the last."""
    part: Tables = defaultdict(list)
    seen: dict[str, list[str]] = {}
    places: dict[str, Row] = {}
    for tables in articles:
        for document in tables["documents"]:
            hashes = seen.setdefault(document["document_id"], [])
            if document["text_hash"] in hashes:
                break
            hashes.append(document["text_hash"])
            _renumber(tables, document["document_id"], len(hashes))
        else:
            for place in tables["places"]:
                # A gazetteer gives one row an id; should two differ, the choice must not hang on their order.
                places[place["place_id"]] = min(places.get(place["place_id"], place), place, key=repr)
            for table, rows in tables.items():
                if table != "places":
                    part[table].extend(rows)
        if len(part["documents"]) >= texts:
            yield part
            part = defaultdict(list)
    part["places"] = [places[key] for key in sorted(places)]
    yield part


def _renumber(tables: Tables, document_id: str, revision: int) -> None:
    for rows in tables.values():
        for row in rows:
            if row.get("document_id") == document_id and "revision" in row:
                row["revision"] = revision


class _Ids:
    """Ids of the facts of one text: hashed from its offsets, and a count where several share them."""

    def __init__(self, document_id: str, digest: str) -> None:
        self._parts = (document_id, digest)
        self._met: Counter[tuple[str, int, int]] = Counter()

    def of(self, prefix: str, fact: Fact) -> str:
        key = (prefix, fact.start, fact.end)
        self._met[key] += 1
        return stable_id(prefix, *self._parts, fact.start, fact.end, self._met[key])

    def claim(self, claim_id: str | None) -> str | None:
        # The extractor's id is unique within one text; figures point to it.
        return None if claim_id is None else stable_id("clm", *self._parts, claim_id)


def _document(article: Article, digest: str, base: Mapping[str, Any], run_id: str, extractor_version: str) -> Row:
    published, offset, utc = _wall_clock(article.published_at)
    return {
        **base,
        "is_current": True,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "published_at": published,
        "published_offset": offset,
        "published_utc": utc,
        "published_precision": article.published_precision,
        "dateline_place": article.dateline_place,
        "dateline_date": article.dateline_date,
        "fetched_at": _utc(article.fetched_at),
        "source": article.source,
        "origin_id": article.origin_id,
        "text": article.text,
        "text_hash": digest,
        "words": len(article.text.split()),
        "copy_of": None,
        "story_id": None,
        "extractor_version": extractor_version,
        "run_id": run_id,
    }


def _wall_clock(moment: datetime | None) -> tuple[datetime | None, int | None, datetime | None]:
    """Return local time without zone, minutes east of UTC, and UTC without zone."""
    if moment is None or moment.tzinfo is None:
        return moment, None, moment
    offset = moment.utcoffset()
    minutes = None if offset is None else round(offset.total_seconds() / 60)
    return moment.replace(tzinfo=None), minutes, _utc(moment)


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)


def _sentence(number: int, span: tuple[int, int], text: str, base: Mapping[str, Any]) -> Row:
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return {**base, "sentence": number, "start_char": start, "end_char": start + len(words.strip())}


def _fact(fact: Fact, base: Mapping[str, Any], run_id: str) -> Row:
    return {
        **base,
        "sentence": fact.sentence,
        "start_char": fact.start,
        "end_char": fact.end,
        "text": fact.text,
        "score": fact.score,
        "rule": fact.rule,
        "run_id": run_id,
    }


def _entity(fact: Entity, base: Mapping[str, Any], ids: _Ids, run_id: str) -> Row:
    return {
        **_fact(fact, base, run_id),
        "mention_id": ids.of("men", fact),
        # Without a link the name itself is the identity: equal names of one type are one row to join on.
        "entity_id": fact.entity_id or stable_id("ent", fact.type, fact.canonical or fact.name),
        "type": fact.type,
        "name": fact.name,
        "canonical": fact.canonical,
        "role": fact.role,
        "country": fact.country,
        "wikidata_id": fact.wikidata_id,
        "method": fact.method,
    }


def place_row(place: Place) -> Row:
    """Return the row of places for a gazetteer entry."""
    names = ("place_id", "name", "kind", "country", "admin1", "lat", "lon", "population", "geonames_id")
    return {name: getattr(place, name) for name in names}


def _places(mentions: Iterable[PlaceMention]) -> list[Row]:
    found = [m.place for m in mentions if m.place is not None]
    found += [c.place for m in mentions for c in m.candidates]
    return [place_row(place) for place in {place.place_id: place for place in found}.values()]


def _place_mention(fact: PlaceMention, base: Mapping[str, Any], ids: _Ids, run_id: str) -> Row:
    names = ("place_id", "name", "kind", "country", "admin1", "lat", "lon")
    return {
        **_fact(fact, base, run_id),
        "mention_id": ids.of("top", fact),
        "place_id": fact.place.place_id if fact.place else None,
        "method": fact.method,
        "candidates": [{**{name: getattr(c.place, name) for name in names}, "score": c.score} for c in fact.candidates],
        "metonym": fact.metonym,
    }


def _figure(fact: Figure, base: Mapping[str, Any], ids: _Ids, run_id: str) -> Row:
    same = (
        "value_min", "value_max", "approx", "modifier", "trend", "unit", "value_base", "unit_base", "item", "concept", "kind", "per",
        "place_id", "source_entity_id", "source_text", "source_name", "negated",
    )  # fmt: skip
    return {
        **_fact(fact, base, run_id),
        "figure_id": ids.of("fig", fact),
        **{name: getattr(fact, name) for name in same},
        "place_text": fact.place,
        "date_value": fact.date,
        "date_from": _local(fact.date_from),
        "date_to": _local(fact.date_to),
        "claim_id": ids.claim(fact.claim_id),
    }


def _date(fact: Date, base: Mapping[str, Any], ids: _Ids, run_id: str) -> Row:
    same = ("type", "value", "mod", "granularity", "anchor", "unresolved", "utc_offset")
    return {
        **_fact(fact, base, run_id),
        "date_id": ids.of("dat", fact),
        **{name: getattr(fact, name) for name in same},
        "date_from": _local(fact.date_from),
        "date_to": _local(fact.date_to),
    }


def _local(moment: datetime | None) -> datetime | None:
    # Intervals are local time by contract; a zone that slipped through must not shift them.
    return moment if moment is None else moment.replace(tzinfo=None)


def _claim(fact: Claim, base: Mapping[str, Any], ids: _Ids, run_id: str) -> Row:
    same = (
        "source_text", "source_start", "source_end", "source_name", "source_entity_id", "via_text", "via_entity_id", "cue", "cue_start", "cue_end",
        "act", "mode", "is_quote", "place_id",
    )  # fmt: skip
    return {
        **_fact(fact, base, run_id),
        "claim_id": ids.claim(fact.claim_id),
        **{name: getattr(fact, name) for name in same},
        "content_start": fact.start,
        "content_end": fact.end,
        **{name: _local(getattr(fact, name)) for name in ("date_from", "date_to", "said_from", "said_to")},
    }


def quarantine_row(refused: Rejection, *, run_id: str, document_id: str | None = None, revision: int | None = None, row_id: str | None = None) -> Row:
    """Return the row of ops.quarantine for a refusal; the same refusal has the same id in every run."""
    document = refused.document_id or document_id
    raw = refused.raw[:_RAW_LIMIT] if refused.raw else refused.raw
    return _sound_row(
        {
            "quarantine_id": stable_id("qua", refused.stage, refused.kind, refused.rule, document, refused.location, row_id, raw),
            "stage": refused.stage,
            "table_name": refused.kind,
            "rule": refused.rule,
            "reason": refused.reason,
            "document_id": document,
            "revision": revision if document is not None else None,
            "row_id": row_id,
            "location": refused.location,
            "raw": raw,
            "run_id": run_id,
            "created_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        }
    )


def _encodes(article: Article) -> bool:
    # Lone surrogates cannot be stored as UTF-8. Text rarely has them, so it is looked at once an article.
    try:
        for text in (article.text, article.title, article.byline, article.publisher, article.url, article.source, article.origin_id):
            (text or "").encode()
    except UnicodeEncodeError:
        return False
    return True


def _sound_row(row: Row) -> Row:
    return {key: _SURROGATES.sub("\ufffd", value) if isinstance(value, str) else value for key, value in row.items()}
