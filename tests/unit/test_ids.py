from hypothesis import given
from hypothesis import strategies as st

from dateline.ids import stable_id, text_hash

PARTS = st.lists(st.one_of(st.none(), st.text(alphabet=st.characters(blacklist_characters="\x1f\x00"))), min_size=1, max_size=4)


def test_ids_are_the_same_in_every_process() -> None:
    # Literals: these ids are in users' warehouses, so a change of the recipe must break a test.
    assert stable_id("doc", "https://news.example/a") == "doc_b619b23d6dc1ac12"
    assert text_hash("Kursk") == "e3e2b0910dc54ab26632911dcd2c91c1"
    assert stable_id("doc", "x") != stable_id("fig", "x")


@given(PARTS, PARTS)
def test_different_parts_give_different_ids(a: list[str | None], b: list[str | None]) -> None:
    assert (stable_id("x", *a) == stable_id("x", *b)) == (a == b)


@given(st.text(), st.text())
def test_text_hash_tells_texts_apart(a: str, b: str) -> None:
    assert (text_hash(a) == text_hash(b)) == (a == b)
