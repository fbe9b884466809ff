"""Find dates in a Doc: what is written, and where.

Spans follow TimeBank and docs/facts.md: no preposition, modifiers and articles inside ("about four hours", "the past 24 hours", "late Monday"), a
clock time and a day that a preposition parts are two ("3 a.m." on "Friday"). Only words are looked at, no parse: a blank pipeline finds the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from spacy.tokens import Doc

from dateline.extract.date_grammar import grammar
from dateline.extract.date_guards import refused
from dateline.extract.date_words import OTHER, Tokens, lexicon, tokenize
from dateline.extract.doc_text import sentence_starts, text_of
from dateline.resources import rows

GAP = 40  # Characters looked at behind a match for the next one that it hangs on.
LONGEST_RULE = 40  # Tokens that a match can have.
LONGEST_LEAD = 14  # Tokens that a rule can have before its first trigger word.
_PERIODS = frozenset({"month", "season", "quarter"})  # By a weekday things have mostly happened already.
TENSE_REACH = 12  # Tokens looked at on either side for a tense cue; a clause of news is seldom longer.


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """What was found, before it is given a meaning.

    Attributes:
        text: The words as written; after: up to GAP characters of the text behind them.
        slots: Parts of the expression by the names of the grammar, as written in lower case.
        lead: The two words before it, lower case; follow: the two after.
        tense: "future" or "past" where a cue in the sentence says so.
        opening: It stands in the first few words of its sentence.
        sentence: Index of the sentence; paragraph: index of the paragraph, from 0.
        amount_end: Where the amount of "an hour later" ends, None where there is none.
        part: 0 for a whole match, 1 and 2 for the halves of a pair ("Aug. 12-14" gives two dates).
    """

    start: int
    end: int
    rule: str
    text: str
    after: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)
    lead: str = ""
    follow: str = ""
    tense: str | None = None
    opening: bool = False
    sentence: int = 0
    paragraph: int = 0
    amount_end: int | None = None
    part: int = 0


@cache
def _tense_cues() -> Mapping[str, tuple[str, str]]:
    return {row["word"]: (row["tense"], row["side"]) for row in rows("tense_cues.csv")}


def _tense(tokens: Tokens, first: int, last: int) -> str | None:
    """Return the tense of the sentence around a match: auxiliaries and cue words left before right, then words in -ed."""
    cues = _tense_cues()
    words = tokens.words
    weak: str | None = None
    for index in range(first - 1, max(first - TENSE_REACH, 0) - 1, -1):
        word = words[index].lower()
        if word in {".", "!", "?", ";"} or "\n" in word:
            break
        cue = cues.get(word)
        if index and words[index - 1].lower() == "be" and (word.endswith("ed") or (cue and cue[0] == "past")):
            continue  # "To be paid in January": what stands further left says when.
        if cue and cue[1] != "weak":
            return cue[0]
        if weak is None and first - index <= 3 and not cue and len(word) > 4 and word.endswith("ed"):
            return "past"
        if word == "be" and index and words[index - 1].lower() == "to":
            return "future"
        if word == "to" and index and words[index - 1].lower() in {"is", "are"}:
            return "future"
        if weak is None:
            weak = cue[0] if cue else "past" if len(word) > 4 and word.endswith("ed") else None
    for index in range(last, min(last + TENSE_REACH, len(words))):
        word = words[index].lower()
        if word in {".", "!", "?", ";"} or "\n" in word:
            break
        cue = cues.get(word)
        if cue and cue[1] == "any":
            return cue[0]
        if len(word) > 4 and word.endswith("ed"):
            return weak or "past"
    return weak


def _promised(words: list[str], first: int) -> bool:
    """Say whether somebody promises, plans or wants something "by March", and nothing tells what had happened by then."""
    if not first or words[first - 1].lower() != "by":
        return False
    for index in range(first - 2, max(first - 2 * TENSE_REACH, 0) - 1, -1):
        word = words[index].lower()
        if word in {".", "!", "?", ";"} or "\n" in word:
            break
        if word in {"had", "has", "have", "was", "were", "been"}:
            return False
    return any(words[i].lower() in _promises() for i in range(max(first - 2 * TENSE_REACH, 0), first))


@cache
def _promises() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("date_guards.csv") if row["set"] == "promise")


def _opens_sentence(tokens: Tokens, first: int) -> bool:
    return first < 4 or any(mark in {".", "!", "?", ":"} or "\n" in mark for mark in tokens.words[first - 4 : first])


def _slots(tokens: Tokens, match: re.Match[str]) -> dict[str, str]:
    """Return the slots of a rule's match; a slot that the rule names twice counts where it matched."""
    found: dict[str, str] = {}
    for name in match.re.groupindex:
        begin, end = match.span(name)
        if begin >= 0 and end > begin:
            found[name.split("__")[0]] = tokens.text[tokens.starts[begin] : tokens.ends[end - 1]].lower()
    return found


