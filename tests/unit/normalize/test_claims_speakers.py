"""Who speaks: pronouns, titles and common nouns resolved within the article, over the shipped pipeline."""

from functools import cache

import pytest
from spacy.language import Language

from dateline.model import Claim
from dateline.nlp.load import load_nlp


@cache
def nlp() -> Language:
    return load_nlp(extractors=("dateline_entities", "dateline_claims"))


def read(text: str) -> tuple[Claim, ...]:
    claims: tuple[Claim, ...] = nlp()(text)._.claims
    return claims


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Oleksandr Syrskyi said 12 towns fell. He said 40 soldiers were missing.", ["Oleksandr Syrskyi", "Oleksandr Syrskyi"]),
        ("Volodymyr Zelenskyy said 12 towns fell. Zelenskyy added that 40 soldiers were missing.", ["Volodymyr Zelenskyy", "Volodymyr Zelenskyy"]),
        ("The World Health Organization said 12 people died. It said 40 were missing.", ["World Health Organization", "World Health Organization"]),
    ],
)
def test_sources_get_the_fullest_name(text: str, speakers: list[str]) -> None:
    assert [claim.source_name for claim in read(text)] == speakers


def test_a_pronoun_is_not_named_in_its_own_content() -> None:
    found = read("The General Staff said 178 clashes took place. The Lyman group saw 13 assaults, it said.")
    assert len(found) == 2
    assert "General Staff" in (found[1].source_name or "")


def test_an_adjective_keeps_a_body_apart() -> None:
    found = read("The Rapid Support Forces said they had left. The army said 74 civilians had died.")
    assert found[-1].source_name == "army"
    assert found[-1].source_entity_id is None


def test_who_passed_it_on() -> None:
    found = read("Dmitry Peskov said that Vladimir Putin believes the war will end soon.")
    inner = next(claim for claim in found if claim.source_name == "Vladimir Putin")
    assert inner.via_text == "Dmitry Peskov"


def test_offsets_and_ids() -> None:
    text = "Officials said 20 people died. The ministry denied it had lost 12 tanks."
    first, second = read(text), read(text)
    assert [c.claim_id for c in first] == [c.claim_id for c in second]
    for claim in first:
        assert text[claim.start : claim.end] == claim.text
        assert claim.source_start is not None and text[claim.source_start : claim.source_end] == claim.source_text
        assert claim.cue_start is not None and text[claim.cue_start : claim.cue_end] == claim.cue


def test_a_role_in_the_lede_finds_the_name_that_follows() -> None:
    found = read("Sudan's top general said 12 towns fell.\n\nGeneral Abdel Fattah al-Burhan said 40 soldiers were missing.")
    assert {claim.source_name for claim in found} == {"Abdel Fattah al-Burhan"}


def test_a_vice_president_is_not_the_president() -> None:
    found = read("President Hugo Chavez left for Cuba on Monday. Venezuela's vice president says 12 officers were arrested.")
    assert [claim.source_entity_id for claim in found] == [None]


def test_the_family_of_a_person_is_not_that_person() -> None:
    found = read("The family of Brad Delp says his death was an accident.")
    assert [(claim.source_name, claim.source_entity_id) for claim in found] == [("family of Brad Delp", None)]


def test_they_are_not_the_one_person_who_spoke_last() -> None:
    found = read("Condoleezza Rice said Iran is dangerous. Palestinians marched on Friday to mark what they call the Naqba.")
    assert [claim.source_name for claim in found if claim.source_text == "they"] in ([], ["Palestinians"])


def test_a_relative_pronoun_is_no_name() -> None:
    found = read("Mr. Alp, a tall man in a coat who says he saw it, left. George Mitchell, who said Israel is serious, met them.")
    assert {claim.source_text: claim.source_name for claim in found if claim.source_text == "who"}.get("who") in (None, "George Mitchell")
    assert "who" not in {claim.source_name for claim in found}


def test_who_investigates_speaks_not_who_is_investigated() -> None:
    found = read("The panel investigating Jane Roe said it found numerous documents.")
    assert "Jane Roe" not in {claim.source_name for claim in found}


def test_a_lede_that_names_nobody_finds_the_officer_who_opens_the_next_paragraph() -> None:
    text = "Ukraine's top commander says his troops hold 12 towns.\n\nColonel General Oleksandr Syrskyi gave the figure in a report."
    assert read(text)[0].source_name == "Oleksandr Syrskyi"
    other = "Ukraine's top commander says his troops hold 12 towns.\n\nForeign minister Petro Melnyk gave the figure in a report."
    assert read(other)[0].source_name != "Petro Melnyk"


def test_the_group_is_the_body_that_spoke_last() -> None:
    found = read("The Rapid Support Forces said they had left the town. In May the group claimed 200 dead.")
    assert [claim.source_name for claim in found] == ["Rapid Support Forces", "Rapid Support Forces"]
