"""The quality gate with Great Expectations itself: each critical expectation refuses the row it is about, and only that."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from dateline.errors import EnvironmentProblem, QualityError
from dateline.ids import stable_id
from dateline.model import Article, Candidate, Claim, Date, Entity, Facts, Figure, Place, PlaceMention
from dateline.validate import suites
from dateline.validate.checks import checked_whole, checks, failed_checks, run_checks
from dateline.validate.frames import Known, frame_of
from dateline.validate.gate import ORDER, LoadRefused, judge, validate_batch, validate_staged
from dateline.validate.prepared import COMPLETE, Prepared
from dateline.validate.suites import suite_names, suite_record
from dateline.warehouse.load import load_batch
from dateline.warehouse.rows import Tables, combine, rows_of
from dateline.warehouse.runs import finish_run, start_run, write_quality
from dateline.warehouse.schema import KEYS, ensure_schema, sql_folder
from dateline.warehouse.stage import arrow_table, read_batch, write_batch

TEXT = "Syrskyi said on Sunday that almost 70 attacks struck Lyman, where 20% of the land is held by 30 people aged 99."


def facts(place_id: str = "p1") -> Facts:
    place = Place(place_id=place_id, name="Lyman", kind="city", country="UA", lat=48.99, lon=37.8, population=20000)

    def span(words: str) -> dict[str, Any]:
        start = TEXT.index(words)
        return {"start": start, "end": start + len(words), "text": words, "sentence": 0, "score": 0.9, "rule": "test"}

    day = {"date_from": datetime(2025, 4, 27), "date_to": datetime(2025, 4, 28)}
    return Facts(
        entities=(Entity(**span("Syrskyi"), type="PERSON", name="Syrskyi"),),
        places=(PlaceMention(**span("Lyman"), place=place, method="name", candidates=(Candidate(place=place, score=0.1),)),),
        figures=(
            Figure(**span("70"), value_min=70, value_max=70, approx="below", kind="attack", item="attack", claim_id="c1", place_id=place_id, **day),
            Figure(**span("20"), value_min=20, value_max=20, kind="territory", unit="percent"),
            Figure(**span("30"), value_min=30, value_max=30, kind="affected", unit="person"),
            Figure(**span("99"), value_min=99, value_max=99, kind="age", unit="year"),
        ),
        dates=(Date(**span("Sunday"), type="DATE", value="2025-04-27", **day),),
        claims=(
            Claim(
                **span("almost 70 attacks struck Lyman"),
                claim_id="c1",
                cue="said",
                cue_start=8,
                cue_end=12,
                source_text="Syrskyi",
                source_start=0,
                source_end=7,
                said_from=datetime(2025, 4, 27),
                said_to=datetime(2025, 4, 28),
                place_id=place_id,
                **day,
            ),
        ),
        sentences=((0, len(TEXT)),),
    )


def article(name: str = "a") -> Article:
    return Article(
        document_id=stable_id("doc", name), text=TEXT, title="Front", published_at=datetime(2025, 4, 27), published_precision="day", source="a.txt"
    )


def tables(count: int = 1) -> Tables:
    """Return reports that differ in their ids only, each with a place of its own."""
    return combine([rows_of(article(str(n)), facts(f"p{n:03d}"), run_id="r1", extractor_version="1") for n in range(count)])


def arrow(rows: Tables) -> dict[str, pa.Table]:
    return {table: arrow_table(table, rows[table]) for table in rows}


def verdict_on(table: str, changes: dict[str, Any], row: int = 0):
    """Return the verdict on two reports of which one row was changed."""
    rows = tables(2)
    rows[table][row].update(changes)
    return validate_batch(arrow(rows), run_id="r1", batch="1")


def refused(verdict) -> set[tuple[str, str]]:
    made = verdict.kept["ops.quarantine"]
    return set(zip(made["table_name"].to_pylist(), made["rule"].to_pylist(), strict=True))


def test_sound_rows_are_all_kept() -> None:
    given = arrow(tables(2))
    verdict = validate_batch(given, run_id="r1", batch="1")
    assert verdict.refused == 0 and verdict.unmet == []
    for table in given:
        if table not in ("ops.quarantine", "ops.quality_results"):
            assert verdict.kept[table].equals(given[table]), table
    tables_suites = [name for name in suite_names() if name not in ("run", "drift")]
    assert verdict.kept["ops.quality_results"].num_rows == sum(len(suite_record(name)["expectations"]) for name in tables_suites)


# Every critical expectation, with the change that it must refuse.
CRITICAL = [
    ("documents.id.present", "documents", {"document_id": "a b"}),
    ("documents.text.present", "documents", {"text": " \n—"}),
    ("documents.text_hash.form", "documents", {"text_hash": "short"}),
    ("documents.source.present", "documents", {"source": ""}),
    ("documents.published_precision.known", "documents", {"published_precision": "week"}),
    ("places.kind.known", "places", {"kind": "hamlet"}),
    ("places.lat.range", "places", {"lat": 91.0}),
    ("places.lon.range", "places", {"lon": -180.5}),
    ("places.point.whole", "places", {"lat": None}),
    ("places.point.not_null_island", "places", {"lat": 0.0, "lon": 0.0}),
    ("places.country.form", "places", {"country": "UKR"}),
    ("places.population.range", "places", {"population": -1}),
    ("entity_mentions.offsets.give_text", "entity_mentions", {"text": "Putin"}),
    ("entity_mentions.span.not_empty", "entity_mentions", {"end_char": 0, "text": ""}),
    ("entity_mentions.score.range", "entity_mentions", {"score": 1.5}),
    ("entity_mentions.type.known", "entity_mentions", {"type": "CITY"}),
    ("entity_mentions.name.present", "entity_mentions", {"name": "—"}),
    ("entity_mentions.country.form", "entity_mentions", {"country": "ru"}),
    ("entity_mentions.wikidata_id.form", "entity_mentions", {"wikidata_id": "Putin"}),
    ("place_mentions.offsets.give_text", "place_mentions", {"start_char": 0, "end_char": 5}),
    ("place_mentions.place.exists", "place_mentions", {"place_id": "p9"}),
    ("place_mentions.method.present", "place_mentions", {"method": ""}),
    ("figures.offsets.give_text", "figures", {"text": "71"}),
    ("figures.value.present", "figures", {"value_min": None, "value_max": None}),
    ("figures.value.finite", "figures", {"value_max": float("inf")}),
    ("figures.value.ordered", "figures", {"value_max": 60.0}),
    ("figures.approx.known", "figures", {"approx": "roughly"}),
    ("figures.trend.known", "figures", {"trend": "sideways"}),
    ("figures.unit.form", "figures", {"unit": "Square Kilometres!"}),
    ("figures.kind.form", "figures", {"kind": "Attack"}),
    ("figures.claim.exists", "figures", {"claim_id": "c9"}),
    ("figures.place.exists", "figures", {"place_id": "p9"}),
    ("figures.dates.ordered", "figures", {"date_to": datetime(2025, 4, 26)}),
    ("dates.offsets.give_text", "dates", {"text": "Monday"}),
    ("dates.type.known", "dates", {"type": "DAY"}),
    ("dates.value.form", "dates", {"value": "last Sunday"}),
    ("dates.unresolved.reason", "dates", {"value": "UNRESOLVED"}),
    ("dates.interval.ordered", "dates", {"date_to": datetime(2025, 4, 27)}),
    ("claims.act.known", "claims", {"act": "sing"}),
    ("claims.mode.known", "claims", {"mode": "maybe"}),
    ("claims.source.offsets", "claims", {"source_end": 6}),
    ("claims.cue.offsets", "claims", {"cue": "says"}),
    ("claims.content.is_span", "claims", {"content_start": 0}),
    ("claims.dates.ordered", "claims", {"date_to": datetime(2025, 4, 26)}),
    ("claims.said.ordered", "claims", {"said_to": datetime(2025, 4, 27)}),
    ("claims.place.exists", "claims", {"place_id": "p9"}),
    ("dates.utc_offset.range", "dates", {"utc_offset": 900}),
]


CRITICAL += [
    ("figures.territory.percent", "figures", {"kind": "territory", "unit": "percent", "value_max": 120.0}),
    ("figures.people.not_negative", "figures", {"unit": "person", "value_min": -3.0, "value_max": -3.0}),
]
IDS = {table: key[0] for table, key in KEYS.items()}


@pytest.fixture(scope="module")
def broken():
    """Return the verdict on a batch in which report n breaks what case n says, and the id of each broken row."""
    rows = tables(len(CRITICAL) + 1)
    per_report = {table: len(made) // (len(CRITICAL) + 1) for table, made in rows.items()}
    ids = []
    for n, (_, table, changes) in enumerate(CRITICAL):
        row = rows[table][n * per_report[table]]
        row.update(changes)
        ids.append(row[IDS[table]])
    return validate_batch(arrow(rows), run_id="r1", batch="1"), ids, rows


@pytest.mark.parametrize(("n", "rule", "table", "changes"), [(n, *case) for n, case in enumerate(CRITICAL)], ids=[case[0] for case in CRITICAL])
def test_a_critical_expectation_refuses_the_row_it_is_about(broken, n: int, rule: str, table: str, changes: dict[str, Any]) -> None:
    verdict, ids, _ = broken
    own = [row for row in verdict.kept["ops.quarantine"].to_pylist() if row["table_name"] == table and ids[n] in (row["row_id"], row["document_id"])]
    assert [row["rule"] for row in own] == [rule]
    assert ids[n] not in verdict.kept[table][IDS[table]].to_pylist()
    raw = json.loads(own[0]["raw"])
    for name, value in changes.items():
        assert raw.get(name) == (value.isoformat() if isinstance(value, datetime) else value), "the raw row shows what was refused"
    assert own[0]["reason"] and own[0]["stage"] == "validate"


def test_the_report_beside_the_broken_ones_is_kept_whole(broken) -> None:
    verdict, _, rows = broken
    last = rows["documents"][-1]["document_id"]
    for table in ("documents", "sentences", "entity_mentions", "place_mentions", "figures", "dates", "claims"):
        kept = verdict.kept[table]["document_id"].to_pylist().count(last)
        assert kept == sum(row["document_id"] == last for row in rows[table]), table


def test_rows_of_one_id_are_all_refused() -> None:
    rows = tables(3)
    doubled = [table for table in IDS if table in suite_names() and table not in ("documents", "places")]
    for table in doubled:
        rows[table][-1][IDS[table]] = rows[table][0][IDS[table]]
    rows["documents"][1]["document_id"] = rows["documents"][0]["document_id"]
    found = refused(validate_batch(arrow(rows), run_id="r1", batch="1"))
    assert found >= {(table, f"{table}.{IDS[table]}.unique") for table in doubled}
    assert ("documents", "documents.id_revision.unique") in found


def test_every_critical_expectation_is_tested() -> None:
    tested = {case[0] for case in CRITICAL}
    for name in suite_names():
        for expectation in suite_record(name)["expectations"]:
            rule = expectation["meta"]["name"]
            shared = rule.endswith((".unique", ".document.exists", ".span.not_empty", ".score.range", ".offsets.give_text"))  # Alike for every table.
            if expectation["severity"] == "critical" and name != "run" and not shared:
                assert rule in tested or rule in ("documents.text.length", "entity_mentions.entity_id.present"), f"{rule} has no test"


def test_every_expectation_has_a_name_of_its_own_a_severity_and_a_reason() -> None:
    names = []
    for suite in suite_names():
        for expectation in suite_record(suite)["expectations"]:
            assert expectation["severity"] in ("critical", "warning")
            assert len(expectation["meta"]["reason"]) > 20, expectation
            assert expectation["meta"]["name"].startswith(f"{suite}.")
            names.append(expectation["meta"]["name"])
    assert len(names) == len(set(names))


def test_facts_of_a_refused_document_go_with_it() -> None:
    verdict = verdict_on("documents", {"text": "   "})
    gone = verdict.kept["ops.quarantine"].to_pylist()
    document = tables(2)["documents"][0]["document_id"]
    assert {row["document_id"] for row in gone} == {document} and len(gone) == 9  # The document and its 8 facts.
    assert {row["rule"] for row in gone if row["table_name"] == "figures"} == {"figures.document.exists"}
    assert all(
        row["document_id"] != document
        for table in KEYS
        if table in verdict.kept
        for row in verdict.kept[table].to_pylist()
        if table not in ("places", "ops.quarantine", "ops.quality_results")
    )


def test_a_figure_goes_with_its_claim_and_a_mention_with_its_place() -> None:
    rows = tables(2)
    rows["claims"][0]["act"] = "sing"
    rows["places"][1]["lat"] = 99.0
    first, second = (row["document_id"] for row in rows["documents"])
    verdict = validate_batch(arrow(rows), run_id="r1", batch="1")
    assert {(row["table_name"], row["rule"], row["document_id"]) for row in verdict.kept["ops.quarantine"].to_pylist()} == {
        ("claims", "claims.act.known", first),
        ("figures", "figures.claim.exists", first),
        ("places", "places.lat.range", None),
        ("place_mentions", "place_mentions.place.exists", second),
        ("claims", "claims.place.exists", second),
        ("figures", "figures.claim.exists", second),
    }


def test_a_row_that_fails_twice_is_refused_once_and_names_both() -> None:
    made = verdict_on("figures", {"approx": "roughly", "kind": "Attack"}).kept["ops.quarantine"].to_pylist()
    assert len(made) == 1 and made[0]["rule"] == "figures.approx.known" and "figures.kind.form" in made[0]["reason"]


WARNINGS = [
    ("figures.date.not_future", "figures", {"date_from": datetime(2031, 1, 1), "date_to": datetime(2031, 1, 2)}),
    ("figures.age.plausible", "figures", {"unit": "year", "kind": "age", "value_min": 400.0, "value_max": 400.0}),
    ("figures.people.plausible", "figures", {"unit": "person", "value_max": 2e10}),
    ("documents.published_at.past", "documents", {"published_utc": datetime(2999, 1, 1)}),
    ("documents.language.english", "documents", {"language": "uk"}),
    ("documents.title.known", "documents", {"title": None}),
    ("entity_mentions.sentence.exists", "entity_mentions", {"sentence": 5}),
    ("dates.not_future", "dates", {"date_from": datetime(2031, 1, 1), "date_to": datetime(2031, 1, 2)}),
    ("dates.resolved.share", "dates", {"value": "UNRESOLVED", "unresolved": "no publication date"}),
    ("place_mentions.resolved.share", "place_mentions", {"place_id": None}),
    ("claims.source.share", "claims", {"source_text": None, "source_start": None}),
]


def test_a_warning_keeps_the_row_and_the_result() -> None:
    rows = tables(len(WARNINGS))
    for n, (_, table, changes) in enumerate(WARNINGS):
        rows[table][n * (len(rows[table]) // len(WARNINGS))].update(changes)
    verdict = validate_batch(arrow(rows), run_id="r1", batch="1")
    assert verdict.refused == 0
    results = {row["expectation"]: row for row in verdict.results}
    assert {rule: (results[rule]["unexpected_count"], results[rule]["severity"]) for rule, _, _ in WARNINGS} == {
        rule: (1, "warning") for rule, _, _ in WARNINGS
    }


def test_no_publication_date_and_no_facts_at_all_pass() -> None:
    bare = replace(article(), published_at=None, published_precision=None)
    verdict = validate_batch(arrow(combine([rows_of(bare, Facts(), run_id="r1", extractor_version="1")])), run_id="r1", batch="1")
    assert verdict.refused == 0 and {row["expectation"] for row in verdict.unmet} == {"documents.published_at.known"}


def test_a_batch_without_documents_passes_and_is_counted() -> None:
    verdict = validate_batch(arrow(combine([])), run_id="r1", batch="1")
    assert verdict.results == [] and verdict.counts["documents"] == 0


def test_the_same_refusal_has_the_same_id_in_every_run(tmp_path: Path) -> None:
    def ids(run_id: str) -> list[str]:
        rows = combine(
            [rows_of(article(), replace(facts(), figures=(replace(facts().figures[0], approx="roughly"),)), run_id=run_id, extractor_version="1")]
        )
        return validate_batch(arrow(rows), run_id=run_id, batch=run_id).kept["ops.quarantine"]["quarantine_id"].to_pylist()

    assert ids("r1") == ids("r2") != []


def test_staged_rows_are_rewritten_and_load(tmp_path: Path) -> None:
    rows = tables(2)
    rows["figures"][0]["approx"] = "roughly"
    folder = write_batch(tmp_path / "1", rows)
    verdict = validate_staged(folder, run_id="r1", batch="1")
    assert read_batch(folder)["figures"].num_rows == 7 == len(rows["figures"]) - 1
    with duckdb.connect() as con:
        ensure_schema(con)
        load_batch(con, folder)
        assert con.execute("SELECT rule, revision FROM ops.quarantine").fetchall() == [("figures.approx.known", 1)]
        assert con.execute("SELECT count(*) FROM ops.quality_results").fetchall() == [(len(verdict.results),)]
        assert failed_checks(run_checks(con, run_id="r1")) == []


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ({"documents": 0}, "run.documents.some"),
        ({"documents": 90, "words": 30_000, "figures": 0, "entity_mentions": 9, "dates": 9}, "run.figures.some"),
        ({"documents": 90, "words": 30_000, "figures": 9, "entity_mentions": 0, "dates": 9}, "run.entities.some"),
        ({"documents": 90, "words": 30_000, "figures": 9, "entity_mentions": 9, "dates": 0}, "run.dates.some"),
        ({"documents": 9, "words": 3_000, "figures": 100, "refused": 30}, "run.refused.percent"),
    ],
)
def test_a_run_is_refused_as_a_whole(counts: dict[str, int], rule: str) -> None:
    with pytest.raises(LoadRefused, match=rule) as caught:
        judge(counts, run_id="r1")
    assert isinstance(caught.value, QualityError) and caught.value.exit_code == 3
    assert {row["expectation"] for row in caught.value.results if not row["success"]} == {rule}


@pytest.mark.parametrize(
    "counts",
    [
        {"documents": 1, "words": 80},
        {"documents": 1, "words": 80, "figures": 3, "refused": 2},
        {"documents": 90, "words": 30_000, "figures": 9, "entity_mentions": 9, "dates": 9},
    ],
)
def test_small_runs_are_not_judged_by_shares(counts: dict[str, int]) -> None:
    assert all(row["success"] for row in judge(counts, run_id="r1"))


@pytest.mark.parametrize("beforehand", [False, True])
@pytest.mark.parametrize("table", ORDER)
def test_a_prepared_suite_says_what_great_expectations_says(broken, table: str, beforehand: bool) -> None:
    """Sound and broken rows of every kind, and a second frame after the first: equal results, down to the positions of the failing rows."""
    _, _, rows = broken
    known = Known()
    known.count_sentences(arrow(rows)["sentences"])
    for earlier in ORDER[: ORDER.index(table)]:
        known.keep(earlier, arrow(rows)[earlier])
    gate = suites._gate()
    prepared = Prepared(gate.suites[table].suite)
    if beforehand:
        prepared.prepare(suites.suite_columns(table))
        assert prepared._expected
    for made in (arrow(rows)[table], arrow(tables(2))[table], arrow(rows)[table].slice(0, 1)):
        frame = frame_of(table, made, known)
        frame = frame[[column for column in frame.columns if column in suites.suite_columns(table)]]
        plain = gate.definition.get_batch({"dataframe": frame}).validate(prepared.suite, result_format=COMPLETE)
        fast = prepared.validate(frame)
        assert fast is not None
        assert {r.expectation_config.meta["name"]: repr((r.success, r.result)) for r in fast.results} == {
            r.expectation_config.meta["name"]: repr((r.success, r.result)) for r in plain.results
        }
        assert (fast.success, fast.statistics) == (plain.success, plain.statistics)


def test_a_suite_that_names_a_missing_column_is_a_fault_of_the_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    import great_expectations as gx

    record = {
        "name": "dates",
        "expectations": [
            {
                "type": "expect_column_values_to_not_be_null",
                "kwargs": {"column": "nowhere"},
                "severity": "warning",
                "meta": {"name": "x", "reason": "y"},
            }
        ],
    }
    gate = suites._gate()
    monkeypatch.setattr(suites, "suite_record", lambda name: record)
    monkeypatch.setattr(suites, "_gate", lambda: suites._Gate(gate.definition, {"dates": Prepared(gx.ExpectationSuite(**record))}))
    suites.warm_up().join()
    with pytest.raises(EnvironmentProblem, match=r"expectations/dates\.json"):
        suites.validate_frame("dates", arrow(tables())["dates"].to_pandas(), run_id="r", batch="b")


# Whole-warehouse checks: for each, a statement that breaks what it guards.
BREAKS = {
    "offsets_give_text": "UPDATE dates SET text = 'Monday'",
    "one_current_revision": "UPDATE documents SET is_current = false",
    "revisions_without_gap": "UPDATE documents SET revision = 3",
    "one_revision_per_text": "INSERT INTO documents SELECT * REPLACE (2 AS revision, false AS is_current) FROM documents LIMIT 1",
    "ids_are_unique": "INSERT INTO claims SELECT * FROM claims LIMIT 1",
    "facts_have_documents": "DELETE FROM documents WHERE document_id = (SELECT min(document_id) FROM documents)",
    "references_join": "DELETE FROM places",
    "speakers_are_entities": "UPDATE figures SET source_entity_id = 'nobody'",
    "figures_beside_dates": "UPDATE figures SET start_char = (SELECT min(start_char) FROM dates), end_char = (SELECT min(end_char) FROM dates)",
    "quarantine_share": "INSERT INTO ops.quarantine BY NAME SELECT 'q' || i AS quarantine_id, 'validate' AS stage, 'figures' AS table_name, "
    "'x' AS rule, 'y' AS reason, 'r' AS run_id, now()::TIMESTAMP AS created_at FROM range(200) AS t(i)",
}


@pytest.mark.parametrize("name", [check.name for check in checks()])
def test_each_check_finds_what_it_guards_against(tmp_path: Path, name: str) -> None:
    with duckdb.connect() as con:
        ensure_schema(con)
        load_batch(con, write_batch(tmp_path / "1", tables(2)))
        assert [row["expectation"] for row in run_checks(con, run_id="r1") if not row["success"]] == []
        con.execute(BREAKS[name])
        found = {row["expectation"]: row for row in run_checks(con, run_id="r1") if not row["success"]}
        assert name in found and found[name]["unexpected_count"] > 0
        assert json.loads(found[name]["observed"])


# What a run may bring, held against what is there: for each check with a form for the rows of one run, statements that break rows of the second run.
TOUCHED = [
    ("ids_are_unique", "INSERT INTO figures SELECT * REPLACE ('r2' AS run_id) FROM figures WHERE run_id = 'r1' LIMIT 1"),
    ("ids_are_unique", "UPDATE claims SET claim_id = (SELECT min(claim_id) FROM claims WHERE run_id = 'r1') WHERE run_id = 'r2'"),
    ("ids_are_unique", "INSERT INTO sentences SELECT s.* FROM sentences AS s JOIN documents AS d USING (document_id) WHERE d.run_id = 'r2' LIMIT 1"),
    ("ids_are_unique", "INSERT INTO entities FROM entities LIMIT 1"),
    ("ids_are_unique", "INSERT INTO places FROM places LIMIT 1"),
    *[
        ("ids_are_unique", f"INSERT INTO {table} FROM {table} WHERE run_id = 'r2' LIMIT 1")
        for table in ("entity_mentions", "place_mentions", "figures", "dates", "claims")
    ],
    *[
        ("offsets_give_text", f"UPDATE {table} SET text = 'Monday' WHERE run_id = 'r2'")
        for table in ("entity_mentions", "place_mentions", "figures", "dates", "claims")
    ],
    ("offsets_give_text", "UPDATE documents SET text = upper(text) WHERE run_id = 'r2'"),
    # Facts of a document that the run has written anew, left over from the run before.
    ("offsets_give_text", "UPDATE documents SET text = upper(text), run_id = 'r2' WHERE run_id = 'r1'"),
    # Facts that the run has put on a document that it has not written.
    ("offsets_give_text", "UPDATE documents SET run_id = 'r1'; UPDATE dates SET start_char = 0 WHERE run_id = 'r2'"),
]


@pytest.fixture
def two_runs(tmp_path: Path):
    """Give a warehouse with a report of run r1, found sound as a whole, and one of run r2."""
    articles = (article("first"), article("second"))
    with duckdb.connect() as con:
        ensure_schema(con)
        con.execute("UPDATE ops.schema_version SET applied_at = applied_at - INTERVAL 1 HOUR")  # Results are of a whole second, so may seem earlier.
        for n, one in enumerate(articles, 1):
            load_batch(con, write_batch(tmp_path / str(n), combine([rows_of(one, facts(), run_id=f"r{n}", extractor_version="1")])))
            if n == 1:
                start_run(con, "r1")
                write_quality(con, run_checks(con, run_id="r1"))
                finish_run(con, "r1")
        yield con


def not_met(rows) -> set[str]:
    return {row["expectation"] for row in rows if not row["success"]}


def hours_later(hours: float) -> datetime:
    return datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=hours)


@pytest.mark.parametrize(("name", "statement"), TOUCHED)
def test_a_fault_in_the_rows_of_a_run_is_found_without_looking_at_the_whole(two_runs, name: str, statement: str) -> None:
    sound = checked_whole(two_runs, now=hours_later(1))
    assert sound == {check.name for check in checks()}
    assert not_met(run_checks(two_runs, run_id="r2", sound=sound)) == set()
    two_runs.execute(statement)
    found = run_checks(two_runs, run_id="r2", sound=sound)
    assert name in not_met(found)
    assert {row["bound"] for row in found if row["expectation"] == name} == {"no rows of this run"}
    # The next run is told: what was found once is looked for in the whole until it is gone.
    write_quality(two_runs, found)
    again = run_checks(two_runs, run_id="r3", sound=checked_whole(two_runs, now=hours_later(1)))
    assert {(row["expectation"], row["bound"]) for row in again if not row["success"] and row["expectation"] == name} == {(name, "no rows")}


def test_every_form_for_one_run_belongs_to_a_check() -> None:
    assert {path.stem for path in (sql_folder("checks") / "touched").glob("*.sql")} == {check.name for check in checks() if check.touched}
    assert {name for name, _ in TOUCHED} == {check.name for check in checks() if check.touched}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ops.runs SET status = 'failed', finished_at = now()::TIMESTAMP + INTERVAL 1 MINUTE",
        "UPDATE ops.runs SET status = 'killed', finished_at = NULL, started_at = now()::TIMESTAMP + INTERVAL 1 MINUTE",
        "UPDATE ops.schema_version SET applied_at = now()::TIMESTAMP + INTERVAL 1 MINUTE",
        "UPDATE ops.quality_results SET success = false",
        "DELETE FROM ops.quality_results",
    ],
)
def test_the_whole_is_looked_at_again_after_anything_out_of_order(two_runs, statement: str) -> None:
    two_runs.execute("SET TimeZone = 'UTC'")
    two_runs.execute(statement)
    assert checked_whole(two_runs, now=hours_later(1)) == frozenset()


def test_the_whole_is_looked_at_again_after_a_week_and_by_a_clock_gone_back(two_runs) -> None:
    assert checked_whole(two_runs, now=hours_later(24 * 6))
    assert checked_whole(two_runs, now=hours_later(24 * 8)) == frozenset()
    assert checked_whole(two_runs, now=hours_later(-24)) == frozenset()
