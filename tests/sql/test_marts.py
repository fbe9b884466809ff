"""Each mart on small inputs: what goes in is stated in the case, what must come out is spelled out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from dateline.warehouse.query import mart_names

if TYPE_CHECKING:
    from conftest import World

DAY = datetime(2025, 4, 27)
NEXT = datetime(2025, 4, 28)


def test_every_mart_is_described_and_tested(world: World) -> None:
    tested = {name.removeprefix("test_").split("__")[0] for name in globals() if name.startswith("test_")}
    for name, comment in mart_names().items():
        assert len(comment) > 60, f"{name} needs a comment that says what the reader may not do with it"
        assert name in tested, f"{name} has no test"


def test_figure_facts__carries_speaker_words_place_and_quote(world: World) -> None:
    text = "A quiet day. In a report by Oleksandr Syrskyi, troops made almost 70 attempts to attack near Lyman on Sunday. Nothing else."
    world.document("d1", text, published="2025-04-28", url="https://a.example/1", publisher="Alpha Desk", title="Front")
    world.row("entities", entity_id="e1", name="Oleksandr Syrskyi")
    world.row("places", place_id="p1", name="Lyman", country="UA", lat=48.99, lon=37.8)
    claim = world.claim(
        "d1", "troops made almost 70 attempts to attack near Lyman on Sunday", source_entity_id="e1", mode="hedged", cue="In a report by"
    )
    world.figure(
        "d1",
        "70",
        70,
        approx="below",
        modifier="almost",
        item="attempt",
        kind="attack",
        concept="attempts to attack",
        place_id="p1",
        place_text="Lyman",
        date_value="2025-04-27",
        date_from=DAY,
        date_to=NEXT,
        source_entity_id="e1",
        source_name="Syrskyi",
        claim_id=claim,
    )
    got = world.select(
        "SELECT day, day_basis, speaker, words, low, high, place, country, mode, quote, link, publisher, original_id FROM figure_facts"
    )
    quote = "In a report by Oleksandr Syrskyi, troops made almost 70 attempts to attack near Lyman on Sunday"
    link = "https://a.example/1#:~:text=In%20a%20report%20by%20Oleksandr%20Syrskyi%2C,to%20attack%20near%20Lyman%20on%20Sunday"
    assert got == [(date(2025, 4, 27), "stated", "Oleksandr Syrskyi", "almost 70", 63, 70, "Lyman", "UA", "hedged", quote, link, "Alpha Desk", "d1")]


def test_figure_facts__day_falls_back_to_publication_and_else_is_unknown(world: World) -> None:
    world.document("dated", "Some 5 died.", published="2025-04-28")
    world.document("undated", "Some 6 died.")
    world.figure("dated", "5", 5, date_from=datetime(2025, 4, 1), date_to=datetime(2025, 5, 1), date_value="2025-04")
    world.figure("undated", "6", 6)
    assert world.select("SELECT words, day, day_basis, speaker FROM figure_facts ORDER BY words") == [
        ("5", date(2025, 4, 28), "published", None),
        ("6", None, None, None),
    ]


def test_figure_facts__reads_current_revisions_only(world: World) -> None:
    world.document("d1", "There were 5 dead.", revision=1, is_current=False)
    world.document("d1", "There were 6 dead.", revision=2)
    world.figure("d1", "5", 5, revision=1)
    world.figure("d1", "6", 6, revision=2)
    assert world.select("SELECT words, revision FROM figure_facts") == [("6", 2)]


def test_figure_series__change_from_the_day_before_by_voice(world: World) -> None:
    for day, value in (("2025-04-26", 60), ("2025-04-27", 70), ("2025-04-28", 65)):
        world.document(day, f"The staff counted {value} attacks.", published=day, publisher="Alpha")
        world.figure(day, str(value), value, kind="attack", item="attack", source_name="General Staff")
    world.document("other", "We counted 90 attacks.", published="2025-04-28", publisher="Beta")
    world.figure("other", "90", 90, kind="attack", item="attack")
    world.document("denied", "Not 10 attacks.", published="2025-04-28", publisher="Beta")
    world.figure("denied", "10", 10, kind="attack", item="attack", negated=True)
    assert world.select("SELECT voice, day, value_min, previous_value, change FROM figure_series ORDER BY voice, day") == [
        ("Beta", date(2025, 4, 28), 90, None, None),
        ("General Staff", date(2025, 4, 26), 60, None, None),
        ("General Staff", date(2025, 4, 27), 70, 60, 10),
        ("General Staff", date(2025, 4, 28), 65, 70, -5),
    ]


@pytest.mark.parametrize(
    ("second", "disputed"),
    [
        ({"value": 40}, [("Moscow", "Kyiv", 23)]),  # 63..70 against 40: apart by 23.
        ({"value": 65}, []),  # Within what "almost 70" allows.
        ({"value": 40, "approx": "at_least"}, []),  # Open upwards: 70 is at least 40.
        ({"value": 40, "source_name": "Kyiv"}, []),  # Nobody disputes with themselves.
        ({"value": 40, "unit": "percent"}, []),
        ({"value": 40, "place_id": "p2"}, []),
        ({"value": 40, "negated": True}, []),
        ({"value": 40, "date_from": datetime(2025, 4, 20), "date_to": datetime(2025, 4, 21)}, []),  # Another day.
        ({"value": 40, "date_from": NEXT, "date_to": datetime(2025, 4, 29)}, [("Moscow", "Kyiv", 23)]),  # The next day still counts.
        ({"value": 40, "item": None}, []),
        ({"value": 40, "trend": "up"}, []),  # 40 more is another thing than 70 in all.
    ],
)
def test_disputed_figures(world: World, second: dict, disputed: list) -> None:
    world.document("d1", "Kyiv saw almost 70 attacks. Moscow saw 40 or 65 attacks.", published="2025-04-28")
    shared = {"kind": "attack", "item": "attack", "place_id": "p1", "date_from": DAY, "date_to": NEXT}
    world.figure("d1", "70", 70, approx="below", modifier="almost", source_name="Kyiv", **shared)
    value = second.pop("value")
    world.figure("d1", str(value), value, **{**shared, "source_name": "Moscow", **second})
    assert world.select("SELECT lower_voice, higher_voice, gap FROM disputed_figures") == disputed


def test_attacks_daily__attacks_only(world: World) -> None:
    world.document("d1", "He said almost 70 attempts and 5 dead and not 3 raids.", published="2025-04-27")
    world.figure(
        "d1", "70", 70, kind="attack", modifier="almost", approx="below", item="attempt", concept="attempts to attack", source_name="Syrskyi"
    )
    world.figure("d1", "5", 5, kind="killed")
    world.figure("d1", "3", 3, kind="attack", negated=True)
    assert world.select("SELECT day, speaker, words, what, link FROM attacks_daily") == [
        (date(2025, 4, 27), "Syrskyi", "almost 70", "attempts to attack", "file.txt")
    ]


def test_territory_share__fractions_become_percent(world: World) -> None:
    world.document("d1", "Russia holds around 20% of the land, or one fifth, some 1,000 km.", published="2025-04-27", publisher="Alpha")
    world.figure("d1", "20", 20, kind="territory", unit="percent", modifier="around", approx="about")
    world.figure("d1", "one fifth", 0.2, kind="territory", unit="ratio")
    world.figure("d1", "1,000", 1000, kind="territory", unit="km2")
    assert world.select("SELECT words, percent_min, percent_max, speaker FROM territory_share ORDER BY words") == [
        ("around 20%", 20, 20, None),
        ("one fifth", 20, 20, None),
    ]


def test_casualties__kinds_of_loss(world: World) -> None:
    world.document("d1", "16 killed, 21 injured, 4 houses burnt, 2 not killed.", published="2025-10-01")
    world.figure("d1", "16", 16, kind="killed")
    world.figure("d1", "21", 21, kind="injured")
    world.figure("d1", "4", 4, kind="destroyed", item="house")
    world.figure("d1", "2", 2, kind="killed", negated=True, nth=1)
    assert world.select("SELECT kind, words FROM casualties ORDER BY kind") == [("injured", "21"), ("killed", "16")]


def test_claims_by_speaker__names_speaker_via_and_counts_figures(world: World) -> None:
    world.document("d1", "Putin thanked them, Peskov said, for 3 days.", published="2025-04-27")
    world.row("entities", entity_id="e1", name="Vladimir Putin")
    world.row("entities", entity_id="e2", name="Dmitry Peskov")
    claim = world.claim("d1", "thanked them", source_entity_id="e1", source_text="Putin", via_entity_id="e2", via_text="Peskov", act="report")
    world.figure("d1", "3", 3, claim_id=claim)
    world.row("places", place_id="p1", name="Lyman")
    world.claim("d1", "for 3 days", source_text="officials", said_from=DAY, said_to=NEXT, place_id="p1")
    world.claim("d1", "them")
    world.claim("d1", "said", source_text="He")
    assert world.select("SELECT said_from, place FROM claims_by_speaker WHERE speaker = 'officials'") == [(DAY, "Lyman")]
    assert world.select("SELECT speaker, via, act, content, figures, day FROM claims_by_speaker ORDER BY content") == [
        ("officials", None, "say", "for 3 days", 0, date(2025, 4, 27)),
        (None, None, "say", "said", 0, date(2025, 4, 27)),
        ("Vladimir Putin", "Dmitry Peskov", "report", "thanked them", 1, date(2025, 4, 27)),
        (None, None, "say", "them", 0, date(2025, 4, 27)),
    ]


def test_denials__pairs_with_the_nearest_claim_of_somebody_else(world: World) -> None:
    world.document(
        "d1", "Kyiv said 3 towns fell. Kyiv said bridges fell. Moscow denied it. Far. Off. Now. Then. Paris says no.", published="2025-04-27"
    )
    world.claim("d1", "3 towns fell", source_name="Kyiv")
    world.claim("d1", "bridges fell", source_name="Kyiv")
    world.claim("d1", "it", source_name="Moscow", act="deny", nth=0)
    world.claim("d1", "no", source_name="Paris", mode="denied")
    assert world.select("SELECT speaker, content, denied_speaker, denied_content FROM denials ORDER BY speaker") == [
        ("Moscow", "it", "Kyiv", "bridges fell"),
        ("Paris", "no", None, None),
    ]


def test_places_daily__folds_copies_and_leaves_metonyms_out(world: World) -> None:
    world.row("places", place_id="p1", name="Lyman", country="UA")
    world.document("d1", "Lyman and Lyman again.", published="2025-04-27", publisher="Alpha")
    world.document("d2", "Lyman once more. Lyman denied.", published="2025-04-27", publisher="Beta", copy_of="d1")
    world.place_mention("d1", "Lyman", "p1")
    world.place_mention("d1", "Lyman", "p1", nth=1)
    world.place_mention("d2", "Lyman", "p1")
    world.place_mention("d2", "Lyman", "p1", nth=1, metonym=True)
    assert world.select("SELECT day, place, mentions, documents, originals, publishers FROM places_daily") == [
        (date(2025, 4, 27), "Lyman", 3, 2, 1, 2)
    ]


def test_dated_places__pairs_within_a_sentence_without_metonyms(world: World) -> None:
    world.row("places", place_id="p1", name="Lyman", country="UA", lat=48.99, lon=37.8)
    world.document("d1", "On Sunday Lyman was shelled, Kyiv said. Odesa was calm.", published="2025-04-27")
    world.span("dates", "date_id", "d1", "Sunday", value="2025-04-27", date_from=DAY, date_to=NEXT)
    world.span("dates", "date_id", "d1", "calm", type="DURATION", value="P1D")
    world.place_mention("d1", "Lyman", "p1")
    world.place_mention("d1", "Kyiv", "p1", metonym=True)
    world.place_mention("d1", "Odesa", "p1")
    assert world.select("SELECT date_text, place, place_text, date_from, characters_apart FROM dated_places") == [
        ("Sunday", "Lyman", "Lyman", DAY, 7)
    ]


def test_entity_pairs__same_sentence_once(world: World) -> None:
    world.row("entities", entity_id="e1", name="Putin")
    world.row("entities", entity_id="e2", name="Trump")
    world.row("entities", entity_id="e3", name="Rome")
    world.document("d1", "Putin called Trump and Trump hung up. Rome waited.")
    world.mention("d1", "Putin", "e1")
    world.mention("d1", "Trump", "e2")
    world.mention("d1", "Trump", "e2", nth=1)
    world.mention("d1", "Rome", "e3")
    assert world.select("SELECT entity_a, entity_b, sentences, documents FROM entity_pairs") == [("Putin", "Trump", 1, 1)]


def test_stories__copies_counted_apart(world: World) -> None:
    world.document("d1", "First, 5 dead.", published="2025-04-27", publisher="Alpha", title="Blast", story_id="s1")
    world.document("d2", "First, 5 dead!", published="2025-04-28", publisher="Beta", title="Blast again", story_id="s1", copy_of="d1")
    world.document("d3", "Alone.", published="2025-04-29")
    world.figure("d1", "5", 5)
    world.claim("d1", "dead", source_name="Mayor")
    got = world.select(
        "SELECT story_id, title, documents, originals, copies, publishers, first_publisher, speakers, figures FROM stories ORDER BY 1 DESC"
    )
    assert got == [("s1", "Blast", 2, 1, 1, 2, "Alpha", 1, 1), ("d3", "Alone.", 1, 1, 0, 0, None, 0, 0)]


def test_voices__one_speaker_in_two_outlets_is_one_voice(world: World) -> None:
    shared = {"kind": "killed", "unit": "person", "item": "civilian"}
    world.document("d1", "16 died, the network said.", published="2025-10-01", publisher="Alpha")
    world.document("d2", "16 died, said the network.", published="2025-10-01", publisher="Beta")
    world.document("d3", "We saw 12 die.", published="2025-10-01", publisher="Gamma")
    world.figure("d1", "16", 16, source_name="Network", **shared)
    world.figure("d2", "16", 16, source_name="Network", **shared)
    world.figure("d3", "12", 12, **shared)
    assert world.select("SELECT day, documents, publishers, voices, who, lowest, highest FROM voices") == [
        (date(2025, 10, 1), 3, 3, 2, ["Gamma", "Network"], 12, 16)
    ]


def test_who_said_first__earliest_publication(world: World) -> None:
    for name, moment in (("late", "2025-10-02T09:00"), ("early", "2025-10-02T07:00"), ("undated", None)):
        world.document(name, f"At least 91 died, {name}.", published=moment, publisher=name)
        world.figure(name, "91", 91, kind="killed", item="civilian")
    world.document("alone", "7 died.", published="2025-10-02T01:00")
    world.figure("alone", "7", 7, kind="killed", item="civilian")
    assert world.select("SELECT words, first_voice, first_published, documents, repeated_by FROM who_said_first") == [
        ("91", "early", datetime(2025, 10, 2, 7), 2, ["early", "late"])
    ]


def test_revised_figures__changed_added_removed(world: World) -> None:
    world.document("d1", "5 killed, 3 hurt, 40 houses lost.", revision=1, is_current=False)
    world.document("d1", "7 killed, 3 hurt, 2 towers lost.", revision=2)
    world.figure("d1", "5", 5, revision=1, kind="killed")
    world.figure("d1", "3", 3, revision=1, kind="injured")
    world.figure("d1", "40", 40, revision=1, kind="destroyed", item="house")
    world.figure("d1", "7", 7, revision=2, kind="killed")
    world.figure("d1", "3", 3, revision=2, kind="injured")
    world.figure("d1", "2", 2, revision=2, kind="destroyed", item="tower")
    assert world.select("SELECT change, kind, item, words_before, words_after, from_revision, to_revision FROM revised_figures ORDER BY change") == [
        ("added", "destroyed", "tower", None, "2", 1, 2),
        ("changed", "killed", None, "5", "7", 1, 2),
        ("removed", "destroyed", "house", "40", None, 1, 2),
    ]


def test_unresolved__says_what_and_why(world: World) -> None:
    world.document("d1", "On Sunday 5 fell near Lyman, sources say so.", publisher="Alpha")
    world.place_mention(
        "d1", "Lyman", None, method="tie", candidates=[{"name": "Lyman", "admin1": "Donetsk", "country": "UA"}, {"name": "Lyman", "country": "US"}]
    )
    world.span("dates", "date_id", "d1", "Sunday", value="UNRESOLVED", unresolved="no publication date")
    world.figure("d1", "5", 5, place_text="Lyman")
    world.claim("d1", "5 fell", source_text="sources")
    assert world.select("SELECT lacks, text, reason, candidates FROM unresolved ORDER BY lacks") == [
        ("date", "Sunday", "no publication date", None),
        ("figure date", "5", "no date stated or resolved", None),
        ("figure place", "5", "place not resolved", "Lyman"),
        ("place", "Lyman", "tie", "Lyman, Donetsk, UA; Lyman, US"),
        ("speaker", "5 fell", "source not resolved", "sources"),
    ]


def test_quality_trend__weighs_batches_and_compares_runs(world: World) -> None:
    world.row("ops.runs", run_id="r1", started_at=datetime(2025, 1, 1))
    world.row("ops.runs", run_id="r2", started_at=datetime(2025, 1, 2))
    for n, (run, batch, elements, bad) in enumerate([("r1", "1", 10, 5), ("r1", "2", 90, 5), ("r2", "1", 50, 10)]):
        world.row(
            "ops.quality_results",
            result_id=str(n),
            run_id=run,
            batch=batch,
            suite="figures",
            expectation="x",
            success=bad < 6,
            element_count=elements,
            unexpected_count=bad,
            unexpected_percent=100 * bad / elements,
        )
    sql = "SELECT run_id, batches, failed_batches, element_count, unexpected_percent, previous_percent, change FROM quality_trend ORDER BY run_id"
    assert world.select(sql) == [("r1", 2, 0, 100, 10, None, None), ("r2", 1, 1, 50, 20, 10, 10)]
