"""Claims over the shipped pipeline: one sentence a construction."""

from functools import cache

import pytest
from spacy.language import Language

from dateline.extract.claim_layout import layout
from dateline.extract.claims import attributions, extract_claims
from dateline.nlp.load import load_nlp


@cache
def nlp() -> Language:
    return load_nlp(extractors=())


def claims(text: str) -> list[tuple[str, str | None, str]]:
    doc = nlp()(text)
    cut = lambda r: None if r is None else text[r[0] : r[1]]  # noqa: E731 - a name for one expression reads best here.
    return [(cut(c.source) or "", cut(c.cue), text[c.start : c.end]) for c in extract_claims(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said that 20 people had died.", ("The ministry", "said", "20 people had died")),
        ("Officials said 20 people had died in the flood.", ("Officials", "said", "20 people had died in the flood")),
        ("Twenty people died in the flood, officials said.", ("officials", "said", "Twenty people died in the flood")),
        ("Twenty people died in the flood, officials said on Monday.", ("officials", "said", "Twenty people died in the flood")),
        ("According to the army, 12 drones were shot down.", ("the army", "According to", "12 drones were shot down")),
        ("About 12 drones were shot down, according to the army.", ("the army", "according to", "About 12 drones were shot down")),
        ("“We will hold the line,” the commander told reporters.", ("the commander", "told", "We will hold the line")),
        ("The commander said: “We will hold the line.”", ("The commander", "said", "We will hold the line")),
        ("The agency counted 40 dead and 12 missing.", ("The agency", "counted", "40 dead and 12 missing")),
        ("The army put its losses at 3,000.", ("The army", "put", "its losses at 3,000")),
        ("Police accused the group of using civilians as shields.", ("Police", "accused", "the group of using civilians as shields")),
        ("The governor reported one dead and 15 injured.", ("The governor", "reported", "one dead and 15 injured")),
        ("The ministry confirmed the return of 303 soldiers.", ("The ministry", "confirmed", "the return of 303 soldiers")),
        ("The rebels claimed to have shot down a drone.", ("The rebels", "claimed", "to have shot down a drone")),
        ("Moscow denied that its troops had crossed the river.", ("Moscow", "denied", "its troops had crossed the river")),
    ],
)
def test_constructions(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in claims(text)


def test_a_person_is_named_without_title_and_past_a_date() -> None:
    found = claims("Governor Vadym Filashkin on Monday said that 20 people had died.")
    assert [source for source, _, _ in found] == ["Vadym Filashkin"]


def test_dateline_is_nobodys_source() -> None:
    found = claims("GENEVA, June 3 - The agency said that 20 people had died.")
    assert found == [("The agency", "said", "20 people had died")]


def test_participle_keeps_the_speaker_of_its_sentence() -> None:
    found = claims("The army said it had lost 12 tanks, adding that 40 soldiers were missing.")
    assert {source for source, _, _ in found} == {"The army"}
    assert [cue for _, cue, _ in found] == ["said", "adding"]


def test_quotation_goes_on_after_its_cue_and_in_the_next_paragraph() -> None:
    found = claims("“We lost 12 tanks,” the colonel said. “We have 40 left.”\n\n“Nobody will take them from us.”")
    assert [(source, content) for source, _, content in found] == [
        ("the colonel", "We lost 12 tanks"),
        ("the colonel", "We have 40 left"),
        ("the colonel", "Nobody will take them from us"),
    ]


def test_semicolon_ends_what_somebody_said() -> None:
    found = claims("The force said it had downed 20 drones; at least seven people died.")
    assert [content for _, _, content in found] == ["it had downed 20 drones"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers urged restraint.",
        "He wants a truce.",
        "The town lies 20 km from the border.",
        "The capital's estimated four million people fled.",
        "The owner denied that.",
        "The president dismissed the governor on Monday.",
        "But the council rejected that proposal.",
        "The president should disclose contacts with the firm.",
        "India would gain access to long-denied technology.",
    ],
)
def test_no_claims(text: str) -> None:
    assert claims(text) == []


def test_stances_are_kept_apart() -> None:
    doc = nlp()("The senator praised the deal.")
    assert [c.stance for c in attributions(doc)] == [True]


@pytest.mark.parametrize(
    ("text", "mode"), [("Kyiv denied that it had lost the town.", "denied"), ("Analysts estimate that 110 towns fell.", "hedged")]
)
def test_mode(text: str, mode: str) -> None:
    assert [c.mode for c in extract_claims(nlp()(text))] == [mode]


