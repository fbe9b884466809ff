"""The word-list columns of the embedding: parts of speech of base forms and of inflected ones, and their place in the network's input."""

import numpy
import pytest
import spacy

from dateline.nlp import features
from dateline.nlp.features import ADJECTIVE, NOUN, VERB, NameLexicon


@pytest.fixture
def small() -> NameLexicon:
    speech = {"shell": NOUN | VERB, "city": NOUN, "hit": VERB | NOUN, "escape": VERB, "heavy": ADJECTIVE, "quick": ADJECTIVE}
    return NameLexicon({"lyman": features.TOWN, "new ulm": features.TOWN}, {"new": 2}, {"anna": features.GIVEN}, speech)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("shell", NOUN | VERB),
        ("shells", 16 * 3),
        ("cities", 16 * 1),
        ("escapes", 16 * 2),
        ("shelled", 16 * 4),
        ("escaped", 16 * 4),
        ("hitting", 16 * 5),
        ("escaping", 16 * 5),
        ("quicker", 16 * 6),
        ("heaviest", 16 * 7),
        ("quickly", 16 * 8),
        ("lyman", 0),
        ("s", 0),
    ],
)
def test_parts_of_speech_of_base_and_inflected_forms(small: NameLexicon, word: str, code: int) -> None:
    assert small.parts_of_speech(word) == code


def test_columns_tell_places_and_names_from_lower_case_words(small: NameLexicon) -> None:
    doc = spacy.blank("en")("Anna left New Ulm for Lyman shelled lyman")
    columns = small.columns(doc)
    assert columns.shape == (8, 3)
    assert columns[0, 0] == features.GIVEN + 1
    assert columns[2, 0] == (features.TOWN + 7) * 4 + 1 and columns[3, 0] == (features.TOWN + 14) * 4 + 1
    assert columns[5, 0] == features.TOWN * 4 + 1
    assert columns[7, 0] == 0
    assert columns[6, 2] == 64


def test_unknown_words_are_met_in_training_only(monkeypatch: pytest.MonkeyPatch, small: NameLexicon) -> None:
    monkeypatch.setattr(features, "lexicon", lambda: small)
    doc = spacy.blank("en")("shell " * 200)
    embed = features.name_hash_embed(8, ["NORM", "SHAPE"], [50, 50], [20, 20, 20], unknown=0.3)
    extract = embed.layers[0]
    seen = extract([doc], is_train=False)[0][0]
    assert seen.shape == (200, 5)
    assert len(set(map(int, seen[:, 0]))) == 1
    norms = extract([doc], is_train=True)[0][0][:, 0]
    assert 20 < int(numpy.sum(norms != seen[0, 0])) < 100
