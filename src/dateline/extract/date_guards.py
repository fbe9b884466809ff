"""What looks like a date and is none: names, modal "may", ages, counts, prices, scores, designations.

Each guard looks at the few tokens around a match. A guard refuses one rule's reading; a later rule may still read the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from dateline.extract.date_words import Tokens, lexicon
from dateline.resources import rows

Guard = Callable[[Tokens, "re.Match[str]", int, int], bool]


@cache
def _word_sets() -> Mapping[str, frozenset[str]]:
    sets: dict[str, set[str]] = {}
    for row in rows("date_guards.csv"):
        sets.setdefault(row["set"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in sets.items()}


def _word(tokens: Tokens, index: int) -> str:
    return tokens.words[index].lower() if 0 <= index < len(tokens.words) else ""


def _raw(tokens: Tokens, index: int) -> str:
    return tokens.words[index] if 0 <= index < len(tokens.words) else ""


def _touches(tokens: Tokens, left: int, right: int) -> bool:
    """Return whether two tokens stand side by side without a space."""
    return left >= 0 and right < len(tokens.words) and tokens.ends[left] == tokens.starts[right] and "\n" not in tokens.words[left]


def _sentence_start(tokens: Tokens, first: int) -> bool:
    return first == 0 or _word(tokens, first - 1) in {".", "!", "?", '"', "“", "``", "`", "''", ":"} or "\n" in _word(tokens, first - 1)


def _capital(word: str) -> bool:
    return word[:1].isupper() and word[1:2].islower()


def _month(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse "May" the modal, "March" the walk, "April" the person: a bare month needs a place where months stand."""
    name = _word(tokens, match.start("month")).rstrip(".")
    sets = _word_sets()
    before, after = _word(tokens, first - 1), _word(tokens, last)
    bare = last - first == 1
    if bare and len(name) <= 4 and name not in {"may", "june", "july"} and not _raw(tokens, first).endswith("."):
        return before not in sets["strict_preposition"] or _capital(_raw(tokens, last))
    if bare and name in {"may", "march"} and before not in sets["strict_preposition"]:
        return (
            after not in sets["verb_after_month"]
            and after not in {"-", "–", "/"}
            and not (before == "the" and _raw(tokens, last).islower())
            and after not in {"'s", "’s"}
        )
    if bare and name in {"april", "june", "august"}:
        if before in sets["preposition"] or after in {"'s", "’s"}:
            return False
        if _capital(_raw(tokens, last)) and name != "august" and after not in sets["preposition"]:
            return True
        if _capital(_raw(tokens, first - 1)) and before not in sets["capital_ok"] and not _sentence_start(tokens, first - 1):
            return True
        if _raw(tokens, first).isupper():
            return True
    return False


