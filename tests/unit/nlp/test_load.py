"""The shipped pipeline: what is in it, what it makes of text, and how another recognizer takes its place."""

import shutil
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from dateline.errors import EnvironmentProblem
from dateline.nlp import MODEL_FOLDER, load
from dateline.nlp.load import LABELS, describe, load_base
from dateline.nlp.names import LABELS as TYPES

TEXT = "KYIV, Aug 13 - Ukrainian troops hold 11.5 square kilometers near Vovcheyarivka, President Volodymyr Zelenskyy said.\n\nThe army left."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_base()


def test_size_stays_within_the_promise() -> None:
    assert sum(f.stat().st_size for f in MODEL_FOLDER.rglob("*") if f.is_file()) < 20e6


def test_annotates_syntax_and_names(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert all(token.pos_ and token.tag_ and token.dep_ and token.lemma_ for token in doc)
    assert {e.text: e.label_ for e in doc.ents} == {"KYIV": "GPE", "Ukrainian": "NORP", "Vovcheyarivka": "GPE", "Volodymyr Zelenskyy": "PERSON"}
    assert [s.text for s in doc.sents][-1] == "The army left."


def test_tokens_keep_every_character(nlp: Language) -> None:
    text = "Odd  spaces,\ttabs — dashes–ranges 3–5km, $61bn; “quotes”… 63-year-old\r\n\r\nend"
    assert nlp.make_doc(text).text == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a 63-year-old", ["a", "63", "-", "year", "-", "old"]),
        ("Russian-Ukrainian", ["Russian", "-", "Ukrainian"]),
        ("$61bn", ["$", "61", "bn"]),
        ("386km2", ["386", "km2"]),
        ("20%", ["20", "%"]),
        ("T-72B3", ["T-72B3"]),
        ("Lt. Gen. Bondar", ["Lt.", "Gen.", "Bondar"]),
        ("3–5", ["3", "–", "5"]),
    ],
)
def test_tokenizer_knows_newswire(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [t.text for t in nlp.make_doc(text)] == tokens


def test_a_damaged_pipeline_is_named_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, damaged)
    weights = damaged / "tok2vec" / "model"
    weights.write_bytes(weights.read_bytes()[:1000])
    monkeypatch.setattr(load, "MODEL_FOLDER", damaged)
    with pytest.raises(EnvironmentProblem, match="could not be loaded") as caught:
        load_base()
    assert str(damaged) in str(caught.value) and "install that again" in str(caught.value)


def test_without_syntax_there_are_names_only() -> None:
    names_only = load_base(syntax=False)
    assert names_only.pipe_names == ["ner", "dateline_names"]
    assert [e.text for e in names_only("President Volodymyr Zelenskyy said so.").ents] == ["Volodymyr Zelenskyy"]


def test_a_component_can_be_taken_out() -> None:
    names_only = load_base(syntax=False)
    names_only.remove_pipe("dateline_names")
    assert names_only.pipe_names == ["ner"]


def test_another_recognizer_is_mapped(tmp_path: Path) -> None:
    other = spacy.blank("en")
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Zelenskyy"}, {"label": "CARDINAL", "pattern": "five"}, {"label": "ORG", "pattern": "Zorblax"}])  # type: ignore[attr-defined]
    other.to_disk(tmp_path / "other")
    doc = load_base(str(tmp_path / "other"))("Zelenskyy met five men of Zorblax.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Zelenskyy", "PERSON"), ("Zorblax", "ORG")]
    assert set(filter(None, LABELS.values())) == set(TYPES)


def test_a_missing_pipeline_says_what_to_do() -> None:
    with pytest.raises(EnvironmentProblem, match="DATELINE_MODEL"):
        load_base("no_such_pipeline")


def test_doctor_can_describe_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_MODEL", raising=False)
    said = describe()
    assert said["names"] == "shipped"
    assert said["license"].startswith("CC BY-SA")
