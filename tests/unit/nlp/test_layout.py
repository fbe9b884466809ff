"""Sentence starts decided by the layout."""

import pytest
import spacy
from spacy.language import Language

from dateline.nlp.layout import LONGEST, mark_lines
from dateline.nlp.load import load_base


@pytest.fixture(scope="module")
def news() -> Language:
    return load_base()


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Headline here\n\nThe first sentence", ["The"]),
        ("A full stop.\nNext line", ["Next"]),
        ("a wrapped\nline", []),
        ("Losses:\n• tanks\n• drones", ["•", "•"]),
        ("One", []),
        ("\n\nOne", []),
    ],
)
def test_blank_lines_and_bullets_start_sentences(text: str, starts: list[str]) -> None:
    doc = mark_lines(spacy.blank("en")(text))
    assert [t.text for t in doc if t.i and t.is_sent_start] == starts


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("The spokesman told reporters Friday that it was over", ["spokesman", "told", "reporters", "Friday", "that", "it", "was", "over"]),
        ("It ended on a Monday. Tuesday was calm", ["ended", "on", "a", "Monday", "was", "calm"]),
        ("The shell hit school No. 5", ["shell", "hit", "school", "5"]),
        ("“Will they come?” she asked", ["they", "come", "”", "she", "asked"]),
        ('"They had support." Nobody came', ["had", "support", '"', "came"]),
        ("GOMA, Aug. 5 (AP) — The river rose", [",", "The", "river", "rose"]),
        ("The river - The flood", ["river", "flood"]),
        ("a wrapped\nline", ["wrapped"]),
    ],
)
def test_spelling_shows_where_no_sentence_starts(text: str, barred: list[str]) -> None:
    doc = mark_lines(spacy.blank("en")(text))
    assert [t.text for t in doc if t.is_sent_start is False] == barred


def test_what_goes_on_without_a_full_stop_is_cut(news: Language) -> None:
    """What reads a sentence asks its words about each other: one of 20,000 would take minutes."""
    rows = ["5, 6, 7 and 8 per cent, 9 km, 10 tonnes,", "Ivan met\nthe mayor and then", "7;", "5. 6.", "“We lost 5 men in Kyiv"]
    for row in rows:
        doc = news(" ".join([row] * (3000 // len(row.split()))))
        assert max(len(sent) for sent in doc.sents) <= 2 * LONGEST, row
    doc = mark_lines(spacy.blank("en")(" ".join(["word"] * (LONGEST - 1) + ["end."])))
    assert [t.i for t in doc if t.i and t.is_sent_start] == [], "a long sentence stays one"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The shell hit school No. 5 in the town. Nobody was hurt.", 2),
        ("Officials told reporters Friday that the talks had ended.", 1),
        ("“Will they come?” she asked.", 1),
        ("GOMA, Aug. 5 (AP) — The river rose. Bridges were closed.", 2),
        ("KYIV (Reuters) - Troops left the town on Monday. The mayor said so.", 2),
        ("He met Lt. Gen. J. R. Smith at 5 p.m. The talks lasted an hour.", 2),
        ("The minister flew to the U.S. The talks begin on Monday.", 2),
        ("The minister flew to the U.S. on Monday and to the U.K. a day later.", 1),
    ],
)
def test_sentences_of_news(news: Language, text: str, sentences: int) -> None:
    assert len(list(news(text).sents)) == sentences
