"""What holds for every text: exact offsets, no overlaps, scores between 0 and 1, keys that fold once."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from dateline.extract.places import extract_places
from dateline.gazetteer import fold, skeleton
from dateline.gazetteer.sources import kilometres
from dateline.normalize.places import normalize_places

_SAMPLE = """Kyiv Paris Texas , . said in the of region Kursk Russian U.S. al-Balah Deir village Gornal 's River Red Sea Washington Post - ( )
Œuvre 47 İzmir"""
WORDS = st.sampled_from([*_SAMPLE.split(), "\n\n"])
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=120))
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@cache
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.booleans(), st.booleans())
def test_mentions_point_into_the_text(text: str, demonyms: bool, embedded: bool) -> None:
    doc = blank()(text)
    mentions, rejections = normalize_places(doc, extract_places(doc), demonyms=demonyms, embedded=embedded)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text != ""
        assert 0 <= mention.score <= 1
        assert 0 <= mention.sentence < max(1, sum(1 for _ in doc.sents))
        assert (mention.place is None) == (mention.method in ("ambiguous", "unknown_name"))
    for left, right in pairwise(mentions):
        assert left.end <= right.start
    assert all(rejection.reason for rejection in rejections)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_places(text: str) -> None:
    first, second = (normalize_places(doc, extract_places(doc)) for doc in (blank()(text), blank()(text)))
    assert first == second


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_keys_fold_once(name: str) -> None:
    key = fold(name)
    assert key == key.strip()
    assert "  " not in key
    assert fold(key) == key
    skeleton(key)


@settings(max_examples=200, deadline=None)
@given(POINTS, POINTS)
def test_distance_is_a_metric_on_the_globe(a: tuple[float, float], b: tuple[float, float]) -> None:
    there, back = kilometres(*a, *b), kilometres(*b, *a)
    assert abs(there - back) < 1e-6
    assert 0 <= there <= 20_016
    assert kilometres(*a, *a) < 1e-6