def _matches(tokens: Tokens) -> Iterator[tuple[str, re.Match[str], int, int]]:
    """Yield rule, match and token range of everything that the grammar finds and no guard refuses, leftmost first."""
    codes, trigger = tokens.codes, grammar().trigger
    position = 0
    while (found := trigger.search(codes, position)) is not None:
        first = found.start()
        while first > position and codes[first - 1] != OTHER and found.start() - first < LONGEST_LEAD:
            first -= 1
        position = found.end()
        for start in range(first, found.end()):
            accepted = _match_at(tokens, start)
            if accepted is not None:
                rule, match = accepted
                yield rule, match, start, match.end()
                position = match.end()
                break


def _match_at(tokens: Tokens, start: int) -> tuple[str, re.Match[str]] | None:
    """Return the first rule that matches at a token and that its guard lets pass."""
    rules = grammar().rules
    for number in _fitting(tokens.codes[start : start + LONGEST_RULE].partition(OTHER)[0]):
        rule, pattern = rules[number]
        match = pattern.match(tokens.codes, start)
        if match is not None and not refused(rule, tokens, match, start, match.end()):
            return rule, match
    return None


@lru_cache(maxsize=4096)
def _fitting(codes: str) -> tuple[int, ...]:
    """Return which rules match at the begin of a run of words with roles, as far as a rule can see. Most runs are met again and again."""
    return tuple(number for number, (_, pattern) in enumerate(grammar().rules) if pattern.match(codes))


def extract_dates(doc: Doc) -> list[DateCandidate]:
    """Return the dates written in a doc, in text order."""
    text = text_of(doc)
    tokens = tokenize(text)
    lexicon()
    sentences = sentence_starts(doc)
    para = lexicon().codes["\x00para"]
    breaks = [tokens.starts[i] for i, code in enumerate(tokens.codes) if code == para]
    candidates = []
    for rule, match, first, last in _matches(tokens):
        slots = _slots(tokens, match)
        pieces = [(first, last, 0)]
        if "two" in slots:
            one, two = match.span("one"), match.span("two")
            pieces = [(*one, 1), (*two, 2)]
        unit = match.end("unit") if "unit" in slots and rule == "units_later" else 0
        tense = "future" if rule in _PERIODS and _promised(tokens.words, first) else _tense(tokens, first, last)
        for begin, end, part in pieces:
            start, stop = tokens.starts[begin], tokens.ends[end - 1]
            candidates.append(
                DateCandidate(
                    start=start,
                    end=stop,
                    rule=rule,
                    text=text[start:stop],
                    after=text[stop : stop + GAP],
                    slots=slots,
                    lead=" ".join(tokens.words[max(begin - 2, 0) : begin]).lower(),
                    follow=" ".join(tokens.words[end : end + 2]).lower(),
                    tense=tense,
                    opening=_opens_sentence(tokens, begin),
                    sentence=max(bisect_right(sentences, start) - 1, 0),
                    paragraph=bisect_right(breaks, start),
                    amount_end=tokens.ends[unit - 1] if unit > 0 else None,
                    part=part,
                )
            )
    return candidates
