"""One text under several addresses: what its facts hang on beside the words, and the facts of one reading put under another document's name.

A text is read once where all that reading looks at is the same. That is more than the words: dates are counted from the time of publication, the
dateline and a day in the address; places lean on where the outlet is at home. Title, byline and language are looked at by no component of ours, but
a component of a user's may.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from spacy.language import Language

from dateline import gazetteer
from dateline.model import Article, Facts
from dateline.normalize.claims import claim_id_of
from dateline.normalize.date_anchors import url_day
from dateline.normalize.place_origin import origin_of


def grounds_of(article: Article, nlp: Language) -> Hashable:
    """Return all that the facts of an article hang on; two articles with equal grounds have the same facts."""
    # An offset of its own is another clock, though the moment is the same.
    published = article.published_at.isoformat() if article.published_at is not None else None
    outlet: Hashable = (article.publisher, article.url)
    if "dateline_places" not in nlp.pipe_names:
        outlet = None
    elif gazetteer.index_path().exists():
        outlet = origin_of(article, gazetteer.load())
    return (
        article.text, published, article.published_precision, article.dateline_place, article.dateline_date, url_day(article.url), outlet,
        article.title, article.byline, article.language,
    )  # fmt: skip


def under_name_of(facts: Facts, read: Article, other: Article) -> Facts:
    """Return the facts that were read in one article as those of another with the same grounds: ids that hang on the document are its own."""
    ids = {
        claim.claim_id: claim_id_of(other.document_id, claim.start, claim.end, claim.cue_start, claim.source_start)
        for claim in facts.claims
        if claim.claim_id == claim_id_of(read.document_id, claim.start, claim.end, claim.cue_start, claim.source_start)
    }
    return replace(
        facts,
        claims=tuple(replace(claim, claim_id=ids.get(claim.claim_id, claim.claim_id)) for claim in facts.claims),
        figures=tuple(replace(figure, claim_id=ids.get(figure.claim_id or "", figure.claim_id)) for figure in facts.figures),
        rejections=tuple(
            replace(
                refused,
                document_id=other.document_id if refused.document_id == read.document_id else refused.document_id,
                location=other.source if refused.location == read.source else refused.location,
            )
            for refused in facts.rejections
        ),
    )
