"""Guards of words that are also names, verbs or counts: months, years, weekdays, seasons, decades, named days."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.extract.date_surroundings import Guard, capitalised, opens, touches, word_at, word_sets, written
from dateline.extract.date_words import Tokens, lexicon


def _month(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse "May" the modal, "March" the walk, "April" the person: a bare month needs a place where months stand."""
    name = word_at(tokens, match.start("month")).rstrip(".")
    sets = word_sets()
    before, after = word_at(tokens, first - 1), word_at(tokens, last)
    bare = last - first == 1
    if bare and len(name) <= 4 and name not in {"may", "june", "july"} and not written(tokens, first).endswith("."):
        return before not in sets["strict_preposition"] or capitalised(written(tokens, last))
    if bare and name in {"may", "march"} and before not in sets["strict_preposition"]:
        return (
            after not in sets["verb_after_month"]
            and after not in {"-", "–", "/"}
            and not (before == "the" and written(tokens, last).islower())
            and after not in {"'s", "’s"}
        )
    if bare and name in {"april", "june", "august"}:
        if before in sets["preposition"] or after in {"'s", "’s"}:
            return False
        if capitalised(written(tokens, last)) and name != "august" and after not in sets["preposition"]:
            return True
        if capitalised(written(tokens, first - 1)) and before not in sets["capital_ok"] and not opens(tokens, first - 1):
            return True
        if written(tokens, first).isupper():
            return True
    return False


