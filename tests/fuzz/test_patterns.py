"""No regular expression of Dateline takes more than its share of time on the text that is worst for it; see patterns.py."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from patterns import Found, slow


@pytest.mark.integration  # It takes a minute and a half of a processor.
@pytest.mark.timeout(900)
def test_every_expression_takes_time_that_grows_with_the_text() -> None:
    program = Path(__file__).with_name("patterns.py")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=880, check=False)
    assert done.returncode == 0, done.stdout
    assert int(done.stderr.split()[0]) > 200, "all of them were looked at"


@pytest.mark.parametrize("bad", [r"\s+x", r"(?:a|b)*c", r"\w+@\w+", r"(?:\d+,)+\d+;", r"<a.*?>.*?</a>", r"\b(?:[A-Z]\w* )+Ministry"])
def test_an_expression_that_blows_up_is_noticed(bad: str) -> None:
    """Else the search for them could pass over anything."""
    assert slow(Found(re.compile(bad), "somewhere:1")) is not None


@pytest.mark.parametrize("good", [r"\d+(?:\.\d+)*", r"(?<!\s)\s+x", r"[A-Z]\w{0,30}", r"\b\d{1,3}%"])
def test_one_that_does_not_is_let_pass(good: str) -> None:
    assert slow(Found(re.compile(good), "somewhere:1")) is None
