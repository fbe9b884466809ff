"""What figures mean: exactness, moves, what is counted, what happened, and their ties to speakers, places and dates."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import dateline.nlp.components  # noqa: F401  # It registers the attributes that earlier components leave on a Doc.
from dateline.extract.figures import extract_figures
from dateline.model import Claim, Date, Figure, Place, PlaceMention
from dateline.normalize.figures import normalize_figures


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    return blank


def figures(nlp: spacy.language.Language, text: str) -> list[Figure]:
    return of(nlp(text))


def of(doc: Doc) -> list[Figure]:
    return normalize_figures(doc, extract_figures(doc))[0]


APPROX = [
    ("Almost 70 goats died.", "below", "Almost"),
    ("More than 70 goats died.", "above", "More than"),
    ("At least 70 goats died.", "at_least", "At least"),
    ("No fewer than 70 goats died.", "at_least", "No fewer than"),
    ("Up to 70 goats died.", "at_most", "Up to"),
    ("No more than 70 goats died.", "at_most", "No more than"),
    ("As many as an additional 70 goats died.", "at_most", "As many as"),
    ("Some 70 goats died.", "about", "Some"),
    ("Perhaps 70 goats died.", "about", "Perhaps"),
    ("Just over 70 goats died.", "above", "Just over"),
    ("The drought killed 70 or more goats.", "at_least", "or more"),
    ("The count neared 70 goats.", "below", "neared"),
    ("Dozens of goats died.", "about", None),
    ("Exactly 70 goats died.", "exact", "Exactly"),
    ("The goats of 70 farms died.", "exact", None),
]


@pytest.mark.parametrize(("text", "approx", "modifier"), APPROX)
def test_exactness_and_the_words_that_say_so(nlp: spacy.language.Language, text: str, approx: str, modifier: str | None) -> None:
    (figure,) = figures(nlp, text)
    assert (figure.approx, figure.modifier) == (approx, modifier)


def test_a_bound_stays_with_its_number(nlp: spacy.language.Language) -> None:
    assert [f.approx for f in figures(nlp, "At least 12 people were killed and 37 wounded.")] == ["at_least", "exact"]


def test_a_conversion_in_brackets_takes_the_modifier_over(nlp: spacy.language.Language) -> None:
    assert [(f.approx, f.unit) for f in figures(nlp, "The depot lies about 60 kilometers (37 miles) away.")] == [("about", "km"), ("about", "mile")]


def test_over_before_a_region_is_a_place_not_a_bound(nlp: spacy.language.Language) -> None:
    (figure,) = figures(nlp, "They walked over the 12 villages.")
    assert figure.approx == "exact"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fares rose by 20% in May.", [("up", "figure.digits.change_by")]),
        ("Exports fell 8 percent to 3.2 million tons.", [("down", "figure.digits.change_by"), ("down", "figure.digits.change_to")]),
        ("The toll climbed from 12 to 17.", [("up", "figure.digits.change_from"), ("up", "figure.digits.change_to")]),
        ("The crew shot down 12 drones.", [(None, "figure.digits")]),
        ("The plane dropped 129 bombs.", [(None, "figure.digits")]),
    ],
)
def test_moves(nlp: spacy.language.Language, text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(f.trend, f.rule) for f in figures(nlp, text)] == expected


ITEMS = [
    ("The storm broke 14 greenhouses.", "greenhouse", "count"),
    ("The storm hurt 14 children.", "child", "person"),
    ("The army sent 367 drones and missiles.", "drone and missile", "count"),
    ("Police held 60 Ukrainians.", "Ukrainian", "person"),
    ("Crews counted 19 wounded.", None, "person"),
    ("A six-reactor station stands there.", "reactor", "count"),
    ("About 10,000 or so peacekeepers stayed.", "peacekeeper", "person"),
]


@pytest.mark.parametrize(("text", "item", "unit"), ITEMS)
def test_what_is_counted(nlp: spacy.language.Language, text: str, item: str | None, unit: str) -> None:
    (figure,) = figures(nlp, text)
    assert (figure.item, figure.unit) == (item, unit)


def test_elliptic_numbers_take_the_noun_they_stand_for(nlp: spacy.language.Language) -> None:
    assert [f.item for f in figures(nlp, "The staff counted 119 clashes, 38 of them near the river.")] == ["clash", "clash"]
    assert [f.item for f in figures(nlp, "Crews put out 58 of 70 fires.")] == ["fire", "fire"]
    assert [f.item for f in figures(nlp, "Shelling killed two people and wounded 19.")] == ["people", "people"]


def test_a_bare_end_point_has_the_unit_of_the_start(nlp: spacy.language.Language) -> None:
    assert [f.unit for f in figures(nlp, "The lake shrank from 1,376 square kilometers to 140.")] == ["km2", "km2"]


KINDS = [
    ("Shelling killed 12 civilians.", ["killed"]),
    ("12 civilians were killed and 37 wounded.", ["killed", "injured"]),
    ("The air force shot down 58 of 70 drones.", ["intercepted", "launched"]),
    ("They launched 149 drones; 57 were shot down.", ["launched", "intercepted"]),
    ("The staff counted 119 clashes.", ["attack"]),
    ("Troops captured five villages.", ["territory"]),
    ("They hold 1,250 square kilometers.", ["territory"]),
    ("The blast damaged six houses.", ["damaged"]),
    ("They destroyed 14 tanks.", ["destroyed"]),
    ("The plan costs $14 billion.", ["money"]),
    ("The post is 15 km away.", ["distance"]),
    ("Buses evacuated 11,000 residents.", ["evacuated"]),
    ("The town is home to 9,000 residents.", ["population"]),
    ("Losses came to 76,000 killed and wounded.", ["troops"]),
    ("Turnout was 59 percent.", ["rate_or_share"]),
    ("Divers rescued 40 migrants.", ["rescued"]),
    ("The landslide washed away 8 bridges and submerged 40 villages.", ["destroyed", "affected"]),
    ("Police rounded up 53 marchers.", ["captured"]),
    ("The ward counted 300 cholera cases.", ["affected"]),
    ("The blast left 57 dead and dozens hospitalized.", ["killed", "injured"]),
    ("Gunmen slaughtered 31 soldiers.", ["killed"]),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_kinds(nlp: spacy.language.Language, text: str, kinds: list[str]) -> None:
    assert [f.kind for f in figures(nlp, text)] == kinds


def test_rates_and_base_units(nlp: spacy.language.Language) -> None:
    (rate,) = figures(nlp, "The plant fills 70 bottles a day.")
    assert rate.per == "day"
    (length,) = figures(nlp, "The tunnel is 2 miles long.")
    assert length.value_base == pytest.approx(3218.688)
    assert length.unit_base == "m"


def test_shares_are_rounded_to_four_digits(nlp: spacy.language.Language) -> None:
    (figure,) = figures(nlp, "Two thirds of the houses in the valley stand empty.")
    assert (figure.value_min, figure.unit) == (0.6667, "ratio")


def test_a_shared_currency_name_is_that_of_the_country(nlp: spacy.language.Language) -> None:
    text = "Libya set aside 2 billion dinars."
    doc = nlp(text)
    doc._.places = (mention(text, "Libya", country="LY"),)
    assert [f.unit for f in of(doc)] == ["lyd"]


def mention(text: str, name: str, *, country: str | None = None, after: int = 0) -> PlaceMention:
    start = text.index(name, after)
    place = Place(place_id=f"place_{name}", name=name, kind="city", country=country)
    return PlaceMention(start=start, end=start + len(name), text=name, sentence=0, score=1, rule="test", place=place, method="test")


def claim(text: str, content: str, source: str) -> Claim:
    start, at = text.index(content), text.index(source)
    return Claim(
        start=start, end=start + len(content), text=content, sentence=0, score=1, rule="test", claim_id="claim_1", cue="said", cue_start=0, cue_end=0,
        source_text=source, source_start=at, source_end=at + len(source), source_name=source,
    )  # fmt: skip


def day(text: str, words: str, value: str) -> Date:
    start = text.index(words)
    return Date(start=start, end=start + len(words), text=words, sentence=0, score=1, rule="test", type="DATE", value=value)


def test_the_speaker_is_that_of_the_claim_around_the_figure(nlp: spacy.language.Language) -> None:
    text = "The mayor said 12 barns burned in Lyman. Rain is due."
    doc = nlp(text)
    doc._.claims = (claim(text, "12 barns burned in Lyman", "The mayor"),)
    doc._.places = (mention(text, "Lyman"),)
    (figure,) = of(doc)
    assert (figure.source_name, figure.claim_id, figure.place) == ("The mayor", "claim_1", "Lyman")


def test_each_item_of_a_sentence_has_its_own_place(nlp: spacy.language.Language) -> None:
    text = "They counted 53 raids near Lyman and three around Siversk."
    doc = nlp(text)
    doc._.places = (mention(text, "Lyman"), mention(text, "Siversk"))
    assert [f.place for f in of(doc)] == ["Lyman", "Siversk"]


def test_a_place_behind_another_number_is_not_that_of_the_total(nlp: spacy.language.Language) -> None:
    text = "The staff counted 178 clashes, including 32 near Lyman."
    doc = nlp(text)
    doc._.places = (mention(text, "Lyman"),)
    assert [f.place for f in of(doc)] == [None, "Lyman"]


def test_the_one_place_of_a_sentence_holds_for_all_that_it_counts(nlp: spacy.language.Language) -> None:
    text = "Twelve villagers died and 15 were hospitalized after a blast tore through a depot in Lyman."
    doc = nlp(text)
    doc._.places = (mention(text, "Lyman"),)
    assert [f.place for f in of(doc)] == ["Lyman", "Lyman"]


def test_an_office_stands_for_its_place_where_no_scene_is_told(nlp: spacy.language.Language) -> None:
    text = "Lyman police said 6 people were wounded in the attack."
    doc = nlp(text)
    doc._.claims = (claim(text, "6 people were wounded in the attack", "Lyman police"),)
    doc._.places = (mention(text, "Lyman"),)
    assert [f.place for f in of(doc)] == ["Lyman"]


def test_a_date_behind_two_joined_counts_is_that_of_both(nlp: spacy.language.Language) -> None:
    text = "The raids killed 8 and injured 25 on Sunday."
    doc = nlp(text)
    doc._.dates = (day(text, "Sunday", "2025-04-27"),)
    assert [f.date for f in of(doc)] == ["2025-04-27", "2025-04-27"]


def test_a_sentence_cut_in_its_middle_is_read_whole(nlp: spacy.language.Language) -> None:
    doc = nlp("At least 7 died and 15 were hospitalized after a blast.")
    doc[6].is_sent_start = True
    assert [f.kind for f in of(doc)] == ["killed", "injured"]


def test_a_bulletin_line_gives_its_place_and_carries_the_speaker(nlp: spacy.language.Language) -> None:
    items = ["- Lyman direction: 29 assaults.", "- Siversk direction: five assaults.", "- Toretsk direction: three clashes."]
    text = "\n".join(["The staff said 128 raids took place.", *items])
    doc = nlp(text)
    doc._.claims = (claim(text, "128 raids took place", "The staff"),)
    doc._.places = (mention(text, "Lyman"), mention(text, "Siversk"), mention(text, "Toretsk"))
    assert [(f.place, f.source_name) for f in of(doc)][1:] == [("Lyman", "The staff"), ("Siversk", "The staff"), ("Toretsk", "The staff")]


def test_the_day_of_telling_is_not_the_day_of_the_figure(nlp: spacy.language.Language) -> None:
    text = "On Tuesday, he claimed in Kyiv that 30 drones were launched on Sunday."
    doc = nlp(text)
    doc._.claims = (claim(text, "30 drones were launched on Sunday", "he"),)
    doc._.dates = (day(text, "Tuesday", "2025-04-29"), day(text, "Sunday", "2025-04-27"))
    assert [f.date for f in of(doc)] == ["2025-04-27"]


def test_refused_numbers_are_told_with_a_reason(nlp: spacy.language.Language) -> None:
    doc = nlp("Resolution 2254 passed.")
    kept, refused = normalize_figures(doc, extract_figures(doc))
    assert kept == []
    assert [(r.rule, r.kind) for r in refused] == [("figure.veto.designation", "figures")]


def test_durations_and_one_of_count_on_request(nlp: spacy.language.Language) -> None:
    doc = nlp("One of the barns burned for three hours.")
    candidates = extract_figures(doc)
    assert normalize_figures(doc, candidates)[0] == []
    assert [f.value_min for f in normalize_figures(doc, candidates, durations=True, pronouns=True)[0]] == [1, 3]