@pytest.mark.parametrize("text", ["", "\n\n", '"', "said", "according to", "“”", "said said said, said.", "a" * 5000, "“ " * 2000])
def test_odd_texts_do_not_break_it(text: str) -> None:
    for claim in attributions(nlp()(text)):
        assert 0 <= claim.start < claim.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monday the acting mayor reported 12 drones shot down.", ("the acting mayor", "reported", "12 drones shot down")),
        ("Petro Melnyk admitted Sunday that 12 towns had fallen.", ("Petro Melnyk", "admitted", "12 towns had fallen")),
        ("The rebels said in a statement they had fired six missiles.", ("The rebels", "said", "they had fired six missiles")),
        ("As the minister puts it, “the bridge is gone for good.”", ("the minister", "puts", "the bridge is gone for good")),
        ("There were no casualties, governor Ivan Petrenko said.", ("Ivan Petrenko", "said", "There were no casualties")),
        ("The agency quoted Petrenko as saying that talks would resume.", ("Petrenko", "saying", "talks would resume")),
        (
            "The border guard, in its 9 p.m. summary on Sunday, listed 38 crossings since the morning.",
            ("The border guard", "listed", "38 crossings since the morning"),
        ),
        ("Nurses reported 16 dead and about 40 wounded; five of the dead were women.", ("Nurses", "reported", "16 dead and about 40 wounded")),
        (
            "Of those on board 19 were dead, eight of them children, search chief Petro Melnyk told reporters.",
            ("Petro Melnyk", "told", "Of those on board 19 were dead, eight of them children"),
        ),
        (
            "The premier hailed the deal; the rebels, officials said, gave it “weeks, not months”.",
            ("officials", "said", "gave it “weeks, not months”"),
        ),
        ("Insurers speak of losses “between $2 billion and $3 billion”.", ("Insurers", "speak", "losses “between $2 billion and $3 billion”")),
        (
            "In the valley half of the houses collapsed, said Olena Marchenko, 29, a midwife who walked for hours.",
            ("Olena Marchenko", "said", "In the valley half of the houses collapsed"),
        ),
        ("The mayor attacked the press, saying he had “made peace”.", ("The mayor", "saying", "he had “made peace”")),
        ("The minister ruled out a pact with the rebels.", ("The minister", "ruled out", "a pact with the rebels")),
        (
            "The company now expects between $3 billion and $4 billion in profit.",
            ("The company", "expects", "between $3 billion and $4 billion in profit"),
        ),
        ("”We stay in the town until spring,” the mayor said.", ("the mayor", "said", "We stay in the town until spring")),
        ('“We stay in the town until spring," the mayor said.', ("the mayor", "said", "We stay in the town until spring")),
        (
            "Papers checked the governor’s claim that there have been “thousands of thefts” in the city.",
            ("the governor’s", "claim", "there have been “thousands of thefts” in the city"),
        ),
        ("The rebels vowed on Monday to resume their attacks.", ("The rebels", "vowed", "to resume their attacks")),
        ("The military reports two soldiers were killed.", ("military", "reports", "two soldiers were killed")),
        ("War bloggers admit a setback.", ("War bloggers", "admit", "a setback")),
        ("The monitors see 4 square kilometres changing hands each day.", ("The monitors", "see", "4 square kilometres changing hands each day")),
        ("Rain fell in the north; rivers rose by 2 metres, according to the agency.", ("the agency", "according to", "rivers rose by 2 metres")),
        ("In Kyiv's view, the raid broke the truce.", ("Kyiv's", "view", "the raid broke the truce")),
        (
            "“We have had worse nights,” said Olena Marchenko, 53, who lives by the port.",
            ("Olena Marchenko", "said", "We have had worse nights"),
        ),
        (
            "“We have had worse nights,” resident Olena Marchenko, wearing a blue helmet, said quietly.",
            ("Olena Marchenko", "said", "We have had worse nights"),
        ),
    ],
)
def test_what_stands_between_speaker_and_cue(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in claims(text)


@pytest.mark.parametrize("text", ["The weekly count adds up to 300 dead.", "A number of this kind shows nothing."])
def test_things_do_not_speak(text: str) -> None:
    assert claims(text) == []


def test_transcript_turns_belong_to_their_labels() -> None:
    found = claims("HOST: How many shells came?\nMELNYK: We got 300.\nHOST: And now?\nMELNYK: Nothing yet.")
    assert [(source, content) for source, _, content in found][:2] == [("HOST", "How many shells came"), ("MELNYK", "We got 300")]
    assert len(found) == 4


def test_one_labelled_paragraph_is_no_transcript() -> None:
    assert claims("UPDATE: The bridge is open again.\nNOTE: Times are local.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The parse hangs these elsewhere; what surrounds the cue decides.
        ("The governor spoke on Saturday of the collapse of the front.", ("The governor", "spoke", "the collapse of the front")),
        ("Officials put the houses lost at 28 on Monday.", ("Officials", "put", "the houses lost at 28 on Monday")),
        ("A poll of local voters has, however, revealed that support fell.", ("A poll of local voters", "revealed", "support fell")),
        ("The agency reported, quoting doctors, that 12 people died.", ("The agency", "reported", "12 people died")),
        ("The mayor made the point that the bridge was old.", ("The mayor", "point", "the bridge was old")),
    ],
)
def test_claims_behind_what_stands_between(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "The sample repeats the words that he put before them.",
        "They say nothing about the rest of the country.",
        "Whoever adds such counts up should keep the period beside each number.",
        "In a statement released on Monday there was no number.",
    ],
)
def test_nothing_is_claimed(text: str) -> None:
    assert claims(text) == []


