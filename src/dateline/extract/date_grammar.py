"""The grammar of time expressions: named rules over the roles of words, compiled to regexes over one code a token.

A rule reads as words do: `month:MONTH day:DAYNUM (COMMA? year:YEAR)?`. Capitals are roles of seeds/reference/time_words.csv (or kinds of
numbers and marks), `name:` keeps what stood there as a slot, <NAME> is a part used in several rules, ? * | ( ) and {m,n} are those of regular
expressions. Every repetition is bounded, so matching is linear in the text. Rules are tried in order and the first that matches at a place wins:
longer forms stand first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.extract.date_words import lexicon

PARTS = {
    # Numbers and quantities.
    "NUM": "(MIXED|DECIMAL|INT|CARD((HYPHEN|AND)? CARD){0,4}|A BIGCARD)",
    "MOD": (
        "mod:(NO MORE THAN|NO LESS THAN|NOT MORE THAN|(MUCH|EVEN)? MORE THAN|(MUCH|EVEN)? LESS THAN|AT LEAST|AT MOST|UP TO|JUST? OVER|JUST? UNDER"
        "|JUST? APPROX|SO FAR|JUST)"
    ),
    "QTY": (
        "qty:((THE|ANOTHER)? <NUM> (HYPHEN? AND HYPHEN? A HYPHEN? HALF|AND HALF A)? ((TO|OR|HYPHEN) <NUM>)?"
        "|A COUPLE OF?|COUPLE OF|[A THE]? VAGUE|HALF A|A HALF"
        "|A? DOZEN|DOZENS OF|ANOTHER|A|MANY)"
        " (MORE|FULL)?"
    ),
    # Which part of a period.
    "EL": (
        "el:(THE? [EARLY LATE MID] HYPHEN?|THE? [EARLY LATE LATTER] [PARTW DAYS1] OF|THE? VERY? [START END MID] OF|EARLIER IN?|LATER IN?"
        "|EARLY IN|LATE IN|EARLY ON|LATE ON)"
    ),
    # Which year.
    "YREL": "yrel:((THE? [SAME PREVIOUS NEXT LAST COMING CURRENT]|THE FOLLOWING|LAST|NEXT|THIS|THAT SAME?) (FISCAL)? YEAR1)",
    "YEARTAIL": "([COMMA OF]? year:YEAR|COMMA? OF? <YREL>|OF THE yrel:YEAR1)",
    "YEARTAIL_OF": "(OF? year:YEAR|OF? <YREL>)",
    # Clock times.
    "CLK": "(CLOCK [AMPM HOURS_MARK]|CLOCK|DOTCLOCK AMPM|HOUR12 AMPM|[HOUR12 CARD] OCLOCK|MILITARY HOURS_MARK|NOON)",
    "ZONE": "(LPAR tz:(TZ SHIFT?) RPAR|tz:(TZ SHIFT?))",
    "WD": "wd:[WEEKDAY WEEKDAY_ABBR]",
    "DAY": "day:[DAYNUM ORDNUM]",
    "MD": "month:MONTH THE? <DAY>",
    "DM": "THE? day:[DAYNUM ORDNUM ORD] OF? month:MONTH",
    "REL": "rel:(THE FOLLOWING|THE? [PREVIOUS SAME COMING CURRENT LATEST]|THE? [LAST NEXT PAST]|THIS [SAME PAST]?|THAT SAME?|THE VERY? [NEXT SAME])",
    "YEARAGO": "YEAR1 HYPHEN? [AGO EARLIER]",
    "NTH": "n:[ORD ORDNUM]",
    "QUARTER_OF": ("((OF|IN|COMMA)? (THE? FISCAL YEAR1?)? year:YEAR|OF? <YREL>|OF THE (FISCAL|CURRENT)? yrel:YEAR1|ago:(A YEAR1 [AGO EARLIER]))"),
}

RULES: tuple[tuple[str, str], ...] = (
    # Written in digits.
    ("clock_numdate", "clock:CLOCK <ZONE>? [ON COMMA]? num:NUMDATE"),
    ("numdate", "num:NUMDATE"),
    ("isodate", "iso:ISODATE"),
    # Clock times, with the day when no preposition stands between.
    ("clock_date", "mod:APPROX? clock:<CLK> (IN THE part:PART)? <ZONE>? COMMA? (<WD> COMMA?)? (<MD>|<DM>) (COMMA? year:YEAR)?"),
    ("clock_day", "mod:APPROX? clock:<CLK> (IN THE part:PART)? <ZONE>? COMMA? (<WD>|day:TODAY|day:TONIGHT|THIS part:PART)"),
    ("clock", "mod:APPROX? clock:(MILITARY|SHORT_MILITARY|HOUR12|<CLK>) <ZONE>"),
    ("clock", "mod:APPROX? clock:[HOUR12 CARD] IN THE part:PART"),
    ("clock", "mod:APPROX? clock:<CLK> (IN THE part:PART)?"),
    ("clock_pair", "one:(clock:MILITARY) [AND TO HYPHEN] two:(clock2:MILITARY (<ZONE>|HOURS_MARK)?)"),
    ("clock_local", "clock:MILITARY"),
    # Parts of the day.
    ("night_of", "THE? [EARLY LATE]? part:PART (OF|BETWEEN) one:(month:MONTH day:DAYNUM) [HYPHEN AND TO] day2:DAYNUM (COMMA? year:YEAR)?"),
    ("night_of", "THE? [EARLY LATE]? part:PART (OF|BETWEEN) one:(day:DAYNUM) [HYPHEN AND TO] day2:DAYNUM month:MONTH (COMMA? year:YEAR)?"),
    ("part_of_date", "THE? el:([EARLY LATE])? part:[PART NOON] (OF|ON) (<WD> COMMA?)? (<MD>|<DM>) <YEARTAIL>?"),
    ("part_of_date", "<WD> part:PART [OF COMMA] (<MD>|<DM>) <YEARTAIL>?"),
    ("part_of_day", "THE? el:([EARLY LATE])? part:[PART NOON] OF (<WD>|day:TODAY)"),
    ("early_hours", "THE? el:(EARLY|LATE) PART? [UNITS PART] [OF ON] ((<WD> COMMA?)? (<MD>|<DM>) <YEARTAIL>?|<WD>|day:TODAY)"),
    ("day_part", "el:([EARLY LATE EARLIER LATER] ON?)? (<WD>|day:TODAY) el:([EARLY LATE MID] HYPHEN?)? part:[PART NOON]"),
    ("rel_day_part", "rel:(LAST|NEXT|THIS [PAST COMING]?) <WD> part:PART"),
    ("date_part", "el:([EARLY LATE])? (<MD>|<DM>) part:PART"),
    ("day_part", "el:(MID HYPHEN?)? part:[PART NOON] (<WD>|day:TODAY)"),
    ("rel_part", "el:([EARLY LATE EARLIER LATER MID] HYPHEN?)? <REL> (DAY1)? part:[PART]"),
    ("early_hours", "THE? el:(SMALL UNITS) [OF ON] ((<WD> COMMA?)? (<MD>|<DM>) <YEARTAIL>?|<WD>|day:TODAY)"),
    ("early_weekday", "el:([EARLY LATE] ON) (<MD>|<DM>) <YEARTAIL>?"),
    ("early_weekday", "el:([EARLY LATE] ON?) (<WD>|day:TODAY)"),
    ("dawn_on", "el:(BEFORE)? part:DAWN ON (<WD>|day:TODAY)"),
    ("dawn", "part:DAWN"),
    ("early_part", "THE? el:([EARLY LATE MID] HYPHEN?) part:PART"),
    ("part_before", "THE part:[PART DAY1 WEEK1 MONTH1 YEAR1] dir:[BEFORE AFTER]"),
    ("tonight", "TONIGHT"),
    ("overnight", "OVERNIGHT"),
    # Days with a month.
    ("month_days", "one:((<WD> COMMA?)? month:MONTH day:[DAYNUM ORDNUM]) (HYPHEN|AND|TO|THROUGH|OR) two:(day2:[DAYNUM ORDNUM] <YEARTAIL>?)"),
    ("days_month", "one:(THE? day:[DAYNUM ORDNUM]) (HYPHEN|AND|TO|OR) two:(THE? day2:[DAYNUM ORDNUM] OF? month:MONTH <YEARTAIL>?)"),
    ("month_day", "mod:APPROX? (<WD> DOT? COMMA?)? <EL>? <MD> <YEARTAIL>?"),
    ("day_month", "day:DAYNUM HYPHEN month:MONTH HYPHEN year:YEAR"),
    ("day_month", "mod:APPROX? (<WD> DOT? COMMA?)? <EL>? <DM> <YEARTAIL>?"),
    # Years before Christ.
    ("era_season", "<EL>? THE? season:SEASON OF? year:INT era:ERA"),
    ("era_month", "<EL>? month:MONTH OF? year:INT era:ERA"),
    # Months.
    ("month_rel", "<EL>? rel:(LAST|NEXT|THIS|THE FOLLOWING|THE? [PREVIOUS COMING]) month:MONTH"),
    ("month_year", "<EL>? month:MONTH <YEARTAIL>"),
    ("month_year_words", "<EL>? month:MONTH OF? years:(CARD CARD HYPHEN? CARD?)"),
    ("month", "<EL>? month:MONTH"),
    # Quarters, halves, fiscal years.
    ("quarter", "(<YREL> POSS?|year:YEAR POSS?|ago:<YEARAGO>)? FISCAL? HYPHEN? <NTH> HYPHEN QUARTER1"),
    ("quarter", "THE? (<YREL> POSS?|year:YEAR POSS?|ago:<YEARAGO>)? FISCAL? HYPHEN? <NTH> FISCAL? QUARTER1 <QUARTER_OF>?"),
    ("quarter", "q:QTOKEN OF? (year:YEAR|<YREL>)?"),
    ("quarter", "year:YEAR q:QTOKEN"),
    ("half", "[THE HIS]? (<YREL> POSS)? <NTH> HYPHEN? HALF (OF (THE? FISCAL YEAR1?)? (year:YEAR|<YREL>)|OF THE yrel:YEAR1)"),
    ("half", "THE which:LAST HALF OF (year:YEAR|<YREL>)"),
    ("half", "h:HTOKEN OF? (year:YEAR|<YREL>)"),
    ("quarters", "THE? which:[ORD PAST COMING LAST NEXT] num:[CARD INT] QUARTER1 OF (year:YEAR|<YREL>)"),
    ("latest_period", "([THE THIS HIS] rel:[LATEST CURRENT]|THE? ago:<YEARAGO>|THE year:YEAR|<YREL> POSS) FISCAL? period:[QUARTER1 PERIOD]"),
    ("latest_period", "THIS period:QUARTER1"),
    ("quarter_ago", "THE period:QUARTER1 ago:(A YEAR1 [AGO EARLIER])"),
    ("year_ago", "ago:(A YEAR1 [AGO EARLIER])"),
    ("year_ago", "ago:(YEAR1 HYPHEN [AGO EARLIER])"),
    ("year_before", "ago:(A YEAR1 BEFORE)"),
    ("fiscal_year", "<EL>? THE? (CURRENT|<REL>)? FISCAL (YEAR1)? year:YEAR ([HYPHEN SLASH] YY)?"),
    ("fiscal_year", "<EL>? <REL> FISCAL YEAR1"),
    ("fiscal_span", "THE FISCAL YEAR1"),
    # Seasons, decades, centuries, years.
    ("season", "<EL>? THE? season:SEASON OF? year:YEAR [HYPHEN SLASH] [YY YEAR]"),
    ("season", "<EL>? (<REL>|THE)? season:SEASON HYPHEN? <YEARTAIL_OF>?"),
    ("decade", "<EL>? THE? decade:DECADE"),
    ("decade", "<EL>? THE decade:DECADE_WORD"),
    ("century", "<EL>? THE? <NTH> HYPHEN? CENTURY1 era:ERA?"),
    ("years_era", "one:(<EL>? year:INT) [HYPHEN TO AND] two:(year2:INT era:ERA)"),
    ("decade", "<EL>? THE? decade:OLD_DECADE era:ERA"),
    ("year_era", "<EL>? year:INT era:ERA"),
    ("year_era", "era:ERA_AD year:INT"),
    ("years_range", "one:(<EL>? year:YEAR) [HYPHEN SLASH] two:(year2:[YY YEAR])"),
    ("year_words", "<EL>? THE? YEAR1? years:(CARD CARD HYPHEN? CARD?)"),
    ("year_tail", "<EL>? THE? YEAR1? year:YEAR AND BEYOND"),
    ("year", "<EL>? (THE YEAR1)? year:YEAR"),
    # So many units before or after something.
    ("units_ago", "<MOD>? <QTY> unit:[UNIT UNITS] (OR SO)? AGO (TODAY)?"),
    ("units_ago", "unit:UNITS AGO"),
    ("units_ago", "<MOD>? qty:([A CARD]) unit:UNIT half:(AND A HALF) AGO"),
    ("units_later", "<MOD>? <QTY> unit:[UNIT UNITS] dir:[EARLIER LATER AFTERWARD]"),
    ("units_later", "unit:UNITS dir:[EARLIER LATER]"),
    ("units_ago", "<MOD>? qty:(HALF A) unit:UNIT AGO"),
    # Periods named by their neighbours.
    ("day_before", "THE DAY1 [BEFORE AFTER] day:TODAY"),
    ("rel_units", "(THE|THESE|THIS)? dir:[PAST LAST NEXT COMING PREVIOUS FOLLOWING LATEST] <MOD>? <QTY> unit:[UNIT UNITS] (OR SO)?"),
    ("first_units", "THE? dir:ORD qty:<NUM> FULL? unit:UNITS"),
    ("weekday_week", "<WD> OF? rel:[LAST NEXT THIS] WEEK1"),
    ("rel_weekday", "(<EL>)? rel:(LAST|NEXT|THIS (PAST|COMING)?|THAT SAME?|THE FOLLOWING|THE? [PREVIOUS COMING SAME NEXT]|PAST) wd:WEEKDAY"),
    ("earlier_day", "el:[EARLIER LATER] (<WD>|day:TODAY)"),
    ("rel_unit", "<EL>? <REL> FISCAL? unit:UNIT"),
    ("vague_units", "THE? dir:[RECENT PAST COMING LAST NEXT FOLLOWING FUTURE] unit:UNITS"),
    ("these_days", "THIS DAYS1"),
    ("end_unit", "<EL> THE unit:UNIT"),
    ("unit_end", "unit:UNIT POSS? HYPHEN? END"),
    ("full_year", "THE THE_WHOLE YEAR1"),
    ("nth_unit", "THE dir:ORD unit:[WEEK1 MONTH1]"),
    ("the_part", "THE part:PART"),
    ("the_day", "THE unit:[DAY1 YEAR1 QUARTER1 UNIT]"),
    # Recurring.
    ("every", "EVERY num:OTHER_ONE unit:UNIT"),
    ("every", "EVERY ANOTHER? num:(<NUM>)? (unit:[UNIT UNITS]|<WD>|month:MONTH|season:SEASON|part:PART)"),
    ("rate", "A unit:UNIT"),
    ("nights", "part:PART"),
    ("periodic", "word:PERIODIC"),
    ("weekdays", "wds:WEEKDAYS part:PART?"),
    # Lengths.
    ("duration_old", "num:<NUM> HYPHEN unit:UNIT HYPHEN OLD"),
    ("duration_hyphen", "<MOD>? num:<NUM> HYPHEN unit:UNIT"),
    ("duration_long", "unit:[UNIT UNITS] HYPHEN PERIOD_LEN"),
    ("a_year_or_two", "A unit:UNIT OR CARD"),
    ("around_the_clock", "<QTY> [UNIT UNITS] [A PER] UNIT"),
    ("duration", "<MOD>? [A CARD] unit:UNIT half:(AND A HALF)"),
    ("duration", "<MOD>? <QTY> FULL? unit:[UNIT UNITS] (OR SO|OR MORE)?"),
    ("duration", "<MOD>? HALF A unit:UNIT"),
    ("duration_quarter", "<MOD>? A QUARTER1 OF A unit:[CENTURY1 UNIT]"),
    ("single_unit", "[A THE] SINGLE unit:UNIT"),
    ("units", "unit:UNITS OR UNITS"),
    ("units", "unit:UNITS"),
    # Days by name; weekdays.
    ("named_day", "<EL>? name:NAMED COMMA? year:YEAR"),
    ("named_day", "<EL>? name:NAMED"),
    ("the_nth", "THE day:ORDNUM"),
    ("weekday", "wd:WEEKDAY"),
    ("relday", "day:TODAY"),
    # Vague.
    ("present", "PRESENT"),
    ("past_ref", "(MORE|MOST)? PASTREF"),
    ("future_ref", "THE SHORT NEARLY_TERM"),
    ("future_ref", "THE? [NEAR DISTANT]? FUTURE"),
    ("the_past", "THE [RECENT DISTANT]? PAST"),
)  # fmt: skip


# Every match holds a token with one of these roles: the search looks at their neighbourhood alone.
TRIGGERS = (
    "MONTH WEEKDAY WEEKDAY_ABBR WEEKDAYS UNIT UNITS PART NOON SEASON NUMDATE ISODATE CLOCK AMPM OCLOCK HOURS_MARK TZ DECADE DECADE_WORD YEAR "
    "ERA ERA_AD OLD_DECADE QTOKEN HTOKEN HALF NAMED ORDNUM DAWN PERIOD TODAY TONIGHT OVERNIGHT PERIODIC PRESENT PASTREF "
    "FUTURE PAST CENTURY_CARD BIGCARD"
).split()


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules.

    Attributes:
        trigger: Finds where to look.
        rules: Each rule alone, with its slots as named groups.
    """

    trigger: re.Pattern[str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]


