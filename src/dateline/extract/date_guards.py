"""What looks like a date and is none: names, modal "may", ages, counts, prices, scores, designations.

Each guard looks at the few tokens around a match. A guard refuses one rule's reading; a later rule may still read the same words. The words they look
for are in seeds/reference/date_guards.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.extract import date_amount_guards, date_name_guards
from dateline.extract.date_surroundings import Guard, capitalised, touches, word_at, word_sets, written
from dateline.extract.date_words import Tokens


def _clock_local(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "0600 local time": four digits are a clock time where the words behind say so; else they are a year or a count."""
    return word_at(tokens, last) != "local"


def _clock_pair(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return match.end("clock2") == last and word_at(tokens, last) != "local"


def _clock(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse scores and ratios ("won 3:10"), verses; a bare H:MM needs a place where clock times stand."""
    begin, end = match.span("clock")
    if word_at(tokens, begin - 1) == "high":
        return True
    if end - begin > 1 or (match.group() and last - first > end - begin):
        return False
    word = tokens.words[begin].lower()
    if ":" not in word:
        return False
    sets = word_sets()
    before = word_at(tokens, begin - 1)
    return before not in sets["clock_before"] and not (len(word) >= 5 and word[:2].isdigit() and before not in sets["score_before"])


def _the_unit(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "the year", "the weekend", "the quarter" stand for a time; "the day", "the second" seldom do."""
    unit = word_at(tokens, match.start("unit"))
    after = word_at(tokens, last)
    if capitalised(written(tokens, match.start("unit"))):
        return True
    if unit == "week":
        return word_at(tokens, first - 1) not in {"in", "for", "during"} or (
            after[:1].isalpha() and after not in {"and", "but", "as", "to", "ended", "ending"}
        )
    if unit in {"year", "quarter"}:
        return (
            (after in {"the", "that", "when", "in", "which"} and word_at(tokens, first - 1) not in {"of", "in", "for"})
            or after in {"of", "-", "'s", "’s"}
            or (word_at(tokens, first - 1) == "of" and word_at(tokens, first - 2) in word_sets()["of_the_year"])
        )
    return not (unit == "weekend" and after not in {"of"})


def _end_unit(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "At the end of the day" sums up; it is no time."""
    return word_at(tokens, match.start("unit")) == "day" and "end" in tokens.words[first:last]


def _rel_unit(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    unit = word_at(tokens, match.start("unit"))
    begin, end = match.span("rel")
    rel = " ".join(tokens.words[begin:end]).lower()
    after = word_at(tokens, last)
    if unit in word_sets()["unit_not_relative"]:
        return True
    if after == "-" and touches(tokens, last - 1, last):
        return True
    if capitalised(written(tokens, match.start("unit"))):
        return True
    if unit in {"century", "decade"} and rel in {"the past", "past"}:
        return unit == "century"
    if rel in {"last", "the last", "the past", "past", "the latest", "the current"} and unit == "day":
        return rel != "the past" and rel != "the last"
    if rel == "next" and unit in {"day"}:
        return word_at(tokens, first - 1) == "the"
    return rel in {"the last", "the next"} and after == "of"


def _vague(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return word_at(tokens, first - 1) == "as" and word_at(tokens, last) == "as"


def _the_part(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "In the morning" is a time; "the night sky", "through the night of terror" are not looked at."""
    after = written(tokens, last)
    return word_at(tokens, first - 1) not in {"in", "during"} or (after[:1].isalpha() and after.lower() not in word_sets()["clause_start"])


def _part_before(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "The day before" with nothing behind it looks back in the text; "the day before the raid" needs to know the raid."""
    after = word_at(tokens, last)
    if word_at(tokens, match.start("part")).endswith("s"):
        return True
    return after[:1].isalnum() and after not in {"and", "but"}


def _dawn(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "At dawn", "before sunrise" are times; "dawn raids", "a new dawn of hope" are not."""
    after = written(tokens, last)
    return word_at(tokens, first - 1) not in word_sets()["dawn_before"] or (after[:1].isalpha() and after.lower() not in word_sets()["clause_start"])


def _year_before(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "Twice as many as a year before" compares; "a year before the war" is a length."""
    after = word_at(tokens, last)
    return after[:1].isalnum() and after not in word_sets()["behind_year_before"]


def _early_part(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return word_at(tokens, match.start("part")) in {"daytime", "mornings", "lunchtime"} or word_at(tokens, last) in {"of", "show", "edition", "on"}


def _future(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "the future", "in future" are times; "future talks" and "futures" are not."""
    before = word_at(tokens, first - 1)
    if word_at(tokens, last) in {"of", "contracts", "-"}:
        return True
    after = written(tokens, last)
    if after[:1].isalpha() and after.lower() not in word_sets()["clause_start"] | word_sets()["verb_after_time"]:
        return True
    return last - first == 1 and (before not in {"in", "for"} or word_at(tokens, last)[:1].isalpha())


def _the_past(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    after = written(tokens, last)
    return after[:1].isalnum() and after.lower() not in word_sets()["clause_start"]


def _rel_part(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return word_at(tokens, match.start("part")) in {"daytime", "sunrise", "sunset"} or (word_at(tokens, first) == "late" and False)


GUARDS: Mapping[str, Guard] = {
    "clock": _clock,
    "clock_local": _clock_local,
    "clock_pair": _clock_pair,
    "the_day": _the_unit,
    "rel_unit": _rel_unit,
    "end_unit": _end_unit,
    "part_before": _part_before,
    "dawn": _dawn,
    "year_before": _year_before,
    "early_part": _early_part,
    "the_part": _the_part,
    "present": _vague,
    "past_ref": _vague,
    "future_ref": _future,
    "the_past": _the_past,
    "rel_part": _rel_part,
    **date_name_guards.GUARDS,
    **date_amount_guards.GUARDS,
}


def refused(rule: str, tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Return whether the guard of a rule refuses this match."""
    guard = GUARDS.get(rule)
    return guard is not None and guard(tokens, match, first, last)
