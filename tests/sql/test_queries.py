"""The named queries: their headers, and each question answered on small inputs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from dateline.errors import UsageError
from dateline.warehouse.query import execute, named_queries, named_query, parse_query

if TYPE_CHECKING:
    from conftest import World


@pytest.fixture
def desk(world: World) -> World:
    """Two outlets, a copy, a dispute, a denial, a revision: what most questions are about."""
    world.row("entities", entity_id="e1", name="Oleksandr Syrskyi")
    world.row("entities", entity_id="e2", name="Vladimir Putin")
    world.row("places", place_id="p1", name="Pokrovsk", country="UA", lat=48.28, lon=37.18)
    world.row("places", place_id="p2", name="Kramatorsk", country="UA", lat=48.72, lon=37.56)
    world.row("places", place_id="p3", name="Kyiv", country="UA", lat=50.45, lon=30.52)
    text = "Syrskyi said almost 70 attacks struck Pokrovsk. Putin said 40 attacks struck Pokrovsk. Putin denied losses at Kramatorsk. "
    text += "Russia holds around 20% now."
    world.document("a", text, published="2025-04-27T10:00", publisher="Alpha", title="Front", url="https://a.example/1")
    world.document("b", text + " Kyiv waits.", published="2025-04-27T12:00", publisher="Beta", title="Front", copy_of="a")
    for name in ("a", "b"):
        claim = world.claim(name, "almost 70 attacks struck Pokrovsk", source_entity_id="e1", source_text="Syrskyi", source_name="Syrskyi")
        world.figure(
            name,
            "70",
            70,
            kind="attack",
            item="attack",
            approx="below",
            modifier="almost",
            place_id="p1",
            source_entity_id="e1",
            source_name="Syrskyi",
            claim_id=claim,
            date_value="2025-04-27",
        )
        other = world.claim(name, "40 attacks struck Pokrovsk", source_entity_id="e2", source_text="Putin", source_name="Putin", is_quote=True)
        world.figure(name, "40", 40, kind="attack", item="attack", place_id="p1", source_entity_id="e2", source_name="Putin", claim_id=other)
        world.claim(name, "losses at Kramatorsk", source_entity_id="e2", source_text="Putin", source_name="Putin", act="deny", cue="denied")
        world.figure(name, "20", 20, kind="territory", unit="percent", modifier="around", approx="about")
        world.place_mention(name, "Pokrovsk", "p1")
        world.place_mention(name, "Pokrovsk", "p1", nth=1)
        world.place_mention(name, "Kramatorsk", "p2")
    world.place_mention("b", "Kyiv", "p3")
    return world


def picked(rows: list[dict], *names: str) -> list[tuple]:
    return [tuple(row[name] for name in names) for row in rows]


def test_every_query_has_title_question_and_documented_parameters() -> None:
    for name, query in named_queries().items():
        assert query.title != name and query.question.endswith("?"), name
        assert all(parameter.about for parameter in query.parameters), name


def test_every_query_is_tested() -> None:
    tested = {name.removeprefix("test_").split("__")[0] for name in globals() if name.startswith("test_")}
    assert set(named_queries()) <= tested


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_query_runs_on_an_empty_warehouse(world: World, name: str) -> None:
    assert world.query(name) == [] or name == "counts"


def test_attacks_daily__speaker_words_day_place_link(desk: World) -> None:
    rows = desk.query("attacks_daily", speaker="syrsk")
    assert picked(rows, "day", "speaker", "words", "place", "publisher") == [
        (date(2025, 4, 27), "Oleksandr Syrskyi", "almost 70", "Pokrovsk", "Alpha"),
        (date(2025, 4, 27), "Oleksandr Syrskyi", "almost 70", "Pokrovsk", "Beta"),
    ]
    assert rows[0]["link"].startswith("https://a.example/1#:~:text=Syrskyi")
    assert desk.query("attacks_daily", since="2025-04-28") == []


def test_disputed_figures__ranges_that_do_not_touch(desk: World) -> None:
    rows = desk.query("disputed_figures", kind="attack")
    assert set(picked(rows, "lower_voice", "lower_words", "higher_voice", "higher_words", "gap")) == {
        ("Vladimir Putin", "40", "Oleksandr Syrskyi", "almost 70", 23)
    }
    assert desk.query("disputed_figures", kind="killed") == []


def test_figure_series__filters(desk: World) -> None:
    assert len(desk.query("figure_series", kind="attack", place="pokrov")) == 4
    assert desk.query("figure_series", item="drone") == []


def test_unowned_figures__outlets_own_voice(desk: World) -> None:
    assert picked(desk.query("unowned_figures", publisher="alpha"), "publisher", "words", "what") == [("Alpha", "around 20%", "territory")]


def test_independent_voices__copies_folded(desk: World) -> None:
    rows = desk.query("independent_voices")
    assert picked(rows, "kind", "documents", "originals", "voices") == [("attack", 2, 1, 2), ("territory", 2, 1, 2)]
    assert desk.query("independent_voices", at_least=3) == []


def test_said_this_week__window_ends_at_the_latest_day(desk: World) -> None:
    desk.document("old", "Syrskyi spoke of 9 raids.", published="2025-04-20", publisher="Alpha")
    desk.claim("old", "of 9 raids", source_entity_id="e1")
    assert picked(desk.query("said_this_week", speaker="syrskyi"), "day", "content", "publisher") == [
        (date(2025, 4, 27), "almost 70 attacks struck Pokrovsk", "Alpha"),
        (date(2025, 4, 27), "almost 70 attacks struck Pokrovsk", "Beta"),
    ]
    assert picked(desk.query("said_this_week", speaker="syrskyi", until="2025-04-20", days=1), "content") == [("of 9 raids",)]


def test_claims_near__within_the_radius(desk: World) -> None:
    near = desk.query("claims_near", town="pokrovsk", km=30)
    assert {row["place"] for row in near} == {"Pokrovsk"} and len(near) == 4
    wider = desk.query("claims_near", town="Pokrovsk", country="ua", km=60)
    assert {(row["place"], row["content"]) for row in wider} >= {("Kramatorsk", "losses at Kramatorsk")}
    assert desk.query("claims_near", town="Pokrovsk", country="RU") == []


def test_denied_claims__by_the_other_side(desk: World) -> None:
    rows = desk.query("denied_claims")
    assert picked(rows, "speaker", "content", "denied_speaker", "denied_content") == 2 * [
        ("Vladimir Putin", "losses at Kramatorsk", "Oleksandr Syrskyi", "almost 70 attacks struck Pokrovsk")
    ]
    assert desk.query("denied_claims", speaker="Syrskyi") == []


def test_revision_changes__figures_title_and_text(world: World) -> None:
    world.document("d1", "5 killed.", revision=1, is_current=False, title="Five dead")
    world.document("d1", "7 killed here.", revision=2, is_current=False, title="Seven dead")
    world.document("d1", "7 killed here now.", revision=3, title="Seven dead")
    world.figure("d1", "5", 5, revision=1, kind="killed")
    world.figure("d1", "7", 7, revision=2, kind="killed")
    world.figure("d1", "7", 7, revision=3, kind="killed")
    assert picked(world.query("revision_changes", document="d1"), "to_revision", "change", "words_before", "words_after") == [
        (2, "changed", "5", "7"),
        (2, "title", "Five dead", "Seven dead"),
        (3, "text", "3 words", "4 words"),
    ]
    assert world.query("revision_changes", document="d2") == []


def test_hedging__shares_by_publisher_and_by_speaker(desk: World) -> None:
    names = ("side", "figures", "hedged_figures_percent", "owned_figures_percent", "claims", "denials_percent", "quotes_percent")
    assert picked(desk.query("hedging"), *names) == [("Alpha", 3, 66.7, 66.7, 3, 33.3, 33.3), ("Beta", 3, 66.7, 66.7, 3, 33.3, 33.3)]
    assert picked(desk.query("hedging", side="speaker", at_least=6), "side", "claims", "denials_percent") == [("Vladimir Putin", 4, 50.0)]


def test_figure_spread__who_gave_low_and_high(desk: World) -> None:
    rows = desk.query("figure_spread", kind="attack")
    assert picked(rows, "figures", "low", "low_by", "median", "high", "high_by") == [(4, 40, "Vladimir Putin", 55, 70, "Oleksandr Syrskyi")]


def test_who_said_first__by_publication_time(desk: World) -> None:
    rows = desk.query("who_said_first", kind="territory")
    assert picked(rows, "first_published", "first_voice", "words", "documents", "originals") == [
        (datetime(2025, 4, 27, 10), "Alpha", "around 20%", 2, 1)
    ]


def test_territory_share__around_twenty_percent(desk: World) -> None:
    assert picked(desk.query("territory_share"), "day", "words", "percent_min", "publisher") == [
        (date(2025, 4, 27), "around 20%", 20, "Alpha"),
        (date(2025, 4, 27), "around 20%", 20, "Beta"),
    ]
    assert desk.query("territory_share", place="Ukraine") == []


def test_missing_by_outlet__counts_and_denominators(desk: World) -> None:
    desk.document("u", "Undated 5 here.", publisher="Gamma")
    desk.figure("u", "5", 5)
    names = ("publisher", "documents", "documents_undated", "figures", "figures_without_date", "figures_without_place")
    assert picked(desk.query("missing_by_outlet"), *names) == [("Alpha", 1, 0, 3, 2, 1), ("Beta", 1, 0, 3, 2, 1), ("Gamma", 1, 1, 1, 1, 1)]


def test_refused_by_rule__counts_reasons_and_an_example(world: World) -> None:
    for n in range(3):
        world.row("ops.quarantine", quarantine_id=f"q{n}", table_name="figures", rule="figures.value.ordered", document_id="d1", raw=f"row {n}")
    world.row("ops.quarantine", quarantine_id="q9", table_name="documents", rule="read.empty", run_id="r2")
    assert picked(world.query("refused_by_rule"), "rule", "rows", "documents", "example") == [
        ("figures.value.ordered", 3, 1, "row 0"),
        ("read.empty", 1, 0, None),
    ]
    assert picked(world.query("refused_by_rule", run="r2"), "rule") == [("read.empty",)]


def test_runs__latest_first(world: World) -> None:
    world.row("ops.runs", run_id="r1", started_at=datetime(2025, 1, 1), finished_at=datetime(2025, 1, 1, 0, 0, 9), documents_loaded=8)
    world.row("ops.runs", run_id="r2", started_at=datetime(2025, 1, 2), status="running")
    assert picked(world.query("runs"), "run_id", "seconds", "status") == [("r2", None, "running"), ("r1", 9.0, "done")]
    assert len(world.query("runs", last=1)) == 1


def test_counts__of_every_kind(desk: World) -> None:
    counts = {row["what"]: row["rows"] for row in desk.query("counts")}
    assert counts["documents"] == 2 and counts["figures"] == 6 and counts["claims"] == 6 and counts["quarantined"] == 0


def test_a_marts_name_selects_the_mart(desk: World) -> None:
    assert execute(desk.con, named_query("@casualties").sql).num_rows == 0


def test_unknown_names_get_near_ones() -> None:
    with pytest.raises(UsageError, match="@attacks_daily"):
        named_query("@attack_daily")


def test_a_malformed_parameter_line_is_refused() -> None:
    with pytest.raises(ValueError, match="declared as"):
        parse_query("x", "-- param: days 7\nSELECT 1")


@pytest.mark.parametrize(
    ("name", "mart", "shared"),
    [
        ("attacks_daily", "attacks_daily", "day, speaker, words, what, place, publisher, link, quote"),
        ("territory_share", "territory_share", "day, speaker, words, percent_min, percent_max, approx, what, place, publisher, link, quote"),
        (
            "disputed_figures",
            "disputed_figures",
            "day, kind, item, unit, place, lower_voice, lower_words, higher_voice, gap, lower_link, higher_quote",
        ),
        ("figure_series", "figure_series", "voice, kind, item, unit, place, day, words, value_min, previous_value, change, link, quote"),
        ("independent_voices", "voices WHERE documents >= 2", "day, kind, item, unit, place, documents, originals, voices, who, lowest, highest"),
        ("who_said_first", "who_said_first", "first_published, first_voice, first_publisher, words, kind, place, documents, originals, link, quote"),
        ("denied_claims", "denials", "day, denied_speaker, denied_content, speaker, cue, content, publisher, link, quote, denied_quote"),
    ],
)
def test_queries_that_go_around_their_mart_for_speed_give_its_rows(desk: World, name: str, mart: str, shared: str) -> None:
    rows = desk.query(name)
    whole = execute(desk.con, f"SELECT {shared} FROM {mart}").to_pylist()
    assert rows
    assert sorted(map(repr, picked(rows, *shared.split(", ")))) == sorted(map(repr, picked(whole, *shared.split(", "))))


@pytest.mark.parametrize("name", sorted(name for name, query in named_queries().items() if "limit" in {p.name for p in query.parameters}))
def test_limited_queries_give_rows_that_the_unlimited_ones_give(desk: World, name: str) -> None:
    rows = desk.query(name, **({"days": 400} if name == "said_this_week" else {}))
    cut = desk.query(name, limit=1, **({"days": 400} if name == "said_this_week" else {}))
    # A limit counts whole series and whole reports where half a one would mislead.
    assert len(cut) <= (2 if name == "figure_series" else 1)
    assert all(row in rows for row in cut)


def test_disputed_figures__the_newest_are_found_without_reading_all_days(world: World) -> None:
    for n, day in enumerate(("2025-04-01", "2025-04-10", "2025-04-20", "2025-04-21")):
        world.document(f"k{n}", "Kyiv saw 70 attacks. Moscow saw 40 attacks.", published=day)
        world.figure(f"k{n}", "70", 70, kind="attack", item="attack", source_name="Kyiv")
        world.figure(f"k{n}", "40", 40, kind="attack", item="attack", source_name="Moscow")
    everything = picked(world.query("disputed_figures"), "day", "gap")
    assert len(everything) == 6  # Each day by itself, and the 20th with the 21st both ways.
    for n in range(1, 7):
        assert picked(world.query("disputed_figures", limit=n), "day", "gap") == everything[:n]


def test_claims_near__by_the_place_that_a_claim_was_read_to_speak_of(desk: World) -> None:
    desk.claim("b", "Kyiv waits", source_name="Syrskyi", place_id="p2")
    assert ("Kyiv waits", "Kramatorsk") in picked(desk.query("claims_near", town="Kramatorsk", km=5), "content", "place")


def test_said_this_week__on_the_day_it_was_said(desk: World) -> None:
    desk.document("late", "On the 20th Syrskyi spoke of 9 raids.", published="2025-04-27")
    desk.claim("late", "of 9 raids", source_entity_id="e1", said_from=datetime(2025, 4, 20), said_to=datetime(2025, 4, 21))
    assert "of 9 raids" not in {row["content"] for row in desk.query("said_this_week")}
    assert picked(desk.query("said_this_week", until="2025-04-20", days=1), "day", "content") == [(date(2025, 4, 20), "of 9 raids")]