def _translate(pattern: str) -> str:
    """Return a rule as a regex over codes; unknown roles are an error, so a typo cannot make a rule that never matches."""
    chars = lexicon().chars

    def expand(match: re.Match[str]) -> str:
        return f"({PARTS[match.group(1)]})" if ":" not in PARTS[match.group(1)].split("(")[0] else PARTS[match.group(1)]

    while "<" in pattern:
        pattern = re.sub(r"<(\w+)>", expand, pattern)
    seen: dict[str, int] = {}

    def one(match: re.Match[str]) -> str:
        slot, klass, role = match.group("slot", "klass", "role")
        if klass is not None:
            body = "[" + "".join(re.escape(chars[name]) for name in klass.split()) + "]"
        elif role is not None:
            body = "[" + re.escape(chars[role]) + "]"
        else:
            body = "("
        if slot is None:
            return body if body != "(" else "(?:"
        seen[slot] = seen.get(slot, 0) + 1
        name = slot if seen[slot] == 1 else f"{slot}__{seen[slot]}"
        if body == "(":
            return f"(?P<{name}>"
        return f"(?P<{name}>{body})"

    regex = re.sub(r"(?:(?<![a-z])(?P<slot>[a-z]\w*):)?(?:\[(?P<klass>[A-Z_0-9 ]+)\]|(?P<role>[A-Z][A-Z_0-9]*)|(?P<open>\())", one, pattern)
    return re.sub(r"\s+", "", regex.replace("(?:", "\x01")).replace("\x01", "(?:")


@cache
def grammar() -> Grammar:
    """Return the compiled grammar."""
    rules = tuple((name, re.compile(_translate(pattern))) for name, pattern in RULES)
    trigger = re.compile("[" + re.escape("".join(lexicon().chars[role] for role in TRIGGERS)) + "]")
    return Grammar(trigger=trigger, rules=rules)
