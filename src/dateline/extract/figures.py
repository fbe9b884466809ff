"""Find figures in a Doc: what is written, and where.

One pass over the pieces of the text (see figure_lexer): at every piece that can open a number the grammar reads the longest number, then a range or
ratio, then the unit at either side; then the vetoes ask whether it is a quantity at all. Only the text and, where an earlier component left them,
the spans of dates and entities are needed. Refused numbers are returned too, with the name of the veto: durations and the pronoun "one" are
quantities for some users (see `normalize_figures`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from spacy.tokens import Doc

from dateline.extract import figure_vetoes as vetoes
from dateline.extract.doc_text import text_of
from dateline.extract.figure_candidate import FigureCandidate, change_words
from dateline.extract.figure_lexer import Pieces, cut
from dateline.extract.figure_number_words import anchors, role
from dateline.extract.figure_numbers import fraction_at
from dateline.extract.figure_ranges import Amount, amount_at, metres_or_millions, range_from, ratio_from
from dateline.extract.figure_shares import is_share, modifiers_before
from dateline.extract.figure_units import in_context, unit_after
from dateline.extract.figure_vetting import aged, elliptic_ones, named_spans, veto_of
from dateline.extract.figure_words import word_set

_LEADS = word_set("figures leads")


def extract_figures(doc: Doc) -> list[FigureCandidate]:
    """Return the numbers written in a doc, in text order; those that are no figures carry a veto."""
    pieces = cut(text_of(doc))
    hot = _hot(pieces)
    if not hot:
        return []
    bounds = _sentences(doc, pieces)
    starts = [bound[0] for bound in bounds]
    dates = vetoes.taken([(date.start, date.end, date.type) for date in doc._.dates] if Doc.has_extension("dates") else [])
    named = vetoes.taken([*vetoes.links(pieces.text), *named_spans(doc)])
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
        candidate = aged(candidate, found, people)
        veto = veto_of(candidate, dates, named, bool(dates.starts))
        found.append(replace(candidate, veto=veto) if veto else candidate)
    return elliptic_ones(found, doc)


def _hot(pieces: Pieces) -> list[int]:
    """Return the pieces that can open a number."""
    words = anchors()
    hot = []
    for index, word in enumerate(pieces.lower):
        if (
            pieces.numeric[index]
            or word in words
            or (
                word in _LEADS
                and (role(pieces.at(index + 1)) or pieces.at(index + 1) in {"few", "couple"} or (word == "." and index + 1 < len(pieces)))
                and (word != "." or pieces.numeric[index + 1])
            )
        ):
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
        if begin < end < len(pieces) and _runs_on(pieces, end):
            bounds.append((begin, begin))  # Keeps the numbering of the sentences.
            continue
        if end > begin:
            bounds.append((begin, end))
            begin = end
        else:
            bounds.append((begin, begin))
    if bounds and begin < len(pieces):
        bounds[-1] = (bounds[-1][0], len(pieces))
    return bounds or [(0, len(pieces))]


def _runs_on(pieces: Pieces, at: int) -> bool:
    """Return whether a sentence that the parser ended goes on: no mark before, a small letter behind, on the same line."""
    return at > 0 and pieces.raw(at)[0].islower() and pieces.raw(at - 1)[-1].isalnum() and not pieces.breaks(at)


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
            elif wider is not None and pieces.at(amount.right) == "to" and _steps(pieces, amount, first):
                wider = None  # "fell $1.12 to $13.62": by how much, and to what.
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
        if not is_share(pieces, share.first, share.last, first):
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


def _between(pieces: Pieces, left: int, first: int) -> bool:
    """Return whether "between" opens the pair, over a modifier."""
    at = left - 1
    found = modifiers_before().match(pieces, at) if at >= first else None
    if found is not None:
        at -= found[1]
    return at >= first and pieces.at(at) == "between"


def _steps(pieces: Pieces, amount: Amount, first: int) -> bool:
    """Return whether a verb of change has an amount of money for its difference, and an end point behind "to"."""
    signed = amount.left < amount.first or amount.right > amount.last
    return (
        signed
        and amount.left - 1 >= first
        and change_words().get(pieces.at(amount.left - 1), ("", ""))[1] == "verb"
        and bool(amount.unit is not None and amount.unit.dimension == "money" and (pieces.numeric[amount.right + 1] is False))
    )


def _moves(pieces: Pieces, at: int, first: int) -> bool:
    """Return whether a word of change stands shortly before "from"."""
    words = change_words()
    return any(pieces.at(index) in words for index in range(max(first, at - 8), at))
