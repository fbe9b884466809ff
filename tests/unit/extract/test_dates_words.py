"""The cut of a text into tokens with roles, and the compiled grammar."""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]  # Knows how long a match can be.

import pytest

from dateline.extract.date_grammar import RULES, TRIGGERS, grammar
from dateline.extract.date_words import lexicon, tokenize
from dateline.extract.dates import LONGEST_RULE
from dateline.normalize.date_values import MEANINGS


def roles(text: str) -> list[set[str]]:
    """Return the roles of each token."""
    chars = lexicon().chars
    return [{role for role, codes in chars.items() if code in codes} for code in tokenize(text).codes]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24-hour", ["24", "-", "hour"]),
        ("10pm", ["10", "pm"]),
        ("21.06.2025", ["21.06.2025"]),
        ("Sept. 30", ["Sept.", "30"]),
        ("year's", ["year", "'s"]),
        ("2025-04-27T10:30Z", ["2025-04-27T10:30Z"]),
        ("1,610 men", ["1,610", "men"]),
        ("New Year's Eve", ["New Year's Eve"]),
        ("a\n\nb", ["a", "\n\n", "b"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    tokens = tokenize(text)
    assert tokens.words == words
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == words
    assert len(tokens.codes) == len(words)


def test_case_decides_ambiguous_words() -> None:
    (may,), (lower,) = roles("May"), roles("may")
    assert "MONTH" in may
    assert "MONTH" not in lower
    (second,) = roles("second")
    assert {"ORD", "UNIT"} <= second


def test_numbers_have_the_roles_their_size_allows() -> None:
    (twelve,), (thirty,), (year,), (phone,) = roles("12"), roles("30"), roles("1998"), roles("5550")
    assert {"HOUR12", "DAYNUM"} <= twelve
    assert "DAYNUM" in thirty
    assert "HOUR" not in thirty
    assert "YEAR" in year
    assert "YEAR" not in phone


def test_every_rule_has_a_meaning_and_every_role_a_word() -> None:
    assert {name for name, _ in RULES} == set(MEANINGS)
    assert all(lexicon().chars[role] for role in TRIGGERS)
    assert len(grammar().rules) == len(RULES)


@pytest.mark.parametrize(("name", "pattern"), grammar().rules)
def test_no_rule_sees_further_than_it_is_shown(name: str, pattern: re.Pattern[str]) -> None:
    assert _parser.parse(pattern.pattern).getwidth()[1] <= LONGEST_RULE


@pytest.mark.parametrize("text", ["at 10:00 UTC +3", "Sept. 5,  noon - or  Quite early\t+ 2", "Army Oct. Paris Quebec", " a.m.  B. C. "])
def test_a_blank_taken_along_is_in_no_token(text: str) -> None:
    tokens = tokenize(text)
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    assert "".join(text.split()) == "".join("".join(tokens.words).split())
