"""How facts are put into a few words: values as said, days, speakers, names of countries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from dateline.resources import rows

# Hedges by exactness, for figures whose own words carry none ("dozens").
HEDGES = {"about": "about", "below": "almost", "above": "more than", "at_least": "at least", "at_most": "up to"}
_SIGNS = {"percent": "%", "degree": "°"}
_POWERS = str.maketrans("23", "²³")
_PLAIN_UNITS = ("count", "person", "other", "ratio")
_LONGEST = 420  # Characters of a sentence that are quoted.


def number(value: float | None) -> str:
    """Return a number for people: thousands separated, no needless decimals.

    >>> number(1000.0), number(2.5), number(None)
    ('1,000', '2.5', '…')
    """
    if value is None:
        return "…"
    if abs(value) >= 1e15:
        return f"{value:.3g}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"


def compact(value: float) -> str:
    """Return a number for an axis: 12k, 3.4M.

    >>> compact(12000), compact(70), compact(0.5)
    ('12k', '70', '0.5')
    """
    for size, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def unit_words(unit: str) -> str:
    """Return the unit as written after a value; nothing for things counted."""
    written = unit.upper() if len(unit) == 3 and unit.isalpha() else unit.translate(_POWERS)
    return _SIGNS.get(unit, "" if unit in _PLAIN_UNITS else f" {written}")


def said(figure: Mapping[str, Any]) -> str:
    """Return the value of a figure as said, hedge and unit included: "almost 70", "12–40 km", "dozens"."""
    text = " ".join(str(figure["text"]).split())
    hedge = figure.get("modifier") or ""
    low, high = figure["value_min"], figure["value_max"]
    if not hedge and low is not None and high is not None and low != high and " and " in text:
        text = f"{number(low)}–{number(high)}"  # "between 1,000 and 3,000": the span alone would read as two figures.
    if not hedge and figure["approx"] in HEDGES and text[:1].isdigit():
        hedge = HEDGES[figure["approx"]]
    trail = f" per {figure['per']}" if figure.get("per") else ""
    denial = "not " if figure.get("negated") else ""
    unit = "" if text.endswith(("%", "percent", "per cent")) else unit_words(figure["unit"])
    # "or more" stands after what it hedges.
    words = f"{text}{unit} {hedge}" if hedge.lower().startswith("or ") else f"{hedge} {text}{unit}"
    return f"{denial}{words.strip()}{trail}"


def meaning(figure: Mapping[str, Any]) -> str:
    """Return what the value stands for in numbers: "70, below", "12 to 40", "24 and more"."""
    low, high, approx = figure["value_min"], figure["value_max"], figure["approx"]
    if low is None and high is None:
        return "no value"
    if high is None:
        span = f"{number(low)} and more"
    elif low is None:
        span = f"{number(high)} and less"
    else:
        span = number(low) if low == high else f"{number(low)} to {number(high)}"
    return span if approx == "exact" else f"{span}, {approx.replace('_', ' ')}"


def thing(figure: Mapping[str, Any]) -> str:
    """Return what is counted or measured, as fully as the text has it."""
    return " ".join(str(figure.get("concept") or figure.get("item") or figure["kind"].replace("_", " ")).split())


def kind_words(kind: str) -> str:
    """Return a figure kind as a heading."""
    return kind.replace("_", " ")


def day(value: date | datetime | None) -> str:
    """Return a day as ISO writes it."""
    return "" if value is None else value.strftime("%Y-%m-%d")


def moment(value: datetime | None) -> str:
    """Return a moment to the minute."""
    return "" if value is None else value.strftime("%Y-%m-%d %H:%M")


@cache
def _countries() -> dict[str, str]:
    return {row["country"]: row["name"] for row in rows("countries.csv")}


def country(code: str | None) -> str:
    """Return the usual English name of an ISO 3166 alpha-2 code; the code itself where it is unknown."""
    return "" if not code else _countries().get(code, code)


def side(value: str | None) -> str:
    """Return the name of a side: a country for its code, a speaker as is, the outlet for None."""
    return "outlet's own voice" if value is None else country(value) if len(value) == 2 and value.isupper() else value


def web(address: str | None) -> str | None:
    """Return an address that is safe to link, None for anything but http and https: addresses come from the outside world."""
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def quoted(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return a figure's sentence as (before, the words, after), cut around the words where it is long."""
    quote, begin = row.get("quote"), row.get("sentence_start")
    if not quote or begin is None:
        return "", str(row["text"]), ""
    left, right = row["start_char"] - begin, row["end_char"] - begin
    if not 0 <= left <= right <= len(quote):
        return "", str(row["text"]), ""
    before, words, after = quote[:left], quote[left:right], quote[right:]
    spare = max(_LONGEST - len(words), 80)
    if len(before) + len(after) > spare:
        keep = max(spare - min(len(after), spare // 2), spare // 3)
        before = before if len(before) <= keep else "…" + before[-keep:]
        room = max(spare - len(before), spare // 3)
        after = after if len(after) <= room else after[:room] + "…"
    return before.lstrip(), words, after.rstrip()


def clipped(text: str | None, size: int = _LONGEST) -> str:
    """Return a text on one line, cut to a size."""
    line = " ".join((text or "").split())
    return line if len(line) <= size else line[: size - 1] + "…"
