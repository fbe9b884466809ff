"""Words of absurd length: read in parts, every character kept, and no text takes more than its length."""

from __future__ import annotations

import time

import pytest
from spacy.language import Language

from dateline.nlp.load import load_base
from dateline.nlp.long_words import LONGEST, Bounded


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_base()


@pytest.mark.parametrize("run", ["(", "a", "😀", "'s", "http://a.", "0,", "a-b "])
@pytest.mark.parametrize("around", ["", "He said: ", "  \n\n"])
def test_every_character_is_kept_where_it_was(nlp: Language, run: str, around: str) -> None:
    text = around + run * 1000 + " and “so on”.\n" + around + run * 700
    doc = nlp.make_doc(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert max(map(len, doc)) <= LONGEST


def test_what_people_write_is_read_as_ever(nlp: Language) -> None:
    address = "https://news.example/" + "a-long-title-" * 15
    text = f"“Don't,” the governor said ({address}).\n\nAt least 35 people left.  " + "x" * LONGEST
    assert isinstance(nlp.tokenizer, Bounded)
    inner = nlp.tokenizer._inner
    assert [(token.text, token.whitespace_, token.norm_) for token in nlp.make_doc(text)] == [(t.text, t.whitespace_, t.norm_) for t in inner(text)]


@pytest.mark.parametrize("run", ["(", "😀", "'", ":)", "++://a:@A.", "http://a."])
def test_four_times_the_text_takes_four_times_the_time(nlp: Language, run: str) -> None:
    """A ratio within one run; without the bound it is sixteen."""

    def seconds(length: int) -> float:
        best = float("inf")
        for _ in range(2):
            text = run * (length // len(run))
            with nlp.memory_zone():
                began = time.process_time()
                nlp.make_doc(text)
                best = min(best, time.process_time() - began)
        return best

    length = 2_000
    while (short := seconds(length)) < 0.03 and length < 64_000:
        length *= 2
    assert seconds(4 * length) < 9 * max(short, 0.03)
