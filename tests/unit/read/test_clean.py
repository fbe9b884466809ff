"""Cleaning: furniture goes, every sentence stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.read.boilerplate import furniture
from dateline.read.clean import clean
from dateline.read.sources import read_inputs

SHARED = Path(__file__).parents[4] / "shared"
LEAD = "Troops took 12 villages near the border on Friday, the regional governor said."
NEXT = "Officials counted about 300 families who had left by the evening."


@pytest.mark.corpora
def test_the_scraped_article_is_cleaned_to_exactly_its_body_and_title() -> None:
    folder = SHARED / "seed"
    if not folder.is_dir():
        pytest.skip("the scraped article lies beside the checkout (../shared/seed) and is not there")
    wanted = json.loads((folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()[0])
    [article] = read_inputs([str(folder / "article.txt")])
    assert (article.title, article.text) == (wanted["title"], wanted["text"])
    assert article.published_at is None


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["dev.jsonl", "wikinews_dev.jsonl"])
@pytest.mark.parametrize("with_title", [True, False])
def test_plain_articles_come_through_unchanged(name: str, with_title: bool) -> None:
    path = SHARED / "gold" / name
    if not path.is_file():
        pytest.skip(f"annotated articles lie beside the checkout (../shared/gold/{name}) and are not there")
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        cleaned = clean(record["text"], title=record["title"] if with_title else None)
        assert cleaned.text == record["text"], record["id"]
        assert not cleaned.removed


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Advertisement · Scroll to continue",
        "Scroll to continue",
        "— Advertisement —",
        "Article continues below advertisement",
        "Sign up for our morning newsletter and never miss a story.",
        "We use cookies to improve your experience on this site.",
        "By clicking Accept you agree to our policy.",
        "Share this article",
        "Facebook | Twitter | WhatsApp | Email",
        "5 min read",
        "12 comments",
        "Read more: Why the bridge matters",
        "READ ALSO: Ten questions about the grain deal",
        "Photo: Sample Agency",
        "A bridge over the river after the strike. [File: AP]",
        "A damaged school in the town, seen on Monday (AP Photo/Sample Name)",
        "Smoke over the port / Getty Images",
        "© 2024 Sample Desk. All rights reserved.",
        "(Reporting by Sample Name; editing by Other Name)",
        "Related Articles",
        "Tags: war, ceasefire",
    ],
)
def test_furniture_is_removed_between_paragraphs(line: str) -> None:
    cleaned = clean(f"{LEAD}\n\n{line}\n\n{NEXT}")
    assert cleaned.text == f"{LEAD}\n\n{NEXT}"
    assert [removed for removed, _ in cleaned.removed] == [line]


@pytest.mark.parametrize(
    "sentence",
    [
        "Advertisement spending fell by 12% last year, the agency said.",
        "Share prices in the capital fell after the attack.",
        "Cookies and bread were handed out to 300 children.",
        "Subscribe or perish, the editor told his 20 reporters.",
        "“Follow us on the road to peace,” the mediator said.",
        "Photographs by Reuters showed 12 burnt vehicles.",
        "The video was verified by the AP.",
        "He joined the protest (AP).",
        "The talks go on, both sides said. (AFP, Reuters)",
        "The talks go on, both sides said. (AP/Reuters)",
        "Home rule was promised to the two provinces.",
        "News of the ceasefire reached the town by noon.",
        "Comments by the minister were broadcast at 8 p.m.",
        "By Sunday the army had retaken both bridges.",
        "Published figures differ: 12 or 14 dead.",
        "More: the count has grown to 15, and the mayor asks for help with 200 homes that burnt down in the night while the fire brigade "
        "was still on its way from the district town, which lies 40 kilometres to the south, over a road that had been mined and then "
        "shelled twice since Tuesday, he said.",
    ],
)
def test_sentences_stay(sentence: str) -> None:
    text = f"{LEAD}\n\n{sentence}\n\n{NEXT}"
    assert clean(text).text == text


def test_breadcrumbs_title_copies_byline_and_date_become_data() -> None:
    head = "Home > World > Front\n\nVillages Change Hands\n\nBy Sample Writer\nPublished: 12 August 2024, 10:30 GMT\n\nVillages Change Hands"
    scraped = f"{head}\n\n{LEAD}\n\n{NEXT}"
    cleaned = clean(scraped)
    assert cleaned.text == f"{LEAD}\n\n{NEXT}"
    assert (cleaned.title, cleaned.byline) == ("Villages Change Hands", "Sample Writer")
    assert cleaned.published.when is not None
    assert cleaned.published.when.isoformat() == "2024-08-12T10:30:00+00:00"
    assert cleaned.published.precision == "minute"


def test_breadcrumbs_as_a_list() -> None:
    scraped = f"  • Start/\n  • Europe/\n  • Villages Change Hands Again\n\nVillages Change Hands Again\n\n{LEAD}\n\n{NEXT}"
    cleaned = clean(scraped)
    assert (cleaned.title, cleaned.text) == ("Villages Change Hands Again", f"{LEAD}\n\n{NEXT}")


def test_byline_and_date_on_one_line_and_an_update_that_is_no_publication() -> None:
    cleaned = clean(f"Villages Change Hands\nBy Sample Writer | Updated Aug 13, 2024\n\n{LEAD}\n\n{NEXT}")
    assert (cleaned.title, cleaned.byline, cleaned.published.when) == ("Villages Change Hands", "Sample Writer", None)
    assert cleaned.text == f"{LEAD}\n\n{NEXT}"


@pytest.mark.parametrize(
    "first",
    [
        "Governor counts twelve villages",
        "GOVERNOR COUNTS 12 VILLAGES",
        "‘We will return’, says governor",
    ],
)
def test_a_first_line_that_is_no_sentence_is_the_title(first: str) -> None:
    cleaned = clean(f"{first}\n\n{LEAD}\n\n{NEXT}")
    assert (cleaned.title, cleaned.text) == (first, f"{LEAD}\n\n{NEXT}")


@pytest.mark.parametrize(
    "first",
    [
        "SITUATION REPORT as of 08:00 on 21.06.2025",  # A bulletin's heading carries its date.
        "The day in numbers:",
        "It was a long day. The governor had counted villages since the morning, and",
        LEAD,
        "No",
    ],
)
def test_other_first_lines_stay_in_the_text(first: str) -> None:
    text = f"{first}\n\n{NEXT} {LEAD}\n\n{NEXT}"
    cleaned = clean(text)
    assert (cleaned.title, cleaned.text) == (None, text)


def test_a_known_title_is_removed_with_the_outlet_behind_it() -> None:
    cleaned = clean(f"Villages change hands | Sample Desk\n\n{LEAD}\n\n{NEXT}", title="Villages change hands")
    assert cleaned.text == f"{LEAD}\n\n{NEXT}"


def test_text_wrapped_at_a_fixed_width_becomes_paragraphs_and_lists_keep_their_lines() -> None:
    wrapped = (
        "Troops took twelve villages near the border on Friday, the regional\n"
        "governor said, and added that the count did not include the three\n"
        "hamlets on the far bank of the river that changed hands earlier.\n"
        "\n"
        "Officials counted about 300 families who had left by the evening, and\n"
        "some of them had walked for hours.\n"
    )
    assert clean(wrapped).text.count("\n") == 2
    assert "the regional governor said" in clean(wrapped).text
    listed = f"{LEAD}\n\n- Bilka, 12 houses\n- Horna, 3 houses and a mill\n- Dolyna\n\n{NEXT}"
    assert clean(listed).text == listed


def test_cleaning_twice_changes_nothing() -> None:
    scraped = f"Home / World\n\nVillages Change Hands\n\nAdvertisement\n\n{LEAD}\n\nShare\n\n{NEXT}"
    once = clean(scraped)
    assert clean(once.text, title=once.title).text == once.text


def test_furniture_names_its_kind() -> None:
    assert furniture("Advertisement") == "advertisement"
    assert furniture("We use cookies on this site") == "cookie"
    assert furniture("The army uses drones.") is None


def test_a_lone_date_is_the_publication_and_several_are_a_timeline() -> None:
    one = clean(f"Villages Change Hands\n\nAugust 12, 2024\n\n{LEAD}\n\n{NEXT}")
    assert one.published.when is not None
    assert (one.published.when.date().isoformat(), one.text) == ("2024-08-12", f"{LEAD}\n\n{NEXT}")
    timeline = f"August 12, 2024\n\n{LEAD}\n\nAugust 14, 2024\n\n{NEXT}"
    many = clean(f"Villages Change Hands\n\n{timeline}")
    assert (many.published.when, many.text) == (None, timeline)


PAGES = {
    "public broadcaster": "Villages change hands\n2 hours ago\nShare\nSave\nSample Writer\nSample News, Kyiv\n\n{body}\n",
    "agency": "World\n\nVillages change hands\n\nBy Sample Writer and Other Writer\n"
    "August 12, 20249:32 PM GMT+3Updated an hour ago\n\nSummary\nCompanies\n\n{body}\n",
    "newspaper": "Home\nNews\nWorld\n\nVillages change hands\n\n{body}\n\nRead more\nAnother headline about a thing\n\nTags\nBridges\n",
    "portal": "Skip to main content\n\nHome / World / Europe\n\n"
    "Villages change hands | Sample Desk\nVillages change hands\n{body}\n\nRelated Topics\nUkraine\nRussia\nCopyright 2024 Sample Desk",
    "underlined": "Villages change hands\n=====================\n\n{body}\n",
    "banner": "We use cookies to make this site better.\nAccept all | Reject all\n\n"
    "News > War\n\nVillages change hands\n\n5 min read\n\n{body}\n\nSubscribe to our newsletter",
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_pages_copied_whole_from_different_kinds_of_sites(kind: str) -> None:
    body = f"{LEAD}\n\n{NEXT}"
    cleaned = clean(PAGES[kind].format(body=body))
    assert (cleaned.title, cleaned.text) == ("Villages change hands", body)
