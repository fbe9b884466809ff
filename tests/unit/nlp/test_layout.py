"""Sentence starts decided by the layout."""

import pytest
import spacy

from dateline.nlp.layout import mark_lines


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
