"""What dates mean: values, modifiers, intervals, anchors, and reasons where there is none."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import spacy

from dateline.extract.dates import extract_dates
from dateline.model import Article, Date, Rejection
from dateline.nlp import components
from dateline.normalize.dates import normalize_dates

FRIDAY = datetime(2024, 3, 15)


NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")


def read(text: str, published: date | None = FRIDAY, *, article: Article | None = None, vague: bool = True) -> tuple[list[Date], list[Rejection]]:
    """Return the dates of a text and what was refused."""
    doc = NLP(text)
    doc._.published, doc._.article = published, article
    return normalize_dates(doc, extract_dates(doc), vague=vague)


def values(text: str, published: date | None = FRIDAY) -> list[str]:
    """Return the TIMEX3 values of a text."""
    return [fact.value for fact in read(text, published)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Days
        ("The port opened on 3 March 2023.", ["2023-03-03"]),
        ("It was said on Friday.", ["2024-03-15"]),
        ("It was said on Saturday.", ["2024-03-09"]),
        ("It lasted from Friday through Sunday.", ["2024-03-08", "2024-03-10"]),
        ("It will last from Friday to Sunday.", ["2024-03-15", "2024-03-17"]),
        ("The council will meet on Tuesday.", ["2024-03-19"]),
        ("He leaves as soon as Monday.", ["2024-03-18"]),
        ("Last Friday it snowed.", ["2024-03-08"]),
        ("The vote is next Tuesday.", ["2024-03-19"]),
        ("Yesterday, today and tomorrow.", ["2024-03-14", "2024-03-15", "2024-03-16"]),
        ("The day before yesterday it rained.", ["2024-03-13"]),
        ("The ship sank on Dec. 28.", ["2023-12-28"]),
        ("The Oct. 7 attack was recalled.", ["2023-10-07"]),
        ("The raid of Oct. 2, 2019, was recalled: on Oct. 2 they came by sea.", ["2019-10-02", "2019-10-02"]),
        ("Talks resume on April 2.", ["2024-04-02"]),
        ("The march of the 12th was banned on the 14th.", ["2024-03-14"]),
        # What is to come
        ("The board meets on Sunday.", ["2024-03-17"]),
        ("The office forecasts snow on Sunday.", ["2024-03-17"]),
        ("They promised forty trucks by the end of January.", ["2025-01"]),
        ("They had promised less by January and had sent it.", ["2024-01"]),
        ("Gas flows from the third quarter.", ["2024-Q3"]),
        # Parts and multiples
        ("The mine blew up on Monday at dawn.", ["2024-03-11", "2024-03-11TMO"]),
        ("It went on until the small hours of Tuesday.", ["2024-03-12TMO"]),
        ("It took a quarter of a century, then a single day.", ["P25Y", "P1D"]),
        ("It was built a year and a half ago; buses leave every other day.", ["2022-09", "P2D"]),
        ("It was twice as much as a year before.", ["2023"]),
        ("Sampled on 19-Aug-2023.", ["2023-08-19"]),
        # Anaphora
        ("The mine blew up on March 1. The following day it was shut.", ["2024-03-01", "2024-03-02"]),
        ("On June 4, 2020, they left; they were back that same day.", ["2020-06-04", "2020-06-04"]),
        ("On Monday 3 died, up from 2 the previous day.", ["2024-03-11", "2024-03-10"]),
        ("A bus crashed on March 1. Two days later another did.", ["2024-03-01", "2024-03-03"]),
        # Clock times and parts of the day
        ("It began at 3 p.m. on Wednesday.", ["2024-03-13T15:00", "2024-03-13"]),
        ("The alarm rang at 6:30 a.m., Jan. 5.", ["2024-01-05T06:30"]),
        ("Sirens sounded at 23:10.", ["2024-03-15T23:10"]),
        ("The shop shuts at noon Saturday.", ["2024-03-09T12:00"]),
        ("The first blast came at 9 p.m. on Monday; 20 minutes later a second one.", ["2024-03-11T21:00", "2024-03-11", "2024-03-11T21:20"]),
        ("Late Monday they fled.", ["2024-03-11TEV"]),
        ("Early on Thursday they came back.", ["2024-03-14TMO"]),
        ("They rally this Saturday morning.", ["2024-03-16TMO"]),
        ("Saturday night was calm.", ["2024-03-09TNI"]),
        ("Overnight two were hit.", ["2024-03-15TNI"]),
        ("In the early hours of Thursday it stopped.", ["2024-03-14TMO"]),
        ("This morning and last night.", ["2024-03-15TMO", "2024-03-14TNI"]),
        ("During the night of 21-22 February a lull held.", ["2024-02-21TNI"]),
        ("Drones came between 1800 and 0600 local time.", ["2024-03-15T18:00", "2024-03-15T06:00"]),
        ("It fell silent at 4 a.m. (0200 GMT) on Wednesday.", ["2024-03-13T04:00", "2024-03-13T02:00", "2024-03-13"]),
        ("Overnight into Thursday two died.", ["2024-03-14TNI", "2024-03-14"]),
        ("It ended shortly after midnight on Tuesday.", ["2024-03-12T00:00", "2024-03-12"]),
        ("At dusk on Friday; the dam broke before dawn on Monday.", ["2024-03-15TEV", "2024-03-11TMO"]),
        ("They met in the early hours of Sunday, 10 March 2024.", ["2024-03-10TMO"]),
        # Months, seasons, years
        ("Sales fell in February 2022.", ["2022-02"]),
        ("Sales fell in June.", ["2023-06"]),
        ("The trial was held in June last year.", ["2023-06"]),
        ("Rain is forecast; the fair will open in May.", ["2024-05"]),
        ("Since last August it has been shut.", ["2023-08"]),
        ("In the summer of 2019 and last winter.", ["2019-SU", "2023-WI"]),
        ("In the 1950s and the nineties.", ["195", "199"]),
        ("In the early 21st century.", ["20"]),
        ("In 480 BC the league met.", ["BC0480"]),
        ("Between Dec. 1 and Feb. 29 nobody came.", ["2023-12-01", "2024-02-29"]),
        # Quarters and halves
        ("In the third quarter it lost money, against a profit a year ago.", ["2023-Q3", "2022-Q3"]),
        ("In the first half of 2021 and in Q2 2022.", ["2021-H1", "2022-Q2"]),
        ("The 2019 fourth quarter was weak.", ["2019-Q4"]),
        # Units
        ("Three years ago they met.", ["2021"]),
        ("Two weeks ago they met.", ["2024-W09"]),
        ("Ten days ago they met.", ["2024-03-05"]),
        ("Five months ago they met.", ["2023-10"]),
        ("Weeks ago they met.", ["PAST_REF"]),
        ("Last week, this month and next year.", ["2024-W10", "2024-03", "2025"]),
        ("By the end of this month.", ["2024-03"]),
        # Durations
        ("For about four hours it burned.", ["PT4H"]),
        ("It took half an hour, then two and a half years.", ["PT30M", "P2Y6M"]),
        ("Over the past 24 hours and in recent weeks.", ["PT24H", "PXW"]),
        ("A three-day truce held for several months.", ["P3D", "PXM"]),
        ("Two decades passed.", ["P20Y"]),
        ("The three-week-old lull is to last 60 days; it took a minute and a half.", ["P3W", "P60D", "PT1M30S"]),
        ("A couple of weeks and a dozen days.", ["P2W", "P12D"]),
        # Sets
        ("Every Monday and each year; 70 trucks a day.", ["XXXX-WXX-1", "P1Y", "P1D"]),
        ("The annual fair and the weekly market.", ["P1Y", "P1W"]),
        ("He works 24 hours a day.", []),
        # Vague
        ("Now, recently, in the near future.", ["PRESENT_REF", "PAST_REF", "FUTURE_REF"]),
        # Digits
        ("Filed 2024-02-29T07:05.", ["2024-02-29T07:05"]),
        ("Signed on 13/02/2024 and 04/02/2024.", ["2024-02-13", "2024-02-04"]),
        ("Signed on 02/13/2024 and 02/04/2024.", ["2024-02-13", "2024-02-04"]),
        ("As of 08:00 on 01.02.2024.", ["2024-02-01T08:00"]),
        # Days by name
        ("Over Easter and on Thanksgiving Day.", ["2024-03-31", "2023-11-23"]),
        ("On Christmas Eve 1968.", ["1968-12-24"]),
    ],
)
def test_values(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("In early 1990.", "START"),
        ("In mid-September.", "MID"),
        ("At the end of 1994.", "END"),
        ("For more than three years.", "MORE_THAN"),
        ("For at least two weeks.", "EQUAL_OR_MORE"),
        ("For nearly an hour.", "LESS_THAN"),
        ("For about two days.", "APPROX"),
        ("For up to six months.", "EQUAL_OR_LESS"),
    ],
)
def test_modifiers(text: str, mod: str) -> None:
    (fact,) = read(text)[0]
    assert fact.mod == mod


@pytest.mark.parametrize(
    ("text", "begin", "end", "granularity"),
    [
        ("In 2023.", datetime(2023, 1, 1), datetime(2024, 1, 1), "year"),
        ("In February 2024.", datetime(2024, 2, 1), datetime(2024, 3, 1), "month"),
        ("Last week.", datetime(2024, 3, 4), datetime(2024, 3, 11), "week"),
        ("In Q1 2023.", datetime(2023, 1, 1), datetime(2023, 4, 1), "quarter"),
        ("In the 1980s.", datetime(1980, 1, 1), datetime(1990, 1, 1), "decade"),
        ("On Monday.", datetime(2024, 3, 11), datetime(2024, 3, 12), "day"),
        ("At 15:30.", datetime(2024, 3, 15, 15, 30), datetime(2024, 3, 15, 15, 31), "minute"),
        ("Saturday night.", datetime(2024, 3, 9, 18), datetime(2024, 3, 10, 6), "part_of_day"),
        ("The early hours of Saturday.", datetime(2024, 3, 9), datetime(2024, 3, 9, 6), "part_of_day"),
        ("Overnight.", datetime(2024, 3, 14, 18), datetime(2024, 3, 15, 6), "part_of_day"),
        ("The past 24 hours.", datetime(2024, 3, 15), datetime(2024, 3, 16), None),
        ("The past two weeks.", datetime(2024, 3, 2), datetime(2024, 3, 16), None),
        ("In the week to Sept. 7.", datetime(2023, 9, 1), datetime(2023, 9, 8), None),
        ("In the six months to May 31, 2023.", datetime(2022, 12, 1), datetime(2023, 6, 1), None),
        ("The next three days.", datetime(2024, 3, 15), datetime(2024, 3, 18), None),
    ],
)
def test_intervals(text: str, begin: datetime, end: datetime, granularity: str | None) -> None:
    fact = read(text)[0][0]
    assert (fact.date_from, fact.date_to, fact.granularity) == (begin, end, granularity)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell at 9:30 p.m. EST on 3 May 2024.", [("2024-05-03T21:30", -300)]),
        ("It fell at 1400 GMT.", [("2024-03-15T14:00", 0)]),
        ("It fell at 15:00 UTC+3 on 3 May 2024.", [("2024-05-03T15:00", 180)]),
        ("It fell at 15:00 (GMT-4:30).", [("2024-03-15T15:00", -270)]),
        ("It fell at 15:00, UTC+05:45, far away.", [("2024-03-15T15:00", 345)]),
        ("The log says 2024-05-03T10:00:00+03:00.", [("2024-05-03T10:00:00", 180)]),
        ("The log says 2024-05-03T10:00:00Z.", [("2024-05-03T10:00:00", 0)]),
        # The same zone in winter and in summer.
        ("It fell at 15:00 Kyiv time on 3 January 2024.", [("2024-01-03T15:00", 120)]),
        ("It fell at 15:00 Kyiv time on 3 July 2024.", [("2024-07-03T15:00", 180)]),
        ("It fell at 5 p.m. ET Sunday.", [("2024-03-10T17:00", -240)]),
        ("It fell at 5 p.m. Eastern time.", [("2024-03-15T17:00", -240)]),
        # One moment twice: the second gives the zone of the first, the first the day of the second.
        ("It fell at 10:35 a.m. (0735 GMT) on Thursday.", [("2024-03-14T10:35", 180), ("2024-03-14T07:35", 0)]),
        ("It fell at 01:20 local time (2220 GMT) on Thursday.", [("2024-03-14T01:20", 180), ("2024-03-13T22:20", 0)]),
        ("It fell at 8 p.m. EST (0100 GMT) on Thursday.", [("2024-03-14T20:00", -300), ("2024-03-14T01:00", 0)]),
        ("It will fall at 4 in the morning (4 a.m. EDT Thursday).", [("2024-03-21T04:00", None), ("2024-03-21T04:00", -240)]),
        # No offset where none is known: several zones, no zone, no hour of any zone.
        ("It fell at 15:00 IST.", [("2024-03-15T15:00", None)]),
        ("It fell at 15:00 local time.", [("2024-03-15T15:00", None)]),
        ("It fell at 10:00 (0737 GMT).", [("2024-03-15T10:00", None), ("2024-03-15T07:37", 0)]),
        ("It fell at 15:00 for the third time.", [("2024-03-15T15:00", None)]),
    ],
)
def test_clock_times_keep_their_zone(text: str, expected: list[tuple[str, int | None]]) -> None:
    clocks = [(fact.value, fact.utc_offset) for fact in read(text)[0] if fact.type == "TIME"]
    assert clocks == expected


def test_a_zone_with_summer_time_says_nothing_without_a_day() -> None:
    (clock,), _ = read("It fell at 15:00 Kyiv time.", None)
    assert (clock.value, clock.utc_offset) == ("T15:00", None)


def test_the_clock_time_of_publication_counts_where_it_is_known() -> None:
    (fact,) = read("Over the past 24 hours.", datetime(2024, 3, 15, 9, 30))[0]
    assert (fact.date_from, fact.date_to) == (datetime(2024, 3, 14, 9, 30), datetime(2024, 3, 15, 9, 30))


def test_without_publication_date_relative_dates_stay_unresolved() -> None:
    facts, _ = read("On Sunday, in February 2022, at 07:20, last week.", None)
    assert [fact.value for fact in facts] == ["UNRESOLVED", "2022-02", "T07:20", "UNRESOLVED"]
    assert all(fact.unresolved for fact in facts if fact.value == "UNRESOLVED")
    assert facts[0].date_from is None


def test_dateline_and_url_stand_in_for_the_publication_date() -> None:
    base = {"document_id": "doc_1", "text": "On Monday."}
    for article, anchor in (
        (Article(**base, dateline_date=date(2024, 3, 13)), "dateline"),
        (Article(**base, url="https://desk.example/2024/03/13/bridge"), "url"),
        (Article(**base, url="https://desk.example/world/2024/mar/13/bridge"), "url"),
    ):
        (fact,) = read("On Monday.", None, article=article)[0]
        assert (fact.value, fact.anchor) == ("2024-03-11", anchor)
    (fact,) = read("On Monday.", None, article=Article(**base, url="https://desk.example/story-20240313"))[0]
    assert fact.value == "UNRESOLVED"


def test_publication_date_wins_over_dateline() -> None:
    article = Article(document_id="doc_1", text="On Monday.", dateline_date=date(2020, 1, 1))
    (fact,) = read("On Monday.", article=article)[0]
    assert (fact.value, fact.anchor) == ("2024-03-11", "published")


@pytest.mark.parametrize("text", ["On 31 April 2023.", "On April 31.", "On 2023-02-30.", "On 30.02.2024."])
def test_impossible_days_are_rejected_with_a_reason(text: str) -> None:
    facts, rejections = read(text)
    assert not facts
    (refused,) = rejections
    assert refused.kind == "dates"
    assert "no day" in refused.reason


def test_numeric_dates_that_the_document_does_not_decide_stay_unresolved() -> None:
    (fact,) = read("Signed on 03/04/2024.")[0]
    assert fact.value == "UNRESOLVED"
    assert fact.unresolved and "not told apart" in fact.unresolved


def test_vague_references_can_be_switched_off() -> None:
    facts, _ = read("Now and on Monday.", vague=False)
    assert [fact.value for fact in facts] == ["2024-03-11"]


def test_a_story_counts_from_the_last_date_it_mentioned() -> None:
    text = (
        "On 3 May 1862 the column crossed the river. In June 1862 it took the fort, and in August it marched on. By November 1862 it had lost half "
        "its men. In January 1863 it turned back, and in March the survivors reached the coast. Two days later they sailed."
    )
    expected = ["1862-05-03", "1862-06", "1862-08", "1862-11", "1863-01", "1863-03"]
    facts = read(text, datetime(2009, 12, 19))[0]
    assert [fact.value for fact in facts[:6]] == expected
    assert facts[2].anchor == "context"


def test_news_with_one_date_of_the_past_is_no_story() -> None:
    text = "The raid of June 1967 was recalled on Monday. A new one came on Thursday, officials said, and talks failed in February."
    assert values(text) == ["1967-06", "2024-03-11", "2024-03-14", "2024-02"]


def test_the_component_works_alone_on_a_blank_pipeline() -> None:
    assert components.make_dates
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_dates")
    doc = nlp.make_doc("They met on Monday.")
    doc._.published = date(2024, 3, 15)
    doc = nlp(doc)
    (fact,) = doc._.dates
    (span,) = doc.spans["dates"]
    assert (fact.value, fact.rule, span.text, span._.date) == ("2024-03-11", "dates.weekday", "Monday", fact)
