"""What is found as a date, with its exact span, and what is not."""

from __future__ import annotations

import pytest
import spacy

from dateline.extract.dates import extract_dates

NLP = spacy.blank("en")


def found(text: str) -> list[str]:
    """Return the words of all dates in a text."""
    return [candidate.text for candidate in extract_dates(NLP.make_doc(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The column left on 3 March 2023 at dawn.", ["3 March 2023", "dawn"]),
        ("Dawn raids went on in a new dawn of hope.", []),
        ("More left in a single day than in a quarter of a century.", ["a single day", "a quarter of a century"]),
        ("It was held for two-and-a-half years, until a month and a half ago.", ["two-and-a-half years", "a month and a half ago"]),
        ("It went on until the small hours of Tuesday.", ["the small hours of Tuesday"]),
        ("Sampled on 19-Aug-2025 as every other day.", ["19-Aug-2025", "every other day"]),
        ("This was the third in as many weeks.", []),
        ("Twice as many came as a year before.", ["a year before"]),
        ("It came late Monday, the office said.", ["late Monday"]),
        ("He was seen early on Wednesday near the dam.", ["early on Wednesday"]),
        ("Guards counted 12 shots over the past 24 hours.", ["the past 24 hours"]),
        ("The gate was shut at 3 a.m. on Friday.", ["3 a.m.", "Friday"]),
        ("Doors open at 10 p.m. Wednesday.", ["10 p.m. Wednesday"]),
        ("Reported as of 08:00 on 21.06.2025 by staff.", ["08:00 on 21.06.2025"]),
        ("The levy rose in the third quarter of 2019.", ["the third quarter of 2019"]),
        ("Its third-quarter loss grew.", ["third-quarter"]),
        ("They met two years ago and again three days later.", ["two years ago", "three days later"]),
        ("The mid-1980s and the early 21st century differ.", ["The mid-1980s", "the early 21st century"]),
        ("Shelling went on for about four hours.", ["about four hours"]),
        ("A five-week campaign ended.", ["five-week"]),
        ("Rain is due at the end of May.", ["the end of May"]),
        ("The raid of June last year was shorter.", ["June last year"]),
        ("Patrols ran from Aug. 12-14.", ["Aug. 12", "14"]),
        ("From the 13th to the 19th of October 1950 they marched.", ["the 13th", "the 19th of October 1950"]),
        ("Every Monday, the shop sells bread twice a week.", ["Every Monday", "a week"]),
        ("Now the bridge is open; recently it was not.", ["Now", "recently"]),
        ("The lull held over Easter and Christmas Eve.", ["Easter", "Christmas Eve"]),
        ("A winter of 1941-42 like no other.", ["winter of 1941-42"]),
        ("Nineteen ninety-six was dry; in nineteen ninety-seven it rained.", ["Nineteen ninety-six", "nineteen ninety-seven"]),
        ("The league fought from 499 to 493 BC.", ["499", "493 BC"]),
        ("Losses over eight months were heavy.", ["eight months"]),
        ("They held it for over eight months.", ["over eight months"]),
    ],
)
def test_spans(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He may march to the gate if the second door is open.",
        "The boy is 12 years old and his sister is an 8-year-old.",
        "A man aged 40 years was hurt.",
        "Flight 1984 carried 1500 people and 2000 tons of grain.",
        "It costs $1999 or € 1950.",
        "They won 3:10 against the visitors.",
        "Sun Tzu and Jan Novak read Sunday Times Books.",
        "Boeing 1500 and Model 1600 are made up.",
        "The J-10s flew past a 40s-style building.",
        "Once there was a spring of clear water.",
        "Prices will fall and leaves will fall.",
        "A second man was gone.",
        "Temperatures were in the 40s, and a nine-day-old baby cried.",
        "The future delivery was 60 Minutes late, or so the Album of the Year says.",
    ],
)
def test_not_dates(text: str) -> None:
    assert found(text) == []


def test_offsets_are_those_of_the_text() -> None:
    text = "On May 5 — “Wednesday night” – déjà vu: 10pm, 2024-02-29."
    for candidate in extract_dates(NLP.make_doc(text)):
        assert text[candidate.start : candidate.end] == candidate.text


def test_a_name_of_a_month_needs_a_place_where_months_stand() -> None:
    assert found("May I come in? In May I came.") == ["May"]
    assert found("The march of March 2020 was in March.") == ["March 2020", "March"]


def test_tense_is_taken_from_the_nearest_cue() -> None:
    texts = {"The court will sit on Friday.": "future", "The court sat and ruled on Friday.": "past", "The bill is to be paid in May.": "future"}
    for text, tense in texts.items():
        (candidate,) = extract_dates(NLP.make_doc(text))
        assert candidate.tense == tense, text


def test_hostile_text_costs_linear_time() -> None:
    import time

    def seconds(size: int) -> float:
        doc = NLP.make_doc("the last about two and a half past May 1 , " * size)
        began = time.process_time()
        extract_dates(doc)
        return time.process_time() - began

    seconds(50)
    assert seconds(1500) < 40 * max(seconds(150), 0.002)