def _month_rel(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "Last Oct. 23" is the day; "this March" the month."""
    return written(tokens, last).isdigit() and len(written(tokens, last)) <= 2


def _month_day(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse "May 11 people" style counts and modal "may"."""
    after = word_at(tokens, last)
    if touches(tokens, last - 1, last) and after in {"%", "°"}:
        return True
    year_given = any(match.start(name) >= 0 for name in match.re.groupindex if name.startswith(("year", "yrel")))
    return not year_given and after in word_sets()["counted_after"] and word_at(tokens, first - 1) not in word_sets()["strict_preposition"]


def _year(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse four digits that count, cost, or name something."""
    at = match.start("year")
    digits = int(tokens.words[at])
    sets = word_sets()
    before, after = word_at(tokens, at - 1), word_at(tokens, last)
    if match.re.groupindex.get("el") and match.start("el") >= 0:
        return False
    if not 1000 <= digits <= 2100:
        return True
    if before in sets["counted_before"] or (
        touches(tokens, at - 1, at) and before not in {"(", "-", "–", "—", "'", "‘", "“", '"', "/", "[", "`", "*", "_", "~"}
    ):
        return True
    if (
        touches(tokens, last - 1, last)
        and after in {"-", "/"}
        and touches(tokens, last, last + 1)
        and not written(tokens, last + 1)[:1].isdigit()
        and not written(tokens, last + 1)[:1].islower()
    ):
        return True
    if after in sets["counted_after"] or (after in {"%", "°", "$", "€"}):
        return True
    in_place = before in sets["preposition"] or before in sets["year_before"] or before in {"(", ",", "-", "–", "/"}
    if not in_place and after[:1].isalpha() and after.endswith("s") and after not in sets["year_after"] and written(tokens, last)[:1].islower():
        return True
    if before in {"at", "to", "of"} and digits < 1500 and after not in {",", ".", ")", ";"}:
        return True
    if (
        before in {"-", "/"}
        and touches(tokens, at - 1, at)
        and touches(tokens, at - 2, at - 1)
        and not written(tokens, at - 2).isdigit()
        and not written(tokens, at - 2)[:1].islower()
    ):
        return True
    if capitalised(written(tokens, at - 1)) and before not in sets["capital_ok"] and before not in sets["preposition"] and not opens(tokens, at - 1):
        # "Boeing 1500", "Windows 2000": a capitalised word before names the thing, unless it is a title of an event.
        return digits < 1900 or after not in sets["year_after_name"]
    return not 1900 <= digits <= 2050 and not in_place


def _weekday(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse names of things: "Black Friday" stays, "Sunday Times", "Friday the 13th" and persons do not."""
    after = word_at(tokens, last)
    if first != match.start("wd"):
        return False
    if after in word_sets()["weekday_name_after"] and capitalised(written(tokens, last)):
        return True
    return word_at(tokens, first - 1) in word_sets()["weekday_name_before"] and capitalised(written(tokens, first - 1))


def _named_day(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return capitalised(written(tokens, last)) or word_at(tokens, last) in {"'", "’", "-"} or word_at(tokens, first - 1) == "orthodox"


def _season(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse "fall" the verb, "spring" the water: a bare season needs a determiner or a preposition of time."""
    word = word_at(tokens, match.start("season"))
    at = match.start("season")
    before, after = word_at(tokens, at - 1), word_at(tokens, last)
    if any(match.start(name) >= 0 for name in match.re.groupindex if name.startswith(("year", "yrel"))):
        return word == "fall" and before in word_sets()["before_verb"]
    if match.re.groupindex.get("rel") is not None and match.start("rel") >= 0:
        return False
    if match.re.groupindex.get("el") is not None and match.start("el") >= 0:
        return False
    if after in word_sets()["season_event"]:
        return word_at(tokens, first) == "the"  # "The summer offensive" names its season, without the article.
    if after == "of" or word == "fall":
        return True
    if before == "the":
        return False
    return before not in word_sets()["before_season"]


def _decade(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    at = match.start("decade")
    word = word_at(tokens, at)
    if len(word) == 3 and word_at(tokens, at - 1) in {"-", "–"} and word_at(tokens, at - 2) not in {"mid", "early", "late"}:
        return True
    if len(word) == 3 and word[0] in "1234":
        return True  # "Temperatures in the 40s".
    if word[0].isdigit() and len(word.replace("'", "").replace("’", "")) == 3:
        before = word_at(tokens, at - 1)
        # "the 80s" is a decade; "in his 80s", "temperatures in the 80s" only looks like one.
        return before in word_sets()["possessive"] or before not in {"the", "-", "early", "late", "mid"} or word_at(tokens, at - 2) in {"into"}
    return False


def _ordinal_century(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return word_at(tokens, match.start("n")) in {"first", "half"} and capitalised(written(tokens, last))


def _card_years(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    begin, end = match.span("years")
    parts = [tokens.words[i].lower() for i in range(begin, end) if tokens.words[i] not in {"-", "–"}]
    values = [int(lexicon().value("CARD", part) or 0) for part in parts]
    if parts[0] == "nineteen" or parts[0] == "eighteen":
        return not (values[1] >= 10 and values[1] < 100 and (len(values) < 3 or values[2] < 10))
    return not (
        parts[:2] == ["two", "thousand"]
        and (last - first > end - begin or word_at(tokens, first - 1) in {"in", "since", "by", "year"})
        and len(parts) == 2
    )


def _rel_weekday(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "He said that Sunday's vote was fair": a clause, not "that Sunday"."""
    if word_at(tokens, match.start("rel")) != "that":
        return False
    return word_at(tokens, last) in {"'s", "’s"} or word_at(tokens, first - 1) in word_sets()["that_clause"]


def _the_nth(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "On the 29th" is a day; "the 29th brigade" is not."""
    after = word_at(tokens, last)
    return (
        word_at(tokens, first - 1) not in {"on", "by", "until", "since", "from"}
        or (after[:1].isalnum() and after not in word_sets()["clause_start"] | {"against"})
        or after == "-"
    )


GUARDS: Mapping[str, Guard] = {
    "month": _month,
    "year": _year,
    "month_day": _month_day,
    "day_month": _month_day,
    "season": _season,
    "decade": _decade,
    "year_words": _card_years,
    "century": _ordinal_century,
    "weekday": _weekday,
    "month_rel": _month_rel,
    "the_nth": _the_nth,
    "rel_weekday": _rel_weekday,
    "named_day": _named_day,
}
