"""Our readings of figures in the conventions of the corpora of quantities (CQE's NewsQuant and the R-Text sets).

They are made from the same readings that our records come from:

    value    a vague plural is an interval to the next power of ten ("thousands" 1000 to 10000), "dozens" is 12; "from 12 to 17" is one figure
    change   ~ for about, almost and their like; > for above and at least; < for below and at most; up and down for the difference of a move;
             "as many as" and bare vague plurals are =
    unit     British spelling ("kilometre", "percentage", "dollar per barrel", "year of age"); else the counted phrase as lemmas, names left out; "-"
    concept  the words of what the quantity is about, without articles and prepositions; "-" where there is nothing beyond the unit
    durations and "one of" count as figures.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from spacy.tokens import Doc

from corpus import Record
from dateline.extract.figures import extract_figures
from dateline.normalize.figure_analysis import read_figures
from dateline.normalize.figure_concepts import find_concepts
from dateline.normalize.figure_nouns import lemma_of
from dateline.normalize.figure_reading import FigureReading
from dateline.normalize.figure_tokens import Reading
from dateline.normalize.figures import chosen

# Units whose name is not merely another spelling.
UNITS = {
    "percent": "percentage", "usd": "dollar", "eur": "euro", "gbp": "pound sterling", "jpy": "japanese yen", "cny": "chinese yuan",
    "chf": "swiss franc", "rub": "russian ruble", "uah": "hryvnia", "cad": "canadian dollar", "aud": "australian dollar",
    "nzd": "new zealand dollar", "hkd": "hong kong dollar", "sgd": "singapore dollar", "twd": "new taiwan dollar", "inr": "rupee",
    "lkr": "sri lankan rupee", "pkr": "pakistani rupee", "krw": "south korean won", "brl": "brazilian real", "mxn": "mexican peso",
    "try": "turkish lira", "ils": "shekel", "irr": "iranian rial", "zar": "south african rand", "sek": "swedish krona",
    "nok": "norwegian krone", "dkk": "danish krone", "pln": "polish zloty", "czk": "czech koruna", "huf": "hungarian forint",
    "crc": "costa rican colón", "gel": "georgian lari", "lak": "lao kip", "thb": "thai baht", "idr": "indonesian rupiah",
    "php": "philippine peso", "myr": "malaysian ringgit", "vnd": "vietnamese dong", "ngn": "nigerian naira", "btc": "bitcoin",
    "dem": "mark", "egp": "egyptian pound", "aed": "united arab emirates dirham", "sar": "saudi riyal", "km": "kilometre", "m": "metre",
    "km2": "square kilometre", "m2": "square metre", "m3": "cubic metre", "cm2": "square centimetre", "kg": "kilogram", "g": "gram",
    "t": "metric ton", "l": "litre", "pound": "pound-mass", "count": "count",
}  # fmt: skip

NEAR = frozenset({"nearly", "almost", "close to", "nearing", "approaching", "nears", "neared", "near", "just under", "shy of", "just shy of"})

PLAIN = frozenset({"as many as", "as much as", "as high as", "maybe", "perhaps", "possibly", "probably", "only", "just", "exactly"})

_DROPPED = frozenset("the a an of in on at by for to from with and or its their his her our this that these those 's ’s is was".split())


def predict(doc: Doc) -> list[Record]:
    """Return the quantities of one text in the corpus format."""
    candidates = extract_figures(doc)
    kept, _ = chosen(doc, candidates, durations=True, pronouns=True)
    words = Reading(doc)
    readings = read_figures(words, kept)
    find_concepts(words, readings)
    out = []
    skip = False
    for index, reading in enumerate(readings):
        if skip:
            skip = False
            continue
        following = readings[index + 1] if index + 1 < len(readings) else None
        if _from_to(reading, following):
            assert following is not None
            trend = following.change.trend if following.change and following.unit is not None and following.unit.dimension == "money" else None
            reading.concept = tuple(dict.fromkeys((*following.concept, *reading.concept)))
            out.append(
                _record(doc, reading, value=[reading.candidate.low, following.candidate.low], change=trend or "=", end=following.candidate.end)
            )
            skip = True
        else:
            out.append(_record(doc, reading, value=_value(reading), change=_change(reading)))
    return out


def _from_to(reading: FigureReading, following: FigureReading | None) -> bool:
    if following is None or following.candidate.sentence != reading.candidate.sentence or reading.change is None or following.change is None:
        return False
    points = reading.candidate.low == reading.candidate.high and following.candidate.low == following.candidate.high
    return points and (reading.change.role, following.change.role) == ("change_from", "change_to")


def _record(doc: Doc, reading: FigureReading, *, value: Any, change: str, end: int | None = None) -> Record:
    start, end = reading.candidate.start, end or reading.candidate.end
    return {
        "start": start, "end": end, "text": doc.text[start:end], "value": value, "change": change,
        "unit": _unit(doc, reading), "concept": _concept(doc, reading),
    }  # fmt: skip


def _value(reading: FigureReading) -> Any:
    candidate = reading.candidate
    if candidate.rule in {"fraction", "ratio"}:
        return float(Fraction(candidate.low).limit_denominator(1000))
    if candidate.high is None:
        if candidate.scale == 12:
            return 12.0
        return [candidate.low / 2, candidate.low * 5]
    if candidate.low != candidate.high:
        return [candidate.low, candidate.high]
    return candidate.low


def _change(reading: FigureReading) -> str:
    if reading.change is not None and reading.change.role == "change_by" and reading.change.trend:
        return reading.change.trend
    words = (reading.modifier.text or "").lower()
    approx = reading.modifier.approx
    if words in PLAIN or (approx == "about" and not words):
        return "="
    if approx == "about" or (approx == "below" and words in NEAR):
        return "~"
    return {"below": "<", "at_most": "<", "above": ">", "at_least": ">"}.get(approx, "=")


def _unit(doc: Doc, reading: FigureReading) -> str:
    candidate = reading.candidate
    if reading.unit is None:
        name = _phrase(doc, reading)
    else:
        name = UNITS.get(reading.unit.name) or reading.unit.name.replace("meter", "metre").replace("liter", "litre")
    if candidate.age:
        name = f"{name} of age"
    per = reading.per
    return f"{name} per {UNITS.get(per, per).replace('meter', 'metre')}" if per else name


def _phrase(doc: Doc, reading: FigureReading) -> str:
    """Return the counted phrase as lemmas: adjectives and nouns that are no names, then the head."""
    phrase = reading.phrase
    if not phrase.heads:
        return "-"
    head = phrase.heads[0]
    words = [] if phrase.borrowed else _described(doc, phrase.start, head)
    last = doc[head].text if doc[head].text[0].isupper() and not doc[head].is_sent_start else _lemma(doc, head)
    if last in {"time"} and not words:
        return "count"
    if reading.candidate.veto == "pronoun":
        words, last = [*words, last], _within(doc, phrase.end)
    return " ".join(word for word in [*words, last] if word and word != "-").strip()


def _within(doc: Doc, at: int) -> str:
    """Return the noun of "in the world" behind "one of the hottest cars", which these corpora count to the unit."""
    if at >= len(doc) or doc[at].lower_ not in {"in", "of"}:
        return ""
    at += 1
    while at < len(doc) and doc[at].tag_ in {"DT", "PRP$"}:
        at += 1
    return _lemma(doc, at) if at < len(doc) and doc[at].tag_ in {"NN", "NNS", "NNP"} else ""


def _described(doc: Doc, start: int, head: int) -> list[str]:
    words = []
    at = start
    while at < head:
        first, last = _hyphened(doc, at)
        if last < head and last > first >= start and not doc[first].text[0].isupper():
            words.append("".join(doc[i].text for i in range(first, last + 1)))
            at = last
        elif _describes(doc, at):
            words.append(_lemma(doc, at))
        at += 1
    return words


def _describes(doc: Doc, at: int) -> bool:
    token = doc[at]
    return (
        (token.is_alpha or "-" in token.text)
        and token.lower_ not in _DROPPED
        and not token.text[0].isupper()
        and token.lower_ not in {"of", "another"}
    )


def _lemma(doc: Doc, at: int) -> str:
    token = doc[at]
    plain = positive(token.lower_)
    if plain != token.lower_:
        return plain
    word = lemma_of(token.text)
    return {"troops": "troop"}.get(word, word)


def positive(word: str) -> str:
    """Return the base of a superlative ("proudest" to "proud", "best" to "good"); other words as they are."""
    odd = {"best": "good", "worst": "bad", "most": "", "least": "", "farthest": "far", "furthest": "far"}
    if word in odd:
        return odd[word]
    if (
        not word.endswith("est")
        or len(word) < 6
        or word in {"forest", "protest", "interest", "contest", "request", "harvest", "conquest", "honest", "modest"}
    ):
        return word
    base = word[:-3]
    if base.endswith("i"):
        return base[:-1] + "y"
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "sl":
        return base[:-1]
    return base + "e" if base.endswith(("rg", "c", "v", "nc", "at", "im", "iv", "uc", "af", "s")) else base


def _concept(doc: Doc, reading: FigureReading) -> list[str]:
    """Return the words of the concept; what a tokenizer cut at hyphens is one word again."""
    words: list[str] = []
    seen: set[int] = set()
    for at in reading.concept:
        if at in seen:
            continue
        first, last = _hyphened(doc, at)
        seen.update(range(first, last + 1))
        word = "".join(doc[i].text for i in range(first, last + 1))
        if word.lower() not in _DROPPED and word[0].isalnum():
            words.append(word.replace(".", "") if word.count(".") > 1 else word)  # "U.S." is "US".
    return words or ["-"]


def _hyphened(doc: Doc, at: int) -> tuple[int, int]:
    """Return the first and last token of the hyphened word around a token."""
    first = last = at
    while first >= 2 and doc[first - 1].text == "-" and not doc[first - 1].whitespace_ and not doc[first - 2].whitespace_:
        first -= 2
    while last + 2 < len(doc) and doc[last + 1].text == "-" and not doc[last].whitespace_ and not doc[last + 1].whitespace_:
        last += 2
    return first, last
