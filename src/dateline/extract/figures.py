"""Find figures in a Doc: what is written, and where.

One pass over the pieces of the text (see figure_lexer): at every piece that can open a number the grammar reads the longest number, then a range or
ratio, then the unit at either side; then the vetoes ask whether it is a quantity at all. Only tokens and, where an earlier component left them, the
spans of dates and entities are needed. Refused numbers are returned too, with the name of the veto: durations and the pronoun "one" are quantities for
some users (see `normalize_figures`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import cache

from spacy.tokens import Doc

from dateline.extract import figure_vetoes as vetoes
from dateline.extract.figure_ages import age_at, bounded, listed
from dateline.extract.figure_lexer import Phrases, Pieces, cut
from dateline.extract.figure_numbers import anchors, fraction_at, role
from dateline.extract.figure_ranges import Amount, amount_at, metres_or_millions, range_from, ratio_from
from dateline.extract.figure_units import Unit, in_context, unit_after, unit_named
from dateline.resources import rows

_LEADS = frozenset({"a", "an", "several", "few", "couple", "many", "."})
_NAMED_ENTITIES = frozenset({"PERSON", "ORG", "FAC", "EVENT", "WEAPON", "LOC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCandidate:
    """A number as found, before it is given a meaning.

    Attributes:
        start: Characters of the number expression, without unit and modifier.
        rule: Name of the form: digits, words, vague, fraction, ratio, range.
        low: Lower end of the value as written; `high` its upper end, None for a vague plural.
        scale: Factor that the words carry ("million" 1e6).
        unit: Unit written beside it.
        first: Pieces [first, last) are the number, [left, right) the number with currency and unit.
        sentence: Index of the sentence; pieces [sentence_first, sentence_last) are its.
        change: "from" or "to" where two figures tell a move ("rose from 12 to 17"), else "".
        age: Whether it tells how old somebody or something is.
        veto: Why it is no figure, None when it is one.
    """

    start: int
    end: int
    rule: str
    low: float
    high: float | None
    scale: float
    unit: Unit | None
    first: int
    last: int
    left: int
    right: int
    sentence: int
    sentence_first: int
    sentence_last: int
    pieces: Pieces = field(repr=False)
    change: str = ""
    age: bool = False
    veto: str | None = None


@cache
def change_words() -> dict[str, tuple[str, str]]:
    """Return (trend, kind) of the words that say that a quantity moved."""
    return {row["word"]: (row["trend"], row["kind"]) for row in rows("change_words.csv")}


@cache
def _between_skips() -> Phrases[str]:
    return Phrases(((row["phrase"], row["approx"]) for row in rows("modifiers.csv") if row["side"] == "before"), backwards=True)


def extract_figures(doc: Doc) -> list[FigureCandidate]:
    """Return the numbers written in a doc, in text order; those that are no figures carry a veto."""
    pieces = cut(doc.text)
    hot = _hot(pieces)
    if not hot:
        return []
    bounds = _sentences(doc, pieces)
    starts = [bound[0] for bound in bounds]
    dates = vetoes.taken([(date.start, date.end, date.type) for date in doc._.dates] if Doc.has_extension("dates") else [])
    named = vetoes.taken([*vetoes.links(doc.text), *_names(doc)])
    people = {entity.end for entity in doc._.entities if entity.type == "PERSON"} if Doc.has_extension("entities") else set()
    found: list[FigureCandidate] = []
    done = 0
    for index in hot:
        if index < done:
            continue
        sentence = bisect_right(starts, index) - 1
        first, last = bounds[sentence]
        candidate = _candidate(pieces, index, sentence, first, last)
        if candidate is None:
            continue
        done = candidate.last
        candidate = _aged(candidate, found, people)
        veto = _veto(candidate, dates, named, bool(dates.starts))
        found.append(replace(candidate, veto=veto) if veto else candidate)
    return _elliptic_ones(found)


def _hot(pieces: Pieces) -> list[int]:
    """Return the pieces that can open a number."""
    words = anchors()
    hot = []
    for index, word in enumerate(pieces.lower):
        if pieces.numeric[index] or word in words:
            hot.append(index)
        elif word in _LEADS and (
            role(pieces.at(index + 1)) or pieces.at(index + 1) in {"few", "couple"} or (word == "." and index + 1 < len(pieces))
        ):
            if word != "." or pieces.numeric[index + 1]:
                hot.append(index)
    return hot


def _sentences(doc: Doc, pieces: Pieces) -> list[tuple[int, int]]:
    """Return the sentences as intervals of pieces."""
    if not doc.has_annotation("SENT_START"):
        return [(0, len(pieces))]
    bounds = []
    begin = 0
    for sent in doc.sents:
        end = bisect_left(pieces.starts, sent.end_char, begin)
        if end > begin:
            bounds.append((begin, end))
            begin = end
        else:
            bounds.append((begin, begin))
    if bounds and begin < len(pieces):
        bounds[-1] = (bounds[-1][0], len(pieces))
    return bounds or [(0, len(pieces))]


def _names(doc: Doc) -> list[tuple[int, int, str]]:
    """Return names that an earlier component found: a number inside one, not at its head, belongs to it."""
    if not Doc.has_extension("entities"):
        return []
    return [(entity.start, entity.end, "name") for entity in doc._.entities if entity.type in _NAMED_ENTITIES]


def _candidate(pieces: Pieces, index: int, sentence: int, first: int, last: int) -> FigureCandidate | None:
    amount = _amount(pieces, index, first, last)
    if amount is None:
        return None
    change = ""
    between = _between(pieces, amount.left, first)
    moved = pieces.at(amount.left - 1) == "from" and _moves(pieces, amount.left - 1, first)
    if amount.form != "fraction" or pieces.at(amount.right) in {"to", "and", "-"}:
        wider = ratio_from(pieces, amount, last) if not between else None
        if wider is None:
            wider = range_from(pieces, amount, between=between, end=last)
            if moved and wider is not None and pieces.at(wider.right) != "to":
                wider = None  # Two figures: "rose from 12 to 17"; but "cut from 5 to 7 per cent to 3 to 5".
        if wider is not None and wider.last <= last:
            amount = wider
    unit = in_context(pieces, amount.unit, scale=amount.number.scaled, first=first, last=last, right=amount.right)
    sign = _sign(pieces, amount, first)
    low, high = (-amount.low, -amount.low) if sign < amount.first else (amount.low, amount.high)
    left = min(amount.left, sign)
    start, end = pieces.starts[sign], pieces.ends[amount.last - 1]
    return FigureCandidate(
        start=start, end=end, rule=amount.form, low=low, high=high, scale=amount.number.scaled, unit=unit,
        first=sign, last=amount.last, left=left, right=amount.right,
        sentence=sentence, sentence_first=first, sentence_last=last, pieces=pieces, change=change,
    )  # fmt: skip


def _sign(pieces: Pieces, amount: Amount, first: int) -> int:
    """Return the piece of a minus sign before a number ("-5 degrees", "minus 12"), else its first piece."""
    at = amount.first - 1
    if at < first or amount.form not in {"digits", "words"}:
        return amount.first
    if amount.left < amount.first:
        if pieces.at(at) in {"-", "−"} and amount.left < at:
            return at  # "$-50.8bn"
        signed = pieces.at(amount.left - 1) in {"-", "−"} and pieces.glued(amount.left) and not pieces.glued(amount.left - 1)
        return amount.left - 1 if signed and amount.left - 1 >= first and not pieces.numeric[amount.left - 2] else amount.first
    dimension = amount.unit.dimension if amount.unit is not None else ""
    if pieces.at(at) == "-" and pieces.at(at - 1) == "minus" and pieces.glued(at):
        return at - 1
    if pieces.at(at) == "minus" and not (at > first and (pieces.numeric[at - 1] or pieces.at(at - 1) == "a")):
        return at
    if pieces.at(at) not in {"-", "−", "–"} or not pieces.numeric[amount.first] or dimension not in {"temperature", "angle", "share"}:
        return amount.first
    alone = at == first or not (pieces.glued(at) or pieces.numeric[at - 1] or pieces.at(at - 1) == "%")
    close = pieces.glued(amount.first) or dimension in {"temperature", "angle"}
    return at if alone and close else amount.first


def _amount(pieces: Pieces, index: int, first: int, last: int) -> Amount | None:
    """Return the number at a piece: a share in words, a number, with dollars and cents joined."""
    share = fraction_at(pieces, index)
    if share is not None:
        scaled = amount_at(pieces, index)
        if scaled is not None and scaled.last > share.last:
            return scaled
        if not _is_share(pieces, share.first, share.last, first):
            return None
        at = share.last + 1 if pieces.at(share.last) in {"a", "an"} else share.last
        unit = unit_after(pieces, at, from_digits=False)
        if unit is not None and unit.unit.dimension == "time":
            return None
        right = unit.last if unit else share.last
        return Amount(share.first, share.last, share.first, right, share.value, share.value, share, unit.unit if unit else None, "fraction")
    amount = amount_at(pieces, index)
    if amount is None:
        return None
    return _with_cents(pieces, metres_or_millions(pieces, amount), last)


def _with_cents(pieces: Pieces, amount: Amount, end: int) -> Amount:
    """Join "13 dollars and 45 cents", "15 dollars 50"."""
    if amount.unit is None or amount.unit.dimension != "money" or amount.unit.factor != 1 or amount.right == amount.last or amount.number.decimals:
        return amount
    at = amount.right + (pieces.at(amount.right) == "and")
    if at >= end or amount.left < amount.first or (amount.number.scaled >= 1e3 and amount.form == "digits"):
        return amount
    tail = amount_at(pieces, at)
    if tail is None or not 0 < tail.low < 100 or tail.low != int(tail.low) or tail.left < tail.first:
        return amount
    cents = tail.unit is not None and tail.unit.dimension == "money" and tail.unit.factor == 0.01
    bare = (
        tail.unit is None
        and (pieces.at(amount.right) != "and" or tail.low >= 10)
        and (tail.right >= end or not pieces.raw(tail.right)[0].isalpha() or pieces.at(tail.right) == "more")
    )
    if not cents and not bare:
        return amount
    value = amount.low + tail.low / 100
    return Amount(amount.first, tail.last, amount.left, tail.right, value, value, amount.number, amount.unit, amount.form)


def _is_share(pieces: Pieces, first: int, last: int, sentence: int) -> bool:
    """Return whether "half", "a third" are shares here, and not the second half, a quarter of the year, or an ordinal."""
    before = pieces.at(first - 1) if first > sentence else ""
    after = pieces.at(last)
    if after in vetoes.HYPHENS and pieces.glued(last):
        return last - first > 1 and after == "-" and role(pieces.at(first)) in {"unit", "teen"}
    modified = first > sentence and _between_skips().match(pieces, first - 1) is not None
    word = pieces.at(last - 1)
    if word == "half" and last - first == 1:
        if before in _HALF_NAMES or after in _HALF_AFTER:
            return False
        unit = unit_after(pieces, last + 1, from_digits=False) if after in {"a", "an"} else unit_after(pieces, last, from_digits=False)
        if unit is not None:
            return unit.unit.dimension != "time"
        return modified or after in _SHARE_AFTER or before in {"by", "nearly", "than"}
    if last - first == 1:
        return False
    if pieces.at(first) in {"a", "an"}:
        return after == "of" or modified or before == "by" or (after in _SHARE_AFTER and word not in {"half", "second"}) or not after.isalpha()
    return before not in {"last", "past", "next", "first", "previous", "these", "those"} or after == "of"


_HALF_NAMES = frozenset(
    "first second other better latter top bottom upper lower northern southern eastern western this each either final every late early a the".split()
)
_HALF_AFTER = frozenset(
    "hour hours time year years month century brother brothers sister sisters past way hearted mast staff marathon life back price day".split()
)
_SHARE_AFTER = frozenset(
    "of the its their his her our your as those that these all were was are is have has had remain remains and to in from on or over who which went go "
    "said by since compared . , ; ) ' \" ” ’".split()
)


def _between(pieces: Pieces, left: int, first: int) -> bool:
    """Return whether "between" opens the pair, over a modifier."""
    at = left - 1
    found = _between_skips().match(pieces, at) if at >= first else None
    if found is not None:
        at -= found[1]
    return at >= first and pieces.at(at) == "between"


def _moves(pieces: Pieces, at: int, first: int) -> bool:
    """Return whether a word of change stands shortly before "from"."""
    words = change_words()
    return any(pieces.at(index) in words for index in range(max(first, at - 8), at))


def _aged(candidate: FigureCandidate, found: list[FigureCandidate], people: set[int]) -> FigureCandidate:
    """Return the candidate marked as an age where it is one."""
    pieces, first, last = candidate.pieces, candidate.first, candidate.last

    def named(index: int) -> bool:
        if index >= 0 and pieces.ends[index] in people:
            return True
        return index > candidate.sentence_first and all(pieces.raw(at)[:1].isupper() for at in (index - 1, index))

    age = age_at(pieces, first, last, candidate.right, candidate.unit, named=named)
    if age is not None:
        return replace(candidate, age=True, unit=age.unit, right=age.right)
    before = found[-1] if found and found[-1].sentence == candidate.sentence else None
    goes_on = before is not None and before.age and before.right == before.last and listed(pieces, before.right, first, last)
    if candidate.unit is None and (goes_on or bounded(pieces, first, last, person_nouns())):
        return replace(candidate, age=True, unit=unit_named("year"))
    return candidate


@cache
def person_nouns() -> frozenset[str]:
    """Return singular and plural forms of nouns for people."""
    forms = set()
    for row in rows("figure_nouns.csv"):
        if row["class"] in {"soldier", "person", "captive"}:
            for lemma in row["lemmas"].split("|"):
                forms |= {lemma, lemma + "s"}
    plurals = {row["plural"] for row in rows("noun_forms.csv") if row["lemma"] in forms}
    return frozenset(forms | plurals)


def _veto(candidate: FigureCandidate, dates: vetoes.Taken, named: vetoes.Taken, dated: bool) -> str | None:
    pieces, first, last, sentence = candidate.pieces, candidate.first, candidate.last, candidate.sentence_first
    strong = (candidate.unit is not None and candidate.unit.dimension in {"money", "share"}) or "," in pieces.raw(first)
    if candidate.age:
        return None
    label = dates.over(candidate.start, candidate.end)
    timed = candidate.unit is not None and candidate.unit.dimension == "time"
    if label and not strong:
        return "duration" if timed and not candidate.rule == "ratio" else "date"
    if not strong and named.over(candidate.start, candidate.end) is not None and named.over(candidate.start - 1, candidate.start) is not None:
        return "name"
    simple = candidate.rule in {"digits", "words", "range"}
    for veto in (
        vetoes.glued_name(pieces, candidate.left, last, unit_ends=candidate.right),
        vetoes.clock(pieces, first, last),
        vetoes.calendar(pieces, first, last) if not timed else None,
        vetoes.listing(pieces, first, last),
        vetoes.score(pieces, first, last) if candidate.rule == "digits" else None,
        vetoes.pronoun(pieces, first, last, sentence),
    ):
        if veto:
            return veto
    if strong or not simple:
        return None
    followed = candidate.right > last or followed_by_thing(pieces, last)
    return (
        vetoes.calibre(pieces, candidate.right, candidate.unit)
        or (vetoes.before_name(pieces, first, last, sentence) if candidate.right == last else None)
        or vetoes.capital_name(pieces, first, last, sentence, followed=followed)
        or vetoes.capital_words(pieces, first, last, sentence)
        or vetoes.address(pieces, last)
        or vetoes.rank(pieces, first, last, followed=followed)
        or vetoes.year(pieces, first, last, sentence, followed=followed)
        or ("duration" if timed else None)
    )


def followed_by_thing(pieces: Pieces, index: int) -> bool:
    """Return whether something countable seems to follow: a plural within three pieces, with no other kind of word between."""
    for at in range(index, min(index + 4, len(pieces))):
        word = pieces.at(at)
        if word in vetoes.HYPHENS and pieces.glued(at):
            continue
        if not word[0].isalpha() or word in vetoes._FUNCTION or word in vetoes.MONTHS:
            return False
        if word in {"people", "men", "women", "children", "police", "troops", "personnel"} or (
            word.endswith("s") and not word.endswith(("ss", "us", "is"))
        ):
            return True
    return False


_MODALS = frozenset("can could must should may might would will cannot".split())


def _elliptic_ones(found: list[FigureCandidate]) -> list[FigureCandidate]:
    """Refuse a bare "one" with nothing countable behind it, unless the sentence counts something that it can stand for."""
    out = []
    for candidate in found:
        pieces = candidate.pieces
        alone = candidate.veto is None and candidate.last == candidate.first + 1 == candidate.right and pieces.at(candidate.first) == "one"
        after = pieces.at(candidate.last)
        if alone and (not after[:1].isalpha() or after in vetoes._FUNCTION) and not (after in vetoes.HYPHENS and pieces.glued(candidate.last)):
            others = any(
                o.veto is None and o.unit is None and o.sentence == candidate.sentence and o.start < candidate.start and o.low != 1 for o in found
            )
            if not others or after in _MODALS:
                candidate = replace(candidate, veto="pronoun")
        out.append(candidate)
    return out