def test_a_second_counting_clause_belongs_to_its_own_speaker() -> None:
    found = claims("The mayor reported that the town held out, and a few days later the army counted over 80 hamlets.")
    assert ("The mayor", "reported", "the town held out") in found
    assert ("the army", "counted", "over 80 hamlets") in found


def test_a_participle_takes_what_follows_it_and_not_the_quotation_before() -> None:
    found = claims("“We will not leave,” the mayor told a crowd, saying the town would “hold out.”")
    assert [content for _, cue, content in found if cue == "saying"] == ["the town would “hold out.”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister says further work on the treaty will go on.", ("The minister", "says", "further work on the treaty will go on")),
        (
            "A key political group - National Progressive Front - rejected the report, saying it was old.",
            ("A key political group", "saying", "it was old"),
        ),
        ("Seoul's foreign minister told reporters that visits disrupt relations.", ("Seoul's foreign minister", "told", "visits disrupt relations")),
    ],
)
def test_whole_contents_and_speakers(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "In a separate announcement, the ministry repeated its denunciation of the drill.",
        "The flood has claimed at least 40 lives in the valley.",
        "The swimmer claimed the title on Sunday.",
        "No one claimed responsibility for the attack.",
        "The firm signed the deal, meaning it will have the rights.",
        "That was before parliament added the benefit to the health programme.",
    ],
)
def test_circumstances_prizes_and_nobody_are_no_claims(text: str) -> None:
    assert not [c for c in claims(text) if c[1] in {"claimed", "meaning", "added"} or c[2].startswith("In a separate")]


def test_a_finished_quotation_belongs_to_the_sentence_before() -> None:
    found = claims('The note spoke of a "talk of peace." The two capitals say they are not planning to attack.')
    assert ("The two capitals", "say", "they are not planning to attack") in found


@pytest.mark.parametrize("text", ["The firm helps anyone wanting to borrow 25,000 pounds.", "The city is in the United States and has 40 bridges."])
def test_nobody_in_particular_and_halves_of_names_say_nothing(text: str) -> None:
    assert not claims(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Just 38 trucks made it to Bamako, transport unions say.", "transport unions"),
        ("Gunmen killed 22 people, most of them men, local officials and a women's group said.", "local officials and a women's group"),
        (
            "A jet bombed a school on Sunday, killing 17 people, nine of them pupils aged between six and 12, residents and a nurse told us.",
            "residents and a nurse",
        ),
        ("Fifteen died at the ceremony, said one of the officials, who gave no name.", "one of the officials"),
        ("The county has received a fifth of its rain since May, says the National Drought Authority.", "the National Drought Authority"),
        ("Across the country 1,826 miners have been arrested since May, say police, who have seized 369 guns.", "police"),
        ('"We aim for 16 seats," the leader told the daily in June.', "the leader"),
    ],
)
def test_who_closes_a_sentence(text: str, source: str) -> None:
    assert [found[0] for found in claims(text)] == [source]


@pytest.mark.parametrize("text", ["The road is shut, and the two men said nothing.", "They met in June, the Secretary of State left."])
def test_no_speaker_is_made_up_at_the_end(text: str) -> None:
    assert not any("June" in found[2] or "shut" in found[2] for found in claims(text))


def test_a_sentence_without_end_is_cut_so_that_no_speaker_is_looked_for_through_all_of_it() -> None:
    doc = nlp()("12 in Sumy and 3 in Lviv, police said, " * 120)
    found = layout(doc)
    assert max(high - low for low, high in zip(found.low, found.high, strict=True)) <= 400
    assert len({source for source, _, _ in claims(doc.text)}) == 1
