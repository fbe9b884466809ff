"""What makes the pipeline fast changes nothing it says: networks, transitions and lemmas against spaCy's own."""

from pathlib import Path

import numpy
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from dateline.nlp import MODEL_FOLDER, features, inference, lemmas, transitions
from dateline.nlp.load import load_base

TEXTS = [
    "LYMAN, Aug 13 - Troops of the 7th Corps hold 11.5 square kilometers near the river, the governor said.\n\nThe army left.",
    "Residents were told to leave on Tuesday. At least 14 people, among them two children, have been wounded since Monday evening.",
    "",
    "Governor Says Aid Convoys Reached Northern Districts As Fighting Eased",
    "\n\n",
    "Prices of wheat rose by 4 percent after exporters in Odesa said that they were holding back grain; traders in Chicago didn't expect it.",
    "The ministry's spokeswoman denied it: \"We weren't there,\" she said, and neither the Red Cross nor the mayor of Goma had seen the lists.",
    "x " * 900,
    "Kyiv",
]
COLUMNS = ["TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "LEMMA", "ENT_TYPE", "ENT_IOB"]


def annotations(doc: Doc) -> list[object]:
    return doc.to_array(COLUMNS).tolist() if len(doc) else []


@pytest.fixture(scope="module")
def plain() -> list[list[object]]:
    nlp = spacy.load(MODEL_FOLDER, exclude=["senter"])
    nlp.add_pipe("dateline_lines", before="parser")
    return [annotations(doc) for doc in nlp.pipe(TEXTS)]


@pytest.fixture
def fast() -> Language:
    nlp = load_base()
    nlp.remove_pipe("dateline_names")
    return nlp


def test_the_fast_parts_are_in_place(fast: Language) -> None:
    assert isinstance(fast.get_pipe("parser"), transitions.TogetherParser)
    assert isinstance(fast.get_pipe("ner"), transitions.TogetherRecognizer)
    assert isinstance(fast.get_pipe("lemmatizer"), lemmas.LemmatizerByForm)
    networks = [node for name in ("tok2vec", "ner") for node in fast.get_pipe(name).model.walk() if inference.is_tok2vec(node)]  # type: ignore[attr-defined]
    assert [node._func.__module__ for node in networks] == [inference.__name__] * 2


@pytest.mark.parametrize("batch", [1, 3, 16])
def test_batches_of_any_size(fast: Language, plain: list[list[object]], batch: int) -> None:
    assert [annotations(doc) for doc in fast.pipe(TEXTS, batch_size=batch)] == plain
    assert [annotations(fast(text)) for text in TEXTS] == plain


def test_blocks_and_caches_smaller_than_a_text(fast: Language, plain: list[list[object]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "BLOCK", 7)
    monkeypatch.setattr(inference, "MOST_ROWS", 20)
    monkeypatch.setattr(lemmas, "MOST_FORMS", 20)
    monkeypatch.setattr(features, "MOST_WORDS", 20)
    assert [annotations(doc) for doc in fast.pipe(TEXTS * 2)] == plain * 2


def test_caches_stay_within_their_bounds(fast: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "MOST_ROWS", 40)
    cache = inference.RowCache(*fast.get_pipe("tok2vec").model.layers[0].layers[2:4])  # type: ignore[attr-defined]
    rng = numpy.random.default_rng(0)
    for _ in range(20):
        rows = rng.integers(0, 1 << 60, (15, 7)).astype("uint64")
        vectors = cache(rows)
        assert numpy.array_equal(vectors, cache(rows[::-1])[::-1])
        assert len(cache.index) <= 40
    assert len(cache.vectors) <= 4096


def test_memory_zones_take_the_strings_of_lemmas_with_them(fast: Language) -> None:
    for _ in range(2):
        with fast.memory_zone():
            doc = fast("The zorblers left.")
            assert [t.lemma_ for t in doc][1] == "zorbler"


def test_processes_say_the_same(fast: Language, plain: list[list[object]]) -> None:
    assert [annotations(doc) for doc in fast.pipe(TEXTS, n_process=2, batch_size=4)] == plain


def test_saved_and_read_again(fast: Language, plain: list[list[object]], tmp_path: Path) -> None:
    fast.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert [annotations(doc) for doc in again.pipe(TEXTS)] == plain


def test_a_network_that_is_trained_learns_and_uses_its_new_weights(fast: Language) -> None:
    text = "Zorblax fell on Tuesday."
    recognizer = fast.select_pipes(enable=["ner"])
    with recognizer:
        before = fast(text).ents
        example = Example.from_dict(fast.make_doc(text), {"entities": [(16, 23, "EVENT")]})
        optimizer = fast.resume_training()
        for _ in range(30):
            fast.update([example], sgd=optimizer)
        assert [(e.text, e.label_) for e in fast(text).ents] == [("Tuesday", "EVENT")] != [(e.text, e.label_) for e in before]


def test_an_error_goes_to_the_handler(fast: Language) -> None:
    met = []
    fast.set_error_handler(lambda name, component, docs, problem: met.append((name, len(docs), str(problem))))
    parser = fast.get_pipe("parser")
    parser.model.attrs["has_upper"] = False  # type: ignore[attr-defined]  # As a network that is not what it says.
    assert list(fast.pipe(TEXTS[:1] * 4)) == []
    assert met and met[0][0] == "parser" and met[0][1] == 4
