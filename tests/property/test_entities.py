"""Entities do not depend on the order of loading; names fold once and for all; hostile text breaks nothing."""

from functools import cache

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from dateline.extract.claims import attributions
from dateline.extract.entities import EntityCandidate
from dateline.normalize.entities import normalize_entities
from dateline.normalize.entity_linking import link
from dateline.normalize.entity_names import fold, sound

BLANK = spacy.blank("en")
NAMES = st.sampled_from(
    ["Volodymyr Zelenskyy", "Zelenskiy", "Putin", "Vladimir Putin", "Ana Kovach", "Kovach", "Ivan Kovach", "Oleksandr Syrskyi", "Syrsky", "J. Kovach"]
)
BODIES = st.sampled_from(["WHO", "World Health Organization", "Defence Ministry", "Russian Defence Ministry", "IAEA", "State Department"])
ARTICLE = st.lists(st.one_of(st.tuples(NAMES, st.just("PERSON")), st.tuples(BODIES, st.just("ORG"))), min_size=1, max_size=8)


@cache
def nlp() -> Language:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    return blank


def entities(mentions: list[tuple[str, str]]) -> list[tuple[str, str | None, str | None]]:
    text, found = "", []
    for name, label in mentions:
        found.append(EntityCandidate(start=len(text), end=len(text) + len(name), label=label, rule="test"))
        text += f"{name} spoke. "
    facts, _ = normalize_entities(BLANK(text), found)
    return [(f.text, f.canonical, f.entity_id) for f in facts]


@settings(max_examples=60, deadline=None)
@given(articles=st.lists(ARTICLE, min_size=1, max_size=5), random=st.randoms(use_true_random=False))
def test_any_order_of_loading_gives_the_same_entities(articles: list[list[tuple[str, str]]], random: object) -> None:
    order = list(range(len(articles)))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis' own Random, typed as object here.
    first = {n: entities(articles[n]) for n in range(len(articles))}
    again = {n: entities(articles[n]) for n in order}
    assert first == again
    rows = {entity_id: canonical for n in order for _, canonical, entity_id in again[n]}
    assert rows == {entity_id: canonical for found in first.values() for _, canonical, entity_id in found}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ABCthesTHEŁłÉéÐð .-'’", max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_folds(text: str) -> None:
    assert fold(text) == fold(text).strip()
    assert sound(text) == sound(text).strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "WEAPON"])), max_size=10))
def test_linking_covers_every_mention_once(mentions: list[tuple[str, str]]) -> None:
    linked, clusters = link(mentions)
    assert len(linked) == len(mentions)
    assert sorted(m for c in clusters for m in c.members) == list(range(len(mentions)))
    for n, entry in enumerate(linked):
        assert clusters[entry.cluster].type == mentions[n][1]


WORDS = st.sampled_from(
    ["said", "“", "”", '"', ",", ".", ":", "he", "The army", "according to", "that", "12", "\n\n", "denied", "Ana", "—", "told", "(", ")"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_spans_within_it(text: str) -> None:
    for claim in attributions(nlp()(text)):
        assert 0 <= claim.start < claim.end <= len(text)
        for a, b in claim.pieces:
            assert 0 <= a <= b <= len(text)
        if claim.source is not None:
            assert 0 <= claim.source[0] < claim.source[1] <= len(text)