def _year(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse four digits that count, cost, or name something."""
    at = match.start("year")
    digits = int(tokens.words[at])
    sets = _word_sets()
    before, after = _word(tokens, at - 1), _word(tokens, last)
    if match.re.groupindex.get("el") and match.start("el") >= 0:
        return False
    if not 1000 <= digits <= 2100:
        return True
    if before in sets["counted_before"] or (
        _touches(tokens, at - 1, at) and before not in {"(", "-", "–", "—", "'", "‘", "“", '"', "/", "[", "`", "*", "_", "~"}
    ):
        return True
    if (
        _touches(tokens, last - 1, last)
        and after in {"-", "/"}
        and _touches(tokens, last, last + 1)
        and not _raw(tokens, last + 1)[:1].isdigit()
        and not _raw(tokens, last + 1)[:1].islower()
    ):
        return True
    if after in sets["counted_after"] or (after in {"%", "°", "$", "€"}):
        return True
    in_place = before in sets["preposition"] or before in sets["year_before"] or before in {"(", ",", "-", "–", "/"}
    if not in_place and after[:1].isalpha() and after.endswith("s") and after not in sets["year_after"] and _raw(tokens, last)[:1].islower():
        return True
    if before in {"at", "to", "of"} and digits < 1500 and after not in {",", ".", ")", ";"}:
        return True
    if (
        before in {"-", "/"}
        and _touches(tokens, at - 1, at)
        and _touches(tokens, at - 2, at - 1)
        and not _raw(tokens, at - 2).isdigit()
        and not _raw(tokens, at - 2)[:1].islower()
    ):
        return True
    if (
        _capital(_raw(tokens, at - 1))
        and before not in sets["capital_ok"]
        and before not in sets["preposition"]
        and not _sentence_start(tokens, at - 1)
    ):
        # "Boeing 1500", "Windows 2000": a capitalised word before names the thing, unless it is a title of an event.
        return digits < 1900 or after not in sets["year_after_name"]
    return not 1900 <= digits <= 2050 and not in_place


def _month_day(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse "May 11 people" style counts and modal "may"."""
    after = _word(tokens, last)
    if _touches(tokens, last - 1, last) and after in {"%", "°"}:
        return True
    year_given = any(match.start(name) >= 0 for name in match.re.groupindex if name.startswith(("year", "yrel")))
    return not year_given and after in _word_sets()["counted_after"] and _word(tokens, first - 1) not in _word_sets()["strict_preposition"]


def _clock(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse scores and ratios ("won 3:10"), verses; a bare H:MM needs a place where clock times stand."""
    begin, end = match.span("clock")
    if end - begin > 1 or (match.group() and last - first > end - begin):
        return False
    word = tokens.words[begin].lower()
    if ":" not in word:
        return False
    sets = _word_sets()
    before = _word(tokens, begin - 1)
    return before not in sets["clock_before"] and not (len(word) >= 5 and word[:2].isdigit() and before not in sets["score_before"])


def _duration(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse ages ("8-month-old", "aged 12 years", "12 years old"), ordinal or distance units ("light years", "second")."""
    after, before = _word(tokens, last), _word(tokens, first - 1)
    sets = _word_sets()
    unit = _word(tokens, match.start("unit"))
    if _capital(_raw(tokens, match.start("unit"))) and match.start("unit") != first:
        return True  # "60 Minutes", "Four Seasons": a name.
    mod = tokens.words[slice(*match.span("mod"))] if "mod" in match.re.groupindex and match.start("mod") >= 0 else []
    if mod and mod[0].lower() in {"over", "under"} and before not in sets["over_before"]:
        return True  # "Losses over eight months": a preposition; the length is read without it.
    if len(mod) == 1 and mod[0].lower() in {"just", "only", "barely", "exactly"}:
        return True
    if (
        "qty" in match.re.groupindex
        and match.start("qty") >= 0
        and _word(tokens, match.start("qty")) == "the"
        and unit in {"day", "week", "month", "year"}
    ):
        return True
    if (
        after in {"old", "olds"}
        or (after == "-" and _word(tokens, last + 1) in {"old", "olds"})
        or (after == "of" and _word(tokens, last + 1) == "age")
    ):
        return True
    if before in {"aged", "age", "$", "€", "£", "#"}:
        return True
    if unit == "second" and "num" not in match.re.groupindex:
        qty = tokens.words[match.start("qty")].lower() if "qty" in match.re.groupindex and match.start("qty") >= 0 else ""
        if qty in {"a", "the", ""} or (after[:1].isalpha() and qty in {"one", "a"}):
            return True
    if match.re.groupindex.get("qty") and last - first == 2:
        word = _word(tokens, first)
        if word in {"a", "an"} and (unit in {"night", "weekend", "quarter", "second", "min", "hr"} or after == "-"):
            return True
        if word in {"many", "various"} and unit == "nights":
            return True
        if word in {"some", "the"}:
            return word == "the" or unit in {"day", "nights"}
        if word == "another" and unit in {"day", "second", "quarter"}:
            return True
    if _touches(tokens, first - 1, first) and before in {"-", "–"} and _raw(tokens, first - 2)[:1].isalnum():
        return True
    return unit in {"quarters", "quarter"} and (
        after == "of" or _word(tokens, first) in {"three", "a"} or ("num" not in match.re.groupindex and before in sets["preposition"])
    )


def _units(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """A bare plural is a length only behind a preposition: "for weeks"."""
    unit = _word(tokens, first)
    before, after = _word(tokens, first - 1), _word(tokens, last)
    if unit in {"seconds", "nights", "quarters", "mins", "yrs", "hrs", "weekends"}:
        return True
    if after in {"old", "'", "’"}:
        return True
    return before not in _word_sets()["length_before"]


def _rate(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "$5 a day", "twice a week", "70 per day" are rates; "a day" elsewhere is a length."""
    before, two = _word(tokens, first - 1), _word(tokens, first - 2)
    unit = _word(tokens, last - 1)
    if unit in {"night", "weekend"}:
        return True
    if unit in {"second", "quarter", "minute", "min", "hr"}:
        return _word(tokens, first) != "per" or unit in {"quarter", "min", "hr"}
    if _word(tokens, first) == "per":
        return False
    if before in _word_sets()["rate_before"] or before[:1].isdigit() or before == "%":
        return False
    if lexicon().value("CARD", before) or before in {"million", "billion", "thousand", "hundred"}:
        return False
    return not (
        before.endswith("s")
        and before.isalpha()
        and len(before) > 3
        and before not in _word_sets()["not_rate"]
        and (two[:1].isdigit() or lexicon().value("CARD", two) is not None or two in _word_sets()["rate_count"])
    )


def _season(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse "fall" the verb, "spring" the water: a bare season needs a determiner or a preposition of time."""
    word = _word(tokens, match.start("season"))
    at = match.start("season")
    before, after = _word(tokens, at - 1), _word(tokens, last)
    if any(match.start(name) >= 0 for name in match.re.groupindex if name.startswith(("year", "yrel"))):
        return word == "fall" and before in {"to", "would", "will", "could", "may"}
    if match.re.groupindex.get("rel") is not None and match.start("rel") >= 0:
        return False
    if match.start("el") >= 0:
        return False
    if after == "of" or word == "fall":
        return True
    if before == "the":
        return False
    return before not in {"in", "by", "until", "since", "during", "following", "after", "before", "through", "each", "late", "early"}


def _decade(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    at = match.start("decade")
    word = _word(tokens, at)
    if len(word) == 3 and _word(tokens, at - 1) in {"-", "–"} and _word(tokens, at - 2) not in {"mid", "early", "late"}:
        return True
    if word[0].isdigit() and len(word.replace("'", "").replace("’", "")) == 3:
        before = _word(tokens, at - 1)
        # "the 80s" is a decade; "in his 80s", "temperatures in the 80s" only looks like one.
        return before in _word_sets()["possessive"] or before not in {"the", "-", "early", "late", "mid"} or _word(tokens, at - 2) in {"into"}
    return False


def _card_years(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    begin, end = match.span("years")
    parts = [tokens.words[i].lower() for i in range(begin, end) if tokens.words[i] not in {"-", "–"}]
    values = [int(lexicon().value("CARD", part) or 0) for part in parts]
    if parts[0] == "nineteen" or parts[0] == "eighteen":
        return not (values[1] >= 10 and values[1] < 100 and (len(values) < 3 or values[2] < 10))
    return not (
        parts[:2] == ["two", "thousand"]
        and (last - first > end - begin or _word(tokens, first - 1) in {"in", "since", "by", "year"})
        and len(parts) == 2
    )


def _the_unit(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "the year", "the weekend", "the quarter" stand for a time; "the day", "the second" seldom do."""
    unit = _word(tokens, match.start("unit"))
    after = _word(tokens, last)
    if unit == "week":
        return _word(tokens, first - 1) not in {"in", "for", "during"} or (after[:1].isalpha() and after not in {"and", "but", "as"})
    if unit in {"year", "quarter"}:
        return (
            after in {"the", "that", "when", "in", "which"}
            and _word(tokens, first - 1) not in {"of", "in", "for"}
            or after in {"of", "-", "'s", "’s"}
            or (_word(tokens, first - 1) == "of" and _word(tokens, first - 2) in {"man", "woman", "person", "rookie", "player", "time", "times"})
        )
    return not (unit == "weekend" and after not in {"of"})


def _rel_unit(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    unit = _word(tokens, match.start("unit"))
    begin, end = match.span("rel")
    rel = " ".join(tokens.words[begin:end]).lower()
    after = _word(tokens, last)
    if unit in {"second", "minute", "min", "hr", "millennium"}:
        return True
    if after == "-" and _touches(tokens, last - 1, last):
        return True
    if _capital(_raw(tokens, match.start("unit"))):
        return True
    if unit in {"century", "decade"} and rel in {"the past", "past"}:
        return unit == "century"
    if rel in {"last", "the last", "the past", "past", "the latest", "the current"} and unit == "day":
        return rel != "the past" and rel != "the last"
    if rel == "next" and unit in {"day"}:
        return _word(tokens, first - 1) == "the"
    return rel in {"the last", "the next"} and after == "of"


def _rel_units(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return _word(tokens, first) == "last" and _word(tokens, first + 1) in {
        "over",
        "about",
        "more",
        "some",
        "at",
        "a",
        "up",
        "for",
        "nearly",
        "almost",
    }


def _ordinal_century(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return _word(tokens, match.start("n")) in {"first", "half"} and _capital(_raw(tokens, last))


def _weekday(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse names of things: "Black Friday" stays, "Sunday Times", "Friday the 13th" and persons do not."""
    after = _word(tokens, last)
    if first != match.start("wd"):
        return False
    if after in _word_sets()["weekday_name_after"] and _capital(_raw(tokens, last)):
        return True
    return _word(tokens, first - 1) in {"black", "bloody", "ash", "palm", "super", "boxing", "cyber"} and _capital(_raw(tokens, first - 1))


def _vague(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return _word(tokens, first - 1) == "as" and _word(tokens, last) == "as"


def _the_part(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "In the morning" is a time; "the night sky", "through the night of terror" are not looked at."""
    after = _raw(tokens, last)
    return _word(tokens, first - 1) not in {"in", "during"} or (after[:1].isalpha() and after.lower() not in _word_sets()["clause_start"])


def _part_before(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "The day before" with nothing behind it looks back in the text; "the day before the raid" needs to know the raid."""
    after = _word(tokens, last)
    return after[:1].isalnum() and after not in {"and", "but"}


def _the_nth(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "On the 29th" is a day; "the 29th brigade" is not."""
    after = _word(tokens, last)
    return (
        _word(tokens, first - 1) not in {"on", "by", "until", "since", "from"}
        or (after[:1].isalnum() and after not in _word_sets()["clause_start"] | {"against"})
        or after == "-"
    )


def _named_day(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return _capital(_raw(tokens, last)) or _word(tokens, last) in {"'", "’", "-"}


def _early_part(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return _word(tokens, match.start("part")) in {"daytime", "mornings", "lunchtime"} or _word(tokens, last) in {"of", "show", "edition", "on"}


def _month_rel(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "Last Oct. 23" is the day; "this March" the month."""
    return _raw(tokens, last).isdigit() and len(_raw(tokens, last)) <= 2


def _nth_unit(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return _word(tokens, first - 1) not in {"in", "during", "for", "of", "after", "over"}


def _future(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "the future", "in future" are times; "future talks" and "futures" are not."""
    before = _word(tokens, first - 1)
    if _word(tokens, last) in {"of", "contracts", "-"}:
        return True
    return last - first == 1 and before not in {"in", "for", "near"}


def _the_past(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    after = _raw(tokens, last)
    return after[:1].isalnum() and after.lower() not in _word_sets()["clause_start"]


def _every(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return _word(tokens, last - 1) in {"second", "seconds", "quarter"}


def _periodic(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    if _raw(tokens, first)[:1].isupper() and not _sentence_start(tokens, first):
        return True
    if _word(tokens, first) == "annual":
        return _word(tokens, last) in _word_sets()["annual_amount"]
    return _word(tokens, first - 1) in {"average", "party"} or _capital(_raw(tokens, last))


def _rel_part(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return _word(tokens, match.start("part")) in {"daytime", "sunrise", "sunset"} or (_word(tokens, first) == "late" and False)


GUARDS: Mapping[str, Guard] = {
    "month": _month,
    "year": _year,
    "month_day": _month_day,
    "day_month": _month_day,
    "clock": _clock,
    "duration": _duration,
    "duration_hyphen": _duration,
    "units": _units,
    "rate": _rate,
    "season": _season,
    "decade": _decade,
    "year_words": _card_years,
    "the_day": _the_unit,
    "rel_unit": _rel_unit,
    "century": _ordinal_century,
    "weekday": _weekday,
    "month_rel": _month_rel,
    "nth_unit": _nth_unit,
    "part_before": _part_before,
    "the_nth": _the_nth,
    "named_day": _named_day,
    "early_part": _early_part,
    "the_part": _the_part,
    "units_ago": _duration,
    "units_later": _duration,
    "rel_units": _rel_units,
    "present": _vague,
    "past_ref": _vague,
    "future_ref": _future,
    "the_past": _the_past,
    "every": _every,
    "periodic": _periodic,
    "rel_part": _rel_part,
}


def refused(rule: str, tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Return whether the guard of a rule refuses this match."""
    guard = GUARDS.get(rule)
    return guard is not None and guard(tokens, match, first, last)
