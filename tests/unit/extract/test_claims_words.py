"""Cue lexicon and quotation marks: what needs no language model."""

import pytest
import spacy

from dateline.extract.claim_lexicon import inflect, phrases, senses
from dateline.extract.claim_quotes import quotes
from dateline.model import CLAIM_ACTS
from dateline.resources import rows

BLANK = spacy.blank("en")
FRAMES = {
    "clause", "quote", "object", "infinitive", "gerund", "predicate", "complements", "measure", "put", "accuse", "compare", "rated", "seem", "source",
    "it", "relay", "of", "on", "about", "for", "against", "to", "with", "in", "at", "out", "believed", "out+object", "down+object", "off+object",
    "aside+object",
}  # fmt: skip


@pytest.mark.parametrize(
    ("lemma", "irregular", "expected"),
    [
        ("say", ("said",), {"say", "says", "saying", "said"}),
        ("deny", (), {"deny", "denies", "denying", "denied"}),
        ("admit", ("admitted",), {"admit", "admits", "admitting", "admitted"}),
        ("agree", (), {"agree", "agrees", "agreeing", "agreed"}),
        ("put", ("put",), {"put", "puts", "putting"}),
        ("estimate", (), {"estimate", "estimates", "estimating", "estimated"}),
        ("stress", (), {"stress", "stresses", "stressing", "stressed"}),
        ("convey", (), {"convey", "conveys", "conveying", "conveyed"}),
    ],
)
def test_forms_of_a_verb(lemma: str, irregular: tuple[str, ...], expected: set[str]) -> None:
    assert inflect(lemma, irregular) == expected


def test_every_row_of_the_lexicon_uses_known_words() -> None:
    for row in rows("report_verbs.csv"):
        assert row["pos"] in {"verb", "noun", "adj", "adv", "prep"}, row
        assert row["act"] in CLAIM_ACTS, row
        assert row["mode"] in {"asserted", "hedged", "denied"}, row
        assert set(row["claims"].split()) | set(row["stances"].split()) <= FRAMES, row


def test_lexicon_knows_senses_and_phrases() -> None:
    assert {s.act for s in senses()["denied"]} == {"deny"}
    assert {s.pos for s in senses()["claims"]} == {"verb", "noun"}
    assert ("according", "to") in {words for words, _ in phrases()["according"]}


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('He said: "We hold the town." Then he left.', ["We hold the town."]),
        ("“We hold the town,” he said. “We will stay.”", ["We hold the town,", "We will stay."]),
        ('"We hold the “old town” still," he said.', ["We hold the “old town” still,"]),
        ("“First paragraph of it.\n\n“Second paragraph,” he said.", ["First paragraph of it.", "Second paragraph,"]),
        ('A 5" pipe burst.', []),
        ("„Wir bleiben“ is what it said.", []),
        ('An unclosed "start of words\n\nAnd a new paragraph.', ["start of words"]),
    ],
)
def test_quotations(text: str, inner: list[str]) -> None:
    doc = BLANK(text)
    found = [doc[q.first : q.last].text for q in quotes(doc)]
    assert [f for f in found if f in inner] == inner
    assert len(found) <= max(1, len(inner))
