"""The search for regular expressions that blow up, patterns.py, finds those that do. It takes two minutes itself: whoever changes one runs it."""

from __future__ import annotations

import re

import pytest
from patterns import Found, slow


@pytest.mark.parametrize("bad", [r"\s+x", r"(?:a|b)*c", r"\w+@\w+", r"(?:\d+,)+\d+;", r"<a.*?>.*?</a>", r"\b(?:[A-Z]\w* )+Ministry"])
def test_an_expression_that_blows_up_is_noticed(bad: str) -> None:
    """Else the search for them could pass over anything."""
    assert slow(Found(re.compile(bad), "somewhere:1")) is not None


@pytest.mark.parametrize("good", [r"\d+(?:\.\d+)*", r"(?<!\s)\s+x", r"[A-Z]\w{0,30}", r"\b\d{1,3}%"])
def test_one_that_does_not_is_let_pass(good: str) -> None:
    assert slow(Found(re.compile(good), "somewhere:1")) is None
