"""A small warehouse with facts of known offsets, filled through the real loader, for tests of what people look at.

Not a test of extraction: the facts are written down here next to the words they stand for, so it needs no language pipeline and its contents are
known to the row. `articles=10_000` gives the size that the report is measured at.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from dateline.ids import stable_id
from dateline.model import Article, Candidate, Claim, Date, Entity, Facts, Figure, Place, PlaceMention, Rejection
from dateline.warehouse.load import load_batch
from dateline.warehouse.publish import publish
from dateline.warehouse.rows import combine, quarantine_row, rows_of
from dateline.warehouse.runs import finish_run, start_run
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.stage import write_batch

HOSTILE = "<script>window.hit=1</script><img src=x onerror='window.hit=2'> \"quoted\" & 'so' {{7*7}} </title></script>"

_PLACES = {
    name: Place(place_id=f"geo_{n}", name=full, kind=kind, country=country, admin1=admin1, lat=lat, lon=lon)
    for n, (name, full, kind, country, admin1, lat, lon) in enumerate(
        [
            ("Ukraine", "Ukraine", "country", "UA", None, 49.0, 32.0),
            ("Russia", "Russia", "country", "RU", None, 60.0, 100.0),
            ("Kursk", "Kursk Oblast", "admin1", "RU", "Kursk Oblast", 51.73, 36.19),
            ("Belgorod", "Belgorod Oblast", "admin1", "RU", "Belgorod Oblast", 50.6, 36.58),
            ("Pokrovsk", "Pokrovsk", "city", "UA", "Donetsk Oblast", 48.28, 37.18),
            ("Kramatorsk", "Kramatorsk", "city", "UA", "Donetsk Oblast", 48.74, 37.58),
            ("Lyman", "Lyman", "city", "UA", "Donetsk Oblast", 48.99, 37.8),
            ("Toretsk", "Toretsk", "city", "UA", "Donetsk Oblast", 48.4, 37.85),
            ("Zaporizhzhia", "Zaporizhzhia", "city", "UA", "Zaporizhzhia Oblast", 47.84, 35.14),
            ("Gornal", "Gornal", "village", "RU", "Kursk Oblast", 51.06, 35.28),
            ("Sumy", "Sumy", "city", "UA", "Sumy Oblast", 50.91, 34.8),
            ("Moscow", "Moscow", "city", "RU", "Moscow", 55.75, 37.62),
            ("Kharkiv", "Kharkiv", "city", "UA", "Kharkiv Oblast", 49.99, 36.23),
            ("Dnipro River", "Dnipro", "natural", "UA", None, 48.5, 35.0),
            ("el-Fasher", "El Fasher", "city", "SD", "North Darfur", 13.63, 25.35),
        ]
    )
}
_SPEAKERS = {
    "Oleksandr Syrskyi": ("PERSON", "UA"),
    "Volodymyr Zelenskyy": ("PERSON", "UA"),
    "the Russian Defence Ministry": ("ORG", "RU"),
    "the United Nations": ("ORG", None),
    "Alexei Smirnov": ("PERSON", "RU"),
    "Sudan Doctors Network": ("ORG", "SD"),
}


class _Writer:
    """Writes a text and keeps the offsets of what is marked in it."""

    def __init__(self, published: datetime | None) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.sentence = 0
        self.begin = 0
        self.published = published
        self.found: dict[str, list[Any]] = {"entities": [], "places": [], "figures": [], "dates": [], "claims": []}
        self.sentences: list[tuple[int, int]] = []
        self.claim: dict[str, Any] = {}

    def say(self, text: str) -> tuple[int, int]:
        start = self.size
        self.parts.append(text)
        self.size += len(text)
        return start, self.size

    def base(self, text: str, rule: str, score: float = 0.9) -> dict[str, Any]:
        start, end = self.say(text)
        return {"start": start, "end": end, "text": text, "sentence": self.sentence, "score": score, "rule": rule}

    def stop(self, mark: str = ".") -> None:
        if self.claim:
            content = (self.claim.pop("content"), self.size)
            text = "".join(self.parts)[content[0] : content[1]]
            self.found["claims"].append(
                Claim(start=content[0], end=content[1], text=text, sentence=self.sentence, score=0.8, rule="claims.subject_cue", **self.claim)
            )
            self.claim = {}
        self.say(mark)
        self.sentences.append((self.begin, self.size))
        self.say(" ")
        self.sentence += 1
        self.begin = self.size

    def speaker(self, name: str, cue: str = "said", act: str = "say", mode: str = "asserted") -> None:
        if name in _SPEAKERS:
            kind, country = _SPEAKERS[name]
            fact = self.base(name, "entities.model")
            known = stable_id("ent", kind, name)
            self.found["entities"].append(Entity(**fact, type=kind, name=name, canonical=name, entity_id=known, country=country))
        else:
            fact, known = self.base(name, "claims.noun"), None
        self.say(" ")
        cue_start, cue_end = self.say(cue)
        self.say(" ")
        self.claim = {
            "claim_id": f"c{self.sentence}", "cue": cue, "cue_start": cue_start, "cue_end": cue_end, "source_text": name, "source_name": name,
            "source_start": fact["start"], "source_end": fact["end"], "source_entity_id": known, "act": act, "mode": mode, "content": self.size,
        }  # fmt: skip

    def figure(self, text: str, low: float | None, high: float | None, kind: str, item: str | None, **more: Any) -> None:
        speaker = {k: self.claim[k] for k in ("claim_id", "source_name", "source_text", "source_entity_id")} if self.claim else {}
        place = more.pop("at", None)
        day = more.pop("day", None)
        if place:
            more |= {"place": place, "place_id": _PLACES[place].place_id}
        if day:
            more |= {"date": day.date().isoformat(), "date_from": day, "date_to": day + timedelta(days=1)}
        modifier = more.get("modifier")
        if modifier:
            self.say(modifier + " ")
        self.found["figures"].append(
            Figure(**self.base(text, "figures.number"), value_min=low, value_max=high, kind=kind, item=item, **speaker, **more)
        )

    def place(self, name: str, metonym: bool = False) -> None:
        place = _PLACES[name]
        self.found["places"].append(PlaceMention(**self.base(name, "places.gazetteer"), place=place, method="gazetteer", metonym=metonym))

    def unknown_place(self, name: str) -> None:
        runners = tuple(Candidate(place=_PLACES[n], score=s) for n, s in (("Sumy", 0.31), ("Lyman", 0.22)))
        self.found["places"].append(PlaceMention(**self.base(name, "places.gazetteer", 0.3), place=None, method="ambiguous", candidates=runners))

    def date(self, text: str, day: datetime | None) -> None:
        if day is None:
            self.found["dates"].append(Date(**self.base(text, "dates.weekday"), type="DATE", value="UNRESOLVED", unresolved="no publication date"))
            return
        anchor = "published" if self.published else None
        span = {"date_from": day, "date_to": day + timedelta(days=1), "granularity": "day", "anchor": anchor}
        self.found["dates"].append(Date(**self.base(text, "dates.weekday"), type="DATE", value=day.date().isoformat(), **span))


def _seed_articles() -> Iterator[tuple[Article, Facts]]:
    """Yield articles in own words about the facts of the samples: two sides, ranges, hedges, a denial, an undated one, a hostile title."""
    for document in ("hostile", "attempts", "attempts-other", "kursk", "kursk-smirnov", "undated", "fasher"):
        day = {"kursk": datetime(2024, 8, 12), "kursk-smirnov": datetime(2024, 8, 12), "fasher": datetime(2025, 10, 2)}.get(document)
        day = None if document == "undated" else day or datetime(2025, 4, 27)
        w = _Writer(day)
        title = {"hostile": HOSTILE, "kursk": "Commander reports on Kursk", "fasher": "Toll in El Fasher rises"}.get(document, f"Sample {document}")
        if document in ("hostile", "attempts"):
            w.speaker("Oleksandr Syrskyi")
            w.say("there were ")
            w.figure("70", 70, 70, "attack", "attempt", approx="below", modifier="almost", at="Pokrovsk", day=day,
                     concept="attempts to attack Ukrainian positions")  # fmt: skip
            w.say(" attempts to attack Ukrainian positions on ")
            w.date("Sunday", day)
            w.say(", the heaviest near ")
            w.place("Pokrovsk")
            w.say(", ")
            w.place("Kramatorsk")
            w.say(" and ")
            w.place("Lyman")
            w.stop()
            w.say("Russia holds ")
            w.figure("20", 20, 20, "territory", "land", unit="percent", approx="about", modifier="around", at="Ukraine", day=day)
            w.say("% of the land of ")
            w.place("Ukraine")
            w.stop()
        if document == "hostile":
            w.say("A caption read <b>bold</b> & <script>window.hit=3</script> near ")
            w.unknown_place("Oleksandrivka")
            w.stop()
        if document == "attempts-other":
            w.speaker("the Russian Defence Ministry", "reported", "report")
            w.say("between ")
            w.figure("100 and 120", 100, 120, "attack", "attempt", at="Pokrovsk", day=day, concept="attempts to attack Ukrainian positions")
            w.say(" attempts near ")
            w.place("Pokrovsk")
            w.stop()
            w.place("Moscow", metonym=True)
            w.say(" gave no figure of its own")
            w.stop()
            w.speaker("the Russian Defence Ministry", "denied", "deny", "denied")
            w.say("that ")
            w.figure("300", 300, 300, "launched", "drone", at="Sumy", day=day)
            w.say(" drones were launched at ")
            w.place("Sumy")
            w.stop()
        if document == "kursk":
            w.speaker("Oleksandr Syrskyi")
            w.say("his forces control ")
            w.figure("1,000", 1000, 1000, "territory", "kilometre", unit="km2", approx="about", modifier="about", at="Kursk", day=day)
            w.say(" square kilometres of the ")
            w.place("Kursk")
            w.say(" region")
            w.stop()
            w.say("Dozens of residents, ")
            w.figure("dozens", 24, None, "evacuated", "resident", approx="about", at="Kursk", unit="person")
            w.say(" by the count of volunteers, left")
            w.stop()
        if document == "kursk-smirnov":
            w.speaker("Alexei Smirnov")
            w.say("Ukraine controls ")
            w.figure("28", 28, 28, "territory", "settlement", at="Kursk", day=day)
            w.say(" settlements in an area ")
            w.figure("12", 12, 12, "distance", "kilometre", unit="km", approx="about", modifier="about", at="Kursk", day=day)
            w.say(" kilometres deep")
            w.stop()
        if document == "undated":
            w.speaker("officials", "claimed", "claim", "hedged")
            w.say("at least ")
            w.figure("40", 40, 40, "killed", "soldier", unit="person", approx="at_least", modifier="at least")
            w.say(" soldiers died on ")
            w.date("Tuesday", None)
            w.stop()
        if document == "fasher":
            w.speaker("the United Nations")
            w.say("at least ")
            w.figure("91", 91, 91, "killed", "civilian", unit="person", approx="at_least", modifier="at least", at="el-Fasher", day=day)
            w.say(" civilians died in ")
            w.place("el-Fasher")
            w.stop()
            w.speaker("Sudan Doctors Network")
            w.say("it counted between ")
            w.figure("16 and 21", 16, 21, "killed", "civilian", unit="person", at="el-Fasher", day=day)
            w.say(" dead civilians there on ")
            w.date("Wednesday", day - timedelta(days=1) if day else None)
            w.stop()
        yield _article(document, title, day, w, url=f"https://example.org/{document}", publisher="North Desk" if "o" in document else "South Desk")


def _article(key: str, title: str, day: datetime | None, w: _Writer, *, url: str, publisher: str) -> tuple[Article, Facts]:
    text = "".join(w.parts).rstrip()
    article = Article(
        document_id=stable_id("doc", key), text=text, title=title, url=url, publisher=publisher, language="en", published_at=day,
        published_precision="day" if day else None, source=f"{key}.txt", origin_id=key,
    )  # fmt: skip
    return article, Facts(**{kind: tuple(facts) for kind, facts in w.found.items()}, sentences=tuple(w.sentences))


def _many(count: int) -> Iterator[tuple[Article, Facts]]:
    """Yield generated articles: days, towns, speakers and values drawn from a fixed seed."""
    draw = random.Random(7)
    towns = [n for n, p in _PLACES.items() if p.kind in ("city", "village")]
    kinds = [("killed", "soldier", "person"), ("injured", "civilian", "person"), ("attack", "attack", "count"), ("launched", "drone", "count"),
             ("intercepted", "drone", "count"), ("destroyed", "tank", "count"), ("territory", "settlement", "count")]  # fmt: skip
    for n in range(count):
        day = datetime(2024, 1, 1) + timedelta(days=draw.randrange(700))
        w = _Writer(day)
        for _ in range(draw.randint(4, 9)):
            w.speaker(draw.choice(list(_SPEAKERS)), *draw.choice([("said", "say"), ("claimed", "claim"), ("estimated", "estimate")]))
            kind, item, unit = draw.choice(kinds)
            town = draw.choice(towns)
            value = round(10 ** draw.uniform(0, 3.5))
            words = draw.choice([("exact", None), ("below", "almost"), ("about", "about"), ("above", "more than"), ("range", None)])
            high = value + draw.randint(2, 50)
            if words[0] == "range":
                w.figure(f"{value} to {high}", value, high, kind, item, unit=unit, at=town, day=day)
            else:
                w.figure(f"{value:,}", value, value, kind, item, unit=unit, at=town, day=day, approx=words[0], modifier=words[1])
            w.say(f" {item}s were {kind} near ")
            w.place(town)
            w.say(" on ")
            w.date("that day", day)
            w.stop()
        w.say("Residents spoke of a long night, of roads that stayed shut until noon and of a queue at the only pump that worked")
        w.stop()
        yield _article(f"many-{n}", f"Generated report {n}", day, w, url=f"https://example.org/many/{n}", publisher=f"Desk {draw.randint(1, 9)}")


def quality_rows(run_id: str, day: datetime, failed: int) -> list[dict[str, Any]]:
    """Return quality results of one batch: one expectation met, one critical with `failed` rows, one warning."""
    base = {"run_id": run_id, "batch": "0001", "checked_at": day, "element_count": 100, "bound": "{}", "observed": None}
    return [
        {**base, "result_id": f"{run_id}-1", "suite": "figures", "expectation": "value_min_below_value_max", "column_name": "value_min",
         "severity": "critical", "success": failed == 0, "unexpected_count": failed, "unexpected_percent": float(failed),
         "reason": "A range whose lower end is above its upper end was misread."},
        {**base, "result_id": f"{run_id}-2", "suite": "places", "expectation": "lat_within_90", "column_name": "lat", "severity": "critical",
         "success": True, "unexpected_count": 0, "unexpected_percent": 0.0, "reason": "Latitudes end at the poles."},
        {**base, "result_id": f"{run_id}-3", "suite": "dates", "expectation": "share_unresolved", "column_name": "unresolved", "severity": "warning",
         "success": failed < 2, "unexpected_count": failed * 9, "unexpected_percent": failed * 9.0,
         "reason": "More than that points to a source without publication dates."},
    ]  # fmt: skip


def build_sample(folder: Path, articles: int | None = None) -> Path:
    """Make a warehouse under `folder` and return its published snapshot; `articles` generated ones come after the seven written ones."""
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / "work.duckdb"
    con = duckdb.connect()
    con.execute(f"ATTACH '{work}' AS w (STORAGE_VERSION 'v1.4.0'); USE w")
    ensure_schema(con)
    stream = [*_seed_articles()] if articles != 0 else []
    if articles == 1:
        stream = stream[1:2]
    elif articles:
        stream += list(_many(articles))
    batches = [stream[n : n + 500] for n in range(0, len(stream), 500)] or [[]]
    for number, batch in enumerate(batches):
        _run(con, folder, f"run-{number:04d}", batch, failed=[2, 0, 1][number % 3])
    if articles is None:  # A second run: one text was changed at its address, and one report is a copy.
        article, facts = stream[3]
        grown = replace(article, text=article.text + " An update followed.", title="Commander reports on Kursk (updated)")
        _run(con, folder, "run-later", [(grown, facts)], failed=0)
        con.execute("UPDATE documents SET copy_of = ? WHERE origin_id = 'hostile'", [stable_id("doc", "attempts")])
    published = publish(con, folder / "dateline.duckdb")
    con.close()
    return published


def _run(con: duckdb.DuckDBPyConnection, folder: Path, run_id: str, batch: list[tuple[Article, Facts]], failed: int) -> None:
    start_run(con, run_id, sources=["articles"], versions={"dateline": "0.1.0"})
    tables = combine(rows_of(article, facts, run_id=run_id, extractor_version="test") for article, facts in batch)
    tables["ops.quality_results"] = quality_rows(run_id, datetime(2025, 4, 27, 12), failed)
    if failed:
        refused = Rejection(
            stage="validate", kind="figures", reason="The lower end is above the upper end.", rule="value_min_below_value_max",
            document_id=batch[0][0].document_id if batch else None, location="12-20", raw="between 90 and 30 <b>shells</b>",
        )  # fmt: skip
        tables["ops.quarantine"] = [quarantine_row(refused, run_id=run_id)]
    staged = write_batch(folder / "staging" / run_id / "0001", tables)
    loaded = load_batch(con, staged)
    finish_run(
        con, run_id, documents_read=len(batch), documents_loaded=loaded.documents, documents_known=0, documents_refused=0,
        words=sum(len(a.text.split()) for a, _ in batch), facts=loaded.rows, timings={"extract": 2.0, "load": 0.3},
    )  # fmt: skip


if __name__ == "__main__":
    import sys

    print(build_sample(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
