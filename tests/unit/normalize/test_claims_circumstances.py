"""When and where a claim's content holds, and when it was said; NULL where the text names several or none."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest
from spacy.language import Language

from dateline.model import Claim
from dateline.nlp.load import load_nlp

MONDAY = datetime(2024, 8, 12)


@cache
def nlp() -> Language:
    return load_nlp()


def only_claim(text: str) -> tuple[Claim, dict[str, str]]:
    """Return the one claim of a text, and the place ids by the words that name them."""
    doc = nlp().make_doc(text)
    doc._.published = MONDAY
    for _, component in nlp().pipeline:
        doc = component(doc)
    (claim,) = doc._.claims
    return claim, {mention.text: mention.place.place_id for mention in doc._.places if mention.place is not None}


@pytest.mark.parametrize(
    ("text", "held", "said"),
    [
        ("Syrskyi said on Sunday that the troops had left the village.", None, datetime(2024, 8, 11)),
        ("Syrskyi said that the troops had left the village on Sunday.", datetime(2024, 8, 11), None),
        ("On Sunday, Syrskyi said that the troops had left the village on Friday.", datetime(2024, 8, 9), datetime(2024, 8, 11)),
        ("Syrskyi said that the troops had come on Friday and left on Sunday.", None, None),
        ("Syrskyi said that the troops had left the village.", None, None),
    ],
)
def test_content_and_saying_have_their_own_days(text: str, held: datetime | None, said: datetime | None) -> None:
    claim, _ = only_claim(text)
    assert (claim.date_from, claim.said_from) == (held, said)
    assert (claim.date_to is None) == (held is None)
    assert (claim.said_to is None) == (said is None)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Syrskyi said that the troops had left Kharkiv.", "Kharkiv"),
        ("Syrskyi said that the troops had reached Kharkiv, Ukraine.", "Kharkiv"),
        ("Syrskyi said that the troops had moved from Kharkiv to Odesa.", None),
        ("Syrskyi said in Kyiv that the troops had left.", None),
    ],
)
def test_a_claim_has_the_place_that_it_alone_speaks_of(text: str, where: str | None) -> None:
    claim, places = only_claim(text)
    assert claim.place_id == (places[where] if where else None)
