"""Claims that somebody passes on: who said it, and through whom it came."""

from functools import cache
from pathlib import Path

import pytest
from spacy.language import Language

from dateline.model import Claim
from dateline.nlp.load import load_nlp

SAMPLES = Path(__file__).parents[3] / "seeds" / "articles"
# Everybody whom the sample articles let speak.
SPEAKERS = {
    "Oleksandr Syrskyi", "Alexei Smirnov", "Turkish broadcaster TRT", "Ukrainian military", "Volodymyr Zelenskyy", "Vladimir Putin", "White House",
    "United Nations human rights office", "United Nations", "Volker Turk", "Sudan Doctors Network", "Russian side",
}  # fmt: skip


@cache
def nlp() -> Language:
    return load_nlp(extractors=("dateline_dates", "dateline_places", "dateline_entities", "dateline_claims"))


def read(text: str) -> tuple[Claim, ...]:
    claims: tuple[Claim, ...] = nlp()(text)._.claims
    return claims


@pytest.mark.parametrize(
    ("text", "source", "via", "content"),
    [
        ("Peskov quoted Putin as saying that Russia was ready for talks.", "Putin", "Peskov", "Russia was ready for talks"),
        (
            "The deputy minister was quoted by Reuters as saying that exports fell 12 percent.",
            "deputy minister",
            "Reuters",
            "exports fell 12 percent",
        ),
        ("Vladimir Putin was quoted as saying that the army would advance.", "Vladimir Putin", None, "the army would advance"),
        ("Twelve people died in the fire, TASS reported, citing emergency services.", "emergency services", "TASS", "Twelve people died in the fire"),
        ("Dmitry Peskov, citing Vladimir Putin, said talks would resume.", "Vladimir Putin", "Dmitry Peskov", "talks would resume"),
    ],
)
def test_relayed_claims_have_their_speaker_and_the_one_who_passed_them_on(text: str, source: str, via: str | None, content: str) -> None:
    claim = next(c for c in read(text) if c.source_name == source)
    assert (claim.via_text, claim.text) == (via, content)


def test_a_named_go_between_is_an_entity() -> None:
    claim = next(c for c in read("Dmitry Peskov quoted Vladimir Putin as saying that Russia was ready for talks.") if c.via_text)
    assert claim.via_entity_id is not None
    assert claim.source_entity_id is not None
    assert claim.via_entity_id != claim.source_entity_id


def test_reasons_are_no_speakers() -> None:
    assert "security reasons" not in {c.source_name for c in read("The team left, the IAEA said, citing security reasons.")}


def test_nobody_speaks_through_himself() -> None:
    (inner,) = (c for c in read("Donald Trump told reporters that he thinks the talks were good.") if c.cue == "thinks")
    assert inner.via_text is None


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("2*.md")), ids=lambda path: path.stem)
def test_the_sample_articles_let_only_their_speakers_speak(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8").split("---\n", 2)[2].split(") - ", 1)[1]
    found = {claim.source_name for claim in read(text)}
    assert found & SPEAKERS
    assert found <= SPEAKERS | {None}
