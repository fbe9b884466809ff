"""What each rule of the date grammar means: from the slots of a candidate and the anchors to a TIMEX3 value.

One function a rule; it returns a Meaning, a reason why there is none, or None where the words are no time after all. Grain follows the expression
("three years ago" is a year, "two weeks ago" an ISO week), as docs/facts.md has it and most annotators of TimeBank do.
"""

from __future__ import annotations

from collections.abc import Mapping

from dateline.normalize import date_clock, date_days, date_lengths, date_periods, date_quarters, date_relative
from dateline.normalize.date_readings import Rule

MEANINGS: Mapping[str, Rule] = {
    **date_clock.MEANINGS,
    **date_days.MEANINGS,
    **date_periods.MEANINGS,
    **date_quarters.MEANINGS,
    **date_relative.MEANINGS,
    **date_lengths.MEANINGS,
}
