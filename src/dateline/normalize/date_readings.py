"""What a rule of the date grammar may answer, and how it reads words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dateline.extract.date_words import lexicon
from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A TIMEX3 reading; `begin` and `end` where the interval is not that of the value (anchored durations); `amount_only`: without "later"."""

    type: str
    value: str
    mod: str | None = None
    anchor: str | None = None
    begin: datetime | None = None
    end: datetime | None = None
    amount_only: bool = False


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why an expression has no value: `reason` for people; impossible ones are rejected altogether."""

    type: str
    reason: str
    impossible: bool = False
    value: str = "UNRESOLVED"


IN_STORY = "said by somebody within the story, on a day that the text does not give"
NO_ANCHOR = "no publication date, and neither dateline nor URL gives the day"
Reading = Meaning | Unresolved
Rule = Callable[[DateCandidate, Context], Reading | None]


def registrar(meanings: dict[str, Rule]) -> Callable[..., Callable[[Rule], Rule]]:
    """Return a decorator that enters a function under the names of the rules it reads."""

    def means(*rules: str) -> Callable[[Rule], Rule]:
        def register(function: Rule) -> Rule:
            meanings.update(dict.fromkeys(rules, function))
            return function

        return register

    return means


def word_value(role: str, word: str) -> str | None:
    return lexicon().value(role, word)


def month_number(word: str) -> int:
    return int(word_value("MONTH", word) or 0)


def weekday_number(word: str) -> int:
    return int(word_value("WEEKDAY", word) or word_value("WEEKDAY_ABBR", word) or 1)


def day_number(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else int(word_value("ORD", word) or 0)
