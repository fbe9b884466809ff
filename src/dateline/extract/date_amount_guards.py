"""Guards of amounts of time: ages, rates, titles, and units that only look like a length."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.extract.date_surroundings import Guard, capitalised, opens, touches, word_at, word_sets, written
from dateline.extract.date_words import Tokens, lexicon


def _duration(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """Refuse ages ("8-month-old", "aged 12 years", "12 years old"), ordinal or distance units ("light years", "second")."""
    after, before = word_at(tokens, last), word_at(tokens, first - 1)
    sets = word_sets()
    unit = word_at(tokens, match.start("unit"))
    if capitalised(written(tokens, match.start("unit"))) and match.start("unit") != first:
        return True  # "60 Minutes", "Four Seasons": a name.
    mod = tokens.words[slice(*match.span("mod"))] if "mod" in match.re.groupindex and match.start("mod") >= 0 else []
    if mod and mod[0].lower() in {"over", "under"} and before not in sets["over_before"]:
        return True  # "Losses over eight months": a preposition; the length is read without it.
    if len(mod) == 1 and mod[0].lower() in word_sets()["empty_modifier"]:
        return True
    if (
        "qty" in match.re.groupindex
        and match.start("qty") >= 0
        and word_at(tokens, match.start("qty")) == "the"
        and unit in {"day", "week", "month", "year"}
    ):
        return True
    if (
        after in {"old", "olds"}
        or (after == "-" and word_at(tokens, last + 1) in {"old", "olds"})
        or (after == "of" and word_at(tokens, last + 1) == "age")
    ):
        return True
    if before in {"aged", "age", "$", "€", "£", "#"}:
        return True
    if unit == "second" and "num" not in match.re.groupindex:
        qty = tokens.words[match.start("qty")].lower() if "qty" in match.re.groupindex and match.start("qty") >= 0 else ""
        if qty in {"a", "the", ""} or (after[:1].isalpha() and qty in {"one", "a"}):
            return True
    if match.re.groupindex.get("qty") and last - first == 2:
        word = word_at(tokens, first)
        if word in {"a", "an"} and (unit in word_sets()["unit_not_with_a"] or after == "-"):
            return True
        if word == "many" and before == "as":
            return True  # "The third in as many weeks".
        if word in {"many", "various"} and unit == "nights":
            return True
        if word in {"some", "the"}:
            return word == "the" or unit in {"day", "nights"}
        if word == "another" and unit in {"day", "second", "quarter"}:
            return True
    if touches(tokens, first - 1, first) and before in {"-", "–"} and written(tokens, first - 2)[:1].isalnum():
        return True
    return unit in {"quarters", "quarter"} and (after == "of" or word_at(tokens, first) in {"one", "three", "a"})


def _old(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "A three-week-old war" has lasted so long; a person's or an animal's age is no time."""
    return word_at(tokens, match.start("unit")) == "year" or word_at(tokens, last) in word_sets()["aged_noun"]


def _units(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """A bare plural is a length only behind a preposition: "for weeks"."""
    unit = word_at(tokens, first)
    before, after = word_at(tokens, first - 1), word_at(tokens, last)
    if unit in word_sets()["unit_never_bare"]:
        return True
    if after in {"old", "'", "’"} or (word_at(tokens, first - 2), before) in {("matter", "of"), ("as", "many")}:
        return True
    return before not in word_sets()["length_before"]


def _rel_units(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    if word_at(tokens, first) == "last" and word_at(tokens, first - 1) in word_sets()["modal"]:
        return True  # "Is to last 60 days": the verb.
    return word_at(tokens, first) == "last" and word_at(tokens, first + 1) in {
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


def _rate(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "$5 a day", "twice a week", "70 per day" are rates; "a day" elsewhere is a length."""
    before, two = word_at(tokens, first - 1), word_at(tokens, first - 2)
    unit = word_at(tokens, last - 1)
    if unit in {"night", "weekend"}:
        return True
    if unit in word_sets()["unit_without_rate"]:
        return word_at(tokens, first) != "per" or unit in {"quarter", "min", "hr"}
    if word_at(tokens, first) == "per":
        return False
    if before in word_sets()["rate_before"] or before[:1].isdigit() or before == "%":
        return False
    if lexicon().value("CARD", before) or before in word_sets()["big_number"]:
        return False
    return not (
        before.endswith("s")
        and before.isalpha()
        and len(before) > 3
        and before not in word_sets()["not_rate"]
        and (two[:1].isdigit() or lexicon().value("CARD", two) is not None or two in word_sets()["rate_count"])
    )


def _periodic(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    if written(tokens, first)[:1].isupper() and not opens(tokens, first):
        return True
    if word_at(tokens, first) == "annual":
        return word_at(tokens, last) in word_sets()["annual_amount"]
    before = word_at(tokens, first - 1)
    named = capitalised(written(tokens, first - 1)) and not (before in {"the", "a", "an", "its", "their"} and opens(tokens, first - 1))
    return before in {"average", "party"} or capitalised(written(tokens, last)) or named


def _every(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return word_at(tokens, last - 1) in {"second", "seconds"}


def _nights(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    """ "They move only at night": every night; other parts of the day need a determiner."""
    return word_at(tokens, first) != "night" or word_at(tokens, first - 1) not in {"at", "by"}


def _nth_unit(tokens: Tokens, match: re.Match[str], first: int, last: int) -> bool:
    return word_at(tokens, first - 1) not in word_sets()["before_nth"]


GUARDS: Mapping[str, Guard] = {
    "duration": _duration,
    "duration_hyphen": _duration,
    "duration_old": _old,
    "units": _units,
    "rate": _rate,
    "nth_unit": _nth_unit,
    "nights": _nights,
    "units_ago": _duration,
    "units_later": _duration,
    "rel_units": _rel_units,
    "every": _every,
    "periodic": _periodic,
}
